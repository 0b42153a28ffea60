/**
 * The scanner: bytes in, columns out. One instance reads one stream of pieces at a time; its dictionaries go on.
 * Compiled twice, to JavaScript and to WebAssembly (bytes.ts). open-scanner.ts is the way to use it.
 *
 * Use: init() once. begin(skip) for each piece of a file; put bytes at inputAddress() and call feed(n) until the
 * piece is over, finish() if its last line has no newline. Then the getters, clear(), and so on.
 * A line is never longer than LONGEST_LINE: what is longer is stepped over and reported.
 */
import { alloc, copyBytes, countByte, findByte, put32, resetMemory, byteAt, intAt } from './bytes.ts';
import { readCombined, readCombinedTime } from './combined.ts';
import { beginFile, claimed, initDispatch, linesOf, readAny, setPrograms } from './dispatch.ts';
import { readJson, readJsonTime } from './distribution-json.ts';
import { readLogfmt, readLogfmtTime } from './distribution-logfmt.ts';
import {
  APPLICATION_MESSAGE,
  BINARY,
  BLANK,
  NOT_MINE,
  TOO_LONG,
  UNKNOWN_FORMAT,
  UNREADABLE,
} from './fates.ts';
import { initAddress } from './fields/address.ts';
import {
  clearTimeNotes,
  initAnyTime,
  setTimeOptions,
  yearless,
  zoneAddress,
  zoneless,
} from './fields/any-time.ts';
import { initRegistryPath } from './fields/registry-path.ts';
import { initTime, millis, seconds } from './fields/time.ts';
import { initJson, loadKeys } from './json.ts';
import { hasTime, initRecord, setForwarded, setTimeOnly } from './record.ts';
import {
  clearRows,
  columnAddress,
  hasDigest,
  hasUpstream,
  initRows,
  rowCount,
  truncateRows,
} from './rows.ts';
import { initWords, wordBytes, wordCount, wordEnds } from './words.ts';

export { yearless, zoneAddress, zoneless };
export { columnAddress, hasDigest, hasUpstream, rowCount, wordBytes, wordCount, wordEnds };

/** Longest line that is read, and most bytes that may be fed at once. */
export const LONGEST_LINE: i32 = 1 << 20;
export const LARGEST_PIECE: i32 = 1 << 20;

/** Formats by their place in the list (index.ts). */
const COMBINED: i32 = 0;
const LOGFMT: i32 = 1;
const JSON_LINES: i32 = 2;

/** Counters, four bytes each: fates (0 to 7), unreadable reasons (8 to 15), lines by format (16 to 63). */
export const COUNTERS: i32 = 64;
const BY_FORMAT: i32 = 16;
/** Added to the format of a line that dispatch.ts read. */
const FROM_ANY: i32 = 1000;
/** Samples of unreadable lines: line, offset, reason, size of the text, and the text. */
const SAMPLES: i32 = 20;
const SAMPLE_TEXT: i32 = 800;
export const SAMPLE: i32 = 16 + SAMPLE_TEXT;

let input: i32 = 0;
let counters: i32 = 0;
let samples: i32 = 0;
export let sampleCount: i32 = 0;
/** Bytes at `input` that belong to a line whose end is not there yet. */
let carried: i32 = 0;
/** The user has formats of their own: every line is tried on them first. */
let hasOwn: i32 = 0;
/** Where the first byte at `input` stands, counted from the segment's first own line. */
let base: i32 = 0;
let linesRead: i32 = 0;
/** Stepping over the rest of a line: 2 that of the piece before (begin), 1 that of a line that is too long. */
let skipping: i32 = 0;
/** Bytes of the stream that belong to the line before it. */
export let skipped: i32 = 0;
/** Times of the first and last line of a known format; negative when there is none. */
export let firstSeconds: f64 = -1;
export let firstMillis: i32 = 0;
export let lastSeconds: f64 = -1;
export let lastMillis: i32 = 0;

export function init(): void {
  resetMemory();
  input = alloc(LONGEST_LINE + LARGEST_PIECE);
  counters = alloc(COUNTERS * 4);
  samples = alloc(SAMPLES * SAMPLE);
  initTime();
  initAddress();
  initRegistryPath();
  initWords();
  initRows();
  initAnyTime();
  initRecord();
  initJson();
  initDispatch();
  hasOwn = 0;
}

/** Where a table of `size` bytes is to be put. */
export function tableAddress(size: i32): i32 {
  return alloc(size);
}

