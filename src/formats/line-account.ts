/**
 * What became of the lines of a segment. In: fates, line by line. Out: counters, and the first few unreadable lines
 * with their beginnings, as take-segment.ts reads them.
 */
import { alloc, byteAt, copyBytes, intAt, put32 } from './bytes.ts';
import { BINARY, UNKNOWN_FORMAT, UNREADABLE } from './fates.ts';

/** Counters, four bytes each: fates (0 to 7), unreadable reasons (8 to 15), lines by format (16 to 63). */
export const COUNTERS: i32 = 64;
const BY_FORMAT: i32 = 16;
/** Samples of unreadable lines: line, offset, reason, size of the text, and the text. */
const SAMPLES: i32 = 20;
const SAMPLE_TEXT: i32 = 800;
export const SAMPLE: i32 = 16 + SAMPLE_TEXT;

let counters: i32 = 0;
let samples: i32 = 0;
export let sampleCount: i32 = 0;
export let linesRead: i32 = 0;

export function initAccount(): void {
  counters = alloc(COUNTERS * 4);
  samples = alloc(SAMPLES * SAMPLE);
}

export function clearAccount(): void {
  for (let i: i32 = 0; i < COUNTERS; i++) put32(counters + i * 4, 0);
  sampleCount = 0;
  linesRead = 0;
}

export function counterAddress(): i32 {
  return counters;
}

export function sampleAddress(): i32 {
  return samples;
}

/** One more line was read, or one that stands for several. */
export function countLines(amount: i32): void {
  linesRead = linesRead + amount;
}

export function countFate(fate: i32, amount: i32): void {
  const p = counters + fate * 4;
  put32(p, intAt(p) + amount);
}

export function countFormat(format: i32, amount: i32): void {
  countFate(BY_FORMAT + format, amount);
}

/** Counts an unreadable line and keeps the first few with their beginnings. */
export function takeUnreadable(reason: i32, start: i32, end: i32, offset: i32): void {
  countFate(UNREADABLE + reason, 1);
  if (sampleCount === SAMPLES) return;
  const sample = samples + sampleCount * SAMPLE;
  const size = end - start > SAMPLE_TEXT ? SAMPLE_TEXT : end - start;
  put32(sample, linesRead);
  put32(sample + 4, offset);
  put32(sample + 8, reason);
  put32(sample + 12, size);
  copyBytes(sample + 16, start, size);
  sampleCount = sampleCount + 1;
}

export function isBlank(p: i32, end: i32): boolean {
  for (; p < end; p++) if (byteAt(p) !== 0x20 && byteAt(p) !== 0x09) return false;
  return true;
}

/** A line of no known format: of control characters, or of text. */
export function reasonOf(p: i32, end: i32): i32 {
  const stop = end - p > 256 ? p + 256 : end;
  for (; p < stop; p++) if (byteAt(p) === 0) return BINARY;
  return UNKNOWN_FORMAT;
}
