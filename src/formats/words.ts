/**
 * The scanner's dictionaries: each distinct client, repository, … gets one number, by its bytes. Numbers go on from
 * segment to segment, so that only new words leave the worker. Kinds are the WORD_* of model/segment.ts.
 */
import { alloc, copyBytes, put32, put8, sameBytes, byteAt, intAt } from './bytes.ts';
import { isHex } from './masks.ts';

/** The kind whose words also get flags: references. */
const REFERENCE: i32 = 2;
const KINDS: i32 = 5;

/** Fields of a dictionary's record, in bytes from its beginning. */
const SLOTS: i32 = 0;
const SLOT_MASK: i32 = 4;
const COUNT: i32 = 8;
const BYTES: i32 = 12;
const BYTES_CAPACITY: i32 = 16;
const BYTES_USED: i32 = 20;
const ENDS: i32 = 24;
const ENDS_CAPACITY: i32 = 28;
const FLAGS: i32 = 32;
const RECORD: i32 = 48;

/** A place of the hash table: hash, number + 1 (0: free), and where the word's bytes begin and how many they are. */
const SLOT_NUMBER: i32 = 4;
const SLOT_START: i32 = 8;
const SLOT_SIZE: i32 = 12;
const SLOT: i32 = 16;

let records: i32 = 0;

export function initWords(): void {
  records = alloc(KINDS * RECORD);
  for (let kind: i32 = 0; kind < KINDS; kind++) {
    const record = records + kind * RECORD;
    put32(record + SLOTS, alloc(1024 * SLOT));
    put32(record + SLOT_MASK, 1023);
    put32(record + COUNT, 0);
    put32(record + BYTES, alloc(1 << 14));
    put32(record + BYTES_CAPACITY, 1 << 14);
    put32(record + BYTES_USED, 0);
    put32(record + ENDS, alloc(512 * 4));
    put32(record + ENDS_CAPACITY, 512);
    put32(record + FLAGS, alloc(512));
  }
}

export function wordCount(kind: i32): i32 {
  return intAt(records + kind * RECORD + COUNT);
}

/** Address of the words' bytes, one after the other. */
export function wordBytes(kind: i32): i32 {
  return intAt(records + kind * RECORD + BYTES);
}

/** Address of the words' ends (four bytes each), counted from wordBytes. */
export function wordEnds(kind: i32): i32 {
  return intAt(records + kind * RECORD + ENDS);
}

/** FLAG_DIGEST and FLAG_SIGNATURE of a reference. */
export function referenceFlags(number: i32): i32 {
  return byteAt(intAt(records + REFERENCE * RECORD + FLAGS) + number);
}

/**
 * Loads what looking for words needs: `words` to `end` are records of `width` bytes, with the word's hash `hashAt` bytes
 * behind their beginning.
 */
export function loadWords(kind: i32, words: i32, end: i32, width: i32, hashAt: i32): i32 {
  const record = records + kind * RECORD;
  const slots = intAt(record + SLOTS);
  const mask = intAt(record + SLOT_MASK);
  const bytes = intAt(record + BYTES);
  let sum: i32 = 0;
  for (let word = words + hashAt; word < end; word += width)
    sum += intAt(slots + (intAt(word) & mask) * SLOT);
  for (let word = words + hashAt; word < end; word += width) {
    const text = bytes + intAt(slots + (intAt(word) & mask) * SLOT + SLOT_START);
    // A digest is in two of the lines that the cache holds.
    sum += byteAt(text) + byteAt(text + 60);
  }
  return sum;
}

/** What internWord answers, sooner where the word is in the place that is looked at first. */
export function internLoaded(kind: i32, p: i32, size: i32, hash: i32): i32 {
  const record = records + kind * RECORD;
  const entry = intAt(record + SLOTS) + (hash & intAt(record + SLOT_MASK)) * SLOT;
  if (
    intAt(entry) === hash &&
    intAt(entry + SLOT_SIZE) === size &&
    sameBytes(intAt(record + BYTES) + intAt(entry + SLOT_START), p, size)
  )
    return intAt(entry + SLOT_NUMBER) - 1;
  return internWord(kind, p, size, hash);
}

/** Number of the word of `size` bytes at p, whose hashBytes is `hash`. */
export function internWord(kind: i32, p: i32, size: i32, hash: i32): i32 {
  const record = records + kind * RECORD;
  const mask = intAt(record + SLOT_MASK);
  const slots = intAt(record + SLOTS);
  let slot = hash & mask;
  while (true) {
    const entry = slots + slot * SLOT;
    const number = intAt(entry + SLOT_NUMBER) - 1;
    if (number < 0) break;
    if (
      intAt(entry) === hash &&
      intAt(entry + SLOT_SIZE) === size &&
      sameBytes(intAt(record + BYTES) + intAt(entry + SLOT_START), p, size)
    ) {
      return number;
    }
    slot = (slot + 1) & mask;
  }
  return addWord(record, kind, p, size, hash);
}

