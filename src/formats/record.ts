/**
 * A row of the fields of the line in hand, and what all readers share: options, and the time of a wrapper. In: the
 * fields of line-fields.ts. Out: a row, or why there is none (fates.ts).
 */
import { alloc, byteAt, copyBytes, intAt, put8 } from './bytes.ts';
import { initCaptured, splitCaptured } from './captured-headers.ts';
import {
  MANIFEST_REQUEST,
  NO_STATUS,
  NO_TIME,
  NOT_MINE,
  OTHER_PATH,
  OTHER_REGISTRY,
  UNREADABLE,
} from './fates.ts';
import { readAnyTime, setTimeNotes, yearless, zoneless } from './fields/any-time.ts';
import {
  hubType,
  PATH_MANIFEST,
  PATH_OTHER_REGISTRY,
  readTarget,
  setTarget,
} from './fields/registry-path.ts';
import { errorStatus, METHOD_PUT, methodOf, numberOf, readStatus } from './fields/status.ts';
import { millis, seconds, setTime } from './fields/time.ts';
import {
  AGENT,
  CAPTURED,
  CLIENT,
  DIGEST,
  dropField,
  ERROR,
  EVENT,
  eventStatus,
  fieldEnd,
  fieldStart,
  FORWARDED,
  hasField,
  initFields,
  METHOD,
  NAME,
  NAMESPACE,
  REFERENCE,
  referenceCount,
  references,
  replaceField,
  REQUEST,
  setField,
  STATUS,
  TARGET,
  TIME,
  WRITTEN,
} from './line-fields.ts';
import { addRow, FLAG_PUSH, setRowDigest } from './rows.ts';

/** A path under another name is believed more. */
const PATH_AS_REQUEST: i32 = 255;
/** FLAG_EVENT of model/segment.ts. */
const FLAG_EVENT: i32 = 64;

/** Namespace, slash and name are put together here: a line is never longer. */
const LONGEST_NAME: i32 = 1 << 20;
let wholeName: i32 = 0;
/** Time of a wrapper around the line, for lines that have none; negative when there is none. */
let outerSeconds: f64 = -1;
let outerMillis: i32 = 0;
/** The same as text, not read yet: most lines in it have a time of their own. */
let outerStart: i32 = 0;
let outerEnd: i32 = 0;
/** 1: the first address of X-Forwarded-For is the client; 0: the peer is. */
export let usesForwarded: i32 = 1;

/** Set while only times are wanted: no row is added, and hasTime says whether there was one. */
export let timeOnly: i32 = 0;
export let hasTime: i32 = 0;

export function initRecord(): void {
  initFields();
  initCaptured();
  // The byte before a name is written to (rows.ts).
  wholeName = alloc(LONGEST_NAME + 2) + 1;
  outerSeconds = -1;
  usesForwarded = 1;
}

export function setForwarded(uses: i32): void {
  usesForwarded = uses;
}

export function setTimeOnly(only: i32): void {
  timeOnly = only;
  hasTime = 0;
}

/** The time of the line in hand was read, or there was none. */
export function noteTime(found: i32): void {
  hasTime = found;
}

/** The time of the wrapper that was peeled off is the one last read. */
export function keepOuterTime(): void {
  outerSeconds = seconds;
  outerMillis = millis;
  outerEnd = outerStart;
}

/** The time of the wrapper that was peeled off stands there, with its zone. */
export function keepOuterText(start: i32, end: i32): void {
  outerStart = start;
  outerEnd = end;
}

export function forgetOuterTime(): void {
  outerSeconds = -1;
  outerEnd = outerStart;
}

/** Reads the line's own time, else the wrapper's; 1 when there is one. */
function readRecordTime(): i32 {
  if (hasField(TIME) && readAnyTime(fieldStart(TIME), fieldEnd(TIME))) return 1;
  return useOuterTime();
}

export function useOuterTime(): i32 {
  if (outerEnd > outerStart && readAnyTime(outerStart, outerEnd)) keepOuterTime();
  if (outerSeconds < 0) return 0;
  setTime(outerSeconds, outerMillis, 0);
  return 1;
}