/** Takes the tables that load-tables.ts made: JSON keys, and programs of the user's own and of the list of formats. */
export function loadTables(
  keys: i32,
  own: i32,
  ownSize: i32,
  known: i32,
  knownSize: i32,
  ownKeys: i32,
): void {
  loadKeys(keys);
  setPrograms(own, own + ownSize, known, known + knownSize);
  hasOwn = ownSize > 0 || ownKeys > 0 ? 1 : 0;
}

/** What the user said of the file: zone (pairs at zoneAddress), latest time for those without a year, whose address. */
export function setOptions(zoneChanges: i32, latest: f64, forwarded: i32): void {
  setTimeOptions(zoneChanges, latest);
  setForwarded(forwarded);
}

/** Begins a stream. skip: its first bytes, up to a newline, belong to a line that began before. */
export function begin(skip: i32): void {
  carried = 0;
  skipping = skip ? 2 : 0;
  skipped = 0;
  beginFile();
  clear();
}

/** Begins the next segment of the same stream: what was counted is forgotten, the line in hand is kept. */
export function clear(): void {
  for (let i: i32 = 0; i < COUNTERS; i++) put32(counters + i * 4, 0);
  sampleCount = 0;
  linesRead = 0;
  base = 0;
  firstSeconds = -1;
  lastSeconds = -1;
  clearTimeNotes();
  clearRows();
}

/** Where the next bytes are to be put: at most LARGEST_PIECE of them. */
export function inputAddress(): i32 {
  return input + carried;
}

/** Lines that began in the segment, unfinished ones not. */
export function lineCount(): i32 {
  return linesRead;
}

export function counterAddress(): i32 {
  return counters;
}

export function sampleAddress(): i32 {
  return samples;
}

/** Bytes of the segment's finished lines, counted from its first own line. */
export function consumed(): i32 {
  return base;
}

/** Whether a line is unfinished, or a line before is still being stepped over. */
export function isOpen(): i32 {
  return carried > 0 || skipping !== 0 ? 1 : 0;
}

/** Reads `size` bytes at inputAddress(): all lines that they finish. */
export function feed(size: i32): void {
  let p = input;
  const end = input + carried + size;
  let search = input + carried;
  let lastStart: i32 = 0;
  let lastEnd: i32 = 0;
  let lastFormat: i32 = -1;
  if (skipping !== 0) {
    const newline = findByte(p, end, 0x0a);
    p = newline === end ? end : newline + 1;
    search = p;
    if (skipping === 1) base = base + (p - input);
    else skipped = skipped + (p - input);
    if (newline === end) return;
    skipping = 0;
  }
  const first = p;
  const offset = base - p;
  while (true) {
    const newline = findByte(search, end, 0x0a);
    if (newline === end) break;
    const format = readLine(p, newline, offset + p);
    if (format >= 0) {
      if (firstSeconds < 0 && readTime(format, p, newline)) {
        firstSeconds = seconds;
        firstMillis = millis;
      }
      lastStart = p;
      lastEnd = newline;
      lastFormat = format;
    }
    p = newline + 1;
    search = p;
  }
  if (lastFormat >= 0 && readTime(lastFormat, lastStart, lastEnd)) {
    lastSeconds = seconds;
    lastMillis = millis;
  }
  base = base + (p - first);
  carried = end - p;
  if (carried > LONGEST_LINE) {
    linesRead = linesRead + 1;
    takeUnreadable(TOO_LONG, p, end, base);
    base = base + carried;
    carried = 0;
    skipping = 1;
  } else if (carried > 0 && p > input) copyBytes(input, p, carried);
}

/** The stream is over: what is left is a line without a newline. */
export function finish(): void {
  if (carried > 0) {
    const end = input + carried;
    const format = readLine(input, end, base);
    if (format >= 0 && readTime(format, input, end)) {
      if (firstSeconds < 0) {
        firstSeconds = seconds;
        firstMillis = millis;
      }
      lastSeconds = seconds;
      lastMillis = millis;
    }
    base = base + carried;
  }
  carried = 0;
  skipping = 0;
}

/** Newlines in the `size` bytes at inputAddress(): the least that reading a log can cost. */
export function countNewlines(size: i32): i32 {
  return countByte(input, input + size, 0x0a);
}

