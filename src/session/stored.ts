/** What the browser keeps. Storage can be switched off in it: then things last as long as the page. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Leaves nothing of this page; whether that is so. */
export function forgetStored(): boolean {
  try {
    const ours = () => Object.keys(localStorage).filter((key) => key.startsWith('pullscope'));
    for (const key of ours()) localStorage.removeItem(key);
    return ours().length === 0;
  } catch {
    // Storage is off: nothing is there.
    return true;
  }
}

/** null: leaves nothing there. */
export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Nothing to do.
  }
}
