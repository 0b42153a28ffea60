/**
 * Names of repositories as files write them. In: full names, or words of Traffic.names. Out: namespace and rest; their
 * order.
 */
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';

/** Namespace: the first segment of a name that has several; repository: the rest. */
export function splitName(name: string): [namespace: string, repository: string] {
  const slash = name.indexOf('/');
  return slash < 0 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
}

/**
 * The same of a word of Traffic.names, for files without a column for the type. Namespaces of datasets and spaces are
 * spelled as in a hub's own addresses, datasets/<org>, so that they stay apart from models and images.
 */
export function splitWord(word: string): [namespace: string, repository: string] {
  const [namespace, repository] = splitName(repoNameOf(word));
  const type = repoTypeOf(word);
  if (type !== 'dataset' && type !== 'space') return [namespace, repository];
  return [namespace === '' ? `${type}s` : `${type}s/${namespace}`, repository];
}

/** Order by code points: the order of UTF-8 bytes, not of UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above all others.
    const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
    if (isSurrogate(x) !== isSurrogate(y)) return isSurrogate(x) ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}
