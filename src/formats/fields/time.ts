/**
 * Times of log lines. In: bytes. Out: `seconds` since 1970 (UTC), `millis` (truncated, as all logs are) and
 * `fraction` of the second. Each parser returns 1, or 0 when the bytes are no such time.
 * Sources: strftime's %d/%b/%Y:%H:%M:%S %z (nginx, Apache, gorilla/handlers), RFC 3339, Go's time.Duration.
 */
import { alloc, copyBytes, floor, sameBytes, byteAt, shortAt } from '../bytes.ts';

export let seconds: f64 = 0;
export let millis: i32 = 0;
export let fraction: f64 = 0;

/** Whether a column of seconds holds the time: 1970 to 2106. */
export function isHeld(time: f64): boolean {
  return time >= 0 && time < 4294967296;
}

/** Writes a time that another reader of times has read. */
export function setTime(wholeSeconds: f64, milliseconds: i32, part: f64): void {
  seconds = wholeSeconds;
  millis = milliseconds;
  fraction = part;
}

/** The last common-log time that was read: neighbouring lines mostly show the same second. */
const COMMON_LENGTH: i32 = 26;
let commonBytes: i32 = 0;
let commonSeconds: f64 = -1;

/** Tells the cache where to live; called once for each memory. */
export function initTime(): void {
  commonBytes = alloc(COMMON_LENGTH);
  commonSeconds = -1;
}

/** dd/Mon/yyyy:HH:MM:SS ±zzzz, 26 bytes at p. */
export function readCommonTime(p: i32): i32 {
  millis = 0;
  fraction = 0;
  if (commonSeconds >= 0 && sameBytes(p, commonBytes, COMMON_LENGTH)) {
    seconds = commonSeconds;
    return 1;
  }
  const day = twoDigits(p);
  const month = monthOf(p + 3);
  const century = twoDigits(p + 7);
  const year = twoDigits(p + 9);
  if (byteAt(p + 2) !== 0x2f || byteAt(p + 6) !== 0x2f || byteAt(p + 11) !== 0x3a || byteAt(p + 20) !== 0x20)
    return 0;
  if (day < 1 || day > 31 || month === 0 || century < 0 || year < 0) return 0;
  const clock = clockSeconds(p + 12);
  const sign = byteAt(p + 21);
  const zoneHours = twoDigits(p + 22);
  const zoneMinutes = twoDigits(p + 24);
  if (clock < 0 || zoneHours < 0 || zoneMinutes < 0 || (sign !== 0x2b && sign !== 0x2d)) return 0;
  const zone = (zoneHours * 60 + zoneMinutes) * 60;
  seconds = epochSeconds(century * 100 + year, month, day, clock - (sign === 0x2b ? zone : -zone));
  if (!isHeld(seconds)) return 0;
  copyBytes(commonBytes, p, COMMON_LENGTH);
  commonSeconds = seconds;
  return 1;
}

/** yyyy-mm-ddTHH:MM:SS[.fraction](Z|±hh:mm), all of [p, end). */
export function readIsoTime(p: i32, end: i32): i32 {
  if (end - p < 20) return 0;
  const century = twoDigits(p);
  const year = twoDigits(p + 2);
  const month = twoDigits(p + 5);
  const day = twoDigits(p + 8);
  const clock = clockSeconds(p + 11);
  if (byteAt(p + 4) !== 0x2d || byteAt(p + 7) !== 0x2d || century < 0 || year < 0 || clock < 0) return 0;
  const separator = byteAt(p + 10);
  if (separator !== 0x54 && separator !== 0x74 && separator !== 0x20) return 0;
  if (month < 1 || month > 12 || day < 1 || day > 31) return 0;
  p += 19;
  millis = 0;
  fraction = 0;
  if (byteAt(p) === 0x2e) {
    let scale: f64 = 1;
    let digits: i32 = 0;
    for (p++; p < end && byteAt(p) >= 0x30 && byteAt(p) <= 0x39; p++) {
      digits++;
      if (digits <= 3) millis = millis * 10 + (byteAt(p) - 0x30);
      scale = scale / 10;
      fraction = fraction + scale * (byteAt(p) - 0x30);
    }
    if (digits === 0) return 0;
    for (; digits < 3; digits++) millis = millis * 10;
  }
  let zone: i32 = 0;
  const mark = byteAt(p);
  if (mark === 0x5a || mark === 0x7a) {
    if (p + 1 !== end) return 0;
  } else {
    const hours = twoDigits(p + 1);
    const minutes = twoDigits(p + 4);
    if (p + 6 !== end || (mark !== 0x2b && mark !== 0x2d) || hours < 0 || minutes < 0) return 0;
    zone = (hours * 60 + minutes) * 60;
    if (mark === 0x2d) zone = -zone;
  }
  seconds = epochSeconds(century * 100 + year, month, day, clock - zone);
  return isHeld(seconds) ? 1 : 0;
}

