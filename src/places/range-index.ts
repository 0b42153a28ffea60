/**
 * Finds the range that holds an address. In: sorted ranges. Out: the value at an address, in a few steps.
 * Space is given out densely in some parts and hardly in others; so each part has as many buckets as it has ranges.
 */
import type { RangeColumns } from './range-table.ts';

/** Numbers of 32 bits, ascending: the last that is not above a word. */
class WordIndex {
  /** By the upper 16 bits: 32 × the part's first bucket + how far the lower 16 bits are shifted to number the others. */
  private readonly parts = new Uint32Array(65_536);
  /** Place of the last start that is not above each bucket's first word; one more entry at the end. */
  private readonly first: Uint32Array;

  constructor(private readonly starts: Uint32Array) {
    const counts = new Uint32Array(65_536);
    for (const start of starts) counts[start >>> 16]!++;
    let buckets = 0;
    for (let part = 0; part < 65_536; part++) {
      const bits = bitsFor(counts[part]!, 16);
      this.parts[part] = buckets * 32 + 16 - bits;
      buckets += 1 << bits;
    }
    this.first = new Uint32Array(buckets + 1);
    let place = 0;
    let bucket = 0;
    for (let part = 0; part < 65_536; part++) {
      const size = 1 << (this.parts[part]! & 31);
      for (let word = part * 65_536; word < (part + 1) * 65_536; word += size) {
        while (place + 1 < starts.length && starts[place + 1]! <= word) place++;
        this.first[bucket++] = place;
      }
    }
    this.first[bucket] = starts.length - 1;
  }

  /** word is not below the first start. */
  placeOf(word: number): number {
    const part = this.parts[word >>> 16]!;
    const bucket = (part >>> 5) + ((word & 0xffff) >>> (part & 31));
    let from = this.first[bucket]!;
    let to = this.first[bucket + 1]!;
    while (from < to) {
      const middle = (from + to + 1) >>> 1;
      if (this.starts[middle]! <= word) from = middle;
      else to = middle - 1;
    }
    return from;
  }
}

export class Ipv4Index {
  private readonly index: WordIndex;

  constructor(private readonly ranges: RangeColumns) {
    this.index = new WordIndex(ranges.high);
  }

  valueAt(word: number): number {
    return this.ranges.values[this.index.placeOf(word)]!;
  }
}

/**
 * Ranges are grouped by the first word of their start; large groups have buckets by the second word. Memory far apart
 * is what a look-up waits for: what is read together stands together.
 */
export class Ipv6Index {
  /** The second word of each start, and the range's value. */
  private readonly rows: Uint32Array;
  private readonly words: Uint32Array;
  private readonly index: WordIndex;
  /** By group: place of its first range, place after its last, its first bucket, shift of the second word. */
  private readonly groups: Uint32Array;
  /** Place of the last range that begins before each bucket, or at its beginning; group's first - 1 if none does. */
  private readonly first: Int32Array;

  constructor({ high, low, values }: RangeColumns) {
    if (low === null) throw new Error('Ranges of IPv6 have two words.');
    this.rows = new Uint32Array(high.length * 2);
    const groups: number[] = [];
    for (let place = 0; place < high.length; place++) {
      this.rows[place * 2] = low[place]!;
      this.rows[place * 2 + 1] = values[place]!;
      if (place === 0 || high[place] !== high[place - 1]) groups.push(place);
    }
    this.words = Uint32Array.from(groups, (place) => high[place]!);
    this.index = new WordIndex(this.words);
    this.groups = new Uint32Array(groups.length * 4);
    let buckets = 0;
    groups.forEach((begin, group) => {
      const end = groups[group + 1] ?? high.length;
      const bits = end - begin > SMALL_GROUP ? bitsFor(end - begin, 24) : 0;
      this.groups.set([begin, end, buckets, 32 - bits], group * 4);
      // With the entry that ends the last bucket.
      if (bits > 0) buckets += (1 << bits) + 1;
    });
    this.first = new Int32Array(buckets);
    for (let group = 0; group < groups.length; group++) this.fillGroup(group * 4);
  }

  private fillGroup(at: number): void {
    const [begin, end, firstBucket, shift] = [...this.groups.subarray(at, at + 4)] as Group;
    if (shift === 32) return;
    let place = begin - 1;
    let bucket = firstBucket;
    for (let word = 0; word < 2 ** 32; word += 2 ** shift) {
      while (place + 1 < end && this.rows[(place + 1) * 2]! <= word) place++;
      this.first[bucket++] = place;
    }
    this.first[bucket] = end - 1;
  }

  /** The address is not below the first start. */
  valueAt(word0: number, word1: number): number {
    const { groups, rows } = this;
    const group = this.index.placeOf(word0);
    const at = group * 4;
    let to = groups[at + 1]! - 1;
    if (this.words[group] !== word0) return rows[to * 2 + 1]!;
    let from = groups[at]! - 1;
    const shift = groups[at + 3]!;
    if (shift < 32) {
      const bucket = groups[at + 2]! + (word1 >>> shift);
      from = this.first[bucket]!;
      to = this.first[bucket + 1]!;
    }
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if (rows[middle * 2]! <= word1) from = middle;
      else to = middle - 1;
    }
    return rows[from * 2 + 1]!;
  }
}

/** Ranges that lie in one or two lines of the processor's cache need no buckets. */
const SMALL_GROUP = 12;

type Group = [begin: number, end: number, bucket: number, shift: number];

/** As many bits as make one or two starts a bucket. */
function bitsFor(count: number, most: number): number {
  return Math.min(most, Math.max(0, 31 - Math.clz32(count)));
}
