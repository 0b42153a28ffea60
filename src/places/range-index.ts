/**
 * Finds the range that holds an address. In: packed ranges, each reaching to the next start. Out: the place of the range
 * at an address, in a few steps. IPv6 is told apart to /64, and only 2000::/3 (all that is given out) is held; its
 * columns are made when an address of it is first looked for.
 */
import type { PackedIpv4, PackedIpv6, PackedWords } from './packed-ranges.ts';

const DAMAGED = 'The table of places is damaged.';

/**
 * Ascending keys in groups, each group cut into about as many equal buckets as it has keys: space is given out densely
 * in some parts and hardly in others, and each step of a search among thousands is a branch that nobody foretells.
 */
class GroupedKeys {
  /** By group: 32 × its first bucket + how far half of a key is shifted to number the others. */
  private readonly parts: Uint32Array;
  /** By bucket: place of the first key that is not before it; one more entry at the end. */
  private readonly firsts: Uint32Array;

  /** begins: by group, the place of its first key, and the end; width: bits of a key; thinner: 1 for half the buckets. */
  constructor(
    readonly begins: Uint32Array,
    private readonly keys: Uint32Array,
    width: 16 | 32,
    thinner: 0 | 1,
  ) {
    const groups = begins.length - 1;
    const parts = (this.parts = new Uint32Array(groups));
    let buckets = 0;
    for (let group = 0; group < groups; group++) {
      const size = begins[group + 1]! - begins[group]!;
      const bits = size < 2 ? 0 : Math.min(width - 1, 32 - thinner - Math.clz32(size - 1));
      parts[group] = buckets * 32 + width - 1 - bits;
      buckets += 1 << bits;
    }
    const firsts = (this.firsts = new Uint32Array(buckets + 1));
    let bucket = 0;
    for (let group = 0; group < groups; group++) {
      const end = begins[group + 1]!;
      const first = parts[group]! >>> 5;
      const shift = parts[group]! & 31;
      for (let place = begins[group]!; place < end; place++) {
        const at = first + ((keys[place]! >>> 1) >>> shift);
        while (bucket <= at) firsts[bucket++] = place;
      }
      const next = group + 1 < groups ? parts[group + 1]! >>> 5 : buckets;
      while (bucket < next) firsts[bucket++] = end;
    }
    firsts[buckets] = keys.length;
  }

  /** The last of the group that is not above the key; when all are, the last of the groups before, or -1. */
  placeOf(group: number, key: number): number {
    const { keys, firsts } = this;
    const part = this.parts[group]!;
    const bucket = (part >>> 5) + ((key >>> 1) >>> (part & 31));
    let from = firsts[bucket]! - 1;
    let to = firsts[bucket + 1]! - 1;
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if (keys[middle]! <= key) from = middle;
      else to = middle - 1;
    }
    return from;
  }

  isAt(place: number, group: number, key: number): boolean {
    return place >= this.begins[group]! && this.keys[place] === key;
  }
}

export class Ipv4Index {
  private readonly starts: GroupedKeys;

  constructor({ starts }: PackedIpv4) {
    this.starts = groupByHalf(starts, 1);
  }

  /** word is not below the first start, which is 0. */
  placeOf(word: number): number {
    return this.starts.placeOf(word >>> 16, word & 0xffff);
  }
}

export class Ipv6Index {
  private opened: { words: GroupedKeys; seconds: GroupedKeys } | null = null;

  constructor(private readonly packed: PackedIpv6) {}

  /** The address is not below the first start, 2000::. */
  placeOf(first: number, second: number): number {
    const { words, seconds } = (this.opened ??= openIpv6(this.packed));
    const half = first >>> 16;
    const lower = first & 0xffff;
    const group = words.placeOf(half, lower);
    return words.isAt(group, half, lower) ? seconds.placeOf(group, second) : seconds.begins[group + 1]! - 1;
  }
}

/** Numbers of 32 bits by their upper half; the lower ones are the keys. */
function groupByHalf({ counts, distances, lowest }: PackedWords, thinner: 0 | 1): GroupedKeys {
  const begins = sumUp(counts, lowest.length);
  const keys = new Uint32Array(lowest.length);
  for (let half = 0; half + 1 < begins.length; half++) {
    const end = begins[half + 1]!;
    for (let i = begins[half]!, second = 0; i < end; i++) {
      second += distances[i]!;
      keys[i] = (second << 8) | lowest[i]!;
    }
  }
  return new GroupedKeys(begins, keys, 16, thinner);
}

function openIpv6({ firstWords, counts, distances }: PackedIpv6) {
  const [highest, high, low, lowest] = distances as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const begins = sumUp(counts, lowest.length);
  const seconds = new Uint32Array(lowest.length);
  for (let group = 0; group + 1 < begins.length; group++) {
    const end = begins[group + 1]!;
    for (let i = begins[group]!, second = 0; i < end; i++) {
      second += (highest[i]! << 24) | (high[i]! << 16) | (low[i]! << 8) | lowest[i]!;
      seconds[i] = second;
    }
  }
  return { words: groupByHalf(firstWords, 0), seconds: new GroupedKeys(begins, seconds, 32, 0) };
}

/** From how many each group has (two planes) to where each begins, and the last ends. */
function sumUp([high, low]: readonly Uint8Array[], length: number): Uint32Array {
  const begins = new Uint32Array(high!.length + 1);
  for (let group = 0; group < high!.length; group++)
    begins[group + 1] = begins[group]! + ((high![group]! << 8) | low![group]!);
  if (begins[high!.length] !== length) throw new Error(DAMAGED);
  return begins;
}
