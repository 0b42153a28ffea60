/**
 * Text formats that are described, not programmed (model/line-pattern.ts): literals and fields in turn. In: programs
 * as bytes, from load-tables.ts, and lines. Out: fields of record.ts. One look at each byte; nothing is tried again.
 *
 * A program: format, size of what follows in two bytes, tokens, 0. A token: 1, field; or 2, length, bytes. A blank in a literal stands for one or more.
 */
import { byteAt, findByte, intAt, shortAt } from './bytes.ts';
import { findStringEnd } from './distribution.ts';
import { APPLICATION_MESSAGE, NOT_MINE, OTHER_PATH } from './fates.ts';
import { isDigit, readAnyTime, setTimeNotes, yearless, zoneless } from './fields/any-time.ts';
import { lastColon, readAddressAndPort, readFirstAddress } from './fields/address.ts';
import {
  beginRecord,
  CLIENT,
  DIGEST,
  extendField,
  fieldStart,
  FORWARDED,
  hasField,
  METHOD,
  REQUEST,
  setField,
  SKIP,
  STATUS,
  TARGET,
  TIME,
  WRITTEN,
} from './line-fields.ts';
import { finishRecord, useOuterTime } from './record.ts';

const LITERAL: i32 = 2;
/** The literal of one blank, and the mark of the field behind it. */
const WORD_THEN_TIME: i32 = 0x01200102;
const PROGRAM_HEAD: i32 = 3;
/** Bit of a format whose lines are messages. */
const MESSAGES: i32 = 128;
/** Bit of a field that must be an address with its port, and of the last of the fields that are the time. */
const CHECKED: i32 = 128;
const SPACE: i32 = 0x20;
const QUOTE: i32 = 0x22;
const COMMA: i32 = 0x2c;
const COLON: i32 = 0x3a;

/** The format of the program that read the last line. */
export let programFormat: i32 = 0;
/** Behind the literal that the field in hand was found to end at; 0: it is yet to be compared. */
let literalEnd: i32 = 0;
let foundEnd: i32 = 0;

/** Tries the programs from `program` on; their answer, or NOT_MINE. */
export function readByPrograms(program: i32, programsEnd: i32, start: i32, end: i32, offset: i32): i32 {
  while (program < programsEnd) {
    programFormat = byteAt(program) & ~MESSAGES;
    const tokens = program + PROGRAM_HEAD;
    if (beginsLike(tokens, start, end)) {
      const zone = zoneless;
      const year = yearless;
      if (matches(tokens, start, end)) {
        if (byteAt(program) & MESSAGES) return APPLICATION_MESSAGE;
        // A line of the right shape whose time cannot be read is of another format; a time of its own has been read.
        if (hasField(TIME) || useOuterTime())
          return hasField(REQUEST) || hasField(TARGET) ? finishRecord(offset) : OTHER_PATH;
      }
      // What the times of other formats needed is no matter.
      setTimeNotes(zone, year);
    }
    program = tokens + shortAt(program + 1);
  }
  return NOT_MINE;
}

/** Whether the line's first bytes are like the program's: most programs need not be tried. */
function beginsLike(token: i32, p: i32, end: i32): boolean {
  if (byteAt(token) === LITERAL) return p < end && byteAt(p) === byteAt(token + 2);
  const field = byteAt(token + 1);
  if ((field & ~CHECKED) === TIME) return mayBeTime(p, end);
  if (field === (CLIENT | CHECKED)) return mayBeAddress(p, end);
  // A word, a blank, and a time.
  if (field !== SKIP || intAt(token + 2) !== WORD_THEN_TIME || (byteAt(token + 6) & ~CHECKED) !== TIME)
    return true;
  p = findByte(p, end, SPACE);
  return p < end && mayBeTime(behindBlanks(p, end), end);
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
    if (field === TIME && hasField(TIME) === 0 && !mayBeTime(p, end)) return 0;
    if (isChecked && field !== TIME && !mayEndAt(token, p, end)) return 0;
    literalEnd = 0;
    const stop = fieldStop(field, token, isQuoted, p, end);
    if (stop < 0) return 0;
    // Something stands before the address: a wrapper that is not peeled off yet.
    if (field === CLIENT && findByte(p, stop, SPACE) < stop && readFirstAddress(p, stop) === 0) return 0;
    if (isChecked && field !== TIME) {
      if (readAddressAndPort(p, stop) === 0) return 0;
      setField(field, p, byteAt(p) === 0x5b ? stop : lastColon(p, stop), 0);
    } else if (field === TIME) {
      if (hasField(TIME)) extendField(TIME, stop);
      else setField(TIME, p, stop, 0);
      // Most lines of other formats end here, before anything more is searched.
      if (isChecked && hasField(TIME) && readAnyTime(fieldStart(TIME), stop) === 0) return 0;
    } else if (field !== SKIP) setField(field, p, stop, 0);
    p = stop;
    if (literalEnd > 0) {
      p = literalEnd;
      const size = byteAt(token + 1);
      isQuoted = byteAt(token + 1 + size) === QUOTE ? 1 : 0;
      token += 2 + size;
    }
  }
  return 1;
}

