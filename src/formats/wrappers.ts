/**
 * What stands before a line because something else wrote it down: CRI, kubectl, docker, compose, supervisord, syslog,
 * journalctl, gunicorn, loguru. In: a line. Out: where the body begins, and the wrapper's time through record.ts.
 * Each is told by the line's first bytes; the body may be wrapped again.
 */
import { byteAt, findByte, intAt } from './bytes.ts';
import { readAnyTime, readSyslog } from './fields/any-time.ts';
import { monthOf } from './fields/time.ts';
import { numberOf } from './fields/status.ts';
import { keepOuterTime } from './record.ts';

const SPACE: i32 = 0x20;

/** CRI's mark of a line that goes on in the next one of its stream: 1; else 0. */
export let isPartial: i32 = 0;
/** Of CRI lines the stream, 1 stdout or 2 stderr; 0 for others. */
export let stream: i32 = 0;
/** How many times the body stands for: "message repeated N times". */
export let repeats: i32 = 1;
/** FLAG_LOGGER_LINE when the line is one of gunicorn's: Quay's nginx in front of it logs the same request. */
export let behindFlag: i32 = 0;
/** Where the body ends, because something closes behind it. */
export let bodyEnd: i32 = 0;

export function beginPeeling(): void {
  isPartial = 0;
  stream = 0;
  repeats = 1;
  behindFlag = 0;
}

/** The stream that a wrapper in JSON names. */
export function setStream(number: i32): void {
  stream = number;
}

/** Behind one wrapper at the beginning of the line; 0 when there is none. */
export function peel(p: i32, end: i32): i32 {
  bodyEnd = end;
  if (end - p < 12) return 0;
  const first = byteAt(p);
  if (first >= 0x30 && first <= 0x39) return peelDate(p, end);
  if (first === 0x3c) return peelPriority(p, end);
  if (first === 0x5b) return peelPod(p, end);
  // TAI64N of svlogd: the body has a time of its own.
  if (first === 0x40 && end - p > 26 && byteAt(p + 1) === 0x34 && byteAt(p + 25) === SPACE) return p + 26;
  if (byteAt(p + 3) === SPACE && monthOf(p) > 0) return peelSyslog(p, end);
  return peelName(p, end);
}

/** "message repeated N times: [ body]" */
export function peelRepeated(p: i32, end: i32): i32 {
  bodyEnd = end;
  // "message repeated "
  if (end - p < 28 || intAt(p) !== 0x7373656d || intAt(p + 8) !== 0x65706572) return 0;
  const count = numberOf(p + 17, end);
  const open = findByte(p, end, 0x5b);
  if (count < 1 || open === end || byteAt(end - 1) !== 0x5d) return 0;
  repeats = count;
  bodyEnd = end - 1;
  return open + 2;
}

/** Dates: 2026-11-21T03:09:35.1Z … · 2026-11-21 03:09:35,123 … · 2026/11/21 03:09:35 … */
function peelDate(p: i32, end: i32): i32 {
  const dash = byteAt(p + 4);
  if ((dash !== 0x2d && dash !== 0x2f) || byteAt(p + 7) !== dash) return 0;
  // svlogd writes _ between day and hour.
  const isOneWord = byteAt(p + 10) === 0x54 || byteAt(p + 10) === 0x5f;
  let stop = findByte(p + 11, end, SPACE);
  if (!isOneWord) {
    // A TAB ends it where a console is meant.
    const tab = findByte(p + 11, end, 0x09);
    if (tab < stop) stop = tab;
  }
  if (stop === end || readAnyTime(p, stop) === 0) return 0;
  keepOuterTime();
  p = stop + 1;
  const cri = peelCri(p, end);
  if (cri > 0) return cri;
  if (isOneWord) {
    const body = peelTag(p, end);
    return body > 0 ? body : p;
  }
  // [pid] [LEVEL] [logger], or | LEVEL | stream |
  while (p < end && byteAt(p) === 0x5b && findByte(p, end, 0x5d) < end - 1) {
    const close = findByte(p, end, 0x5d);
    if (byteAt(close + 1) !== SPACE) break;
    // [gunicorn.access]
    if (close - p === 16 && intAt(p + 1) === 0x696e7567 && intAt(p + 12) === 0x73736563) behindFlag = 8;
    p = close + 2;
  }
  while (p + 2 < end && byteAt(p) === 0x7c && byteAt(p + 1) === SPACE) {
    const bar = findByte(p + 2, end, 0x7c);
    if (bar === end || bar - p > 24) {
      p += 2;
      break;
    }
    p = bar;
  }
  return p;
}

