/**
 * The fields of the line in hand, for readers that find them in any order. In: ranges of bytes by field. Out: a row,
 * or why there is none (fates.ts). Fields are the LINE_FIELDS of model/line-pattern.ts, and a few more.
 */
import { alloc, byteAt, copyBytes, intAt, put32, put8 } from './bytes.ts';
import {
  MANIFEST_REQUEST,
  NO_STATUS,
  NO_TIME,
  NOT_MINE,
  OTHER_PATH,
  OTHER_REGISTRY,
  UNREADABLE,
} from './fates.ts';
import { readFirstAddress } from './fields/address.ts';
import { readAnyTime } from './fields/any-time.ts';
import {
  hexByte,
  PATH_MANIFEST,
  PATH_OTHER_REGISTRY,
  readTarget,
  setTarget,
} from './fields/registry-path.ts';
import { millis, seconds, setTime } from './fields/time.ts';
import { addRow, setRowDigest } from './rows.ts';

export const SKIP: i32 = 0;
export const CLIENT: i32 = 1;
export const FORWARDED: i32 = 2;
export const TIME: i32 = 3;
export const REQUEST: i32 = 4;
export const METHOD: i32 = 5;
export const TARGET: i32 = 6;
export const STATUS: i32 = 7;
export const WRITTEN: i32 = 8;
export const AGENT: i32 = 9;
export const DIGEST: i32 = 10;
/** Of JSON lines only: name and reference where no path is shown, and what tells kinds of lines apart. */
export const NAME: i32 = 11;
export const REFERENCE: i32 = 12;
export const LOGGER: i32 = 13;
/** What an event is called; its media type; the namespace before its name; the error that takes a status's place. */
export const ACTION: i32 = 14;
export const MEDIA: i32 = 15;
export const NAMESPACE: i32 = 16;
export const ERROR: i32 = 17;
/** A line of another program, and which of its streams it came from. */
export const INNER: i32 = 18;
export const STREAM: i32 = 19;
/** Headers that HAProxy captured, with | between them: which is which is told by their shape. */
export const CAPTURED: i32 = 20;
export const FIELDS: i32 = 21;

/** References of one record beyond the first (ECR: a call may name several images): starts and ends. */
const MOST_REFERENCES: i32 = 100;
let references: i32 = 0;
let referenceCount: i32 = 0;
/** Namespace, slash and name are put together here. */
const LONGEST_NAME: i32 = 1024;
let wholeName: i32 = 0;
/** An agent that had to be decoded. */
const LONGEST_AGENT: i32 = 8192;
let agentBytes: i32 = 0;
let agentBytesEnd: i32 = 0;

/** Start, end and rank of each field, four bytes each; an empty range: not there. */
const ENTRY: i32 = 12;
let fields: i32 = 0;
/** Time of a wrapper around the line, for lines that have none; negative when there is none. */
let outerSeconds: f64 = -1;
let outerMillis: i32 = 0;
/** 1: the first address of X-Forwarded-For is the client; 0: the peer is. */
export let usesForwarded: i32 = 1;

/** Set while only times are wanted: no row is added, and hasTime says whether there was one. */
export let timeOnly: i32 = 0;
export let hasTime: i32 = 0;

/** The line has a place for what was asked for, and nothing in it. */
export let namesNothing: i32 = 0;

/** Status of an event that says nothing of failure; 0: it has none. */
let jsonStatus: i32 = 0;

/** nginx's status for a client that left before the answer; others write 0 or -1. */
const NO_ANSWER: i32 = 499;

