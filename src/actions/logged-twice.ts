/**
 * One request that a log shows twice: distribution writes a logger line and an access line for each. In: the manifest
 * requests of one file, in file order. Out: which access line is the second record of which logger line.
 *
 * They are one request when method, repository, reference, status, written bytes and (unescaped) user agent are equal
 * and the second in which it began differs by at most 1. Each consumes one, the earliest first. Both lines are written
 * when the answer is finished, so only the last NEIGHBOURS requests of the file are looked at.
 */
import { FLAG_GET, FLAG_LOGGER_LINE, type RequestColumns } from '../model/segment.ts';

/** How many manifest requests may stand between the two lines. A power of two. */
export const NEIGHBOURS = 4096;
const MASK = NEIGHBOURS - 1;
const BUCKETS = 4096;
const NONE = -1;

/** What is compared, beside words. */
export type ComparedColumns = Pick<RequestColumns, 'flags' | 'status' | 'written' | 'startSecond'>;

export class LoggedTwice {
  /** The last requests, in a ring. */
  private readonly repository = new Uint32Array(NEIGHBOURS);
  private readonly reference = new Uint32Array(NEIGHBOURS);
  private readonly agent = new Uint32Array(NEIGHBOURS);
  private readonly written = new Uint32Array(NEIGHBOURS);
  private readonly start = new Uint32Array(NEIGHBOURS);
  /** Status × 4 + logger line × 2 + GET. */
  private readonly kind = new Uint32Array(NEIGHBOURS);
  private readonly row = new Float64Array(NEIGHBOURS);
  private readonly bucket = new Int32Array(NEIGHBOURS).fill(NONE);
  private readonly previous = new Int32Array(NEIGHBOURS);
  private readonly next = new Int32Array(NEIGHBOURS);
  private readonly heads = new Int32Array(BUCKETS).fill(NONE);
  private readonly tails = new Int32Array(BUCKETS).fill(NONE);
  private count = 0;
  /** Which kinds of line the file has shown: bit 1 access, bit 2 logger. Until both are there, nothing can match. */
  private seen = 0;

  /**
   * Takes request i of the columns; repository, reference and agent by their common numbers, row for the caller.
   * Answers the ring place of the request that it matches, or −1.
   */
  add(
    columns: ComparedColumns,
    i: number,
    repository: number,
    reference: number,
    agent: number,
    row: number,
  ): number {
    const flags = columns.flags[i]!;
    const isLogger = flags & FLAG_LOGGER_LINE ? 1 : 0;
    const place = this.count & MASK;
    if (this.bucket[place] !== NONE) this.unlink(place);
    this.repository[place] = repository;
    this.reference[place] = reference;
    this.agent[place] = agent;
    this.written[place] = columns.written[i]!;
    this.start[place] = columns.startSecond[i]!;
    this.kind[place] = columns.status[i]! * 4 + isLogger * 2 + (flags & FLAG_GET ? 1 : 0);
    this.row[place] = row;
    this.count++;
    if (!(this.seen & (isLogger + 1))) this.show(isLogger + 1);
    if (this.seen !== 3) return NONE;
    const match = this.find(place);
    if (match === NONE) this.link(place);
    else this.unlink(match);
    return match;
  }

  /** Row that the caller gave with the request at a ring place. */
  rowAt(place: number): number {
    return this.row[place]!;
  }

  isLoggerAt(place: number): boolean {
    return (this.kind[place]! & 2) !== 0;
  }

  /** The file turns out to hold a second kind of line: what is in the ring so far can be matched from now on. */
  private show(kind: number): void {
    this.seen |= kind;
    if (this.seen !== 3) return;
    for (let i = Math.max(0, this.count - NEIGHBOURS); i < this.count - 1; i++) this.link(i & MASK);
  }

  /** The earliest request of the other kind of line that is the same request. */
  private find(place: number): number {
    const kind = this.kind[place]! ^ 2;
    for (let other = this.heads[this.bucketOf(place, kind)]!; other !== NONE; other = this.next[other]!) {
      if (
        this.kind[other] === kind &&
        this.repository[other] === this.repository[place] &&
        this.reference[other] === this.reference[place] &&
        this.written[other] === this.written[place] &&
        this.agent[other] === this.agent[place] &&
        Math.abs(this.start[other]! - this.start[place]!) <= 1
      )
        return other;
    }
    return NONE;
  }

  private bucketOf(place: number, kind: number): number {
    let hash = Math.imul(this.repository[place]!, 0x9e3779b1) ^ Math.imul(this.reference[place]!, 0x85ebca6b);
    hash ^= Math.imul(this.agent[place]!, 0xc2b2ae35) ^ Math.imul(kind, 0x27d4eb2f) ^ this.written[place]!;
    return (hash ^ (hash >>> 15) ^ (hash >>> 24)) & (BUCKETS - 1);
  }

  private link(place: number): void {
    const bucket = this.bucketOf(place, this.kind[place]!);
    const tail = this.tails[bucket]!;
    this.bucket[place] = bucket;
    this.previous[place] = tail;
    this.next[place] = NONE;
    if (tail === NONE) this.heads[bucket] = place;
    else this.next[tail] = place;
    this.tails[bucket] = place;
  }

  private unlink(place: number): void {
    const bucket = this.bucket[place]!;
    const before = this.previous[place]!;
    const after = this.next[place]!;
    if (before === NONE) this.heads[bucket] = after;
    else this.next[before] = after;
    if (after === NONE) this.tails[bucket] = before;
    else this.previous[after] = before;
    this.bucket[place] = NONE;
  }
}
