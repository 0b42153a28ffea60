/**
 * Access lines around a quoted request, whatever their layout: vhost first, no time, more numbers, agent before the
 * status … (nginx log_formats without their definition, Harbor, Quay, Nexus, Traefik, uvicorn, Werkzeug).
 *   left of "METHOD target HTTP/1.1": the first address is the client; a time in brackets or ISO notation
 *   right of it: a status of three digits, the next whole number is the size, then quoted strings
 */
import { isDigest } from './behind-agent.ts';
import { byteAt, findByte, intAt } from './bytes.ts';
import { findStringEnd } from './distribution.ts';
import { APPLICATION_MESSAGE, NO_REQUEST, NOT_MINE, UNREADABLE } from './fates.ts';
import { readAddress, readFirstAddress } from './fields/address.ts';
import { readAnyTime } from './fields/any-time.ts';
import {
  AGENT,
  beginRecord,
  CLIENT,
  FORWARDED,
  DIGEST,
  hasField,
  METHOD,
  REQUEST,
  setField,
  STATUS,
  TARGET,
  TIME,
  WRITTEN,
} from './line-fields.ts';
import { finishRecord } from './record.ts';

const QUOTE: i32 = 0x22;
const SPACE: i32 = 0x20;

export function readQuoted(start: i32, end: i32, offset: i32): i32 {
  beginRecord();
  const open = findRequest(start, end);
  if (open < 0) return readBare(start, end, offset);
  // request: "GET …": a message quotes it.
  if (open - start >= 9 && byteAt(open - 1) === SPACE && byteAt(open - 2) === 0x3a && readsLike(open - 9))
    return APPLICATION_MESSAGE;
  const close = findStringEnd(open + 1, end);
  // The line breaks off in its request.
  if (close === end) return UNREADABLE + NO_REQUEST;
  setField(REQUEST, open + 1, close, 0);
  readLeft(start, open);
  readRight(close + 1, end);
  // Other programs quote requests in their messages: a line of access has an address or a status.
  return hasField(CLIENT) || hasField(FORWARDED) || hasField(STATUS) ? finishRecord(offset) : NOT_MINE;
}

/** "request" */
function readsLike(p: i32): boolean {
  return intAt(p) === 0x75716572 && intAt(p + 3) === 0x74736575;
}

/** Method and target as words of their own, quoted or not: ip GET /v2/… 200, or "GET" "/v2/…". */
function readBare(start: i32, end: i32, offset: i32): i32 {
  for (let p = start; p < end; p = findByte(p, end, SPACE) + 1) {
    let method = p;
    if (byteAt(p) === QUOTE) method++;
    let stop = method;
    while (stop < end && byteAt(stop) >= 0x41 && byteAt(stop) <= 0x5a) stop++;
    if (stop - method < 3 || stop - method > 7) continue;
    let target = stop;
    if (target < end && byteAt(target) === QUOTE) target++;
    if (target >= end || byteAt(target) !== SPACE) continue;
    target++;
    if (target < end && byteAt(target) === QUOTE) target++;
    if (target >= end || (byteAt(target) !== 0x2f && intAt(target) !== 0x70747468)) continue;
    let close = target;
    while (close < end && byteAt(close) !== SPACE && byteAt(close) !== QUOTE) close++;
    setField(METHOD, method, stop, 0);
    setField(TARGET, target, close, 0);
    readLeft(start, p);
    readRight(close < end && byteAt(close) === QUOTE ? close + 1 : close, end);
    return (hasField(CLIENT) || hasField(FORWARDED)) && hasField(STATUS) ? finishRecord(offset) : NOT_MINE;
  }
  return NOT_MINE;
}

/** The quote before METHOD and a blank, or -1. */
function findRequest(p: i32, end: i32): i32 {
  while (true) {
    p = findByte(p, end, QUOTE);
    if (p >= end) return -1;
    let q = p + 1;
    while (q < end && byteAt(q) >= 0x41 && byteAt(q) <= 0x5a) q++;
    if (q - p > 3 && q - p < 9 && q < end && byteAt(q) === SPACE) return p;
    p++;
  }
}

