/**
 * What the logfmt, JSON and logstash lines of distribution (registry 2 and 3) have in common: one line a finished
 * request, with the keys below. In: keys and value ranges, one after the other. Out: a row, or why there is none.
 * Source: distribution/distribution, internal/dcontext and registry/handlers/app.go, v2.6 to v3.1.
 * The time is that of the answer's end; the address is the first of X-Forwarded-For where there is one.
 */
import { findByte, byteAt, intAt } from './bytes.ts';
import {
  APPLICATION_MESSAGE,
  MANIFEST_REQUEST,
  NO_REQUEST,
  NO_STATUS,
  NO_TIME,
  OTHER_PATH,
  OTHER_REGISTRY,
  UNREADABLE,
} from './fates.ts';
import { hubType, PATH_MANIFEST, PATH_OTHER_REGISTRY, readTarget } from './fields/registry-path.ts';
import { readSinceStart } from './fields/any-time.ts';
import { readDuration, readIsoTime, startOf } from './fields/time.ts';
import { timeOnly, useOuterTime } from './record.ts';
import { addRow, FLAG_PUSH } from './rows.ts';

const FLAG_LOGGER_LINE: i32 = 8;

let timeStart: i32 = 0;
let timeEnd: i32 = 0;
/** Seconds since the program's start, which a terminal shows in place of a time; negative when it does not. */
let passed: f64 = -1;
let isCompleted: i32 = 0;
let hasMessage: i32 = 0;
let hasLevel: i32 = 0;
let method: i32 = -1;
let targetStart: i32 = 0;
let targetStop: i32 = 0;
let clientStart: i32 = 0;
let clientEnd: i32 = 0;
let agentStart: i32 = 0;
let agentEnd: i32 = 0;
let status: i32 = 0;
let written: i32 = 0;
let duration: f64 = 0;

const METHOD_NONE: i32 = -1;
const METHOD_OTHER: i32 = 2;
const METHOD_PUT: i32 = 3;

/** Forgets the values of the line before. */
export function beginLine(): void {
  timeStart = 0;
  timeEnd = 0;
  passed = -1;
  isCompleted = 0;
  hasMessage = 0;
  hasLevel = 0;
  method = METHOD_NONE;
  targetStart = 0;
  targetStop = 0;
  clientStart = 0;
  clientEnd = 0;
  agentStart = 0;
  agentEnd = 0;
  status = 0;
  written = 0;
  duration = 0;
}

/** Takes one pair: key [key, keyEnd), value [value, valueEnd), without quotes. */
export function takePair(key: i32, keyEnd: i32, value: i32, valueEnd: i32): void {
  const size = keyEnd - key;
  const head = intAt(key);
  if (head === 0x70747468) {
    // "http": http.request.… and http.response.… differ in length or in the letter after "http.re".
    if (size < 15 || size > 25) return;
    const isResponse = byteAt(key + 7) === 0x73;
    if (!isResponse) {
      if (size === 19) method = methodOf(value, valueEnd);
      else if (size === 16) {
        targetStart = value;
        targetStop = valueEnd;
      } else if (size === 22) {
        agentStart = value;
        agentEnd = valueEnd;
      } else if (size === 23) {
        clientStart = value;
        clientEnd = valueEnd;
      }
    } else if (size === 20) status = number(value, valueEnd);
    else if (size === 21) written = number(value, valueEnd);
    else if (size === 22) duration = readDuration(value, valueEnd);
  } else if ((size === 4 && head === 0x656d6974) || (size === 10 && head === 0x6d697440)) {
    // "time", "@timestamp"
    timeStart = value;
    timeEnd = valueEnd;
  } else if ((size === 3 && (head & 0xffffff) === 0x67736d) || (size === 7 && head === 0x7373656d)) {
    // "msg", "message"
    hasMessage = 1;
    isCompleted = isCompletedMessage(value, valueEnd);
  } else if (size === 5 && head === 0x6576656c) hasLevel = 1;
}

/** Whether the line is one of the logger at all. */
export function isLoggerLine(): i32 {
  return hasMessage && hasLevel ? 1 : 0;
}

/** Whether the message says that the line is about no finished request: the rest need not be read. */
export function isOtherMessage(): i32 {
  return hasMessage && !isCompleted ? 1 : 0;
}

