/**
 * distribution's text lines: time="…" level=info msg="response completed" http.request.method=GET …
 * Values are bare or quoted. Registry 2.7 and 2.8 do not escape quotes inside quoted values (2.6 and 3 do), so a value
 * ends at a quote that is followed by ` key=` or by the end of the line.
 */
import { findByte, byteAt, intAt } from './bytes.ts';
import {
  beginLine,
  endLine,
  isLoggerLine,
  isOtherMessage,
  readLineTime,
  takePair,
  takeTerminal,
} from './distribution.ts';
import { APPLICATION_MESSAGE, NOT_MINE } from './fates.ts';

const TIME: i32 = 0x656d6974; // "time"

export function readLogfmt(start: i32, end: i32, offset: i32): i32 {
  if (isTerminal(start, end)) return readTerminal(start, end, offset);
  if (!isLogfmt(start, end)) return NOT_MINE;
  takePairs(start, end);
  if (isOtherMessage()) return APPLICATION_MESSAGE;
  return isLoggerLine() ? endLine(offset) : NOT_MINE;
}

/** LEVE[0005] message padded with blanks, then pairs: logrus on a terminal. The number counts seconds since the start. */
function isTerminal(start: i32, end: i32): i32 {
  if (end - start < 12 || byteAt(start + 4) !== 0x5b || byteAt(start + 5) < 0x30 || byteAt(start + 5) > 0x39)
    return 0;
  const level = intAt(start);
  // INFO, DEBU, WARN, ERRO, FATA
  return level === 0x4f464e49 ||
    level === 0x55424544 ||
    level === 0x4e524157 ||
    level === 0x4f525245 ||
    level === 0x41544146
    ? 1
    : 0;
}

function readTerminal(start: i32, end: i32, offset: i32): i32 {
  const message = findByte(start, end, 0x5d) + 2;
  if (message >= end) return APPLICATION_MESSAGE;
  // The first pair begins behind the last blank before the first equals sign.
  let pairs = findByte(message, end, 0x3d);
  while (pairs > message && byteAt(pairs - 1) !== 0x20) pairs--;
  let stop = pairs;
  while (stop > message && byteAt(stop - 1) === 0x20) stop--;
  beginLine();
  takeTerminal(start + 5, message, stop);
  if (isOtherMessage()) return APPLICATION_MESSAGE;
  takeMore(pairs, end);
  return endLine(offset);
}

export function readLogfmtTime(start: i32, end: i32): i32 {
  // A terminal's number stands before the message, which was read already.
  if (isTerminal(start, end)) return readLineTime();
  if (!isLogfmt(start, end)) return 0;
  takePairs(start, end);
  return readLineTime();
}

function isLogfmt(start: i32, end: i32): i32 {
  return end - start > 8 && intAt(start) === TIME && byteAt(start + 4) === 0x3d ? 1 : 0;
}

function takePairs(p: i32, end: i32): void {
  beginLine();
  takeMore(p, end);
}

function takeMore(p: i32, end: i32): void {
  while (p < end) {
    const equals = findByte(p, end, 0x3d);
    if (equals === end) return;
    let value = equals + 1;
    let stop: i32 = 0;
    let next: i32 = 0;
    if (value < end && byteAt(value) === 0x22) {
      value++;
      stop = quotedEnd(value, end);
      next = stop + 2;
    } else {
      stop = findByte(value, end, 0x20);
      next = stop + 1;
    }
    takePair(p, equals, value, stop);
    if (isOtherMessage()) return;
    p = next;
  }
}

/** Where a quoted value ends: its closing quote. */
function quotedEnd(p: i32, end: i32): i32 {
  const begin = p;
  // First by the rules of escaping; if no quote fits, a quote behind a backslash may close as well.
  for (let pass: i32 = 0; pass < 2; pass++) {
    for (p = findByte(begin, end, 0x22); p < end; p = findByte(p + 1, end, 0x22)) {
      if (pass === 0 && isEscaped(begin, p)) continue;
      if (p + 1 === end || (byteAt(p + 1) === 0x20 && isKeyOrEnd(p + 2, end))) return p;
    }
  }
  return end;
}

/** An odd number of backslashes stands before p. */
function isEscaped(begin: i32, p: i32): i32 {
  let backslashes: i32 = 0;
  while (p - 1 - backslashes >= begin && byteAt(p - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes & 1;
}

/** A key and its equals sign begin at p, or the line ends there. */
function isKeyOrEnd(p: i32, end: i32): i32 {
  if (p >= end) return 1;
  const begin = p;
  for (; p < end; p++) {
    const byte = byteAt(p);
    if (byte === 0x3d) return p > begin ? 1 : 0;
    const letter = byte | 0x20;
    const isKey = (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
    if (!isKey && byte !== 0x2e && byte !== 0x5f && byte !== 0x2d && byte !== 0x40) return 0;
  }
  return 0;
}
