/**
 * Words of few that come again and again, as agents do: without a hash of all their bytes, which are many. In: a word. Out:
 * its number (words.ts). The place of a word is told by its size and a few of its bytes; what was last there is compared
 * whole, so words that share a place cost time and nothing else.
 */
import { alloc, hashBytes, intAt, put32, sameBytes } from './bytes.ts';
import { internWord, wordBytes, wordEnds } from './words.ts';

const PLACES: i32 = 256;
/** Number + 1 (0: free), where the word's bytes begin, and how many they are. */
const PLACE: i32 = 12;

let places: i32 = 0;

export function initRecent(): void {
  places = alloc(PLACES * PLACE);
}

/** Number of the word of `size` bytes at p. Always of the same kind. */
export function internRecent(kind: i32, p: i32, size: i32): i32 {
  // Near the beginning, in the middle, and towards the end: that is where agents differ.
  let mixed = intAt(p + (size >> 4)) ^ (intAt(p + (size >> 1)) >>> 3);
  mixed = mixed ^ (intAt(p + size - (size >> 2)) << 5) ^ size;
  mixed = mixed ^ (mixed >>> 16);
  mixed = mixed ^ (mixed >>> 7);
  const place = places + (mixed & (PLACES - 1)) * PLACE;
  const known = intAt(place);
  if (known !== 0 && intAt(place + 8) === size && sameBytes(wordBytes(kind) + intAt(place + 4), p, size))
    return known - 1;
  const number = internWord(kind, p, size, hashBytes(p, size));
  put32(place, number + 1);
  put32(place + 4, intAt(wordEnds(kind) + number * 4) - size);
  put32(place + 8, size);
  return number;
}
