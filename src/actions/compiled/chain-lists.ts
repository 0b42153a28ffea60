/**
 * Which chains a group has at a stage, so that the one that a GET continues is found at once however many there are.
 * Chains that nothing but their age tells apart (same reference, digest and agent) lie on one stack, the best on top;
 * a group's list is a list of stacks, the one that was last put on first. What is too old is closed on the way.
 * Behind one proxy a hot repository has thousands of open chains, and a handful of stacks.
 */
import { ChainPool, NO_CHAIN } from './chain-pool.ts';
import { grownIntegers, grownTimes, Integers, Times } from './columns.ts';

export const NO_STACK: i32 = -1;
/** A digest that is not known. */
export const NO_DIGEST: i32 = -1;

/** Which chains of a list fit a GET: tag chains of the same tag. */
export const FIT_TAG: i32 = 0;
/** Chains whose digest is the one asked for. */
export const FIT_DIGEST: i32 = 1;
export const FIT_ANY: i32 = 2;
/** Chains whose digest is unknown or another. */
export const FIT_OTHER_DIGEST: i32 = 3;
/** Chains none of whose requests asked for the digest. */
export const FIT_NEW_DIGEST: i32 = 4;

/** Stacks that are looked at for one that a chain can lie on; beyond, it begins another. */
const NEAR_STACKS: i32 = 8;

/** What a GET looks for. */
export class Seek {
  time: f64 = 0;
  agent: i32 = 0;
  /** Tag or digest that the GET asks for. */
  reference: i32 = 0;
  /** Digest on the GET's own line, or NO_DIGEST. */
  logged: i32 = NO_DIGEST;
}

export class ChainLists {
  private top: Integers = new Integers(1024);
  private bottom: Integers = new Integers(1024);
  /** Time of the last chain that was put on; a list is in its descending order. */
  private lastPush: Times = new Times(1024);
  /** In a list the previous stack; of the first one, the last. */
  private previous: Integers = new Integers(1024);
  /** In a list the next stack; of a free place, the next free one. */
  private next: Integers = new Integers(1024);
  private free: i32 = NO_STACK;
  private used: i32 = 0;

  /**
   * `window` in milliseconds. `foldFurther`: chains with equal columns may still hold different digests, so each gets a
   * stack of its own.
   */
  constructor(
    private chains: ChainPool,
    private window: f64,
    private foldFurther: boolean,
  ) {}

