/**
 * The policies under which pages run. In: what sort of page. Out: the content of its Content-Security-Policy meta
 * element. Limits: frame-ancestors does nothing in a meta element; a host sends it as a header (README, hosting).
 */

/** What a page may do besides running its own code. */
export interface Allowed {
  /** Sources of its scripts and styles: 'self', or hashes of what stands in the page. */
  scripts: string;
  styles: string;
  /** It may be installed, and a service worker may keep it for offline use. */
  installed: boolean;
  /** It may ask its own server for files. */
  ownServer: boolean;
}

/**
 * Workers that see data are blob: URLs, because a worker loaded by URL would not inherit this policy. 'self' stands
 * there for the service worker alone, which sees no data: registering it is refused without.
 */
export function policyFor({ scripts, styles, installed, ownServer }: Allowed): string {
  return [
    "default-src 'none'",
    `script-src ${scripts} 'wasm-unsafe-eval'`,
    `worker-src blob:${installed ? " 'self'" : ''}`,
    `style-src ${styles}`,
    `img-src ${installed ? "'self' " : ''}data: blob:`,
    ...(installed ? ["font-src 'self'", "manifest-src 'self'"] : []),
    `connect-src ${ownServer ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function policyElement(policy: string): string {
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
}
