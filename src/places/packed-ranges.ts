/**
 * Sorted ranges as few bytes, laid out so that opening them is little work. In and out: starts (ascending) and values.
 * Starts of 32 bits are grouped by their upper half: how many there are of each half, then of each start its lowest
 * byte, and the distance of the other from that before. Starts of IPv6 (the upper 64 bits of addresses) have a list of
 * first words like that; of each, how many starts it has, then distances of the second words. All in planes of a byte
 * each, which gzip likes; those of the values, and the lowest bytes, are used where they lie.
 */

/** Grows as it is written. */
export class ByteWriter {
  private bytes = new Uint8Array(1 << 16);
  length = 0;

  append(values: ArrayLike<number>): void {
    if (this.length + values.length > this.bytes.length) this.grow(values.length);
    this.bytes.set(values, this.length);
    this.length += values.length;
  }

  u32(value: number): void {
    this.append([0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff));
  }

  /** A plane for each byte of the numbers, the highest first. */
  planes(values: ArrayLike<number>, count: number): void {
    for (let plane = count - 1; plane >= 0; plane--)
      this.append(Uint8Array.from(values, (value) => (value >>> (plane * 8)) & 0xff));
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

  take(size: number): Uint8Array {
    if (this.at + size > this.bytes.length) throw new Error(TOO_SHORT);
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  u32(): number {
    const [a, b, c, d] = this.take(4);
    return (a! | (b! << 8) | (c! << 16) | (d! << 24)) >>> 0;
  }

  planes(length: number, count: number): Uint8Array[] {
    return Array.from({ length: count }, () => this.take(length));
  }
}

/** Halves of 16 bits. */
const HALVES = 65_536;

/** Numbers of 32 bits, ascending. */
export interface PackedWords {
  /** By upper half, how many there are; two planes. */
  counts: Uint8Array[];
  /** By number, its second byte (in a group's first number) or the distance from that before. */
  distances: Uint8Array;
  lowest: Uint8Array;
}

/** Values are numbers of as many bytes as there are planes, the highest first. */
export interface PackedIpv4 {
  starts: PackedWords;
  values: Uint8Array[];
}

export interface PackedIpv6 {
  firstWords: PackedWords;
  /** By first word, how many starts have it; two planes. */
  counts: Uint8Array[];
  /** By start, its second word (in a group's first) or the distance from that before; four planes. */
  distances: Uint8Array[];
  values: Uint8Array[];
}

/** planes: bytes of a value. */
export function packIpv4(starts: ArrayLike<number>, values: ArrayLike<number>, planes: number): Uint8Array {
  const out = new ByteWriter();
  packWords(out, starts);
  out.planes(values, planes);
  return out.done();
}

export function packIpv6(starts: readonly bigint[], values: ArrayLike<number>, planes: number): Uint8Array {
  const words: number[] = [];
  const counts: number[] = [];
  const distances: number[] = [];
  let before = 0;
  for (const start of starts) {
    const [first, second] = [Number(start >> 32n), Number(start & 0xffffffffn)];
    const isNew = words.at(-1) !== first;
    if (isNew) {
      words.push(first);
      counts.push(0);
    }
    counts[counts.length - 1]!++;
    distances.push(isNew ? second : second - before);
    before = second;
  }
  const out = new ByteWriter();
  packWords(out, words);
  packCounts(out, counts);
  out.u32(distances.length);
  out.planes(distances, 4);
  out.planes(values, planes);
  return out.done();
}

function packWords(out: ByteWriter, words: ArrayLike<number>): void {
  const counts = new Array<number>(HALVES).fill(0);
  const distances: number[] = [];
  let before = -1;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    counts[word >>> 16]!++;
    const isFirst = before === -1 || before >>> 16 !== word >>> 16;
    distances.push(((word >>> 8) & 255) - (isFirst ? 0 : (before >>> 8) & 255));
    before = word;
  }
  out.u32(words.length);
  packCounts(out, counts);
  out.append(distances);
  out.planes(words, 1);
}

/** One less than two bytes hold, because look-ups count from 1 (range-index.ts). */
const MOST = 65_534;

function packCounts(out: ByteWriter, counts: readonly number[]): void {
  if (counts.some((count) => count > MOST)) throw new Error('Too many ranges stand in one group.');
  out.planes(counts, 2);
}

export function takeIpv4(reader: ByteReader, planes: number): PackedIpv4 {
  const starts = takeWords(reader);
  return { starts, values: reader.planes(starts.lowest.length, planes) };
}

export function takeIpv6(reader: ByteReader, planes: number): PackedIpv6 {
  const firstWords = takeWords(reader);
  const counts = reader.planes(firstWords.lowest.length, 2);
  const length = reader.u32();
  return {
    firstWords,
    counts,
    distances: reader.planes(length, 4),
    values: reader.planes(length, planes),
  };
}

function takeWords(reader: ByteReader): PackedWords {
  const length = reader.u32();
  return { counts: reader.planes(HALVES, 2), distances: reader.take(length), lowest: reader.take(length) };
}
