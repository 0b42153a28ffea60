/**
 * Names of repositories as words of Traffic.names. A model, a dataset and an image may have one name, so words of what
 * is no image begin with a byte for the type (formats/fields/hub-path.ts). In: such a word. Out: type and name.
 */
import type { RepoType } from './action-rows.ts';

/** By the word's first byte; an image has none. */
const HUB_TYPES: readonly RepoType[] = ['image', 'model', 'dataset', 'space'];
/** First letters of words, for finding a name of any type. */
export const TYPE_MARKS = ['', '\x01', '\x02', '\x03'] as const;

/** Place in HUB_TYPES of a word that begins with this byte: 0 for an image. */
export function hubTypeOf(firstByte: number): number {
  return firstByte > 0 && firstByte < HUB_TYPES.length ? firstByte : 0;
}

export function repoTypeOf(word: string): RepoType {
  return HUB_TYPES[hubTypeOf(word.charCodeAt(0))]!;
}

/** The full name, with its organisation. */
export function repoNameOf(word: string): string {
  return hubTypeOf(word.charCodeAt(0)) === 0 ? word : word.slice(1);
}