/** Client and time, left of the request. */
function readLeft(p: i32, end: i32): void {
  while (p < end) {
    while (p < end && (byteAt(p) === SPACE || byteAt(p) === 0x3a)) p++;
    let stop = p;
    if (p < end && byteAt(p) === 0x5b) {
      stop = findByte(p, end, 0x5d);
      if (readAnyTime(p + 1, stop)) setField(TIME, p + 1, stop, 0);
      else if (readAddress(p + 1, stop)) setField(CLIENT, p + 1, stop, 1);
      stop++;
    } else if (p < end && byteAt(p) === QUOTE) {
      stop = findStringEnd(p + 1, end);
      if (readFirstAddress(p + 1, stop)) setField(FORWARDED, p + 1, stop, 0);
      stop++;
    } else {
      stop = findByte(p, end, SPACE);
      const last = stop > p && byteAt(stop - 1) === 0x2c ? stop - 1 : stop;
      if (readAddress(p, last)) setField(CLIENT, p, last, 0);
      else if (byteAt(p) >= 0x41) readBehindColon(p, last);
      else if ((last - p >= 19 || isEpoch(p, last)) && readAnyTime(p, last)) setField(TIME, p, last, 1);
    }
    p = stop;
  }
}

/** LEVEL:logger:address, as Python's logging writes it. */
function readBehindColon(p: i32, end: i32): void {
  while (p < end) {
    p = findByte(p, end, 0x3a) + 1;
    if (p < end && readAddress(p, end)) {
      setField(CLIENT, p, end, 0);
      return;
    }
  }
}

/** Status, size, agent and forwarded addresses, right of the request; an epoch time may stand there as well. */
function readRight(p: i32, end: i32): void {
  let first: i32 = 0;
  let firstEnd: i32 = 0;
  let strings: i32 = 0;
  while (p < end) {
    while (p < end && byteAt(p) === SPACE) p++;
    if (p >= end) return;
    if (byteAt(p) === QUOTE) {
      const stop = findStringEnd(p + 1, end);
      if (isDigest(p + 1, stop)) {
        setField(DIGEST, p + 1, stop, 0);
        p = stop + 1;
        continue;
      }
      strings++;
      if (strings === 1) {
        first = p + 1;
        firstEnd = stop;
        if (!isReferer(first, firstEnd)) {
          if (readFirstAddress(first, firstEnd)) setField(FORWARDED, first, firstEnd, 0);
          else setField(AGENT, first, firstEnd, 1);
        }
      } else if (strings <= 3) {
        if (readFirstAddress(p + 1, stop)) setField(FORWARDED, p + 1, stop, 0);
        else if (strings === 2 && hasField(AGENT) === 0) setField(AGENT, p + 1, stop, 0);
      }
      p = stop + 1;
      continue;
    }
    const stop = findByte(p, end, SPACE);
    const size = stop - p;
    // digest="sha256:…", as some label it
    if (size > 9 && intAt(p) === 0x65676964 && intAt(p + 3) === 0x3d747365) {
      const quoted = byteAt(p + 7) === QUOTE ? 1 : 0;
      setField(DIGEST, p + 7 + quoted, stop - quoted, 0);
    }
    if (hasField(STATUS) === 0 && strings <= 1 && size === 3 && isNumber(p, stop))
      setField(STATUS, p, stop, 0);
    else if (hasField(STATUS) && hasField(WRITTEN) === 0 && strings === 0 && isNumber(p, stop))
      setField(WRITTEN, p, stop, 0);
    else if (isDigest(p, stop)) setField(DIGEST, p, stop, 0);
    else if (isEpoch(p, stop) && readAnyTime(p, stop)) setField(TIME, p, stop, 2);
    p = stop;
  }
}

/** What stands for a referer: nothing, "-", or a URL. */
export function isReferer(p: i32, end: i32): boolean {
  if (end === p || (end === p + 1 && byteAt(p) === 0x2d)) return true;
  return end - p > 7 && intAt(p) === 0x70747468 && (byteAt(p + 4) === 0x3a || byteAt(p + 5) === 0x3a);
}

/** Seconds since 1970 with two or three places, as $msec writes them. */
function isEpoch(p: i32, end: i32): boolean {
  return end - p >= 13 && end - p <= 14 && byteAt(p + 10) === 0x2e;
}

function isNumber(p: i32, end: i32): boolean {
  if (p === end) return false;
  for (; p < end; p++) if (byteAt(p) < 0x30 || byteAt(p) > 0x39) return false;
  return true;
}
