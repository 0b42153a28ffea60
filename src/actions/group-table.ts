import type { Milliseconds } from '../model/units.ts';
import { type ChainLists, NO_STACK } from './chain-lists.ts';

/**
 * Groups inside which chains live, found by (client, repository, agent). Only groups with a request in the window are
 * kept for long, so the table stays small and in the processor's cache, however long the log is.
 */
export class GroupTable {
  /** Lists of each group, by their first stacks: chains at stage HEAD with a known digest, with an unknown one, and at stage GET1. */
  known = new Int32Array(0);
  unknown = new Int32Array(0);
  got = new Int32Array(0);
  private client = new Uint32Array(0);
  private repository = new Uint32Array(0);
  private agent = new Uint32Array(0);
  /** Time of the group's last request; below zero: the place is free. */
  private lastTime = new Float64Array(0);
  private count = 0;
  /** The columns before the last sweep, for the next one: without them each would ask for memory anew. */
  private spare: Columns | null = null;

  constructor(
    private readonly lists: ChainLists,
    private readonly window: Milliseconds,
  ) {
    this.allocate(1 << 10);
  }

  /** Place of the group; a new one without chains if it was not there. */
  find(client: number, repository: number, agent: number, time: Milliseconds): number {
    const mask = this.lastTime.length - 1;
    let place = this.hash(client, repository, agent) & mask;
    while (this.lastTime[place]! >= 0) {
      if (
        this.client[place] === client &&
        this.repository[place] === repository &&
        this.agent[place] === agent
      ) {
        this.lastTime[place] = time;
        return place;
      }
      place = (place + 1) & mask;
    }
    if (this.count * 2 >= this.lastTime.length) {
      this.sweep(time);
      return this.find(client, repository, agent, time);
    }
    this.count++;
    this.client[place] = client;
    this.repository[place] = repository;
    this.agent[place] = agent;
    this.lastTime[place] = time;
    this.known[place] = NO_STACK;
    this.unknown[place] = NO_STACK;
    this.got[place] = NO_STACK;
    return place;
  }

  private hash(client: number, repository: number, agent: number): number {
    let hash =
      Math.imul(client, 0x9e3779b1) ^ Math.imul(repository, 0x85ebca6b) ^ Math.imul(agent, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return hash ^ (hash >>> 13);
  }

  /** Forgets the groups whose last request is too old; makes the table larger if that does not help. */
  private sweep(now: Milliseconds): void {
    const old = this.columns();
    let kept = 0;
    for (let place = 0; place < old.lastTime.length; place++) {
      if (old.lastTime[place]! < 0) continue;
      if (now - old.lastTime[place]! <= this.window) kept++;
      else {
        if (old.known[place] !== NO_STACK) this.lists.clear(old.known, place);
        if (old.unknown[place] !== NO_STACK) this.lists.clear(old.unknown, place);
        if (old.got[place] !== NO_STACK) this.lists.clear(old.got, place);
        old.lastTime[place] = -1;
      }
    }
    if (kept * 4 > old.lastTime.length) this.allocate(old.lastTime.length * 2);
    else this.empty(old.lastTime.length);
    for (let place = 0; place < old.lastTime.length; place++) {
      const time = old.lastTime[place]!;
      if (time < 0) continue;
      const to = this.find(old.client[place]!, old.repository[place]!, old.agent[place]!, time);
      this.known[to] = old.known[place]!;
      this.unknown[to] = old.unknown[place]!;
      this.got[to] = old.got[place]!;
    }
    this.spare = old;
  }

  private columns(): Columns {
    const { known, unknown, got, client, repository, agent, lastTime } = this;
    return { known, unknown, got, client, repository, agent, lastTime };
  }

  /** Other columns of this size, without groups. */
  private empty(size: number): void {
    if (this.spare?.lastTime.length !== size) return this.allocate(size);
    this.count = 0;
    Object.assign(this, this.spare);
    this.lastTime.fill(-1);
  }

  private allocate(size: number): void {
    this.count = 0;
    this.known = new Int32Array(size);
    this.unknown = new Int32Array(size);
    this.got = new Int32Array(size);
    this.client = new Uint32Array(size);
    this.repository = new Uint32Array(size);
    this.agent = new Uint32Array(size);
    this.lastTime = new Float64Array(size).fill(-1);
  }
}

interface Columns {
  known: Int32Array<ArrayBuffer>;
  unknown: Int32Array<ArrayBuffer>;
  got: Int32Array<ArrayBuffer>;
  client: Uint32Array<ArrayBuffer>;
  repository: Uint32Array<ArrayBuffer>;
  agent: Uint32Array<ArrayBuffer>;
  lastTime: Float64Array<ArrayBuffer>;
}
