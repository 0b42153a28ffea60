/**
 * Finds the range that holds an address. In: packed ranges, each reaching to the next start. Out: the place of the range
 * at an address, in a few steps, and its value. IPv6 is told apart to /64, and only 2000::/3 (all that is given out) is
 * held; its columns are made when an address of it is first looked for.
 */
import type { PackedIpv4, PackedIpv6, PackedWords } from './packed-ranges.ts';

const DAMAGED = 'The table of places is damaged.';

/** Numbers of 32 bits, ascending. */
class WordIndex {
  /** By upper half: place of its first number; one more entry at the end. */
  private readonly begins: Uint32Array;
  private readonly lower: Uint16Array;

  constructor({ counts, distances, lowest }: PackedWords) {
    const begins = (this.begins = sumUp(counts));
    const lower = (this.lower = new Uint16Array(lowest.length));
    const halves = begins.length - 1;
    if (begins[halves] !== lowest.length) throw new Error(DAMAGED);
    for (let half = 0; half < halves; half++) {
      const end = begins[half + 1]!;
      for (let i = begins[half]!, second = 0; i < end; i++) {
        second += distances[i]!;
        lower[i] = (second << 8) | lowest[i]!;
      }
    }
  }

  /** The last that is not above the word; -1 when all are. */
  placeOf(word: number): number {
    const { begins, lower } = this;
    const half = word >>> 16;
    const wanted = word & 0xffff;
    let from = begins[half]! - 1;
    let to = begins[half + 1]! - 1;
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if (lower[middle]! <= wanted) from = middle;
      else to = middle - 1;
    }
    return from;
  }

  isAt(place: number, word: number): boolean {
    const half = word >>> 16;
    return place >= this.begins[half]! && this.lower[place] === (word & 0xffff);
  }
}

export class Ipv4Index {
  private readonly starts: WordIndex;

  constructor({ starts }: PackedIpv4) {
    this.starts = new WordIndex(starts);
  }

  /** word is not below the first start, which is 0. */
  placeOf(word: number): number {
    return this.starts.placeOf(word);
  }
}

export class Ipv6Index {
  private opened: { words: WordIndex; begins: Uint32Array; seconds: Uint32Array } | null = null;

  constructor(private readonly packed: PackedIpv6) {}

  /** The address is not below the first start, 2000::. */
  placeOf(first: number, second: number): number {
    const { words, begins, seconds } = (this.opened ??= openIpv6(this.packed));
    const group = words.placeOf(first);
    let to = begins[group + 1]! - 1;
    if (!words.isAt(group, first)) return to;
    let from = begins[group]! - 1;
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if (seconds[middle]! <= second) from = middle;
      else to = middle - 1;
    }
    return from;
  }
}

function openIpv6({ firstWords, counts, distances }: PackedIpv6) {
  const begins = sumUp(counts);
  const [highest, high, low, lowest] = distances as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  if (begins[begins.length - 1] !== lowest.length) throw new Error(DAMAGED);
  const seconds = new Uint32Array(lowest.length);
  for (let group = 0; group + 1 < begins.length; group++) {
    const end = begins[group + 1]!;
    for (let i = begins[group]!, second = 0; i < end; i++) {
      second += (highest[i]! << 24) | (high[i]! << 16) | (low[i]! << 8) | lowest[i]!;
      seconds[i] = second;
    }
  }
  return { words: new WordIndex(firstWords), begins, seconds };
}

/** From how many each group has (two planes) to where each begins, and the last ends. */
function sumUp([high, low]: readonly Uint8Array[]): Uint32Array {
  const begins = new Uint32Array(high!.length + 1);
  for (let group = 0; group < high!.length; group++)
    begins[group + 1] = begins[group]! + ((high![group]! << 8) | low![group]!);
  return begins;
}
