/** How an index of actions (action-index.ts) holds kinds of actions: the bits of an entry, and counts in bytes. */

/** Bits of a kind: ACTION_*, whether it is a look-up of a signature, whether it was asked for by digest. */
export const KIND_MASK = 7;
export const SIGNATURE_BIT = 8;
export const DIGEST_BIT = 16;
/** Values that a kind can have. */
export const KIND_VALUES = 32;

/** An action in the byte of its kind. */
export const unitOf = (kind: number) => 1 << ((kind - 1) * 8);
/** What a byte can tell. */
export const MOST_COUNTED = 255;
