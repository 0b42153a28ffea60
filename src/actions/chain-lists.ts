/**
 * Which chains a group has at a stage, so that the one that a GET continues is found at once however many there are.
 * Chains that nothing but their age tells apart (same reference, digest and agent) lie on one stack, the best on top;
 * a group's list is a list of stacks, the one that was last put on first. What is too old is closed on the way.
 * Behind one proxy a hot repository has thousands of open chains, and a handful of stacks.
 */
import { NO_REQUEST, PAGE_MASK, PAGE_SHIFT, type RequestTable } from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Milliseconds } from '../model/units.ts';
import { type ChainPool, NO_CHAIN } from './chain-pool.ts';

export const NO_STACK = -1;

/** Which chains of a list fit a GET: tag chains of the same tag. */
export const FIT_TAG = 0;
/** Chains whose digest is the one asked for. */
export const FIT_DIGEST = 1;
export const FIT_ANY = 2;
/** Chains whose digest is unknown or another. */
export const FIT_OTHER_DIGEST = 3;
/** Chains none of whose requests asked for the digest. */
export const FIT_NEW_DIGEST = 4;

/** Stacks that are looked at for one that a chain can lie on; beyond, it begins another. */
const NEAR_STACKS = 8;

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

export class ChainLists {
  private top = new Int32Array(1024);
  private bottom = new Int32Array(1024);
  /** Time of the last chain that was put on; a list is in its descending order. */
  private lastPush = new Float64Array(1024);
  /** In a list the previous stack; of the first one, the last. */
  private previous = new Int32Array(1024);
  /** In a list the next stack; of a free place, the next free one. */
  private next = new Int32Array(1024);
  private free = NO_STACK;
  private used = 0;

  constructor(
    private readonly chains: ChainPool,
    private readonly table: RequestTable,
    private readonly window: Milliseconds,
    /** Chains with equal columns may still hold different digests: each gets a stack of its own. */
    private readonly foldFurther: boolean,
  ) {}

  /** Puts a chain, whose last request is the latest of all, into a list. */
  push(heads: Int32Array, group: number, chain: number): void {
    const { chains } = this;
    const time = chains.lastTime[chain]!;
    this.dropOld(heads, group, time);
    let stack = heads[group]!;
    for (let near = 0; stack !== NO_STACK; stack = this.next[stack]!) {
      if (++near > NEAR_STACKS) stack = NO_STACK;
      if (stack === NO_STACK || this.isAlike(this.top[stack]!, chain)) break;
    }
    if (stack === NO_STACK) {
      stack = this.newStack();
      this.top[stack] = this.bottom[stack] = chain;
      chains.above[chain] = chains.below[chain] = NO_CHAIN;
    } else {
      this.unlink(heads, group, stack);
      this.insert(stack, chain);
      this.trim(stack, time);
    }
    chains.stack[chain] = stack;
    this.lastPush[stack] = time;
    const first = heads[group]!;
    this.previous[stack] = first === NO_STACK ? stack : this.previous[first]!;
    this.next[stack] = first;
    if (first !== NO_STACK) this.previous[first] = stack;
    heads[group] = stack;
  }

  remove(heads: Int32Array, group: number, chain: number): void {
    const { above, below, stack: stacks } = this.chains;
    const stack = stacks[chain]!;
    const over = above[chain]!;
    const under = below[chain]!;
    if (over === NO_CHAIN) this.top[stack] = under;
    else below[over] = under;
    if (under === NO_CHAIN) this.bottom[stack] = over;
    else above[under] = over;
    if (this.top[stack] === NO_CHAIN) this.drop(heads, group, stack);
  }

  /** Closes all chains of a list. */
  clear(heads: Int32Array, group: number): void {
    while (heads[group] !== NO_STACK) this.drop(heads, group, heads[group]!);
  }

  /**
   * The chain of a list that fits best: known equal digest before unknown, then the same user agent, then the latest
   * last request, then the one opened last.
   */
  best(heads: Int32Array, group: number, rule: number, seek: Seek): number {
    const { chains } = this;
    let best = NO_CHAIN;
    let most = 3;
    for (let stack = heads[group]!; stack !== NO_STACK;) {
      const after = this.next[stack]!;
      const chain = this.top[stack]!;
      if (seek.time - chains.lastTime[chain]! > seek.window) {
        this.drop(heads, group, stack);
        stack = after;
        continue;
      }
      // Nothing further back can beat the best there is.
      if (best !== NO_CHAIN && chains.fit[best]! >= most && this.lastPush[stack]! < chains.lastTime[best]!)
        break;
      stack = after;
      if (!this.fits(chain, rule, seek)) continue;
      // 4 for an equal digest, 2 for an unknown one, and 1 for the same agent. Chains of known and of unknown digest
      // are kept in lists of their own, so the first one looked at tells what the best of its list can have.
      const digest = chains.digest[chain]!;
      if (rule !== FIT_ANY && rule < FIT_OTHER_DIGEST && digest !== NO_WORD) most = 5;
      const isEqual =
        digest !== NO_WORD && (rule === FIT_DIGEST || (rule === FIT_TAG && digest === seek.logged));
      const known = isEqual ? 4 : digest === NO_WORD || rule >= FIT_OTHER_DIGEST ? 2 : 0;
      chains.fit[chain] = known + (chains.agent[chain] === seek.agent ? 1 : 0);
      best = chains.better(best, chain);
    }
    return best;
  }

