/**
 * Finds the range that holds an address. In: packed ranges, each reaching to the next start. Out: the value of the range
 * at an address, in a few steps. IPv6 is told apart to /64, and only 2000::/3 (all that is given out) is held; its
 * columns are made when an address of it is first looked for.
 */
import type { PackedIpv4, PackedIpv6, PackedWords } from './packed-ranges.ts';

const DAMAGED = 'The table of places is damaged.';

export class Ipv4Index {
  /** By upper half: place of its first start; one more entry at the end. */
  private readonly begins: Uint32Array;
  private readonly lower: Uint16Array;
  private readonly values: Values;

  constructor({ starts: { counts, distances, lowest }, values }: PackedIpv4) {
    const begins = (this.begins = sumUp(counts, lowest.length));
    const lower = (this.lower = new Uint16Array(lowest.length));
    this.values = joined(values);
    for (let half = 0; half + 1 < begins.length; half++) {
      const end = begins[half + 1]!;
      for (let i = begins[half]!, second = 0; i < end; i++) {
        second += distances[i]!;
        lower[i] = (second << 8) | lowest[i]!;
      }
    }
  }

  /** The word is not below the first start, which is 0. */
  valueAt(word: number): number {
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
    return this.values[from]!;
  }
}

/** Groups up to this size are searched as they are: narrowing would cost as much as it saves. */
const FEW = 8;

/**
 * Numbers of 32 bits, ascending in each group of them. Space is given out densely in some parts and hardly in others, so
 * each large group is cut, when it is first asked for, into about as many equal buckets as it has numbers.
 */
class GroupedNumbers {
  /** From a large group's first place on: 1 + how many of its numbers are before each bucket, and all at last; 0: not cut. */
  private readonly before: Uint16Array;

  constructor(
    /** By group: place of its first number; one more entry at the end. */
    readonly begins: Uint32Array,
    readonly numbers: Uint32Array,
    /** Highest bits in which the numbers of a group do not differ. */
    private readonly same: 0 | 16,
  ) {
    this.before = new Uint16Array(numbers.length);
  }

  /** Place of the last of a group that is not above the word; the one before the group when all are. */
  placeOf(group: number, words: Uint32Array, at: 0 | 1): number {
    const { begins, numbers, before } = this;
    const number = words[at]!;
    const begin = begins[group]!;
    let from = begin - 1;
    let size = begins[group + 1]! - begin;
    if (size > FEW) {
      if (before[begin] === 0) this.cut(begin, size);
      const bucket = begin + ((number << this.same) >>> shiftFor(size));
      from += before[bucket]! - 1;
      size = before[bucket + 1]! - before[bucket]!;
    }
    // Comparisons as numbers, not as branches: none can be foretold, and each wrong guess waits for memory.
    while (size > 0) {
      const half = (size + 1) >> 1;
      from += half & -Number(numbers[from + half]! <= number);
      size -= half;
    }
    return from;
  }

  private cut(begin: number, size: number): void {
    const { numbers, before, same } = this;
    const shift = shiftFor(size);
    let next = begin;
    for (let i = 0; i < size; i++) {
      const bucket = begin + ((numbers[begin + i]! << same) >>> shift);
      while (next <= bucket) before[next++] = i + 1;
    }
    const end = begin + 2 ** (32 - shift);
    while (next <= end) before[next++] = size + 1;
  }
}

/** Leaves as many of 32 bits as number the buckets: the largest power of two that leaves a place for the end. */
function shiftFor(size: number): number {
  return Math.clz32(size - 1) + 1;
}

export class Ipv6Index {
  private opened: OpenedIpv6 | null = null;

  constructor(private readonly packed: PackedIpv6) {}

  /** words: of an address that is not below the first start, 2000::; handed on as they lie (places.ts says why). */
  valueAt(words: Uint32Array): number {
    const { firsts, seconds, values } = (this.opened ??= openIpv6(this.packed));
    const group = firsts.placeOf(words[0]! >>> 16, words, 0);
    // Else the last start of a first word that is lower.
    const isThere = firsts.numbers[group] === words[0];
    return values[isThere ? seconds.placeOf(group, words, 1) : seconds.begins[group + 1]! - 1]!;
  }
}

interface OpenedIpv6 {
  firsts: GroupedNumbers;
  /** Of all first words, a group for each. */
  seconds: GroupedNumbers;
  values: Values;
}

function openIpv6({ firstWords, counts, distances, values }: PackedIpv6): OpenedIpv6 {
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
  const { words, halves } = openWords(firstWords);
  return {
    firsts: new GroupedNumbers(halves, words, 16),
    seconds: new GroupedNumbers(begins, seconds, 0),
    values: joined(values),
  };
}

/** halves: by upper half, the place of its first word; one more entry at the end. */
function openWords({ counts, distances, lowest }: PackedWords): { words: Uint32Array; halves: Uint32Array } {
  const halves = sumUp(counts, lowest.length);
  const words = new Uint32Array(lowest.length);
  for (let half = 0; half + 1 < halves.length; half++) {
    const end = halves[half + 1]!;
    for (let i = halves[half]!, third = 0; i < end; i++) {
      third += distances[i]!;
      words[i] = (half << 16) | ((third & 255) << 8) | lowest[i]!;
    }
  }
  return { words, halves };
}

/** By place of a range. */
type Values = Uint16Array | Uint32Array;

/** Planes, the highest first, to whole values, so that one costs one jump through memory. */
function joined(planes: readonly Uint8Array[]): Values {
  const { length } = planes[0]!;
  const values = planes.length <= 2 ? new Uint16Array(length) : new Uint32Array(length);
  for (const plane of planes) for (let i = 0; i < length; i++) values[i] = (values[i]! << 8) | plane[i]!;
  return values;
}

/** From how many each group has (two planes) to where each begins, and the last ends. */
function sumUp([high, low]: readonly Uint8Array[], length: number): Uint32Array {
  const begins = new Uint32Array(high!.length + 1);
  for (let group = 0; group < high!.length; group++)
    begins[group + 1] = begins[group]! + ((high![group]! << 8) | low![group]!);
  if (begins[high!.length] !== length) throw new Error(DAMAGED);
  return begins;
}
