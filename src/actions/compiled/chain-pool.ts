/**
 * The chains that may still go on, as columns with a free list. Which of them belong together is told by the stacks
 * of chain-lists.ts, of which `above`, `below` and `stack` are the links.
 */
import { grownIntegers, grownTimes, Integers, Times } from './columns.ts';

export const NO_CHAIN: i32 = -1;
const NO_NODE: i32 = -1;

export class ChainPool {
  lastRow: Integers = new Integers(1024);
  lastTime: Times = new Times(1024);
  isTag: Integers = new Integers(1024);
  /** A GET is among its requests (stage GET1), else it is at stage HEAD. */
  hasGet: Integers = new Integers(1024);
  /** What the first request asked for: the tag, or the digest. */
  reference: Integers = new Integers(1024);
  /** NO_DIGEST: unknown. */
  digest: Integers = new Integers(1024);
  agent: Integers = new Integers(1024);
  /** Chains are numbered as they are opened. */
  order: Integers = new Integers(1024);
  /** How well the chain fits the request that `ChainLists.best` was last asked for. */
  fit: Integers = new Integers(1024);
  stack: Integers = new Integers(1024);
  above: Integers = new Integers(1024);
  /** In a stack the next older chain; of a free place, the next free one. */
  below: Integers = new Integers(1024);
  /** Digests that later requests of a chain asked for: a list of nodes. Kept only where further manifests are folded. */
  private asked: Integers = new Integers(1024);
  private nodeDigest: Integers = new Integers(64);
  private nodeNext: Integers = new Integers(64);
  private free: i32 = NO_CHAIN;
  private used: i32 = 0;
  private freeNode: i32 = NO_NODE;
  private usedNodes: i32 = 0;
  private opened: i32 = 0;

  open(row: i32, time: f64, isTag: i32, reference: i32, digest: i32, agent: i32, hasGet: i32): i32 {
    let chain = this.free;
    if (chain !== NO_CHAIN) this.free = this.below[chain]!;
    else {
      chain = this.used;
      this.used = chain + 1;
      if (chain === this.lastRow.length) this.grow();
    }
    this.lastRow[chain] = row;
    this.lastTime[chain] = time;
    this.isTag[chain] = isTag;
    this.hasGet[chain] = hasGet;
    this.reference[chain] = reference;
    this.digest[chain] = digest;
    this.agent[chain] = agent;
    this.order[chain] = this.opened;
    this.opened = this.opened + 1;
    this.asked[chain] = NO_NODE;
    return chain;
  }

  /** Gives the chain's place back. It must be in no stack. */
  close(chain: i32): void {
    this.below[chain] = this.free;
    this.free = chain;
    let node = this.asked[chain]!;
    while (node !== NO_NODE) {
      const next = this.nodeNext[node]!;
      this.nodeNext[node] = this.freeNode;
      this.freeNode = node;
      node = next;
    }
  }

  /** A later request of the chain asked for this digest. */
  addDigest(chain: i32, digest: i32): void {
    let node = this.freeNode;
    if (node !== NO_NODE) this.freeNode = this.nodeNext[node]!;
    else {
      node = this.usedNodes;
      this.usedNodes = node + 1;
      if (node === this.nodeNext.length) {
        this.nodeDigest = grownIntegers(this.nodeDigest, node * 2);
        this.nodeNext = grownIntegers(this.nodeNext, node * 2);
      }
    }
    this.nodeDigest[node] = digest;
    this.nodeNext[node] = this.asked[chain]!;
    this.asked[chain] = node;
  }

  /** Whether a request of the chain asked for this digest. */
  holds(chain: i32, digest: i32): boolean {
    if (this.reference[chain] === digest) return true;
    for (let node = this.asked[chain]!; node !== NO_NODE; node = this.nodeNext[node]!)
      if (this.nodeDigest[node] === digest) return true;
    return false;
  }

  /** The better of two chains that were found to fit the same request. */
  better(a: i32, b: i32): i32 {
    if (a === NO_CHAIN) return b;
    if (b === NO_CHAIN) return a;
    if (this.fit[a] !== this.fit[b]) return this.fit[a]! < this.fit[b]! ? b : a;
    if (this.lastTime[a] !== this.lastTime[b]) return this.lastTime[a]! < this.lastTime[b]! ? b : a;
    return this.order[a]! < this.order[b]! ? b : a;
  }

  private grow(): void {
    const size = this.lastRow.length * 2;
    this.lastRow = grownIntegers(this.lastRow, size);
    this.lastTime = grownTimes(this.lastTime, size);
    this.isTag = grownIntegers(this.isTag, size);
    this.hasGet = grownIntegers(this.hasGet, size);
    this.reference = grownIntegers(this.reference, size);
    this.digest = grownIntegers(this.digest, size);
    this.agent = grownIntegers(this.agent, size);
    this.order = grownIntegers(this.order, size);
    this.fit = grownIntegers(this.fit, size);
    this.stack = grownIntegers(this.stack, size);
    this.above = grownIntegers(this.above, size);
    this.below = grownIntegers(this.below, size);
    this.asked = grownIntegers(this.asked, size);
  }
}