/** Makes the row of a request's fields; NOT_MINE when they show no request at all. */
export function finishRecord(offset: i32): i32 {
  let kind = PATH_MANIFEST;
  let method: i32 = 1;
  if (hasField(REQUEST) && isPath(fieldStart(REQUEST), fieldEnd(REQUEST))) {
    setField(TARGET, fieldStart(REQUEST), fieldEnd(REQUEST), PATH_AS_REQUEST);
    dropField(REQUEST);
  }
  if (hasField(REQUEST)) {
    let p = fieldStart(REQUEST);
    const end = fieldEnd(REQUEST);
    while (p < end && byteAt(p) >= 0x41 && byteAt(p) <= 0x5a) p++;
    // What clients send that speak no HTTP.
    if (p === fieldStart(REQUEST) || p >= end || byteAt(p) !== 0x20) return OTHER_PATH;
    method = methodOf(fieldStart(REQUEST), p);
    while (p < end && byteAt(p) === 0x20) p++;
    kind = readTarget(p, end);
  } else if (hasField(TARGET)) {
    // A log without methods: all of them are taken for GET (the format says so).
    if (hasField(METHOD)) method = methodOf(fieldStart(METHOD), fieldEnd(METHOD));
    kind = readTarget(fieldStart(TARGET), fieldEnd(TARGET));
  } else if (hasField(NAME)) {
    if (hasField(METHOD)) method = methodOf(fieldStart(METHOD), fieldEnd(METHOD));
    const reference = hasField(REFERENCE) ? REFERENCE : DIGEST;
    if (hasField(reference) === 0) return OTHER_REGISTRY;
    joinName();
    setTarget(fieldStart(NAME), fieldEnd(NAME), fieldStart(reference), fieldEnd(reference));
  } else return NOT_MINE;
  if (timeOnly) {
    hasTime = readRecordTime();
    return MANIFEST_REQUEST;
  }
  if (kind !== PATH_MANIFEST) return kind === PATH_OTHER_REGISTRY ? OTHER_REGISTRY : OTHER_PATH;
  if (method < 0) {
    if (hubType !== 0) return OTHER_PATH;
    if (method === METHOD_PUT) notePush(offset);
    return OTHER_REGISTRY;
  }
  if (hasField(CAPTURED)) splitCaptured(fieldStart(CAPTURED), fieldEnd(CAPTURED));
  if (readRecordTime() === 0) return UNREADABLE + NO_TIME;
  const status = recordStatus();
  if (status < 0) return UNREADABLE + NO_STATUS;
  addRequest(offset, method, status);
  // Of a record with a path the path is all that was asked for, whatever else it names.
  if (hasField(REQUEST) || hasField(TARGET)) return MANIFEST_REQUEST;
  for (let i: i32 = 0; i < referenceCount; i++) {
    const reference = references + i * 8;
    setTarget(fieldStart(NAME), fieldEnd(NAME), intAt(reference), intAt(reference + 4));
    addRequest(offset, method, status);
  }
  return MANIFEST_REQUEST;
}

/** Some name the path alone a request: Apache's JSON formats, and Logstash's. */
function isPath(p: i32, end: i32): boolean {
  return p < end && (byteAt(p) === 0x2f || (end - p > 7 && intAt(p) === 0x70747468));
}

/** 0: the record has none; negative: it cannot be read. */
function recordStatus(): i32 {
  if (hasField(ERROR)) return errorStatus(fieldStart(ERROR), fieldEnd(ERROR));
  return hasField(STATUS) ? readStatus(fieldStart(STATUS), fieldEnd(STATUS)) : eventStatus;
}

/** Notes a push; of its time nothing is noted, since nothing is counted by it. */
function notePush(offset: i32): void {
  if (hasField(CAPTURED)) splitCaptured(fieldStart(CAPTURED), fieldEnd(CAPTURED));
  const zone = zoneless;
  const year = yearless;
  const isTimed = readRecordTime();
  setTimeNotes(zone, year);
  const status = recordStatus();
  if (isTimed && status >= 0) addRequest(offset, FLAG_PUSH, status);
}

function addRequest(offset: i32, method: i32, status: i32): void {
  if (hasField(DIGEST)) setRowDigest(fieldStart(DIGEST), fieldEnd(DIGEST));
  let flags = method;
  let written: i32 = hasField(WRITTEN) ? numberOf(fieldStart(WRITTEN), fieldEnd(WRITTEN)) : 0;
  let start: f64 = seconds;
  if (hasField(EVENT)) {
    flags = flags | FLAG_EVENT;
    written = mixEvent(0x811c9dc5);
    start = mixEvent(0x2c1b3c6d);
  }
  addRow(
    offset,
    flags,
    status,
    written,
    start,
    fieldStart(CLIENT),
    fieldEnd(CLIENT),
    usesForwarded ? fieldStart(FORWARDED) : 0,
    usesForwarded ? fieldEnd(FORWARDED) : 0,
    fieldStart(AGENT),
    agentEnd(),
  );
}

/** An event's id as a number, the same in both builds of the scanner (hashBytes is not). */
function mixEvent(seed: i32): i32 {
  let hash = seed;
  for (let p = fieldStart(EVENT); p < fieldEnd(EVENT); p++) {
    hash = (hash ^ byteAt(p)) | 0;
    // Times 33, by shifts: products of two 32-bit numbers are not exact in JavaScript.
    hash = ((hash << 5) + hash) | 0;
    hash = hash ^ (hash >>> 15);
  }
  return hash | 0;
}

/** Google's front end adds itself to agents. */
function agentEnd(): i32 {
  const end = fieldEnd(AGENT);
  const start = end - 10;
  return start > fieldStart(AGENT) && intAt(start) === 0x697a672c && intAt(end - 4) === 0x29656667
    ? start
    : end;
}

/** Puts namespace and name together where they are shown apart. */
function joinName(): void {
  if (hasField(NAMESPACE) === 0) return;
  const space = fieldEnd(NAMESPACE) - fieldStart(NAMESPACE);
  const size = fieldEnd(NAME) - fieldStart(NAME);
  copyBytes(wholeName, fieldStart(NAMESPACE), space);
  put8(wholeName + space, 0x2f);
  copyBytes(wholeName + space + 1, fieldStart(NAME), size);
  replaceField(NAME, wholeName, wholeName + space + 1 + size);
}
