/**
 * The scanner: bytes in, columns out. One instance reads one stream of pieces at a time; its dictionaries go on.
 * Compiled twice, to JavaScript and to WebAssembly (bytes.ts). open-scanner.ts is the way to use it.
 *
 * Use: init() once. begin(skip) for each piece of a file; put bytes at inputAddress() and call feed(n) until the
 * piece is over, finish() if its last line has no newline. Then the getters, clear(), and so on.
 * A line is never longer than LONGEST_LINE: what is longer is stepped over and reported.
 */
import { alloc, byteAt, copyBytes, countByte, findByte, findFar, put8, resetMemory } from './bytes.ts';
import { beginFile, initDispatch, setPrograms } from './dispatch.ts';
import { TOO_LONG } from './fates.ts';
import { initAddress } from './fields/address.ts';
import {
  clearTimeNotes,
  initAnyTime,
  setTimeOptions,
  startless,
  yearless,
  zoneAddress,
  zoneless,
} from './fields/any-time.ts';
import { initRegistryPath } from './fields/registry-path.ts';
import { initTime, millis, seconds } from './fields/time.ts';
import { initJson, loadKeys } from './json.ts';
import {
  clearAccount,
  counterAddress,
  COUNTERS,
  countLines,
  initAccount,
  linesRead,
  SAMPLE,
  sampleAddress,
  sampleCount,
  takeUnreadable,
} from './line-account.ts';
import { closedStreams, movePieces, seenStreams } from './line-pieces.ts';
import {
  COMBINED,
  countAhead,
  isJoined,
  LONGEST_LINE,
  readLastTime,
  readLine,
  readLineAhead,
  readTime,
  setHasOwn,
} from './read-line.ts';
import { clearPushes, initPushes, PUSH_FIELDS, pushCount, pushRecords, pushTexts } from './pushes.ts';
import { initRecord, setForwarded } from './record.ts';
import {
  clearRows,
  columnAddress,
  hasDigest,
  hasForwarded,
  hasUpstream,
  initRows,
  numberRows,
  readRowTime,
  rowCount,
} from './rows.ts';
import { setStable } from './pending-words.ts';
import { initWords, wordBytes, wordCount, wordEnds } from './words.ts';

export { closedStreams, seenStreams };
export { startless, yearless, zoneAddress, zoneless };
export { PUSH_FIELDS, pushCount, pushRecords, pushTexts };
export { counterAddress, COUNTERS, SAMPLE, sampleAddress, sampleCount };
export { columnAddress, hasDigest, hasForwarded, hasUpstream, rowCount, wordBytes, wordCount, wordEnds };

/** Most bytes that may be fed at once: so few that they are still in the processor's own cache when they are read. */
export const LARGEST_PIECE: i32 = 1 << 17;

let input: i32 = 0;
/** Bytes at `input` that belong to a line whose end is not there yet. */
let carried: i32 = 0;
/** Where the first byte at `input` stands, counted from the segment's first own line. */
let base: i32 = 0;
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
  initAccount();
  initTime();
  initAddress();
  initRegistryPath();
  initWords();
  initRows();
  initPushes();
  initAnyTime();
  initRecord();
  initJson();
  initDispatch();
  setHasOwn(0);
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
  setPrograms(own, own + ownSize, known, known + knownSize, ownKeys);
  setHasOwn(ownSize > 0 || ownKeys > 0 ? 1 : 0);
}

/** What the user said of the file: zone (pairs at zoneAddress), latest time, start of the program, whose address. */
export function setOptions(zoneChanges: i32, latest: f64, started: f64, forwarded: i32): void {
  setTimeOptions(zoneChanges, latest, started);
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
  clearAccount();
  movePieces(base);
  base = 0;
  firstSeconds = -1;
  lastSeconds = -1;
  clearTimeNotes();
  clearRows();
  clearPushes();
}

/** Where the next bytes are to be put: at most LARGEST_PIECE of them. */
export function inputAddress(): i32 {
  return input + carried;
}

/** Lines that began in the segment, unfinished ones not. */
export function lineCount(): i32 {
  return linesRead;
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
  setStable(input, end);
  while (true) {
    if (lastFormat === COMBINED) {
      let lines: i32 = 0;
      for (; ; lines++) {
        const newline = readLineAhead(p, end, offset + p);
        if (newline === 0) break;
        if (firstSeconds < 0) takeFirstTime(COMBINED, p, newline);
        lastStart = p;
        lastEnd = newline;
        p = newline + 1;
      }
      countAhead(lines);
      if (lines > 0) search = p;
    }
    const newline = findFar(search, end, 0x0a);
    if (newline === end) break;
    // #Fields: lines before it are not to be read with the columns that it names (w3c.ts).
    if (lastFormat >= 0 && byteAt(p) === 0x23) {
      takeLastTime(lastFormat, lastStart, lastEnd);
      lastFormat = -1;
    }
    const format = readLine(p, newline, offset + p);
    if (format >= 0) {
      if (firstSeconds < 0) takeFirstTime(format, p, newline);
      if (isJoined) takeLastTime(format, p, newline);
      lastStart = p;
      lastEnd = newline;
      lastFormat = isJoined ? -1 : format;
    }
    p = newline + 1;
    search = p;
  }
  if (lastFormat >= 0) takeLastTime(lastFormat, lastStart, lastEnd);
  numberRows();
  base = base + (p - first);
  carried = end - p;
  if (carried > LONGEST_LINE) {
    countLines(1);
    takeUnreadable(TOO_LONG, p, end, base);
    base = base + carried;
    carried = 0;
    skipping = 1;
  } else if (carried > 0 && p > input) copyBytes(input, p, carried);
}

function takeFirstTime(format: i32, start: i32, end: i32): void {
  if (readTime(format, start, end) === 0) return;
  firstSeconds = seconds;
  firstMillis = millis;
}

/** The time of the last line of a known format; where it has none, that of the last row. */
function takeLastTime(format: i32, start: i32, end: i32): void {
  const found = readLastTime(format, start, end) || readRowTime() ? 1 : 0;
  lastSeconds = found ? seconds : -1;
  lastMillis = millis;
}

/** The stream is over: what is left is a line without a newline. */
export function finish(): void {
  if (carried > 0) {
    const end = input + carried;
    // What was fed before stands behind it: no reader may take it for a part of the line.
    put8(end, 0x0a);
    setStable(input, end);
    const format = readLine(input, end, base);
    if (format >= 0) {
      if (firstSeconds < 0) takeFirstTime(format, input, end);
      takeLastTime(format, input, end);
    }
    numberRows();
    base = base + carried;
  }
  carried = 0;
  skipping = 0;
}

/** Newlines in the `size` bytes at inputAddress(): the least that reading a log can cost. */
export function countNewlines(size: i32): i32 {
  return countByte(input, input + size, 0x0a);
}