/** A Go duration (941.512µs, 2.77ms, 1m2s) in seconds; 0 when it is none, or longer than any request. */
export function readDuration(p: i32, end: i32): f64 {
  const total = sumDuration(p, end);
  return total < 100000000 ? total : 0;
}

function sumDuration(p: i32, end: i32): f64 {
  let total: f64 = 0;
  while (p < end) {
    let amount: f64 = 0;
    let scale: f64 = 0;
    const begin = p;
    for (; p < end && (byteAt(p) === 0x2e || (byteAt(p) >= 0x30 && byteAt(p) <= 0x39)); p++) {
      if (byteAt(p) === 0x2e) scale = 1;
      else {
        amount = amount * 10 + (byteAt(p) - 0x30);
        scale = scale * 10;
      }
    }
    if (p === begin || p === end) return total;
    if (scale > 1) amount = amount / scale;
    const unit = byteAt(p);
    const isMilli = unit === 0x6d && p + 1 < end && byteAt(p + 1) === 0x73;
    if (unit === 0x68) total = total + amount * 3600;
    else if (isMilli) total = total + amount / 1000;
    else if (unit === 0x6d) total = total + amount * 60;
    else if (unit === 0x73) total = total + amount;
    else if (unit === 0x6e) total = total + amount / 1000000000;
    else total = total + amount / 1000000;
    while (p < end && (byteAt(p) < 0x30 || byteAt(p) > 0x39)) p++;
  }
  return total;
}

/** Whole second in which a request began that ended at the time last read. */
export function startOf(duration: f64): f64 {
  return floor(seconds + fraction - duration);
}

/** Two decimal digits, or a negative number. */
export function twoDigits(p: i32): i32 {
  const tens = byteAt(p) - 0x30;
  const ones = byteAt(p + 1) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return -10000;
  return tens * 10 + ones;
}

/** HH:MM:SS as seconds, or a negative number. A leap second counts as the one before. */
export function clockSeconds(p: i32): i32 {
  const hours = twoDigits(p);
  const minutes = twoDigits(p + 3);
  let second = twoDigits(p + 6);
  if (byteAt(p + 2) !== 0x3a || byteAt(p + 5) !== 0x3a) return -1;
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || second < 0 || second > 60) return -1;
  if (second === 60) second = 59;
  return (hours * 60 + minutes) * 60 + second;
}

/** Days since 1970-01-01 by the civil calendar, counted in eras of 400 years from 1 March of year 0. */
export function epochSeconds(year: i32, month: i32, day: i32, secondsOfDay: i32): f64 {
  const y = month <= 2 ? year - 1 : year;
  const era = (y / 400) | 0;
  const yearOfEra = y - era * 400;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const dayOfYear = (((153 * monthFromMarch + 2) / 5) | 0) + day - 1;
  const dayOfEra = yearOfEra * 365 + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0) + dayOfYear;
  const days: f64 = era * 146097 + dayOfEra - 719468;
  return days * 86400 + secondsOfDay;
}

/** Number of an English month's first three letters, 0 when it is none. */
export function monthOf(p: i32): i32 {
  const first = byteAt(p);
  const rest = shortAt(p + 1);
  if (first === 0x4a) return rest === 0x6e61 ? 1 : rest === 0x6e75 ? 6 : rest === 0x6c75 ? 7 : 0;
  if (first === 0x46) return rest === 0x6265 ? 2 : 0;
  if (first === 0x4d) return rest === 0x7261 ? 3 : rest === 0x7961 ? 5 : 0;
  if (first === 0x41) return rest === 0x7270 ? 4 : rest === 0x6775 ? 8 : 0;
  if (first === 0x53) return rest === 0x7065 ? 9 : 0;
  if (first === 0x4f) return rest === 0x7463 ? 10 : 0;
  if (first === 0x4e) return rest === 0x766f ? 11 : 0;
  if (first === 0x44) return rest === 0x6365 ? 12 : 0;
  return 0;
}