/** stdout F body · stderr P body */
function peelCri(p: i32, end: i32): i32 {
  if (end - p < 9 || (intAt(p) !== 0x6f647473 && intAt(p) !== 0x65647473)) return 0;
  const isOut = byteAt(p + 4) === 0x75 && byteAt(p + 5) === 0x74 && byteAt(p + 6) === SPACE;
  // "stderr": s t d e r r
  const isError =
    intAt(p) === 0x65647473 && byteAt(p + 4) === 0x72 && byteAt(p + 5) === 0x72 && byteAt(p + 6) === SPACE;
  if (!isOut && !isError) return 0;
  const tag = byteAt(p + 7);
  if (tag !== 0x46 && tag !== 0x50) return 0;
  const stop = findByte(p + 7, end, SPACE);
  stream = isOut ? 1 : 2;
  isPartial = tag === 0x50 ? 1 : 0;
  return stop === end ? end : stop + 1;
}

/** <pri>1 time host app pid msgid structured-data body · <pri>Mon dd … */
function peelPriority(p: i32, end: i32): i32 {
  const close = findByte(p, end, 0x3e);
  if (close - p > 4 || close === end) return 0;
  p = close + 1;
  if (p + 2 < end && byteAt(p) === 0x31 && byteAt(p + 1) === SPACE) {
    p += 2;
    const stop = findByte(p, end, SPACE);
    if (readAnyTime(p, stop)) keepOuterTime();
    p = stop;
    for (let word: i32 = 0; word < 4; word++) p = findByte(p + 1, end, SPACE);
    if (p >= end) return 0;
    p++;
    if (byteAt(p) === 0x2d) return p + 2 < end ? p + 2 : end;
    while (p < end && byteAt(p) === 0x5b) {
      do p = findByte(p, end, 0x5d) + 1;
      while (p < end && byteAt(p - 2) === 0x5c);
    }
    return p < end && byteAt(p) === SPACE ? p + 1 : 0;
  }
  return end - p > 16 && monthOf(p) > 0 ? peelSyslog(p, end) : 0;
}

/**
 * Mon dd HH:MM:SS and a word behind one blank. No described format (index.ts) begins so: those that begin with a time or
 * with a word and a time end it elsewhere than behind these 15 bytes, and no other time begins with a month.
 */
export function isSyslogHead(p: i32, end: i32): boolean {
  if (end - p < 17 || byteAt(p + 3) !== SPACE || byteAt(p + 9) !== 0x3a || byteAt(p + 15) !== SPACE)
    return false;
  const next = byteAt(p + 16);
  if (next === SPACE || next === 0x22 || next === 0x5b || next === 0x5d || next === 0x7c) return false;
  return monthOf(p) > 0;
}

/** Mon dd HH:MM:SS [host] tag[pid]: body */
function peelSyslog(p: i32, end: i32): i32 {
  if (readSyslog(p, end) === 0 || end - p < 17) return 0;
  keepOuterTime();
  const body = peelTag(p + 16, end);
  return body > 0 ? body : p + 16;
}

/** host tag[pid]: body, or tag: body; 0 when neither stands there. */
function peelTag(p: i32, end: i32): i32 {
  for (let word: i32 = 0; word < 2; word++) {
    const stop = findByte(p, end, SPACE);
    if (stop === end || stop === p || byteAt(p) === 0x22 || byteAt(p) === 0x7b) return 0;
    if (byteAt(stop - 1) === 0x3a) return stop + 1;
    p = stop + 1;
  }
  return 0;
}

/** [pod/name/container] body */
function peelPod(p: i32, end: i32): i32 {
  // "pod/"
  if (intAt(p + 1) !== 0x2f646f70) return 0;
  const close = findByte(p, end, 0x5d);
  return close + 1 < end && byteAt(close + 1) === SPACE ? close + 2 : 0;
}

/** name  | body (compose), program stdout | body (supervisord), 1 @400000… body (svlogd is not read). */
function peelName(p: i32, end: i32): i32 {
  let q = p;
  while (q < end && isNameByte(byteAt(q))) q++;
  if (q === p || q >= end || byteAt(q) !== SPACE) return 0;
  while (q < end && byteAt(q) === SPACE) q++;
  // "stdout" and "stderr" of supervisord
  if (end - q > 8 && (intAt(q) === 0x6f647473 || intAt(q) === 0x65647473) && byteAt(q + 6) === SPACE) q += 7;
  if (q + 1 >= end || byteAt(q) !== 0x7c || byteAt(q + 1) !== SPACE) return 0;
  return q + 2;
}

function isNameByte(byte: i32): boolean {
  const letter = byte | 0x20;
  if ((letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39)) return true;
  return byte === 0x2d || byte === 0x2e || byte === 0x5f || byte === 0x40;
}