/** Whether the message is that of a finished request. */
export function isFinished(): i32 {
  return isCompleted;
}

/** Takes what a terminal shows in place of time, level and message: LEVE[0005] message. */
export function takeTerminal(number: i32, message: i32, end: i32): void {
  passed = 0;
  for (; byteAt(number) >= 0x30 && byteAt(number) <= 0x39; number++)
    passed = passed * 10 + (byteAt(number) - 0x30);
  hasMessage = 1;
  hasLevel = 1;
  isCompleted = isCompletedMessage(message, end);
}

/** Makes the row of the pairs taken. */
export function endLine(offset: i32): i32 {
  if (!isCompleted) return APPLICATION_MESSAGE;
  if (targetStop === targetStart || method === METHOD_NONE) return UNREADABLE + NO_REQUEST;
  const kind = readTarget(targetStart, targetStop);
  if (kind !== PATH_MANIFEST) return kind === PATH_OTHER_REGISTRY ? OTHER_REGISTRY : OTHER_PATH;
  if (method >= METHOD_OTHER) {
    if (hubType !== 0) return OTHER_PATH;
    if (method === METHOD_PUT && readPushTime() && status >= 100)
      addRow(0, FLAG_PUSH, status, 0, 0, clientStart, clientEnd, 0, 0, agentStart, agentEnd);
    return OTHER_REGISTRY;
  }
  if (readLineTime() === 0) return UNREADABLE + NO_TIME;
  if (status < 100 || status > 999) return UNREADABLE + NO_STATUS;
  const start = startOf(duration);
  const flags = method | FLAG_LOGGER_LINE;
  addRow(offset, flags, status, written, start, clientStart, clientEnd, 0, 0, agentStart, agentEnd);
  return MANIFEST_REQUEST;
}

/** Reads the time of the line whose pairs were taken. */
export function readLineTime(): i32 {
  if (readIsoTime(timeStart, timeEnd) || useOuterTime()) return 1;
  return passed < 0 ? 0 : readSinceStart(passed, timeOnly ? 0 : 1);
}

/** The same for a push, of whose time nothing is told, since nothing is counted by it. */
function readPushTime(): i32 {
  if (readIsoTime(timeStart, timeEnd) || useOuterTime()) return 1;
  return passed < 0 ? 0 : readSinceStart(passed, 0);
}

/** 0 HEAD, 1 GET, 2 another, 3 PUT. */
function methodOf(p: i32, end: i32): i32 {
  if (end - p === 3 && (intAt(p) & 0xffffff) === 0x544547) return 1;
  if (end - p === 4 && intAt(p) === 0x44414548) return 0;
  if (end - p === 3 && (intAt(p) & 0xffffff) === 0x545550) return METHOD_PUT;
  return METHOD_OTHER;
}

/** "response completed", "response completed with error", and OpenShift's "response". */
function isCompletedMessage(p: i32, end: i32): i32 {
  const size = end - p;
  if (size < 8 || intAt(p) !== 0x70736572 || intAt(p + 4) !== 0x65736e6f) return 0;
  if (size === 8) return 1;
  if (size !== 18 && size !== 29) return 0;
  return byteAt(p + 8) === 0x20 &&
    intAt(p + 9) === 0x706d6f63 &&
    intAt(p + 13) === 0x6574656c &&
    byteAt(p + 17) === 0x64
    ? 1
    : 0;
}

/** A whole number; 0 when there is none. */
function number(p: i32, end: i32): i32 {
  let value: i32 = 0;
  for (; p < end && byteAt(p) >= 0x30 && byteAt(p) <= 0x39; p++) value = (value * 10 + byteAt(p) - 0x30) | 0;
  return value;
}

/** The quote that ends a string in which a backslash hides the next character; end when there is none. */
export function findStringEnd(p: i32, end: i32): i32 {
  const begin = p;
  while (true) {
    p = findByte(p, end, 0x22);
    if (p === end) return end;
    let backslashes: i32 = 0;
    while (p - 1 - backslashes >= begin && byteAt(p - 1 - backslashes) === 0x5c) backslashes++;
    if ((backslashes & 1) === 0) return p;
    p++;
  }
}