  private fits(chain: number, rule: number, seek: Seek): boolean {
    const { chains } = this;
    switch (rule) {
      case FIT_TAG:
        return chains.isTag[chain] === 1 && chains.reference[chain] === seek.reference;
      case FIT_DIGEST:
        return chains.digest[chain] === seek.reference;
      case FIT_OTHER_DIGEST:
        return chains.digest[chain] !== seek.reference;
      case FIT_NEW_DIGEST:
        return chains.digest[chain] !== seek.reference && !this.holds(chain, seek.reference);
      default:
        return true;
    }
  }

  /** Whether a request of the chain asked for this digest. */
  private holds(chain: number, digest: number): boolean {
    for (let row = this.chains.firstRow[chain]!; row !== NO_REQUEST;) {
      const page = this.table.pages[row >>> PAGE_SHIFT]!;
      if (page.reference[row & PAGE_MASK] === digest) return true;
      row = page.next[row & PAGE_MASK]!;
    }
    return false;
  }

  /** Whether only their age tells two chains of one list apart. */
  private isAlike(a: number, b: number): boolean {
    const { chains } = this;
    return (
      !(this.foldFurther && chains.hasGet[a]) &&
      chains.digest[a] === chains.digest[b] &&
      chains.agent[a] === chains.agent[b] &&
      chains.reference[a] === chains.reference[b] &&
      chains.isTag[a] === chains.isTag[b]
    );
  }

  /** On top, or below those of the same time that were opened later. */
  private insert(stack: number, chain: number): void {
    const { above, below, lastTime, order } = this.chains;
    let over = NO_CHAIN;
    let under = this.top[stack]!;
    while (under !== NO_CHAIN && lastTime[under] === lastTime[chain] && order[under]! > order[chain]!) {
      over = under;
      under = below[under]!;
    }
    above[chain] = over;
    below[chain] = under;
    if (over === NO_CHAIN) this.top[stack] = chain;
    else below[over] = chain;
    if (under === NO_CHAIN) this.bottom[stack] = chain;
    else above[under] = chain;
  }

  /** Closes what is too old at the bottom of a stack that has something young on top. */
  private trim(stack: number, now: Milliseconds): void {
    const { above, below, lastTime } = this.chains;
    while (now - lastTime[this.bottom[stack]!]! > this.window) {
      const old = this.bottom[stack]!;
      this.bottom[stack] = above[old]!;
      below[above[old]!] = NO_CHAIN;
      this.chains.close(old);
    }
  }

  /** Closes a stack's chains and takes it out of its list. */
  private drop(heads: Int32Array, group: number, stack: number): void {
    for (let chain = this.top[stack]!; chain !== NO_CHAIN;) {
      const under = this.chains.below[chain]!;
      this.chains.close(chain);
      chain = under;
    }
    this.unlink(heads, group, stack);
    this.next[stack] = this.free;
    this.free = stack;
  }

  private unlink(heads: Int32Array, group: number, stack: number): void {
    const first = heads[group]!;
    const before = this.previous[stack]!;
    const after = this.next[stack]!;
    if (stack === first) heads[group] = after;
    else this.next[before] = after;
    // Behind the last one comes, in this direction, the first.
    const behind = after !== NO_STACK ? after : heads[group]!;
    if (behind !== NO_STACK) this.previous[behind] = before;
  }

  /** Closes the stacks at a list's end on which nothing was put for too long. */
  private dropOld(heads: Int32Array, group: number, now: Milliseconds): void {
    while (heads[group] !== NO_STACK) {
      const last = this.previous[heads[group]!]!;
      if (now - this.lastPush[last]! <= this.window) return;
      this.drop(heads, group, last);
    }
  }

  private newStack(): number {
    if (this.free !== NO_STACK) {
      const stack = this.free;
      this.free = this.next[stack]!;
      return stack;
    }
    if (this.used === this.top.length) {
      const size = this.used * 2;
      const grown = <T extends Int32Array | Float64Array>(column: T, to: T): T => {
        to.set(column);
        return to;
      };
      this.top = grown(this.top, new Int32Array(size));
      this.bottom = grown(this.bottom, new Int32Array(size));
      this.lastPush = grown(this.lastPush, new Float64Array(size));
      this.previous = grown(this.previous, new Int32Array(size));
      this.next = grown(this.next, new Int32Array(size));
    }
    return this.used++;
  }
}
