/**
 * Sorted ranges as few bytes, and back. In and out: starts (ascending) and values.
 * A start is its distance from the start before; ranges are mostly powers of two, so a distance is an odd number times
 * a power of two: a column of exponents, a column of (odd - 1) / 2 as LEB128, then the values, in planes of a byte.
 * Gzip does the rest. IPv6 starts are the upper 64 bits of addresses.
 */
import type { RangeColumns } from './range-table.ts';

/** Grows as it is written. */
export class ByteWriter {
  private bytes = new Uint8Array(1 << 16);
  length = 0;

  byte(value: number): void {
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = value;
  }

  append(values: Uint8Array): void {
    if (this.length + values.length > this.bytes.length) this.grow(values.length);
    this.bytes.set(values, this.length);
    this.length += values.length;
  }

  u32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte((value >>> shift) & 0xff);
  }

  done(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private grow(by: number): void {
    const wider = new Uint8Array(Math.max(this.bytes.length * 2, this.length + by));
    wider.set(this.bytes);
    this.bytes = wider;
  }
}

const TOO_SHORT = 'The table of places ends too early.';

/** Runs off the end loudly: a short table must not look like an empty one. */
export class ByteReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  byte(): number {
    if (this.at >= this.bytes.length) throw new Error(TOO_SHORT);
    return this.bytes[this.at++]!;
  }

  take(size: number): Uint8Array {
    if (this.at + size > this.bytes.length) throw new Error(TOO_SHORT);
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }

  u32(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }
}

/** starts: as bigint, IPv4 addresses or the upper 64 bits of IPv6 addresses. */
export function packRanges(starts: bigint[], values: ArrayLike<number>, planes: number): Uint8Array {
  const out = new ByteWriter();
  const odds = new ByteWriter();
  out.u32(starts.length);
  starts.forEach((start, place) => {
    let rest = place === 0 ? start : start - starts[place - 1]!;
    let exponent = 0;
    for (; rest > 0n && (rest & 1n) === 0n; rest >>= 1n) exponent++;
    out.byte(rest === 0n ? ZERO : exponent);
    if (rest > 0n) writeVarint(odds, rest >> 1n);
  });
  out.append(odds.done());
  for (let plane = planes - 1; plane >= 0; plane--)
    for (let i = 0; i < starts.length; i++) out.byte((values[i]! >>> (plane * 8)) & 0xff);
  return out.done();
}

/** In place of an exponent: the distance is 0 (the first start of IPv4). */
const ZERO = 255;

function writeVarint(out: ByteWriter, value: bigint): void {
  for (; value > 127n; value >>= 7n) out.byte(Number(value & 127n) | 128);
  out.byte(Number(value));
}

export function unpackRanges(reader: ByteReader, version: 4 | 6, planes: number): RangeColumns {
  const count = reader.u32();
  const exponents = reader.take(count);
  const bytes = reader.rest();
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  let startHigh = 0;
  let startLow = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const exponent = exponents[i]!;
    if (exponent !== ZERO) {
      // 64 bits in two halves: numbers of JavaScript hold 53, and bigint is slow. The lowest bit was left out.
      let oddHigh = 0;
      let oddLow = 1;
      for (let shift = 1; ; shift += 7) {
        const byte = bytes[at++];
        if (byte === undefined) throw new Error(TOO_SHORT);
        const bits = byte & 127;
        if (shift < 32) oddLow |= bits << shift;
        if (shift >= 32) oddHigh |= bits << (shift - 32);
        else if (shift > 25) oddHigh |= bits >>> (32 - shift);
        if (byte < 128) break;
      }
      if (exponent >= 32) {
        oddHigh = oddLow << (exponent - 32);
        oddLow = 0;
      } else if (exponent > 0) {
        oddHigh = (oddHigh << exponent) | (oddLow >>> (32 - exponent));
        oddLow <<= exponent;
      }
      const sum = startLow + (oddLow >>> 0);
      startHigh = (startHigh + (oddHigh >>> 0) + (sum > 0xffffffff ? 1 : 0)) >>> 0;
      startLow = sum >>> 0;
    }
    high[i] = startHigh;
    low[i] = startLow;
  }
  reader.take(at);
  const values = readPlanes(reader, count, planes);
  return version === 4 ? { high: low, low: null, values } : { high, low, values };
}

function readPlanes(reader: ByteReader, count: number, planes: number): RangeColumns['values'] {
  const highest = reader.take(count);
  if (planes === 1) return highest.slice();
  const values = Uint32Array.from(highest);
  for (let plane = 1; plane < planes; plane++) {
    const bytes = reader.take(count);
    for (let i = 0; i < count; i++) values[i] = values[i]! * 256 + bytes[i]!;
  }
  return values;
}
