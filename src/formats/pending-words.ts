/**
 * Words of the last rows that have no numbers yet. In: for each row and kind, where the word stands, and its hash. Out:
 * their numbers, in the rows' columns. A dictionary is larger than the processor's cache, so looking up one word after
 * the other would wait for memory each time; here up to MOST rows wait together. Limits: a word must stand in the input
 * until the numbers are taken; what stands elsewhere is numbered at once.
 */
import { alloc, byteAt, intAt, put32, put8 } from './bytes.ts';
import { internLoaded, internWord, loadWords, referenceFlags } from './words.ts';

/** Kinds that wait: client, repository, reference. */
const KINDS: i32 = 3;
const REPOSITORY: i32 = 1;
const MOST: i32 = 128;
/** Place (or the number), size (ALREADY: it has its number), and hash. */
const WORD: i32 = 12;
const ALREADY: i32 = -1;

let held: i32 = 0;
let areReferences: i32 = 0;
/** Bytes that stay as they are until the numbers are taken. */
let stableStart: i32 = 0;
let stableEnd: i32 = 0;
/** How many rows have words without numbers: the last ones. */
export let pendingRows: i32 = 0;
/** Sum of what was only loaded: kept, so that no compiler leaves the loading out. */
export let loaded: i32 = 0;

export function initPending(): void {
  held = alloc(KINDS * MOST * WORD);
  areReferences = alloc(MOST);
  pendingRows = 0;
}

/** Which bytes are the input. */
export function setStable(start: i32, end: i32): void {
  stableStart = start;
  stableEnd = end;
}

/** Takes a word of the next row. A repository's first byte must be 0 now, and will be made so again. */
export function holdWord(kind: i32, p: i32, size: i32, hash: i32): void {
  const place = held + (kind * MOST + pendingRows) * WORD;
  const isStable = p >= stableStart && p + size <= stableEnd;
  put32(place, isStable ? p : internWord(kind, p, size, hash));
  put32(place + 4, isStable ? size : ALREADY);
  put32(place + 8, hash);
}

/** The row's words have all been taken; 1 when no further row can be. isReference: its reference is a tag or digest. */
export function holdRow(isReference: i32): i32 {
  put8(areReferences + pendingRows, isReference);
  pendingRows = pendingRows + 1;
  return pendingRows === MOST ? 1 : 0;
}

/** The last rows are dropped. */
export function dropPending(rows: i32): void {
  pendingRows = rows < pendingRows ? pendingRows - rows : 0;
}

/** Numbers all words of one kind into a column; `at` is its place for the first of the rows. */
export function numberWords(kind: i32, at: i32): void {
  const first = held + kind * MOST * WORD;
  const end = first + pendingRows * WORD;
  loaded = loadWords(kind, first, end, WORD, 8);
  for (let word = first; word < end; word += WORD, at += 4) {
    const p = intAt(word);
    const size = intAt(word + 4);
    if (size === ALREADY) {
      put32(at, p);
      continue;
    }
    const before = byteAt(p);
    if (kind === REPOSITORY) put8(p, 0);
    put32(at, internLoaded(kind, p, size, intAt(word + 8)));
    if (kind === REPOSITORY) put8(p, before);
  }
}

/** Adds what is known of the references to the rows' flags. `references` and `flags`: places for the first row. */
export function flagReferences(references: i32, flags: i32): void {
  for (let i: i32 = 0; i < pendingRows; i++) {
    if (byteAt(areReferences + i) === 0) continue;
    put8(flags + i, byteAt(flags + i) | referenceFlags(intAt(references + i * 4)));
  }
}

/** All rows have their numbers. */
export function clearPending(): void {
  pendingRows = 0;
}