/**
 * Whether an address with its port may begin at p and end where the literal does: blanks are only in brackets, or in
 * the name of a zone behind %. The literal is then at the first blank, or not there at all.
 */
function mayEndAt(token: i32, p: i32, end: i32): boolean {
  if (!mayBeAddress(p, end)) return false;
  if (byteAt(token) !== LITERAL || byteAt(token + 2) !== SPACE || byteAt(p) === 0x5b) return true;
  const blank = findByte(p, end, SPACE);
  return findByte(p, blank, 0x25) < blank || behindLiteral(token + 2, byteAt(token + 1), blank, end) >= 0;
}

/** Whether readAddressAndPort could take what begins at p: behind its first digits every address has a dot or a colon. */
function mayBeAddress(p: i32, end: i32): boolean {
  if (p < end && byteAt(p) === 0x5b) return true;
  let digits: i32 = 0;
  while (p < end && digits < 5 && isHexDigit(byteAt(p))) {
    digits++;
    p++;
  }
  return p < end && (byteAt(p) === 0x2e || byteAt(p) === COLON);
}

function isHexDigit(byte: i32): boolean {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x66);
}

/** Where the field at p ends, `token` being the next one; -1 when the line does not fit. */
function fieldStop(field: i32, token: i32, isQuoted: i32, p: i32, end: i32): i32 {
  if (byteAt(token) !== LITERAL) return isWord(field) ? findByte(p, end, SPACE) : withoutBlanks(p, end);
  const literal = token + 2;
  const size = byteAt(token + 1);
  if (isQuoted && byteAt(literal) === QUOTE) {
    const quote = findStringEnd(p, end);
    return quote < end ? quote : -1;
  }
  let stop = findLiteral(literal, size, p, end);
  if (field !== FORWARDED && field !== CLIENT) {
    literalEnd = foundEnd;
    return stop;
  }
  // A blank behind a comma goes on with the list.
  while (field === FORWARDED && stop > p && byteAt(literal) === SPACE && byteAt(stop - 1) === COMMA)
    stop = findLiteral(literal, size, stop + 1, end);
  if (field !== CLIENT || byteAt(literal) !== COLON || stop < 0) return stop;
  // Of the colons in the word the last one.
  const wordEnd = findByte(p, end, SPACE);
  for (let next = stop; next >= 0 && next < wordEnd; next = findLiteral(literal, size, next + 1, end))
    stop = next;
  return stop;
}

/** Whether readAnyTime could take what begins at p. */
function mayBeTime(p: i32, end: i32): boolean {
  if (end - p < 8) return true;
  const first = byteAt(p);
  const third = byteAt(p + 2);
  const fourth = byteAt(p + 3);
  const fifth = byteAt(p + 4);
  if (isDigit(first))
    return third === 0x2f || fifth === 0x2d || fifth === 0x2f || (isDigit(third) && isDigit(fourth));
  const letter = first | 0x20;
  return letter < 0x61 || letter > 0x7a || fourth === COMMA || fourth === SPACE;
}

/** Fields that are one word when nothing says where they end. */
function isWord(field: i32): boolean {
  return (
    field === CLIENT ||
    field === METHOD ||
    field === TARGET ||
    field === STATUS ||
    field === WRITTEN ||
    field === DIGEST
  );
}

function withoutBlanks(p: i32, end: i32): i32 {
  while (end > p && byteAt(end - 1) === SPACE) end--;
  return end;
}

/** Where the first occurrence of a literal begins, or -1; `foundEnd` is behind it. */
function findLiteral(literal: i32, size: i32, p: i32, end: i32): i32 {
  const first = byteAt(literal);
  while (true) {
    p = findByte(p, end, first);
    if (p === end) return -1;
    foundEnd = behindLiteral(literal, size, p, end);
    if (foundEnd >= 0) return p;
    p++;
    // A run of blanks is one blank.
    if (first === SPACE) p = behindBlanks(p, end);
  }
}

/** Behind the literal that begins at p, or -1. */
function behindLiteral(literal: i32, size: i32, p: i32, end: i32): i32 {
  for (let i: i32 = 0; i < size; i++) {
    const byte = byteAt(literal + i);
    if (p >= end || byteAt(p) !== byte) return -1;
    p++;
    if (byte === SPACE) p = behindBlanks(p, end);
  }
  return p;
}

function behindBlanks(p: i32, end: i32): i32 {
  while (p < end && byteAt(p) === SPACE) p++;
  return p;
}
