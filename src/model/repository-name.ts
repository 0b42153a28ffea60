/**
 * Names of repositories as words of Traffic.names. A model, a dataset and an image may have one name, so words of what
 * is no image begin with a byte for the type (formats/fields/hub-path.ts). In: such a word. Out: type and name.
 */
/** By the word's first byte; an image has none. */
export const NAME_TYPES = ['image', 'model', 'dataset', 'space'] as const;
export type NameType = (typeof NAME_TYPES)[number];
/** First letters of words, for finding a name of any type. */
export const TYPE_MARKS = ['', '\x01', '\x02', '\x03'] as const;

const TYPED = new RegExp(`^(${NAME_TYPES.join('|')}):(.*)$`, 's');

/** A name of one type alone, as filters have it: model:acme/api. No registry allows a colon in a name. */
export function typedName(type: NameType, name: string): string {
  return `${type}:${name}`;
}

/** The same read again; null: the name may be of any type. */
export function readTypedName(value: string): { type: NameType | null; name: string } {
  const match = TYPED.exec(value);
  return match ? { type: match[1] as NameType, name: match[2]! } : { type: null, name: value };
}

/** Place in NAME_TYPES of a word that begins with this byte: 0 for an image. */
export function hubTypeOf(firstByte: number): number {
  return firstByte > 0 && firstByte < NAME_TYPES.length ? firstByte : 0;
}

export function repoTypeOf(word: string): NameType {
  return NAME_TYPES[hubTypeOf(word.charCodeAt(0))]!;
}

/** The full name, with its organisation. */
export function repoNameOf(word: string): string {
  return hubTypeOf(word.charCodeAt(0)) === 0 ? word : word.slice(1);
}
