import type { Milliseconds, RequestIndex } from '../model/units.ts';

export const NO_CHAIN = -1;

/**
 * The chains that may still go on, as columns with a free list. Which of them belong together is told by the stacks
 * of chain-lists.ts, of which `above`, `below` and `stack` are the links.
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
  order = new Float64Array(1024);
  /** How well the chain fits the request that `ChainLists.best` was last asked for. */
  fit = new Int8Array(1024);
  stack = new Int32Array(1024);
  above = new Int32Array(1024);
  /** In a stack the next older chain; of a free place, the next free one. */
  below = new Int32Array(1024);
  private free = NO_CHAIN;
  private used = 0;

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
    if (chain !== NO_CHAIN) this.free = this.below[chain]!;
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

  /** Gives the chain's place back. It must be in no stack. */
  close(chain: number): void {
    this.below[chain] = this.free;
    this.free = chain;
  }

  /** The better of two chains that were found to fit the same request. */
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
    this.stack = grown(this.stack, new Int32Array(size));
    this.above = grown(this.above, new Int32Array(size));
    this.below = grown(this.below, new Int32Array(size));
  }
}
