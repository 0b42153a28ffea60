/**
 * Requests that are classified together: thousands at a time, so that JavaScript and WebAssembly seldom call each other.
 * In: columns of requests in time order, as a RequestPage has them. Out: their `flags`, `action` and `next`; what is to be
 * done to rows before them (`JOINS`); counts. One column of whole numbers stands behind the other, MOST places each.
 */
import { Bytes, grownIntegers, Integers, Shorts } from './columns.ts';
import { NO_DIGEST } from './chain-lists.ts';
import { FLAG_DIGEST, FLAG_GET, Folding, OPENED } from './folding.ts';
import { unsigned } from './integers.ts';

/** Most requests of a batch. */
export const MOST: i32 = 4096;

/** Where columns begin in `integers`. */
export const ROWS: i32 = 0;
export const SECONDS: i32 = MOST;
export const CLIENTS: i32 = MOST * 2;
export const REPOSITORIES: i32 = MOST * 3;
export const REFERENCES: i32 = MOST * 4;
export const AGENTS: i32 = MOST * 5;
/** Digests that lines show. */
export const LOGGED: i32 = MOST * 6;
/** Out: the `next` column. */
export const NEXT: i32 = MOST * 7;
/** Out: pairs of what Folding.push answered, and the row. */
export const JOINS: i32 = MOST * 8;
export const JOIN_COUNT: i32 = MOST * 10;
/** Out: what is added to the counts of actions, ACTION_KINDS places, and to that of look-ups set aside. */
export const COUNTS: i32 = JOIN_COUNT + 1;
export const SET_ASIDE: i32 = COUNTS + 5;
export const PLACES: i32 = SET_ASIDE + 1;

/** Where columns begin in `bytes`. */
export const FLAGS: i32 = 0;
/** In: ELSEWHERE, where that is asked for. Out: the `action` column. */
export const ACTIONS: i32 = MOST;
export const BYTES: i32 = MOST * 2;
/** The request is none of a registry: it is left as one that is not yet classified. */
export const ELSEWHERE: i32 = 255;

/** What columns of a batch hold. */
export const HAS_LOGGED: i32 = 1;
export const HAS_ELSEWHERE: i32 = 2;

/** The rows do not follow each other: all that goes on with another goes to JOINS. No row is so high. */
export const APART: i32 = 1 << 30;

/** Of model/segment.ts and model/request-table.ts. */
const FLAG_SIGNATURE: i32 = 4;
const FLAG_NO_CLIENT: i32 = 32;
const FLAG_CHAIN_HAS_GET: i32 = 128;
const ACTION_NONE: i32 = 0;
const ACTION_VERSION_CHECK: i32 = 1;
const ACTION_PULL_BY_TAG: i32 = 2;
const ACTION_PULL_BY_DIGEST: i32 = 3;
const NO_REQUEST: i32 = -1;

export class Batches {
  integers: Integers = new Integers(PLACES);
  millis: Shorts = new Shorts(MOST);
  bytes: Bytes = new Bytes(BYTES);
  /** Requests by client so far, whatever became of them; those without an address not. */
  requestsOf: Integers = new Integers(1024);
  private folding: Folding;

  constructor(
    window: f64,
    foldFurther: boolean,
    private separateByAgent: boolean,
    private countSignatures: boolean,
  ) {
    this.folding = new Folding(window, foldFurther);
  }

  /** Classifies the first `count` requests. firstRow: of rows that follow each other, else APART. holds: HAS_* bits. */
  classify(count: i32, firstRow: i32, holds: i32): void {
    const integers = this.integers;
    const bytes = this.bytes;
    const hasLogged = (holds & HAS_LOGGED) !== 0;
    const hasElsewhere = (holds & HAS_ELSEWHERE) !== 0;
    integers[JOIN_COUNT] = 0;
    for (let place: i32 = COUNTS; place < PLACES; place++) integers[place] = 0;
    for (let i: i32 = 0; i < count; i++) {
      let flags = bytes[FLAGS + i]! & ~FLAG_CHAIN_HAS_GET;
      if ((flags & FLAG_GET) !== 0) flags |= FLAG_CHAIN_HAS_GET;
      bytes[FLAGS + i] = flags;
      integers[NEXT + i] = NO_REQUEST;
      const isElsewhere = hasElsewhere && bytes[ACTIONS + i] === ELSEWHERE;
      bytes[ACTIONS + i] = ACTION_NONE;
      const client = integers[CLIENTS + i]!;
      const hasClient = (flags & FLAG_NO_CLIENT) === 0;
      if (hasClient) this.addRequest(client);
      if (isElsewhere) continue;
      if ((flags & FLAG_SIGNATURE) !== 0 && !this.countSignatures) {
        integers[SET_ASIDE] = integers[SET_ASIDE]! + 1;
        continue;
      }
      // Without a usable address it never chains.
      if (!hasClient) {
        this.begin(i, flags);
        continue;
      }
      const agent = integers[AGENTS + i]!;
      const before = this.folding.push(
        integers[ROWS + i]!,
        unsigned(integers[SECONDS + i]!) * 1000 + <f64>this.millis[i]!,
        client,
        integers[REPOSITORIES + i]!,
        this.separateByAgent ? agent : 0,
        agent,
        integers[REFERENCES + i]!,
        hasLogged ? integers[LOGGED + i]! : NO_DIGEST,
        flags & (FLAG_GET | FLAG_DIGEST),
      );
      if (before === OPENED) this.begin(i, flags);
      else this.join(before, i, firstRow);
    }
  }

  /** The request begins what it is if nothing follows it. */
  private begin(place: i32, flags: i32): void {
    let action = ACTION_VERSION_CHECK;
    if ((flags & FLAG_DIGEST) !== 0) action = ACTION_PULL_BY_DIGEST;
    else if ((flags & FLAG_GET) !== 0) action = ACTION_PULL_BY_TAG;
    this.bytes[ACTIONS + place] = action;
    this.count(action, 1);
  }

  /** The request goes on with the chain of another. */
  private join(before: i32, place: i32, firstRow: i32): void {
    const integers = this.integers;
    const bytes = this.bytes;
    const earlier = (before >> 1) - firstRow;
    // Of other files, earlier requests may have later rows.
    if (earlier < 0 || earlier >= place) {
      const at = JOINS + integers[JOIN_COUNT]! * 2;
      integers[at] = before;
      integers[at + 1] = integers[ROWS + place]!;
      integers[JOIN_COUNT] = integers[JOIN_COUNT]! + 1;
      return;
    }
    integers[NEXT + earlier] = integers[ROWS + place]!;
    if ((before & 1) === 0) return;
    const flags = bytes[FLAGS + earlier]! | FLAG_CHAIN_HAS_GET;
    bytes[FLAGS + earlier] = flags;
    if ((flags & FLAG_DIGEST) !== 0) return;
    this.count(bytes[ACTIONS + earlier]!, -1);
    bytes[ACTIONS + earlier] = ACTION_PULL_BY_TAG;
    this.count(ACTION_PULL_BY_TAG, 1);
  }

  private count(action: i32, amount: i32): void {
    this.integers[COUNTS + action] = this.integers[COUNTS + action]! + amount;
  }

  private addRequest(client: i32): void {
    if (client >= this.requestsOf.length) this.requestsOf = grownIntegers(this.requestsOf, (client + 1) * 2);
    this.requestsOf[client] = this.requestsOf[client]! + 1;
  }
}
