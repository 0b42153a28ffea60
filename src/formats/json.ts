/**
 * JSON objects, one a line, of any program whose keys load-tables.ts knows. In: a line; keys by their lower-case path
 * (request.headers.user-agent; elements of an array have the path of the array). Out: fields of record.ts.
 * Lenient where nginx's own JSON is not JSON: \x22 in strings, a comma too few or too many.
 */
import { alloc, byteAt, copyUpTo, hashBytes, intAt, put32, put8, sameBytes } from './bytes.ts';
import { beginLine, findStringEnd, takePair } from './distribution.ts';
import { addReference, REFERENCE, setField } from './line-fields.ts';

const QUOTE: i32 = 0x22;
const MOST_DEPTH: i32 = 12;
const LONGEST_PATH: i32 = 512;
const SLOTS: i32 = 1024;

/** The path of the value in hand, and how long it was at each depth. */
let path: i32 = 0;
let pathSize: i32 = 0;
let depths: i32 = 0;
/** Places of key records, by hash: address, or 0. */
let slots: i32 = 0;

/** Objects begun so far, and the one that held the last reference: in another one stands one more reference. */
let objects: i32 = 0;
let referenceObject: i32 = 0;
/** In the object that a shipper put its own keys around: what it says comes before what the shipper says. */
let inAround: i32 = 0;
const INNER_FIRST: i32 = 256;

/**
 * 1: distribution's own reader of JSON would have come through the last object as well, so that what it has been told
 * of level and message is what it would have read.
 */
export let isPlain: i32 = 0;

/** Which program the keys of the last object belong to (the highest number wins); 0 for none in particular. */
export let jsonFormat: i32 = 0;

export function initJson(): void {
  path = alloc(LONGEST_PATH);
  depths = alloc(MOST_DEPTH * 4);
  slots = alloc(SLOTS * 4);
}

/** Takes key records: size, path, field, rank, format; size 0 ends them. */
export function loadKeys(p: i32): void {
  for (let slot: i32 = 0; slot < SLOTS; slot++) put32(slots + slot * 4, 0);
  while (byteAt(p) !== 0) {
    const size = byteAt(p);
    put32(slots + freeSlot(p + 1, size) * 4, p);
    p += size + 4;
  }
}

/** The slot of a path: its own, or the free one where it would be. */
function freeSlot(p: i32, size: i32): i32 {
  let slot = hashBytes(p, size) & (SLOTS - 1);
  while (true) {
    const record = intAt(slots + slot * 4);
    if (record === 0 || (byteAt(record) === size && sameBytes(record + 1, p, size))) return slot;
    slot = (slot + 1) & (SLOTS - 1);
  }
}

/** Takes the fields of the object that begins at p; 0 when no whole object stands there. */
export function readObject(p: i32, end: i32): i32 {
  beginLine();
  isPlain = 1;
  let isBehindKey: i32 = 0;
  jsonFormat = 0;
  objects = 0;
  inAround = 0;
  referenceObject = 0;
  pathSize = 0;
  let depth: i32 = 0;
  let inArrays: i32 = 0;
  while (p < end) {
    const byte = byteAt(p);
    if (byte === 0x20 || byte === 0x09 || byte === 0x2c) p++;
    else if (byte === 0x7b || byte === 0x5b) {
      // Behind a key, or an element of an array: the path stays as it is.
      if (depth === MOST_DEPTH) return 0;
      if (depth === 1 && isBehindKey === 0) isPlain = 0;
      isBehindKey = 0;
      objects++;
      // What a shipper puts around an object is no part of its keys' paths.
      if (byte === 0x7b && depth === 1 && isAround()) {
        pathSize = 0;
        inAround = 1;
      }
      put32(depths + depth * 4, pathSize);
      depth++;
      inArrays = byte === 0x5b ? inArrays | (1 << depth) : inArrays & ~(1 << depth);
      p++;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--;
      if (depth === 0) {
        if (byte === 0x5d) isPlain = 0;
        return 1;
      }
      if (depth < 0) return 0;
      // The path is again that of the object or array around.
      pathSize = intAt(depths + (depth - 1) * 4);
      if (depth === 1) inAround = 0;
      p++;
    } else if (depth === 0) return 0;
    else if (inArrays & (1 << depth)) {
      p = takeValue(p, end);
      if (p < 0) return 0;
    } else {
      if (byte !== QUOTE) return 0;
      const key = p + 1;
      const keyEnd = findStringEnd(key, end);
      if (keyEnd === end) return 0;
      pathSize = intAt(depths + (depth - 1) * 4);
      appendKey(key, keyEnd);
      p = skipBlanks(keyEnd + 1, end);
      if (p >= end || byteAt(p) !== 0x3a) return 0;
      p = skipBlanks(p + 1, end);
      if (p >= end) return 0;
      if (byteAt(p) === 0x7b || byteAt(p) === 0x5b) {
        isBehindKey = 1;
        continue;
      }
      const value = p;
      p = takeValue(p, end);
      if (p < 0) return 0;
      if (depth === 1) noteMessage(key, keyEnd, value, p);
    }
  }
  return 0;
}