/** Reads one line and counts its fate; answers the format that claimed it, or -1. */
function readLine(start: i32, end: i32, offset: i32): i32 {
  linesRead = linesRead + 1;
  // A line that ends in the very piece that makes it too long: feed has not noticed it.
  if (end - start > LONGEST_LINE) {
    takeUnreadable(TOO_LONG, start, end, offset);
    return -1;
  }
  if (end > start && byteAt(end - 1) === 0x0d) end--;
  let first = byteAt(start);
  // A byte order mark: at the beginning of a file, and of each file that was joined to another.
  if (first === 0xef && end - start >= 3 && (intAt(start) & 0xffffff) === 0xbfbbef) {
    start += 3;
    first = byteAt(start);
  }
  let fate = NOT_MINE;
  let format: i32 = -1;
  if (start >= end) fate = BLANK;
  else if (hasOwn === 0) {
    // The formats that registries write themselves, without a look for anything around them.
    if (first === 0x7b) {
      format = JSON_LINES;
      fate = readJson(start, end, offset);
      if (fate === APPLICATION_MESSAGE) fate = NOT_MINE;
    } else if (first === 0x74) {
      format = LOGFMT;
      fate = readLogfmt(start, end, offset);
    } else if (isAddressFirst(start, first)) {
      format = COMBINED;
      fate = readCombined(start, end, offset);
    }
  }
  if (fate === NOT_MINE) {
    fate = readAny(start, end, offset);
    format = claimed + FROM_ANY;
    linesRead = linesRead + linesOf - 1;
    if (linesOf > 1 && fate < UNREADABLE) addMany(fate, linesOf - 1);
  }
  if (fate === NOT_MINE) fate = isBlank(start, end) ? BLANK : UNREADABLE + reasonOf(start, end);
  if (fate >= UNREADABLE) takeUnreadable(fate - UNREADABLE, start, end, offset);
  else addTo(fate);
  const by = format >= FROM_ANY ? format - FROM_ANY : format;
  if (fate === BLANK || fate >= UNREADABLE || by < 0) return -1;
  addTo(BY_FORMAT + by);
  return format;
}

/** An access line begins with an address: digits and a dot or a colon, or an IPv6 address. */
function isAddressFirst(p: i32, first: i32): boolean {
  if (first < 0x30 || first > 0x39) return first === 0x3a;
  const second = byteAt(p + 1);
  const third = byteAt(p + 2);
  return (
    second === 0x2e ||
    third === 0x2e ||
    byteAt(p + 3) === 0x2e ||
    second === 0x3a ||
    third === 0x3a ||
    byteAt(p + 3) === 0x3a ||
    byteAt(p + 4) === 0x3a
  );
}

function readTime(format: i32, start: i32, end: i32): i32 {
  if (end > start && byteAt(end - 1) === 0x0d) end--;
  if (format === COMBINED) return readCombinedTime(start, end);
  if (format === LOGFMT) return readLogfmtTime(start, end);
  if (format === JSON_LINES) return readJsonTime(start, end);
  // Read once more, without a row.
  const rows = rowCount;
  setTimeOnly(1);
  readAny(start, end, 0);
  const found = hasTime;
  setTimeOnly(0);
  truncateRows(rows);
  return found;
}

function addMany(counter: i32, amount: i32): void {
  const p = counters + counter * 4;
  put32(p, intAt(p) + amount);
}

function addTo(counter: i32): void {
  const p = counters + counter * 4;
  put32(p, intAt(p) + 1);
}

function isBlank(p: i32, end: i32): i32 {
  for (; p < end; p++) if (byteAt(p) !== 0x20 && byteAt(p) !== 0x09) return 0;
  return 1;
}

/** A line of no known format: of control characters, or of text. */
function reasonOf(p: i32, end: i32): i32 {
  const stop = end - p > 256 ? p + 256 : end;
  for (; p < stop; p++) if (byteAt(p) === 0) return BINARY;
  return UNKNOWN_FORMAT;
}

/** Counts an unreadable line and keeps the first few with their beginnings. */
function takeUnreadable(reason: i32, start: i32, end: i32, offset: i32): void {
  addTo(UNREADABLE + reason);
  if (sampleCount === SAMPLES) return;
  const sample = samples + sampleCount * SAMPLE;
  const size = end - start > SAMPLE_TEXT ? SAMPLE_TEXT : end - start;
  put32(sample, linesRead);
  put32(sample + 4, offset);
  put32(sample + 8, reason);
  put32(sample + 12, size);
  copyBytes(sample + 16, start, size);
  sampleCount = sampleCount + 1;
}