function addWord(record: i32, kind: i32, p: i32, size: i32, hash: i32): i32 {
  const number = intAt(record + COUNT);
  const used = intAt(record + BYTES_USED);
  if (used + size > intAt(record + BYTES_CAPACITY)) {
    const capacity = intAt(record + BYTES_CAPACITY) * 2 + size;
    const grown = alloc(capacity);
    copyBytes(grown, intAt(record + BYTES), used);
    put32(record + BYTES, grown);
    put32(record + BYTES_CAPACITY, capacity);
  }
  copyBytes(intAt(record + BYTES) + used, p, size);
  put32(record + BYTES_USED, used + size);
  if (number === intAt(record + ENDS_CAPACITY)) {
    const ends = alloc(number * 8);
    copyBytes(ends, intAt(record + ENDS), number * 4);
    put32(record + ENDS, ends);
    const flags = alloc(number * 2);
    copyBytes(flags, intAt(record + FLAGS), number);
    put32(record + FLAGS, flags);
    put32(record + ENDS_CAPACITY, number * 2);
  }
  put32(intAt(record + ENDS) + number * 4, used + size);
  if (kind === REFERENCE) put8(intAt(record + FLAGS) + number, flagsOf(p, size));
  put32(record + COUNT, number + 1);
  if ((number + 1) * 2 > intAt(record + SLOT_MASK)) growSlots(record);
  putSlot(record, hash, number, used, size);
  return number;
}

function putSlot(record: i32, hash: i32, number: i32, start: i32, size: i32): void {
  const mask = intAt(record + SLOT_MASK);
  const slots = intAt(record + SLOTS);
  let slot = hash & mask;
  while (intAt(slots + slot * SLOT + SLOT_NUMBER) !== 0) slot = (slot + 1) & mask;
  const entry = slots + slot * SLOT;
  put32(entry, hash);
  put32(entry + SLOT_NUMBER, number + 1);
  put32(entry + SLOT_START, start);
  put32(entry + SLOT_SIZE, size);
}

/** Makes room for twice the words, and puts those that are there in their new places. */
function growSlots(record: i32): void {
  const old = intAt(record + SLOTS);
  const oldCount = intAt(record + SLOT_MASK) + 1;
  put32(record + SLOTS, alloc(oldCount * 2 * SLOT));
  put32(record + SLOT_MASK, oldCount * 2 - 1);
  for (let i: i32 = 0; i < oldCount; i++) {
    const entry = old + i * SLOT;
    const number = intAt(entry + SLOT_NUMBER) - 1;
    if (number >= 0)
      putSlot(record, intAt(entry), number, intAt(entry + SLOT_START), intAt(entry + SLOT_SIZE));
  }
}

/** FLAG_DIGEST (2) and FLAG_SIGNATURE (4), once for each distinct reference. */
function flagsOf(p: i32, size: i32): i32 {
  if (isDigest(p, size)) return 2;
  return isSignatureTag(p, size) ? 4 : 0;
}

/** algorithm:hex, at least 32 hexadecimal digits; components of the algorithm are joined by one of + . _ - */
function isDigest(p: i32, size: i32): i32 {
  let i: i32 = 0;
  let component: i32 = 0;
  for (; i < size; i++) {
    const byte = byteAt(p + i);
    if (byte === 0x3a) break;
    const isLetterOrDigit = (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
    if (isLetterOrDigit) component++;
    else if (component > 0 && (byte === 0x2b || byte === 0x2e || byte === 0x5f || byte === 0x2d))
      component = 0;
    else return 0;
  }
  if (component === 0 || size - i < 33) return 0;
  return isHex(p + i + 1, size - i - 1);
}

/** sha256-<64 hex>, perhaps with .sig, .att or .sbom. */
function isSignatureTag(p: i32, size: i32): i32 {
  if (size < 71 || intAt(p) !== 0x32616873 || intAt(p + 3) !== 0x2d363532) return 0;
  if (isHex(p + 7, 64) === 0) return 0;
  const rest = size - 71;
  if (rest === 0) return 1;
  const end = intAt(p + 71);
  if (rest === 4) return end === 0x6769732e || end === 0x7474612e ? 1 : 0;
  return rest === 5 && end === 0x6f62732e && byteAt(p + 75) === 0x6d ? 1 : 0;
}
