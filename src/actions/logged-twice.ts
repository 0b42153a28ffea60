/**
 * One request that a log shows twice: distribution writes a logger line and an access line for each. In: the manifest
 * requests of one file, in file order. Out: which access line is the second record of which logger line.
 *
 * They are one request when method, repository, reference, status, written bytes (of a GET) and (unescaped) user agent are
 * equal and the second in which it began differs by at most 1. Each consumes one, the earliest first. Both lines are
 * written when the answer is finished, so only the last NEIGHBOURS requests of the file are looked at.
 *
 * A proxy in front may write into the same log (docker compose logs). Then the registry's access line has another client
 * than its logger line, which knows X-Forwarded-For, and one more access line with that client is of that request, whatever
 * it counts as written. Where this has been seen, so is any one more access line of another client than the first one:
 * the proxy's may come before the registry's, and what a client claims to be forwarded for is not in it.
 * Limits: of what the logger does not write (HEADs on registry 3.0.0), and behind a proxy that tells no client, both count.
 */
import { FLAG_GET, FLAG_LOGGER_LINE, type RequestColumns } from '../model/segment.ts';

/** How many manifest requests may stand between the two lines. A power of two. */
export const NEIGHBOURS = 4096;
const MASK = NEIGHBOURS - 1;
const BUCKETS = 4096;
const NONE = -1;
/** Bit of the kind of a logger line whose access line is there. */
const PAIRED = 1 << 20;

/** What is compared, beside words. */
export type ComparedColumns = Pick<RequestColumns, 'flags' | 'status' | 'written' | 'startSecond'>;

export class LoggedTwice {
  /** The last requests, in a ring. */
  private readonly repository = new Uint32Array(NEIGHBOURS);
  private readonly reference = new Uint32Array(NEIGHBOURS);
  private readonly agent = new Uint32Array(NEIGHBOURS);
  private readonly client = new Uint32Array(NEIGHBOURS);
  /** Of a paired logger line: the client of its access line. */
  private readonly beside = new Uint32Array(NEIGHBOURS);
  private readonly written = new Uint32Array(NEIGHBOURS);
  private readonly start = new Uint32Array(NEIGHBOURS);
  /** Status × 4 + logger line × 2 + GET, and PAIRED. */
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
  /** A proxy in front has been seen to write into the file. */
  private isProxied = false;

  /**
   * Takes request i of the columns, its words by their common numbers, row for the caller.
   * Answers the ring place of the request that it matches, or −1.
   */
  add(
    columns: ComparedColumns,
    i: number,
    repository: number,
    reference: number,
    agent: number,
    client: number,
    row: number,
  ): number {
    const flags = columns.flags[i]!;
    const isLogger = flags & FLAG_LOGGER_LINE ? 1 : 0;
    const place = this.count & MASK;
    if (this.bucket[place] !== NONE) this.unlink(place);
    this.repository[place] = repository;
    this.reference[place] = reference;
    this.agent[place] = agent;
    this.client[place] = client;
    // For a HEAD the registry tells the size of what it left out, or none.
    this.written[place] = flags & FLAG_GET ? columns.written[i]! : 0;
    this.start[place] = columns.startSecond[i]!;
    this.kind[place] = columns.status[i]! * 4 + isLogger * 2 + (flags & FLAG_GET ? 1 : 0);
    this.row[place] = row;
    this.count++;
    if (!(this.seen & (isLogger + 1))) this.show(isLogger + 1);
    if (this.seen !== 3) return NONE;
    const match = this.find(place, this.kind[place]! ^ 2);
    if (match !== NONE) {
      this.unlink(match);
      const logger = isLogger ? place : match;
      this.kind[logger]! |= PAIRED;
      this.beside[logger] = this.client[isLogger ? match : place]!;
      this.link(logger);
      return match;
    }
    const third = isLogger ? NONE : this.find(place, (this.kind[place]! ^ 2) | PAIRED);
    if (third === NONE) this.link(place);
    else this.unlink(third);
    return third;
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

  /** The earliest request of that kind of line that is the same request. */
  private find(place: number, kind: number): number {
    for (let other = this.heads[this.bucketOf(place, kind)]!; other !== NONE; other = this.next[other]!) {
      if (
        this.kind[other] === kind &&
        this.repository[other] === this.repository[place] &&
        this.reference[other] === this.reference[place] &&
        (kind & PAIRED || this.written[other] === this.written[place]) &&
        this.agent[other] === this.agent[place] &&
        Math.abs(this.start[other]! - this.start[place]!) <= 1 &&
        (!(kind & PAIRED) || this.isThird(place, other))
      )
        return other;
    }
    return NONE;
  }

  /** Whether the access line is another hop's, of the request of a paired logger line. */
  private isThird(place: number, logger: number): boolean {
    const client = this.client[place]!;
    if (client === this.beside[logger]) return false;
    if (client === this.client[logger]) this.isProxied = true;
    return this.isProxied;
  }

  private bucketOf(place: number, kind: number): number {
    let hash = Math.imul(this.repository[place]!, 0x9e3779b1) ^ Math.imul(this.reference[place]!, 0x85ebca6b);
    hash ^= Math.imul(this.agent[place]!, 0xc2b2ae35) ^ Math.imul(kind, 0x27d4eb2f);
    if (!(kind & PAIRED)) hash ^= this.written[place]!;
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
