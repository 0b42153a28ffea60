/**
 * What asked. In: a user agent, unescaped or not. Out: the program's name in lower case and its version, as Docker
 * Hub's user_agent_tool and user_agent_version show them. Source: the agents that clients build in their source.
 * Limits: agents are anybody's text. Only the first 4096 characters are looked at, every pattern is anchored or bounded
 * and so linear, and what is no well-formed name gives an empty tool.
 */

export interface Client {
  /** Letters, digits and . _ + - in lower case; empty when the agent does not tell. */
  tool: string;
  /** As the agent spells it, suffixes included (+unknown, -k3s1), without a leading v; empty when it does not tell. */
  version: string;
}

/** Docker's nested agents stay under 400 characters, browsers under 600. */
export const AGENT_LIMIT = 4096;
const NAME = /^[A-Za-z][\w.+-]{0,63}$/;
const VERSION = /^v?\d[\w.+~-]{0,63}$/;
/** The first word. A comma ends it: kaniko appends products with one, Google's front end ",gzip(gfe)". */
const HEAD = /^[^\s;,()]*/;
/** A version behind a name without one: "jib 3.4.0", "argocd-image-updater: v0.12.2", or the first in parentheses. */
const VERSION_BEHIND = /^\s{0,8}\(?(v?\d[\w.+~-]{0,63})(?![^\s;,()])/;
/** regclient/regctl (v0.9.0): the program is behind the slash, and a build from source has a commit for its version. */
const REGCLIENT = /^regclient\/([A-Za-z]\w{0,63})(?: \(([\w.+~-]{1,64})\))?/;

export function describeClient(agent: string): Client {
  const text = agent.slice(0, AGENT_LIMIT).trim();
  const regclient = REGCLIENT.exec(text);
  if (regclient) return client(regclient[1]!, regclient[2] ?? '');
  const head = HEAD.exec(text)![0];
  if (head.startsWith('Mozilla/')) return describeBrowser(text);
  if (head === 'unknown/None') return describeHubLibrary(text);
  const parts = head.split('/');
  const at = parts.findIndex((part, index) => index > 0 && VERSION.test(part));
  // vendor/product/1.2: the name stands before its version.
  if (at > 0) return client(parts[at - 1]!, parts[at]!);
  // docker/dev, kaniko/UPSTREAM: what is behind the slash is no version, and no part of the name.
  const name = parts[0]!.replace(/:$/, '');
  return client(name, VERSION_BEHIND.exec(text.slice(head.length))?.[1] ?? '');
}

/** A tool that is no well-formed name says nothing, and neither does its version. */
function client(tool: string, version: string): Client {
  if (!NAME.test(tool)) return { tool: '', version: '' };
  return { tool: tool.toLowerCase(), version: version.replace(/^v(?=\d)/, '') };
}

/** unknown/None; hf_hub/0.29.1; python/3.10: Hugging Face's library, used without another one that gives its name. */
function describeHubLibrary(text: string): Client {
  const pair = text
    .split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith('hf_hub/'));
  return pair ? describeClient(pair) : { tool: '', version: '' };
}

/** Bots and old browsers name themselves behind this word. */
const COMPATIBLE = /compatible; ([A-Za-z][\w.+-]{0,63})(?:[/ ](v?\d[\w.+~-]{0,63}))?/;
const PRODUCT = /^([A-Za-z][\w.+-]{0,63})\/(v?\d[\w.+~-]{0,63})$/;
/** What browsers say for history's sake. */
const NOT_THE_BROWSER = new Set(['mozilla', 'applewebkit', 'gecko', 'khtml', 'version', 'mobile', 'safari']);
const SPELLED_OUT = new Map([
  ['edg', 'edge'],
  ['opr', 'opera'],
]);

/** Of a browser the last product that is not there for history's sake; Safari has its version in a product before. */
function describeBrowser(text: string): Client {
  const compatible = COMPATIBLE.exec(text);
  if (compatible) return client(compatible[1]!, compatible[2] ?? '');
  const products = new Map<string, string>();
  let last = '';
  for (const word of withoutParentheses(text).split(/\s+/)) {
    const product = PRODUCT.exec(word);
    if (!product) continue;
    const name = product[1]!.toLowerCase();
    products.set(name, product[2]!);
    if (!NOT_THE_BROWSER.has(name)) last = name;
  }
  if (last === '' && products.has('safari') && products.has('version'))
    return client('safari', products.get('version')!);
  if (last === '') last = 'mozilla';
  return client(SPELLED_OUT.get(last) ?? last, products.get(last) ?? '');
}

function withoutParentheses(text: string): string {
  let depth = 0;
  let outside = '';
  for (const letter of text) {
    if (letter === '(') depth++;
    else if (letter === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) outside += letter;
  }
  return outside;
}
