/**
 * Requests of a scanner to rows with common numbers: thousands at a time. In: columns of requests, and numbers of the
 * scanner's words. Out, in their place and without gaps: the columns of those that become rows; the statuses of those
 * that do not count; tallies. Compiled twice, as folding.ts.
 */
import { Bytes, grownIntegers, Integers, Shorts } from './columns.ts';

/** Most requests of a batch. */
export const MOST: i32 = 8192;

/** Where columns begin in `integers`. Those of words: by their kind, WORD_* of model/segment.ts, and digests. */
export const SECONDS: i32 = 0;
export const OFFSETS: i32 = MOST;
export const WORDS: i32 = MOST * 2;
export const DIGESTS: i32 = MOST * 7;
/** Out: of those taken. */
export const SIGNATURES: i32 = MOST * 8;
export const WITHOUT_ADDRESS: i32 = SIGNATURES + 1;
export const WITHOUT_STATUS: i32 = SIGNATURES + 2;
export const PLACES: i32 = SIGNATURES + 3;

/** Where columns begin in `shorts`. Out: statuses of those that do not count. */
export const MILLIS: i32 = 0;
export const STATUSES: i32 = MOST;
export const SHORTS: i32 = MOST * 2;

/** Where columns begin in `bytes`: flags, and 1 for each that is not to be taken. */
export const FLAGS: i32 = 0;
export const LEFT: i32 = MOST;
export const BYTES: i32 = MOST * 2;

/** Which columns there are beside those of all requests. */
export const HAS_DIGESTS: i32 = 1;
export const HAS_UPSTREAMS: i32 = 2;
export const HAS_LEFT: i32 = 4;

/** Of model/segment.ts. */
const FLAG_SIGNATURE: i32 = 4;
const FLAG_DROPPED: i32 = 16;
const FLAG_NO_CLIENT: i32 = 32;
const FLAG_EVENT: i32 = 64;
const WORD_CLIENT: i32 = 0;
const WORD_REPOSITORY: i32 = 1;
const WORD_REFERENCE: i32 = 2;
const WORD_AGENT: i32 = 3;
const WORD_UPSTREAM: i32 = 4;
const NO_WORD: i32 = -1;

/** Common numbers of the scanner's words of one kind. */
export class Numbers {
  values: Integers = new Integers(256);

  makeRoom(size: i32): void {
    if (size > this.values.length) this.values = grownIntegers(this.values, size * 2);
  }
}

export class Taking {
  integers: Integers = new Integers(PLACES);
  shorts: Shorts = new Shorts(SHORTS);
  bytes: Bytes = new Bytes(BYTES);
  /** How many of the last batch do not count by their status. */
  dropped: i32 = 0;
  private places: Integers = new Integers(MOST);
  private clients: Numbers = new Numbers();
  private repositories: Numbers = new Numbers();
  private references: Numbers = new Numbers();
  private agents: Numbers = new Numbers();
  private upstreams: Numbers = new Numbers();

  numbersOf(kind: i32): Numbers {
    if (kind === WORD_CLIENT) return this.clients;
    if (kind === WORD_REPOSITORY) return this.repositories;
    if (kind === WORD_REFERENCE) return this.references;
    return kind === WORD_AGENT ? this.agents : this.upstreams;
  }

  /** Takes the first `count` requests. holds: HAS_* bits. Answers how many of them become rows. */
  take(count: i32, holds: i32): i32 {
    const taken = this.choose(count, (holds & HAS_LEFT) !== 0);
    this.close(SECONDS, taken);
    this.close(OFFSETS, taken);
    this.closeShorts(taken);
    for (let kind = WORD_CLIENT; kind <= WORD_AGENT; kind++) this.number(WORDS + kind * MOST, kind, taken);
    if ((holds & HAS_UPSTREAMS) !== 0) this.number(WORDS + WORD_UPSTREAM * MOST, WORD_UPSTREAM, taken);
    if ((holds & HAS_DIGESTS) !== 0) this.number(DIGESTS, WORD_REFERENCE, taken);
    return taken;
  }

  /** Finds the places of those that become rows; tallies all. */
  private choose(count: i32, hasLeft: boolean): i32 {
    const bytes = this.bytes;
    const shorts = this.shorts;
    const places = this.places;
    let taken: i32 = 0;
    let dropped: i32 = 0;
    let signatures: i32 = 0;
    let withoutAddress: i32 = 0;
    let withoutStatus: i32 = 0;
    for (let i: i32 = 0; i < count; i++) {
      if (hasLeft && bytes[LEFT + i] === 1) continue;
      const flags = bytes[FLAGS + i]!;
      const status = shorts[STATUSES + i]!;
      if ((flags & FLAG_DROPPED) !== 0) {
        shorts[STATUSES + dropped] = status;
        dropped++;
        continue;
      }
      bytes[FLAGS + taken] = flags & ~FLAG_EVENT;
      places[taken] = i;
      taken++;
      if ((flags & FLAG_SIGNATURE) !== 0) signatures++;
      if ((flags & FLAG_NO_CLIENT) !== 0) withoutAddress++;
      if (status === 0) withoutStatus++;
    }
    this.dropped = dropped;
    this.integers[SIGNATURES] = signatures;
    this.integers[WITHOUT_ADDRESS] = withoutAddress;
    this.integers[WITHOUT_STATUS] = withoutStatus;
    return taken;
  }

  /** Closes the gaps of a column. */
  private close(column: i32, taken: i32): void {
    const integers = this.integers;
    const places = this.places;
    for (let i: i32 = 0; i < taken; i++) integers[column + i] = integers[column + places[i]!]!;
  }

  private closeShorts(taken: i32): void {
    const shorts = this.shorts;
    const places = this.places;
    for (let i: i32 = 0; i < taken; i++) shorts[MILLIS + i] = shorts[MILLIS + places[i]!]!;
  }

  /** The same with common numbers in place of the scanner's. */
  private number(column: i32, kind: i32, taken: i32): void {
    const integers = this.integers;
    const places = this.places;
    const numbers = this.numbersOf(kind).values;
    for (let i: i32 = 0; i < taken; i++) {
      const word = integers[column + places[i]!]!;
      integers[column + i] = word === NO_WORD ? NO_WORD : numbers[word]!;
    }
  }
}
