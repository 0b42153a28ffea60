/**
 * distribution's JSON and logstash lines: one flat object a line, keys as in logfmt, `time`/`msg` or
 * `@timestamp`/`message`. Nested values are stepped over. A line that breaks off is not claimed.
 */
import { byteAt } from './bytes.ts';
import {
  beginLine,
  endLine,
  findStringEnd,
  isLoggerLine,
  isOtherMessage,
  readLineTime,
  takePair,
} from './distribution.ts';
import { APPLICATION_MESSAGE, NOT_MINE } from './fates.ts';

const QUOTE: i32 = 0x22;

export function readJson(start: i32, end: i32, offset: i32): i32 {
  if (end - start < 2 || byteAt(start) !== 0x7b || !takePairs(start + 1, end) || !isLoggerLine())
    return NOT_MINE;
  return isOtherMessage() ? APPLICATION_MESSAGE : endLine(offset);
}

export function readJsonTime(start: i32, end: i32): i32 {
  return end - start >= 2 && byteAt(start) === 0x7b && takePairs(start + 1, end) ? readLineTime() : 0;
}

/** Takes all pairs of the object whose brace is before p; 0 when it is no whole object. */
function takePairs(p: i32, end: i32): i32 {
  beginLine();
  while (true) {
    p = skipBlanks(p, end);
    if (p >= end) return 0;
    if (byteAt(p) === 0x7d) return 1;
    if (byteAt(p) === 0x2c) {
      p++;
      continue;
    }
    if (byteAt(p) !== QUOTE) return 0;
    const key = p + 1;
    const keyEnd = findStringEnd(key, end);
    if (keyEnd === end) return 0;
    p = skipBlanks(keyEnd + 1, end);
    if (p >= end || byteAt(p) !== 0x3a) return 0;
    p = skipBlanks(p + 1, end);
    if (p >= end) return 0;
    let value = p;
    const first = byteAt(p);
    if (first === QUOTE) {
      value = p + 1;
      const valueEnd = findStringEnd(value, end);
      if (valueEnd === end) return 0;
      takePair(key, keyEnd, value, valueEnd);
      p = valueEnd + 1;
    } else if (first === 0x7b || first === 0x5b) {
      p = skipNested(p, end);
    } else {
      while (p < end && byteAt(p) !== 0x2c && byteAt(p) !== 0x7d && byteAt(p) !== 0x20) p++;
      if (p > value) takePair(key, keyEnd, value, p);
      else return 0;
    }
  }
}

function skipBlanks(p: i32, end: i32): i32 {
  while (p < end && (byteAt(p) === 0x20 || byteAt(p) === 0x09)) p++;
  return p;
}

/** Behind the object or array that begins at p. */
function skipNested(p: i32, end: i32): i32 {
  let depth: i32 = 0;
  for (; p < end; p++) {
    const byte = byteAt(p);
    if (byte === QUOTE) p = findStringEnd(p + 1, end);
    else if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) {
      depth--;
      if (depth === 0) return p + 1;
    }
  }
  return end;
}
