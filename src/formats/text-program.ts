/**
 * Text formats that are described, not programmed (model/line-pattern.ts): literals and fields in turn. In: programs
 * as bytes, from load-tables.ts, and lines. Out: fields of record.ts. One look at each byte; nothing is tried again.
 *
 * A program: format, tokens, 0. A token: 1, field; or 2, length, bytes. A blank in a literal stands for one or more.
 */
import { byteAt, findByte } from './bytes.ts';
import { findStringEnd } from './distribution.ts';
import { APPLICATION_MESSAGE, NOT_MINE, OTHER_PATH } from './fates.ts';
import { readAnyTime } from './fields/any-time.ts';
import { lastColon, readAddressAndPort } from './fields/address.ts';
import {
  beginRecord,
  CLOCK,
  extendField,
  fieldEnd,
  fieldStart,
  finishRecord,
  hasField,
  REQUEST,
  setField,
  TARGET,
  TIME,
  useOuterTime,
} from './record.ts';

const FIELD: i32 = 1;
const LITERAL: i32 = 2;
/** Bit of a format whose lines are messages. */
const MESSAGES: i32 = 128;
/** Bit of a field that must be an address with its port. */
const CHECKED: i32 = 128;
const SPACE: i32 = 0x20;
const QUOTE: i32 = 0x22;

/** The format of the program that read the last line. */
export let programFormat: i32 = 0;

/** Tries the programs from `program` on (a length of 0 ends them); their answer, or NOT_MINE. */
export function readByPrograms(program: i32, programsEnd: i32, start: i32, end: i32, offset: i32): i32 {
  while (program < programsEnd) {
    programFormat = byteAt(program) & ~MESSAGES;
    if (matches(program + 1, start, end)) {
      if (byteAt(program) & MESSAGES) return APPLICATION_MESSAGE;
      // A line of the right shape whose time cannot be read is of another format.
      if (hasField(TIME) ? readAnyTime(fieldStart(TIME), fieldEnd(TIME)) : useOuterTime())
        return hasField(REQUEST) || hasField(TARGET) ? finishRecord(offset) : OTHER_PATH;
    }
    program = nextProgram(program + 1);
  }
  return NOT_MINE;
}

function nextProgram(p: i32): i32 {
  while (byteAt(p) !== 0) p += byteAt(p) === FIELD ? 2 : 2 + byteAt(p + 1);
  return p + 1;
}

/** Cuts the line into the program's fields; 0 when it does not fit. */
function matches(token: i32, p: i32, end: i32): i32 {
  beginRecord();
  let isQuoted: i32 = 0;
  while (byteAt(token) !== 0) {
    if (byteAt(token) === LITERAL) {
      const size = byteAt(token + 1);
      p = behindLiteral(token + 2, size, p, end);
      if (p < 0) return 0;
      isQuoted = byteAt(token + 1 + size) === QUOTE ? 1 : 0;
      token += 2 + size;
      continue;
    }
    const field = byteAt(token + 1) & ~CHECKED;
    const isChecked = byteAt(token + 1) & CHECKED;
    token += 2;
    let stop = end;
    if (byteAt(token) === LITERAL) {
      stop =
        isQuoted && byteAt(token + 2) === QUOTE
          ? findStringEnd(p, end)
          : findLiteral(token + 2, byteAt(token + 1), p, end);
      if (stop < 0 || stop === end) return 0;
    }
    if (isChecked) {
      if (readAddressAndPort(p, stop) === 0) return 0;
      setField(field, p, byteAt(p) === 0x5b ? stop : lastColon(p, stop), 0);
    } else if (field === CLOCK) extendField(TIME, stop);
    else setField(field, p, stop, 0);
    p = stop;
  }
  return 1;
}

/** Where the first occurrence of a literal begins, or -1. */
function findLiteral(literal: i32, size: i32, p: i32, end: i32): i32 {
  while (true) {
    p = findByte(p, end, byteAt(literal));
    if (p === end) return -1;
    if (behindLiteral(literal, size, p, end) >= 0) return p;
    p++;
  }
}

/** Behind the literal that begins at p, or -1. */
function behindLiteral(literal: i32, size: i32, p: i32, end: i32): i32 {
  for (let i: i32 = 0; i < size; i++) {
    const byte = byteAt(literal + i);
    if (p >= end || byteAt(p) !== byte) return -1;
    p++;
    if (byte === SPACE) while (p < end && byteAt(p) === SPACE) p++;
  }
  return p;
}
