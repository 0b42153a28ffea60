/**
 * What a page has asked for, from its own folder and from elsewhere. In: the browser's list of what was loaded, and the
 * page's address. Out: addresses, own ones as they stand below the page. Limits: of workers the browser keeps lists of
 * their own; the policy is what holds for them.
 */
export interface LoadedParts {
  own: string[];
  others: string[];
}

export function loadedParts(entries: readonly { name: string }[], page: string): LoadedParts {
  const folder = new URL('.', page).href;
  const parts: LoadedParts = { own: [], others: [] };
  // What the page made itself is asked of nobody.
  for (const name of new Set(entries.map((entry) => entry.name))) {
    if (/^(blob|data):/.test(name)) continue;
    if (name.startsWith(folder)) parts.own.push(name.slice(folder.length));
    else parts.others.push(name);
  }
  return parts;
}