export function initRecord(): void {
  fields = alloc(FIELDS * ENTRY);
  references = alloc(MOST_REFERENCES * 8);
  wholeName = alloc(LONGEST_NAME + 2) + 1;
  agentBytes = alloc(LONGEST_AGENT);
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

export function beginRecord(): void {
  referenceCount = 0;
  jsonStatus = 0;
  namesNothing = 0;
  for (let field: i32 = 0; field < FIELDS; field++) {
    put32(fields + field * ENTRY, 0);
    put32(fields + field * ENTRY + 4, 0);
  }
}

/** One more reference of the same record. */
export function addReference(start: i32, end: i32): void {
  if (referenceCount === MOST_REFERENCES || end === start) return;
  put32(references + referenceCount * 8, start);
  put32(references + referenceCount * 8 + 4, end);
  referenceCount = referenceCount + 1;
}

export function setEventStatus(status: i32): void {
  jsonStatus = status;
}

/** Requests that the record stands for. */
export function requestCount(): i32 {
  return referenceCount + 1;
}

/** A field's bytes. Of several with ranks the lowest stays, on equal ranks the first. */
export function setField(field: i32, start: i32, end: i32, rank: i32): void {
  const entry = fields + field * ENTRY;
  if (intAt(entry) !== 0 && intAt(entry + 8) <= rank) return;
  // "-" and nothing are how a missing value is written.
  if (end === start || (end === start + 1 && byteAt(start) === 0x2d)) {
    if (field === TARGET || field === REQUEST) namesNothing = 1;
    return;
  }
  put32(entry, start);
  put32(entry + 4, end);
  put32(entry + 8, rank);
}

export function extendField(field: i32, end: i32): void {
  put32(fields + field * ENTRY + 4, end);
}

export function dropField(field: i32): void {
  put32(fields + field * ENTRY, 0);
  put32(fields + field * ENTRY + 4, 0);
}

export function hasField(field: i32): i32 {
  return intAt(fields + field * ENTRY) !== 0 ? 1 : 0;
}

/** The rank with which a field was set. */
export function rankOf(field: i32): i32 {
  return intAt(fields + field * ENTRY + 8);
}

export function fieldStart(field: i32): i32 {
  return intAt(fields + field * ENTRY);
}

export function fieldEnd(field: i32): i32 {
  return intAt(fields + field * ENTRY + 4);
}

/** The time of the wrapper that was peeled off is the one last read. */
export function keepOuterTime(): void {
  outerSeconds = seconds;
  outerMillis = millis;
}

export function forgetOuterTime(): void {
  outerSeconds = -1;
}

/** Reads the line's own time, else the wrapper's; 1 when there is one. */
export function readRecordTime(): i32 {
  if (hasField(TIME) && readAnyTime(fieldStart(TIME), fieldEnd(TIME))) return 1;
  return useOuterTime();
}

export function useOuterTime(): i32 {
  if (outerSeconds < 0) return 0;
  setTime(outerSeconds, outerMillis, 0);
  return 1;
}

/** Makes the row of a request's fields; NOT_MINE when they show no request at all. */
export function finishRecord(offset: i32): i32 {
  let kind = PATH_MANIFEST;
  let method: i32 = 1;
  if (hasField(CAPTURED)) splitCaptured(fieldStart(CAPTURED), fieldEnd(CAPTURED));
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
  if (method < 0) return OTHER_REGISTRY;
  if (readRecordTime() === 0) return UNREADABLE + NO_TIME;
  let status: i32 = 0;
  if (jsonStatus > 0) status = jsonStatus;
  if (hasField(ERROR)) status = errorStatus(fieldStart(ERROR), fieldEnd(ERROR));
  else if (hasField(STATUS)) {
    status = readStatus(fieldStart(STATUS), fieldEnd(STATUS));
    if (status < 0) return UNREADABLE + NO_STATUS;
  }
  addRequest(offset, method, status);
  for (let i: i32 = 0; i < referenceCount; i++) {
    const reference = references + i * 8;
    setTarget(fieldStart(NAME), fieldEnd(NAME), intAt(reference), intAt(reference + 4));
    addRequest(offset, method, status);
  }
  return MANIFEST_REQUEST;
}

function addRequest(offset: i32, method: i32, status: i32): void {
  if (hasField(DIGEST)) setRowDigest(fieldStart(DIGEST), fieldEnd(DIGEST));
  addRow(
    offset,
    method,
    status,
    hasField(WRITTEN) ? numberOf(fieldStart(WRITTEN), fieldEnd(WRITTEN)) : 0,
    seconds,
    fieldStart(CLIENT),
    fieldEnd(CLIENT),
    usesForwarded ? fieldStart(FORWARDED) : 0,
    usesForwarded ? fieldEnd(FORWARDED) : 0,
    fieldStart(AGENT),
    agentEnd(),
  );
}

/** Addresses among captured headers are X-Forwarded-For (one with a port is a Host), the longest of the others with a slash is the agent. */
function splitCaptured(p: i32, end: i32): void {
  let longest: i32 = 0;
  while (p <= end) {
    let stop = p;
    let slashes: i32 = 0;
    while (stop < end && byteAt(stop) !== 0x7c) {
      if (byteAt(stop) === 0x2f) slashes++;
      stop++;
    }
    if (isHostAndPort(p, stop)) {
      p = stop + 1;
      continue;
    }
    if (readFirstAddress(p, stop)) setField(FORWARDED, p, stop, 0);
    else if (slashes > 0 && stop - p > longest) {
      longest = stop - p;
      decodeHashes(p, stop);
      setField(AGENT, agentBytes, agentBytesEnd, 1000 - longest);
    }
    p = stop + 1;
  }
}

/** 192.0.2.1:5000 or [2001:db8::1]:5000: the registry as clients name it. Forwarded addresses have no port. */
function isHostAndPort(p: i32, end: i32): boolean {
  let digits = end;
  while (digits > p && byteAt(digits - 1) >= 0x30 && byteAt(digits - 1) <= 0x39) digits--;
  if (digits === end || digits < p + 2 || byteAt(digits - 1) !== 0x3a) return false;
  if (byteAt(digits - 2) === 0x5d) return byteAt(p) === 0x5b;
  for (; p < digits - 1; p++) if (byteAt(p) === 0x3a || byteAt(p) === 0x2c) return false;
  return true;
}

/** HAProxy writes what it would not print as # and two hexadecimal digits. */
function decodeHashes(p: i32, end: i32): void {
  if (end - p > LONGEST_AGENT) end = p + LONGEST_AGENT;
  let to = agentBytes;
  while (p < end) {
    const code = byteAt(p) === 0x23 && p + 2 < end ? hexByte(p + 1) : -1;
    put8(to++, code < 0 ? byteAt(p) : code);
    p += code < 0 ? 1 : 3;
  }
  agentBytesEnd = to;
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
  if (space + size + 1 > LONGEST_NAME) return;
  copyBytes(wholeName, fieldStart(NAMESPACE), space);
  put8(wholeName + space, 0x2f);
  copyBytes(wholeName + space + 1, fieldStart(NAME), size);
  put32(fields + NAME * ENTRY, wholeName);
  put32(fields + NAME * ENTRY + 4, wholeName + space + 1 + size);
}

/** The HTTP status for a gRPC code (Google) or an exception's name (ECR). */
function errorStatus(p: i32, end: i32): i32 {
  if (byteAt(p) >= 0x30 && byteAt(p) <= 0x39) {
    const code = numberOf(p, end);
    if (code === 0) return 200;
    return code === 5 ? 404 : code === 7 ? 403 : code === 16 ? 401 : 500;
  }
  for (; p + 8 <= end; p++) {
    if (intAt(p) === 0x46746f4e) return 404; // "NotF"
    if (intAt(p) === 0x44737365 || intAt(p + 4) === 0x44737365) return 403; // "essD" of AccessDenied
  }
  return 400;
}

/** 0 HEAD, 1 GET, negative for another. */
export function methodOf(p: i32, end: i32): i32 {
  if (end - p === 3 && (intAt(p) & 0xdfdfdf) === 0x544547) return 1;
  if (end - p === 4 && (intAt(p) & 0xdfdfdfdf) === 0x44414548) return 0;
  return -1;
}

/** A status of three digits, perhaps with a fraction or a text behind it; negative when it is none. */
function readStatus(p: i32, end: i32): i32 {
  if (end - p >= 3) {
    const status = numberOf(p, p + 3);
    const isDigits =
      byteAt(p + 1) >= 0x30 && byteAt(p + 1) <= 0x39 && byteAt(p + 2) >= 0x30 && byteAt(p + 2) <= 0x39;
    const next = end > p + 3 ? byteAt(p + 3) : 0x20;
    if (isDigits && status >= 100 && (next < 0x30 || next > 0x39)) return status;
  }
  const isNone =
    (end - p === 1 && byteAt(p) === 0x30) || (end - p === 3 && (intAt(p) & 0xffffff) === 0x303030);
  const isMinus = end - p === 2 && byteAt(p) === 0x2d && byteAt(p + 1) === 0x31;
  return isNone || isMinus ? NO_ANSWER : -1;
}

/** A whole number; 0 when there is none. */
export function numberOf(p: i32, end: i32): i32 {
  let value: i32 = 0;
  for (; p < end && byteAt(p) >= 0x30 && byteAt(p) <= 0x39; p++) value = (value * 10 + byteAt(p) - 0x30) | 0;
  return value;
}
