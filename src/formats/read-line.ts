/**
 * One line: the formats that registries write themselves first, then everything else (dispatch.ts). In: a line without
 * its newline. Out: its fate is counted, its rows are added; the format that claimed it, and when asked for, its time.
 */
import { byteAt, findByte, intAt } from './bytes.ts';
import { fateAhead, readAhead, readCombined, readCombinedTime } from './combined.ts';
import { claimed, isOthersJson, joinedEnd, linesOf, readAny, readJoinedAgain } from './dispatch.ts';
import { readJson, readJsonTime } from './distribution-json.ts';
import { readLogfmt, readLogfmtTime } from './distribution-logfmt.ts';
import {
  APPLICATION_MESSAGE,
  BLANK,
  MANIFEST_REQUEST,
  NOT_MINE,
  NOT_TRIED,
  TOO_LONG,
  UNREADABLE,
} from './fates.ts';
import { setTimeNotes, yearless, zoneless } from './fields/any-time.ts';
import { countFate, countFormat, countLines, isBlank, reasonOf, takeUnreadable } from './line-account.ts';
import { isAddressFirst } from './line-shapes.ts';
import { hasTime, setTimeOnly } from './record.ts';
import { pushCount, truncatePushes } from './pushes.ts';
import { rowCount, truncateRows } from './rows.ts';

/** Longest line that is read. */
export const LONGEST_LINE: i32 = 1 << 20;

/** Formats by their place in the list (index.ts). */
export const COMBINED: i32 = 0;
const LOGFMT: i32 = 1;
const JSON_LINES: i32 = 2;
/** Added to the format of a line that dispatch.ts read. */
const FROM_ANY: i32 = 1000;

/** The last line is of a known format and was put together of pieces: its time can be read until the next line is. */
export let isJoined: i32 = 0;

/** The user has formats of their own: every line is tried on them first. */
let hasOwn: i32 = 0;

export function setHasOwn(has: i32): void {
  hasOwn = has;
}

/** Reads one line and counts its fate; answers the format that claimed it, or -1. */
export function readLine(start: i32, end: i32, offset: i32): i32 {
  countLines(1);
  isJoined = 0;
  // A line that ends in the very piece that makes it too long: feed has not noticed it.
  if (end - start > LONGEST_LINE) {
    takeUnreadable(TOO_LONG, start, end, offset);
    return -1;
  }
  if (end > start && byteAt(end - 1) === 0x0d) end--;
  start = behindMark(start, end);
  const first = byteAt(start);
  let fate = NOT_MINE;
  let format: i32 = -1;
  let jsonFate = NOT_TRIED;
  if (start >= end) fate = BLANK;
  else if (hasOwn === 0) {
    // The formats that registries write themselves, without a look for anything around them.
    // Lines with colours are read twice, with and without them (readAny).
    const isOthers = first === 0x7b && isOthersJson(0) && findByte(start, end, 0x1b) === end;
    if (first === 0x7b && !isOthers) {
      format = JSON_LINES;
      fate = readJson(start, end, offset);
      jsonFate = fate;
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
    fate = readAny(start, end, offset, jsonFate);
    format = claimed < 0 ? -1 : claimed + FROM_ANY;
    if (linesOf > 1) {
      countLines(linesOf - 1);
      if (fate !== MANIFEST_REQUEST) countFate(fate, linesOf - 1);
    }
  }
  if (fate === NOT_MINE) fate = isBlank(start, end) ? BLANK : UNREADABLE + reasonOf(start, end);
  if (fate >= UNREADABLE) takeUnreadable(fate - UNREADABLE, start, end, offset);
  else countFate(fate, 1);
  const by = format >= FROM_ANY ? format - FROM_ANY : format;
  if (fate === BLANK || fate >= UNREADABLE || by < 0) return -1;
  countFormat(by, 1);
  if (format >= FROM_ANY && joinedEnd !== 0) isJoined = 1;
  return format;
}

/**
 * Reads the line at p, whose end is not known, if it is an access line like the one before, which readLine claimed so.
 * Answers its newline in [p, limit), or 0: it is to be read by readLine.
 */
export function readLineAhead(p: i32, limit: i32, offset: i32): i32 {
  if (!isAddressFirst(p, byteAt(p))) return 0;
  const newline = readAhead(p, limit - p > LONGEST_LINE ? p + LONGEST_LINE + 1 : limit, offset);
  if (newline === 0 || fateAhead >= UNREADABLE) return 0;
  countFate(fateAhead, 1);
  return newline;
}

/** Counts the lines that readLineAhead has read; nothing else may have been read since the first of them. */
export function countAhead(lines: i32): void {
  countLines(lines);
  countFormat(COMBINED, lines);
  if (lines > 0) isJoined = 0;
}

/** Behind a byte order mark: at the beginning of a file, and of each file that was joined to another. */
function behindMark(p: i32, end: i32): i32 {
  return byteAt(p) === 0xef && end - p >= 3 && (intAt(p) & 0xffffff) === 0xbfbbef ? p + 3 : p;
}

/** Reads the time of a line that was read as `format`; 1 when there is one. */
export function readTime(format: i32, start: i32, end: i32): i32 {
  if (end > start && byteAt(end - 1) === 0x0d) end--;
  start = behindMark(start, end);
  if (format === COMBINED) return readCombinedTime(start, end);
  if (format === LOGFMT) return readLogfmtTime(start, end);
  if (format === JSON_LINES) return readJsonTime(start, end);
  // Read once more, without a row.
  const rows = rowCount;
  const pushes = pushCount;
  setTimeOnly(1);
  if (isJoined) readJoinedAgain(start, end);
  else readAny(start, end, 0, NOT_TRIED);
  const found = hasTime;
  setTimeOnly(0);
  truncateRows(rows);
  truncatePushes(pushes);
  return found;
}

/** The same for the last line of a piece: where pieces end changes nothing that is noted of times. */
export function readLastTime(format: i32, start: i32, end: i32): i32 {
  const zone = zoneless;
  const year = yearless;
  const found = readTime(format, start, end);
  setTimeNotes(zone, year);
  return found;
}
