/**
 * Times in any notation that logs use, told apart by their shape. In: bytes. Out: those of time.ts.
 *   dd/Mon/yyyy:HH:MM:SS ±zzzz · the same with .mmm, without a zone (HAProxy), or a blank before the hour (Werkzeug)
 *   yyyy-mm-dd or yyyy/mm/dd, then T or a blank, HH:MM:SS, perhaps .fraction or ,fraction, perhaps a zone
 *   yyyymmddHHMMSS · seconds, milli-, micro- or nanoseconds since 1970 by their size
 *   Mon dd HH:MM:SS (syslog: the year is the last one in which the time is not after the file's own)
 *   Day, dd Mon yyyy HH:MM:SS ±zzzz (RFC 2822)
 * A time without a zone is taken in the zone of the file's options; `zoneless` and `yearless` say that it was needed,
 * `startless` that a line shows only seconds since its program's start (readSinceStart).
 */
import { alloc, byteAt, copyBytes, floor, intAt, lowBits, put8, sameBytes } from '../bytes.ts';
import { clockSeconds, epochSeconds, isHeld, monthOf, setTime, twoDigits } from './time.ts';

/** What was taken from the file's options since they were last cleared. */
export let zoneless: i32 = 0;
export let yearless: i32 = 0;
/** A line shows only how many seconds after its program's start it was written. */
export let startless: i32 = 0;

/** Changes of the zone's offset: where each begins (local seconds since 1970) and the offset, four bytes each. */
const MOST_CHANGES: i32 = 128;
let changes: i32 = 0;
let changeCount: i32 = 0;
/** Yearless times are not after this: the file's own time and a day. */
let latest: f64 = 0;
/** The text that readSyslog read last, and its time; 0: none was. Neighbouring lines share their second. */
let syslogText: i32 = 0;
let syslogTime: f64 = 0;
/** When the program started; negative: nobody said. */
let started: f64 = -1;

export function initAnyTime(): void {
  changes = alloc(MOST_CHANGES * 8);
  changeCount = 0;
  latest = 0;
  syslogText = alloc(16);
  started = -1;
  clearTimeNotes();
}

/** Where the caller writes up to MOST_CHANGES pairs of (local seconds, offset in seconds). */
export function zoneAddress(): i32 {
  return changes;
}

export function setTimeOptions(count: i32, latestTime: f64, startTime: f64): void {
  started = startTime;
  put8(syslogText, 0);
  changeCount = count < MOST_CHANGES ? count : MOST_CHANGES;
  latest = latestTime;
}

export function clearTimeNotes(): void {
  setTimeNotes(0, 0);
  startless = 0;
}

export function setTimeNotes(zone: i32, year: i32): void {
  zoneless = zone;
  yearless = year;
}

/** The time so many seconds after the program's start; 0 when it is not known. isNoted: that it was needed is told. */
export function readSinceStart(passed: f64, isNoted: i32): i32 {
  if (isNoted) startless = 1;
  return started >= 0 ? keep(started + passed, 0, 0) : 0;
}

/** Reads all of [p, end), brackets and quotes around it taken off; 1 when it is a time. */
export function readAnyTime(p: i32, end: i32): i32 {
  while (p < end && isWrapping(byteAt(p))) p++;
  while (end > p && isWrapping(byteAt(end - 1))) end--;
  if (end - p < 8) return 0;
  const first = byteAt(p);
  if (isDigit(first)) {
    if (end - p >= 20 && byteAt(p + 2) === 0x2f && byteAt(p + 6) === 0x2f) return readNamedMonth(p, end);
    const dash = byteAt(p + 4);
    if (end - p >= 19 && (dash === 0x2d || dash === 0x2f) && byteAt(p + 7) === dash)
      return readYearFirst(p, end);
    return readNumber(p, end);
  }
  if (byteAt(p + 3) === 0x2c) return readMail(p + 4, end);
  return end - p === 15 ? readSyslog(p, end) : 0;
}

/** Mon dd HH:MM:SS, as syslog writes it; the day may be padded with a blank. 15 bytes at p. */
export function readSyslog(p: i32, end: i32): i32 {
  if (end - p >= 15 && sameBytes(p, syslogText, 15)) {
    yearless = 1;
    zoneless = 1;
    return keep(syslogTime, 0, 0);
  }
  const month = monthOf(p);
  if (end - p < 15 || month === 0 || byteAt(p + 3) !== 0x20 || byteAt(p + 6) !== 0x20) return 0;
  const tens = byteAt(p + 4);
  const day = tens === 0x20 ? byteAt(p + 5) - 0x30 : twoDigits(p + 4);
  const clock = clockSeconds(p + 7);
  if (day < 1 || day > 31 || clock < 0) return 0;
  yearless = 1;
  // The last year in which it is not later than the file; 2038 is far enough for a file without a time of its own.
  let year: i32 = 2038;
  if (latest > 0) {
    year = 1970 + lowBits(floor(latest / 31556952));
    if (toUtc(epochSeconds(year + 1, month, day, clock)) <= latest) year++;
    else if (toUtc(epochSeconds(year, month, day, clock)) > latest) year--;
  }
  zoneless = 1;
  syslogTime = toUtc(epochSeconds(year, month, day, clock));
  copyBytes(syslogText, p, 15);
  return keep(syslogTime, 0, 0);
}

function readNamedMonth(p: i32, end: i32): i32 {
  const day = twoDigits(p);
  const month = monthOf(p + 3);
  const year = twoDigits(p + 7) * 100 + twoDigits(p + 9);
  const clock = clockSeconds(p + 12);
  const gap = byteAt(p + 11);
  if (day < 1 || day > 31 || month === 0 || year < 0 || clock < 0 || (gap !== 0x3a && gap !== 0x20)) return 0;
  return readRest(epochSeconds(year, month, day, clock), p + 20, end);
}

