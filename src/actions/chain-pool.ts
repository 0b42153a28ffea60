import { NO_REQUEST, PAGE_MASK, PAGE_SHIFT, type RequestTable } from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Milliseconds, RequestIndex } from '../model/units.ts';

export const NO_CHAIN = -1;

/** Which chains of a list fit a GET: tag chains of the same tag. */
export const FIT_TAG = 0;
/** Chains whose digest is the one asked for. */
export const FIT_DIGEST = 1;
export const FIT_ANY = 2;
/** Chains whose digest is unknown or another. */
export const FIT_OTHER_DIGEST = 3;
/** Chains none of whose requests asked for the digest. */
export const FIT_NEW_DIGEST = 4;

/** What a GET looks for. */
export interface Seek {
  time: Milliseconds;
  window: Milliseconds;
  agent: number;
  /** Tag or digest that the GET asks for. */
  reference: number;
  /** Digest on the GET's own line, or NO_WORD. */
  logged: number;
}

/**
 * The chains that may still go on, as columns with a free list, and the lists that a group of them forms. A list is
 * doubly linked, latest last request first, so what is too old hangs together at its end and is cut off as one.
 */
export class ChainPool {
  firstRow = new Uint32Array(1024);
  lastRow = new Uint32Array(1024);
  lastTime = new Float64Array(1024);
  isTag = new Uint8Array(1024);
  /** A GET is among its requests (stage GET1), else it is at stage HEAD. */
  hasGet = new Uint8Array(1024);
  /** What the first request asked for: the tag, or the digest. */
  reference = new Uint32Array(1024);
  /** NO_WORD: unknown. */
  digest = new Uint32Array(1024);
  agent = new Uint32Array(1024);
  /** Chains are numbered as they are opened. */
  private order = new Float64Array(1024);
  /** How well the chain fits the request that `best` was last asked for. */
  private fit = new Int8Array(1024);
  private previous = new Int32Array(1024);
  private next = new Int32Array(1024);
  private free = NO_CHAIN;
  private used = 0;

  constructor(private readonly table: RequestTable) {}

  open(
    row: RequestIndex,
    time: Milliseconds,
    isTag: boolean,
    reference: number,
    digest: number,
    agent: number,
    order: number,
  ): number {
    let chain = this.free;
    if (chain !== NO_CHAIN) this.free = this.next[chain]!;
    else {
      chain = this.used++;
      if (chain === this.firstRow.length) this.grow();
    }
    this.firstRow[chain] = row;
    this.lastRow[chain] = row;
    this.lastTime[chain] = time;
    this.isTag[chain] = isTag ? 1 : 0;
    this.hasGet[chain] = 0;
    this.reference[chain] = reference;
    this.digest[chain] = digest;
    this.agent[chain] = agent;
    this.order[chain] = order;
    return chain;
  }

  /** Gives the chain's place back. It must be in no list. */
  close(chain: number): void {
    this.next[chain] = this.free;
    this.free = chain;
  }

  pushFront(heads: Int32Array, group: number, chain: number): void {
    const first = heads[group]!;
    this.previous[chain] = NO_CHAIN;
    this.next[chain] = first;
    if (first !== NO_CHAIN) this.previous[first] = chain;
    heads[group] = chain;
  }

  remove(heads: Int32Array, group: number, chain: number): void {
    const before = this.previous[chain]!;
    const after = this.next[chain]!;
    if (before === NO_CHAIN) heads[group] = after;
    else this.next[before] = after;
    if (after !== NO_CHAIN) this.previous[after] = before;
  }

  /** Closes the chain and all behind it in its list. */
  cut(heads: Int32Array, group: number, chain: number): void {
    const before = this.previous[chain]!;
    if (before === NO_CHAIN) heads[group] = NO_CHAIN;
    else this.next[before] = NO_CHAIN;
    for (let each = chain; each !== NO_CHAIN;) {
      const after = this.next[each]!;
      this.close(each);
      each = after;
    }
  }