/** Tells distribution's reader of a pair of the outermost object that decides whose line it is: level and message. */
function noteMessage(key: i32, keyEnd: i32, value: i32, valueEnd: i32): void {
  const size = keyEnd - key;
  if (byteAt(value) === QUOTE) {
    if (size === 3 || size === 5 || size === 7) takePair(key, keyEnd, value + 1, valueEnd - 1);
    return;
  }
  // Behind a word its reader knows commas, braces and blanks only.
  const next = byteAt(valueEnd);
  if (next !== 0x2c && next !== 0x7d && next !== 0x20) isPlain = 0;
  if (size === 3 || size === 5 || size === 7) takePair(key, keyEnd, value, valueEnd);
}

/** Letters, digits, and + - . of numbers. */
function isWordByte(byte: i32): boolean {
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x2b && byte <= 0x39 && byte !== 0x2f);
}

/** Whether the path is "_source" or "jsonpayload". */
function isAround(): boolean {
  if (pathSize === 7) return intAt(path) === 0x756f735f && intAt(path + 3) === 0x65637275;
  return pathSize === 11 && intAt(path) === 0x6e6f736a && intAt(path + 7) === 0x64616f6c;
}

/** Takes the string, number or word at p; behind it, or -1. */
function takeValue(p: i32, end: i32): i32 {
  if (byteAt(p) === QUOTE) {
    const stop = findStringEnd(p + 1, end);
    if (stop === end) return -1;
    take(p + 1, stop);
    return stop + 1;
  }
  let stop = p;
  while (
    stop < end &&
    byteAt(stop) !== 0x2c &&
    byteAt(stop) !== 0x7d &&
    byteAt(stop) !== 0x5d &&
    byteAt(stop) > 0x20
  ) {
    // Quotes and brackets in a word, which others may take for those around it.
    if (!isWordByte(byteAt(stop))) isPlain = 0;
    stop++;
  }
  if (stop === p) return -1;
  // null is no value.
  if (stop - p !== 4 || intAt(p) !== 0x6c6c756e) take(p, stop);
  return stop;
}

function take(start: i32, end: i32): void {
  if (pathSize <= 0) return;
  const record = intAt(slots + freeSlot(path, pathSize) * 4);
  if (record === 0) return;
  const facts = record + 1 + byteAt(record);
  const field = byteAt(facts);
  if (field === REFERENCE && referenceObject !== 0 && referenceObject !== objects) addReference(start, end);
  else if (field !== 0) setField(field, start, end, byteAt(facts + 1) - inAround * INNER_FIRST);
  if (field === REFERENCE) referenceObject = objects;
  if (byteAt(facts + 2) > jsonFormat) jsonFormat = byteAt(facts + 2);
}

/** Puts a key behind the path, in lower case; a path that is too long matches nothing. */
function appendKey(p: i32, end: i32): void {
  if (pathSize < 0 || pathSize + (end - p) + 1 >= LONGEST_PATH) {
    pathSize = -1;
    return;
  }
  if (pathSize > 0) put8(path + pathSize++, 0x2e);
  for (; p < end; p++) {
    const byte = byteAt(p);
    put8(path + pathSize++, byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
  }
}

function skipBlanks(p: i32, end: i32): i32 {
  while (p < end && (byteAt(p) === 0x20 || byteAt(p) === 0x09)) p++;
  return p;
}

/** Where the string that was unescaped last ends: its closing quote, or the end. */
export let stringEnd: i32 = 0;

/**
 * Undoes JSON's escapes into `to`, from p up to a closing quote, at most to the end; answers the end there. Control
 * characters become blanks, a last newline nothing.
 */
export function unescapeJson(p: i32, end: i32, to: i32): i32 {
  while (p < end) {
    const next = copyUpTo(to, p, end, 0x5c, QUOTE);
    to += next - p;
    p = next;
    stringEnd = p;
    if (p >= end || byteAt(p) === QUOTE) return to;
    stringEnd = end;
    if (p === end - 1) return to;
    const kind = byteAt(p + 1);
    p += 2;
    if (kind === 0x6e || kind === 0x72) {
      if (p < end && byteAt(p) !== QUOTE) put8(to++, 0x20);
    } else if (kind === 0x74) put8(to++, 0x09);
    else if (kind === 0x75 && p + 4 <= end) {
      const code = hexOf(p) * 4096 + hexOf(p + 1) * 256 + hexOf(p + 2) * 16 + hexOf(p + 3);
      p += 4;
      if (code < 0x80) put8(to++, code < 0x20 && code !== 0x1b ? 0x20 : code);
      else if (code < 0x800) {
        put8(to++, 0xc0 | (code >> 6));
        put8(to++, 0x80 | (code & 63));
      } else {
        put8(to++, 0xe0 | (code >> 12));
        put8(to++, 0x80 | ((code >> 6) & 63));
        put8(to++, 0x80 | (code & 63));
      }
    } else put8(to++, kind);
  }
  return to;
}

function hexOf(p: i32): i32 {
  const byte = byteAt(p);
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 0;
}