  /** Puts a chain, whose last request is the latest of all, into a list. */
  push(heads: Integers, group: i32, chain: i32): void {
    const chains = this.chains;
    const time = chains.lastTime[chain]!;
    this.dropOld(heads, group, time);
    let stack = heads[group]!;
    for (let near: i32 = 0; stack !== NO_STACK; stack = this.next[stack]!) {
      near++;
      if (near > NEAR_STACKS) stack = NO_STACK;
      if (stack === NO_STACK || this.isAlike(this.top[stack]!, chain)) break;
    }
    if (stack === NO_STACK) {
      stack = this.newStack();
      this.top[stack] = chain;
      this.bottom[stack] = chain;
      chains.above[chain] = NO_CHAIN;
      chains.below[chain] = NO_CHAIN;
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

  remove(heads: Integers, group: i32, chain: i32): void {
    const chains = this.chains;
    const stack = chains.stack[chain]!;
    const over = chains.above[chain]!;
    const under = chains.below[chain]!;
    if (over === NO_CHAIN) this.top[stack] = under;
    else chains.below[over] = under;
    if (under === NO_CHAIN) this.bottom[stack] = over;
    else chains.above[under] = over;
    if (this.top[stack] === NO_CHAIN) this.drop(heads, group, stack);
  }

  /** Closes all chains of a list. */
  clear(heads: Integers, group: i32): void {
    while (heads[group] !== NO_STACK) this.drop(heads, group, heads[group]!);
  }

  /**
   * The chain of a list that fits best: known equal digest before unknown, then the same user agent, then the latest
   * last request, then the one opened last.
   */
  best(heads: Integers, group: i32, rule: i32, seek: Seek): i32 {
    const chains = this.chains;
    let best = NO_CHAIN;
    let most: i32 = 3;
    for (let stack = heads[group]!; stack !== NO_STACK;) {
      const after = this.next[stack]!;
      const chain = this.top[stack]!;
      if (seek.time - chains.lastTime[chain]! > this.window) {
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
      if (rule !== FIT_ANY && rule < FIT_OTHER_DIGEST && digest !== NO_DIGEST) most = 5;
      const isEqual =
        digest !== NO_DIGEST && (rule === FIT_DIGEST || (rule === FIT_TAG && digest === seek.logged));
      const known = isEqual ? 4 : digest === NO_DIGEST || rule >= FIT_OTHER_DIGEST ? 2 : 0;
      chains.fit[chain] = known + (chains.agent[chain] === seek.agent ? 1 : 0);
      best = chains.better(best, chain);
    }
    return best;
  }

  private fits(chain: i32, rule: i32, seek: Seek): boolean {
    const chains = this.chains;
    if (rule === FIT_TAG) return chains.isTag[chain] === 1 && chains.reference[chain] === seek.reference;
    if (rule === FIT_DIGEST) return chains.digest[chain] === seek.reference;
    if (rule === FIT_OTHER_DIGEST) return chains.digest[chain] !== seek.reference;
    if (rule === FIT_NEW_DIGEST)
      return chains.digest[chain] !== seek.reference && !chains.holds(chain, seek.reference);
    return true;
  }

  /** Whether only their age tells two chains of one list apart. */
  private isAlike(a: i32, b: i32): boolean {
    const chains = this.chains;
    return (
      !(this.foldFurther && chains.hasGet[a] === 1) &&
      chains.digest[a] === chains.digest[b] &&
      chains.agent[a] === chains.agent[b] &&
      chains.reference[a] === chains.reference[b] &&
      chains.isTag[a] === chains.isTag[b]
    );
  }

  /** On top, or below those of the same time that were opened later. */
  private insert(stack: i32, chain: i32): void {
    const chains = this.chains;
    let over = NO_CHAIN;
    let under = this.top[stack]!;
    while (
      under !== NO_CHAIN &&
      chains.lastTime[under] === chains.lastTime[chain] &&
      chains.order[under]! > chains.order[chain]!
    ) {
      over = under;
      under = chains.below[under]!;
    }
    chains.above[chain] = over;
    chains.below[chain] = under;
    if (over === NO_CHAIN) this.top[stack] = chain;
    else chains.below[over] = chain;
    if (under === NO_CHAIN) this.bottom[stack] = chain;
    else chains.above[under] = chain;
  }

  /** Closes what is too old at the bottom of a stack that has something young on top. */
  private trim(stack: i32, now: f64): void {
    const chains = this.chains;
    while (now - chains.lastTime[this.bottom[stack]!]! > this.window) {
      const old = this.bottom[stack]!;
      const over = chains.above[old]!;
      this.bottom[stack] = over;
      chains.below[over] = NO_CHAIN;
      chains.close(old);
    }
  }

  /** Closes a stack's chains and takes it out of its list. */
  private drop(heads: Integers, group: i32, stack: i32): void {
    for (let chain = this.top[stack]!; chain !== NO_CHAIN;) {
      const under = this.chains.below[chain]!;
      this.chains.close(chain);
      chain = under;
    }
    this.unlink(heads, group, stack);
    this.next[stack] = this.free;
    this.free = stack;
  }

  private unlink(heads: Integers, group: i32, stack: i32): void {
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
  private dropOld(heads: Integers, group: i32, now: f64): void {
    while (heads[group] !== NO_STACK) {
      const last = this.previous[heads[group]!]!;
      if (now - this.lastPush[last]! <= this.window) return;
      this.drop(heads, group, last);
    }
  }

  private newStack(): i32 {
    if (this.free !== NO_STACK) {
      const stack = this.free;
      this.free = this.next[stack]!;
      return stack;
    }
    const stack = this.used;
    if (stack === this.top.length) {
      const size = stack * 2;
      this.top = grownIntegers(this.top, size);
      this.bottom = grownIntegers(this.bottom, size);
      this.lastPush = grownTimes(this.lastPush, size);
      this.previous = grownIntegers(this.previous, size);
      this.next = grownIntegers(this.next, size);
    }
    this.used = stack + 1;
    return stack;
  }
}