function readYearFirst(p: i32, end: i32): i32 {
  const year = twoDigits(p) * 100 + twoDigits(p + 2);
  const month = twoDigits(p + 5);
  const day = twoDigits(p + 8);
  const clock = clockSeconds(p + 11);
  const gap = byteAt(p + 10);
  if ((gap | 0x20) !== 0x74 && gap !== 0x20 && gap !== 0x3a && gap !== 0x5f && gap !== 0x09) return 0;
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || clock < 0) return 0;
  return readRest(epochSeconds(year, month, day, clock), p + 19, end);
}

/** Fraction and zone behind the seconds of a local time. */
function readRest(local: f64, p: i32, end: i32): i32 {
  let millis: i32 = 0;
  let part: f64 = 0;
  if (p < end && (byteAt(p) === 0x2e || byteAt(p) === 0x2c)) {
    let scale: f64 = 1;
    let digits: i32 = 0;
    for (p++; p < end && isDigit(byteAt(p)); p++) {
      digits++;
      if (digits <= 3) millis = millis * 10 + (byteAt(p) - 0x30);
      scale = scale / 10;
      part = part + scale * (byteAt(p) - 0x30);
    }
    if (digits === 0) return 0;
    for (; digits < 3; digits++) millis = millis * 10;
  }
  while (p < end && byteAt(p) === 0x20) p++;
  let utc = local;
  const mark = p < end ? byteAt(p) : 0;
  if (mark === 0x2b || mark === 0x2d) {
    const colon = p + 3 < end && byteAt(p + 3) === 0x3a ? 1 : 0;
    const hours = p + 3 <= end ? twoDigits(p + 1) : -1;
    const minutes = p + 5 + colon <= end ? twoDigits(p + 3 + colon) : 0;
    if (hours < 0 || minutes < 0 || (p + 5 + colon !== end && p + 3 !== end)) return 0;
    const zone = (hours * 60 + minutes) * 60;
    utc = mark === 0x2b ? local - zone : local + zone;
  } else if ((mark | 0x20) === 0x7a) {
    if (p + 1 !== end) return 0;
  } else if (!isUtcName(p, end)) {
    if (p < end) return 0;
    zoneless = 1;
    utc = toUtc(local);
  }
  return keep(utc, millis, part);
}

/** "UTC" or "GMT" */
function isUtcName(p: i32, end: i32): i32 {
  const word = intAt(p) & 0xffffff;
  return end - p === 3 && (word === 0x435455 || word === 0x544d47) ? 1 : 0;
}

/** Seconds since 1970 in the unit that the size tells, or yyyymmddHHMMSS. */
function readNumber(p: i32, end: i32): i32 {
  let digits: i32 = 0;
  let value: f64 = 0;
  const begin = p;
  for (; p < end && isDigit(byteAt(p)); p++) {
    digits++;
    value = value * 10 + (byteAt(p) - 0x30);
  }
  if (p < end && byteAt(p) !== 0x2e) return 0;
  if (digits === 14 && p === end) {
    const clock = (twoDigits(begin + 8) * 60 + twoDigits(begin + 10)) * 60 + twoDigits(begin + 12);
    const year = twoDigits(begin) * 100 + twoDigits(begin + 2);
    const month = twoDigits(begin + 4);
    if (month < 1 || month > 12) return 0;
    zoneless = 1;
    return keep(toUtc(epochSeconds(year, month, twoDigits(begin + 6), clock)), 0, 0);
  }
  let scale: f64 = 1;
  for (p++; p < end && isDigit(byteAt(p)); p++) {
    scale = scale / 10;
    value = value + scale * (byteAt(p) - 0x30);
  }
  if (p < end || value < 100000000) return 0;
  if (value >= 100000000000000000) value = value / 1000000000;
  else if (value >= 100000000000000) value = value / 1000000;
  else if (value >= 100000000000) value = value / 1000;
  const whole = floor(value);
  // A thousandth of a millisecond on top, because decimal fractions are not exact.
  return keep(whole, lowBits(floor((value - whole) * 1000 + 0.001)), value - whole);
}

function keep(time: f64, millis: i32, part: f64): i32 {
  if (!isHeld(time)) return 0;
  setTime(time, millis, part);
  return 1;
}

/** " 01 Jan 2024 12:00:00 -0000", behind the day's name and comma. */
function readMail(p: i32, end: i32): i32 {
  while (p < end && byteAt(p) === 0x20) p++;
  let day: i32 = 0;
  for (; p < end && day < 10 && isDigit(byteAt(p)); p++) day = day * 10 + byteAt(p) - 0x30;
  if (end - p < 18) return 0;
  const month = monthOf(p + 1);
  const year = twoDigits(p + 5) * 100 + twoDigits(p + 7);
  const clock = clockSeconds(p + 10);
  if (day < 1 || day > 31 || month === 0 || year < 0 || clock < 0) return 0;
  return readRest(epochSeconds(year, month, day, clock), p + 18, end);
}

/** A local time of the file's zone in UTC. */
function toUtc(local: f64): f64 {
  let offset: i32 = 0;
  for (let i: i32 = 0; i < changeCount; i++) {
    const since: f64 = intAt(changes + i * 8);
    if (since > local) break;
    offset = intAt(changes + i * 8 + 4);
  }
  return local - offset;
}

/** [ ] " and blanks */
function isWrapping(byte: i32): boolean {
  return byte === 0x5b || byte === 0x5d || byte === 0x22 || byte === 0x20;
}

export function isDigit(byte: i32): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
