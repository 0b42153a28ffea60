/**
 * W3C extended logs (CloudFront, IIS): a line of #Fields says what the columns are. In: lines of one file, in order.
 * Out: fields of record.ts. CloudFront percent-encodes agents, older logs twice. Columns are parted by TABs, or blanks.
 * Limits: a file is read from its beginning, so such a file is never cut into ranges (pipeline/look-at-file.ts).
 */
import { alloc, byteAt, copyBytes, findByte, intAt, put32, put8 } from './bytes.ts';
import { APPLICATION_MESSAGE, NOT_MINE, OTHER_PATH } from './fates.ts';
import { hexByte } from './fields/registry-path.ts';
import {
  AGENT,
  beginRecord,
  CLIENT,
  FORWARDED,
  hasField,
  METHOD,
  setField,
  SKIP,
  STATUS,
  TARGET,
  TIME,
  WRITTEN,
} from './line-fields.ts';
import { finishRecord } from './record.ts';

const MOST_COLUMNS: i32 = 64;
/** Columns that are put together: the day and the clock. */
const DAY: i32 = 100;
const CLOCK: i32 = 101;
const LONGEST_AGENT: i32 = 4096;

/** The fields of the columns, four bytes each. */
let columns: i32 = 0;
export let columnCount: i32 = 0;
let time: i32 = 0;
let agent: i32 = 0;

export function initW3c(): void {
  columns = alloc(MOST_COLUMNS * 4);
  time = alloc(32);
  agent = alloc(LONGEST_AGENT);
  columnCount = 0;
}

export function forgetColumns(): void {
  columnCount = 0;
}

export function readW3c(start: i32, end: i32, offset: i32): i32 {
  if (byteAt(start) === 0x23) return readDirective(start, end);
  if (columnCount === 0) return NOT_MINE;
  const separator = findByte(start, end, 0x09) < end ? 0x09 : 0x20;
  beginRecord();
  let p = start;
  let hasDay: i32 = 0;
  let hasClock: i32 = 0;
  for (let i: i32 = 0; i < columnCount; i++) {
    // The line is cut off, or of something else.
    if (p > end) return NOT_MINE;
    const stop = findByte(p, end, separator);
    const field = intAt(columns + i * 4);
    if (field === DAY) hasDay = putTime(0, 10, p, stop);
    else if (field === CLOCK) hasClock = putTime(11, 8, p, stop);
    else if (field === AGENT) setField(AGENT, agent, decodeAgent(p, stop), 0);
    else if (field !== SKIP) setField(field, p, stop, 0);
    p = stop + 1;
  }
  // A clock without a day is no time. Times are UTC by definition.
  if (hasDay && hasClock) {
    put8(time + 10, 0x54);
    put8(time + 19, 0x5a);
    setField(TIME, time, time + 20, 0);
  }
  return hasField(METHOD) && hasField(TARGET) ? finishRecord(offset) : OTHER_PATH;
}

/** #Fields: names of columns; other directives say nothing of them. */
function readDirective(p: i32, end: i32): i32 {
  const colon = findByte(p, end, 0x3a);
  if (colon === end || colon - p > 20) return NOT_MINE;
  // "#Fie"
  if (intAt(p) !== 0x65694623) return APPLICATION_MESSAGE;
  columnCount = 0;
  p = colon + 1;
  while (p < end && columnCount < MOST_COLUMNS) {
    while (p < end && (byteAt(p) === 0x20 || byteAt(p) === 0x09)) p++;
    let stop = p;
    while (stop < end && byteAt(stop) !== 0x20 && byteAt(stop) !== 0x09) stop++;
    if (stop === p) break;
    put32(columns + columnCount * 4, fieldOf(p, stop));
    columnCount = columnCount + 1;
    p = stop;
  }
  return APPLICATION_MESSAGE;
}

/** The field of a column, by its name's size and beginning. */
function fieldOf(p: i32, end: i32): i32 {
  const size = end - p;
  const head = intAt(p);
  if (size === 4 && head === 0x65746164) return DAY; // date
  if (size === 4 && head === 0x656d6974) return CLOCK; // time
  if (size === 4 && head === 0x70692d63) return CLIENT; // c-ip
  if (size === 9 && head === 0x6d2d7363) return METHOD; // cs-method
  if (size === 11 && head === 0x752d7363) return TARGET; // cs-uri-stem
  if (size === 9 && head === 0x732d6373) return STATUS; // sc-status
  if (size === 8 && head === 0x622d6373) return WRITTEN; // sc-bytes
  if (size === 15 && head === 0x6f662d78) return FORWARDED; // x-forwarded-for
  // cs(User-Agent)
  return size === 14 && head === 0x55287363 ? AGENT : SKIP;
}

/** Puts day or clock at its place in yyyy-mm-ddTHH:MM:SS; 0 when it is too short. */
function putTime(place: i32, size: i32, p: i32, end: i32): i32 {
  if (end - p < size) return 0;
  copyBytes(time + place, p, size);
  return 1;
}

/** Percent-decodes until nothing changes, twice at most; answers the end in `agent`. */
function decodeAgent(p: i32, end: i32): i32 {
  if (end - p > LONGEST_AGENT) end = p + LONGEST_AGENT;
  let stop = decodeInto(p, end);
  if (findByte(agent, stop, 0x25) < stop) stop = decodeInto(agent, stop);
  return stop;
}

function decodeInto(p: i32, end: i32): i32 {
  let to = agent;
  while (p < end) {
    const code = byteAt(p) === 0x25 && p + 2 < end ? hexByte(p + 1) : -1;
    put8(to++, code < 0 ? byteAt(p) : code);
    p += code < 0 ? 1 : 3;
  }
  return to;
}
