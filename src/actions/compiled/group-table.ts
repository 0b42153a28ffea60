/**
 * Groups inside which chains live, found by (client, repository, agent). Only groups with a request in the window are
 * kept for long, so the table stays small and in the processor's cache, however long the log is.
 */
import { ChainLists, NO_STACK } from './chain-lists.ts';
import { Integers, Times } from './columns.ts';
import { multiply } from './integers.ts';

export class GroupColumns {
  /** Lists of each group, by their first stacks: chains at stage HEAD with a known digest, with an unknown one, and at stage GET1. */
  known: Integers;
  unknown: Integers;
  got: Integers;
  client: Integers;
  repository: Integers;
  agent: Integers;
  /** Time of the group's last request; below zero: the place is free. */
  lastTime: Times;

  constructor(size: i32) {
    this.known = new Integers(size);
    this.unknown = new Integers(size);
    this.got = new Integers(size);
    this.client = new Integers(size);
    this.repository = new Integers(size);
    this.agent = new Integers(size);
    this.lastTime = new Times(size);
    this.lastTime.fill(-1);
  }
}

export class GroupTable {
  columns: GroupColumns = new GroupColumns(1 << 10);
  private count: i32 = 0;
  /** The columns before the last sweep, for the next one: without them each would ask for memory anew. */
  private spare: GroupColumns = new GroupColumns(0);

  constructor(
    private lists: ChainLists,
    private window: f64,
  ) {}

  /** Place of the group; a new one without chains if it was not there. */
  find(client: i32, repository: i32, agent: i32, time: f64): i32 {
    const columns = this.columns;
    const size = columns.lastTime.length;
    const mask = size - 1;
    let place = hash(client, repository, agent) & mask;
    while (columns.lastTime[place]! >= 0) {
      if (
        columns.client[place] === client &&
        columns.repository[place] === repository &&
        columns.agent[place] === agent
      ) {
        columns.lastTime[place] = time;
        return place;
      }
      place = (place + 1) & mask;
    }
    if (this.count * 2 >= size) {
      this.sweep(time);
      return this.find(client, repository, agent, time);
    }
    this.count = this.count + 1;
    columns.client[place] = client;
    columns.repository[place] = repository;
    columns.agent[place] = agent;
    columns.lastTime[place] = time;
    columns.known[place] = NO_STACK;
    columns.unknown[place] = NO_STACK;
    columns.got[place] = NO_STACK;
    return place;
  }

  /** Forgets the groups whose last request is too old; makes the table larger if that does not help. */
  private sweep(now: f64): void {
    const old = this.columns;
    const size = old.lastTime.length;
    let kept: i32 = 0;
    for (let place: i32 = 0; place < size; place++) {
      if (old.lastTime[place]! < 0) continue;
      if (now - old.lastTime[place]! <= this.window) kept++;
      else {
        this.lists.clear(old.known, place);
        this.lists.clear(old.unknown, place);
        this.lists.clear(old.got, place);
        old.lastTime[place] = -1;
      }
    }
    this.empty(kept * 4 > size ? size * 2 : size);
    for (let place: i32 = 0; place < size; place++) {
      const time = old.lastTime[place]!;
      if (time < 0) continue;
      const to = this.find(old.client[place]!, old.repository[place]!, old.agent[place]!, time);
      const columns = this.columns;
      columns.known[to] = old.known[place]!;
      columns.unknown[to] = old.unknown[place]!;
      columns.got[to] = old.got[place]!;
    }
    this.spare = old;
  }

  /** Other columns of this size, without groups. */
  private empty(size: i32): void {
    this.count = 0;
    if (this.spare.lastTime.length === size) {
      this.columns = this.spare;
      this.columns.lastTime.fill(-1);
    } else this.columns = new GroupColumns(size);
  }
}

function hash(client: i32, repository: i32, agent: i32): i32 {
  let mixed =
    multiply(client, -1640531535) ^ multiply(repository, -2048144789) ^ multiply(agent, -1028477387);
  mixed = multiply(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