  /**
   * The chain of a list that fits best: known equal digest before unknown, then the same user agent, then the latest
   * last request, then the one opened last. Chains that are too old are closed on the way.
   */
  best(heads: Int32Array, group: number, rule: number, seek: Seek): number {
    let best = NO_CHAIN;
    let top = 3;
    for (let chain = heads[group]!; chain !== NO_CHAIN; chain = this.next[chain]!) {
      const last = this.lastTime[chain]!;
      if (seek.time - last > seek.window) {
        this.cut(heads, group, chain);
        break;
      }
      // Nothing further back can beat the best there is. Chains at stage HEAD stand in the order of their opening;
      // those behind, at stage GET1, only in that of their last requests.
      const isOpened = rule < FIT_OTHER_DIGEST;
      if (best !== NO_CHAIN && this.fit[best]! >= top && (isOpened || last < this.lastTime[best]!)) break;
      if (!this.fits(chain, rule, seek)) continue;
      // 4 for an equal digest, 2 for an unknown one, and 1 for the same agent. Chains of known and of unknown digest
      // are kept in lists of their own, so the first one looked at tells what the best of its list can have.
      const digest = this.digest[chain]!;
      if (rule !== FIT_ANY && rule < FIT_OTHER_DIGEST && digest !== NO_WORD) top = 5;
      const isEqual =
        digest !== NO_WORD && (rule === FIT_DIGEST || (rule === FIT_TAG && digest === seek.logged));
      const known = isEqual ? 4 : digest === NO_WORD || rule >= FIT_OTHER_DIGEST ? 2 : 0;
      this.fit[chain] = known + (this.agent[chain] === seek.agent ? 1 : 0);
      best = this.better(best, chain);
    }
    return best;
  }

  private fits(chain: number, rule: number, seek: Seek): boolean {
    switch (rule) {
      case FIT_TAG:
        return this.isTag[chain] === 1 && this.reference[chain] === seek.reference;
      case FIT_DIGEST:
        return this.digest[chain] === seek.reference;
      case FIT_OTHER_DIGEST:
        return this.digest[chain] !== seek.reference;
      case FIT_NEW_DIGEST:
        return this.digest[chain] !== seek.reference && !this.holds(chain, seek.reference);
      default:
        return true;
    }
  }

  /** Whether a request of the chain asked for this digest. */
  private holds(chain: number, digest: number): boolean {
    for (let row = this.firstRow[chain]!; row !== NO_REQUEST;) {
      const page = this.table.pages[row >>> PAGE_SHIFT]!;
      if (page.reference[row & PAGE_MASK] === digest) return true;
      row = page.next[row & PAGE_MASK]!;
    }
    return false;
  }

  /** The better of two chains that `best` has looked at for the same request. */
  better(a: number, b: number): number {
    if (a === NO_CHAIN) return b;
    if (b === NO_CHAIN) return a;
    const difference =
      this.fit[a]! - this.fit[b]! || this.lastTime[a]! - this.lastTime[b]! || this.order[a]! - this.order[b]!;
    return difference < 0 ? b : a;
  }

  private grow(): void {
    const size = this.firstRow.length * 2;
    const grown = <T extends Uint32Array | Float64Array | Uint8Array | Int32Array | Int8Array>(
      column: T,
      to: T,
    ): T => {
      to.set(column);
      return to;
    };
    this.firstRow = grown(this.firstRow, new Uint32Array(size));
    this.lastRow = grown(this.lastRow, new Uint32Array(size));
    this.lastTime = grown(this.lastTime, new Float64Array(size));
    this.isTag = grown(this.isTag, new Uint8Array(size));
    this.hasGet = grown(this.hasGet, new Uint8Array(size));
    this.reference = grown(this.reference, new Uint32Array(size));
    this.digest = grown(this.digest, new Uint32Array(size));
    this.agent = grown(this.agent, new Uint32Array(size));
    this.order = grown(this.order, new Float64Array(size));
    this.fit = grown(this.fit, new Int8Array(size));
    this.previous = grown(this.previous, new Int32Array(size));
    this.next = grown(this.next, new Int32Array(size));
  }
}
