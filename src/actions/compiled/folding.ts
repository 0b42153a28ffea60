/**
 * Chains of requests, by spec/classification.md, section 4: which earlier request a request continues. In: requests in
 * time order, as numbers. Out: the row before it in its chain. classify.ts makes actions of it.
 * Compiled twice, to JavaScript and to WebAssembly (folding-module.ts), so it keeps to what TypeScript and AssemblyScript read
 * alike: the compiled one needs no time to get fast, which is what reading a small log takes most of.
 *
 *  request       continues                                             else
 *  HEAD tag T    never                                                 opens a tag chain at stage HEAD
 *  HEAD digest D never                                                 opens a digest chain at stage HEAD
 *  GET tag T     a tag chain of the same tag at stage HEAD → GET1      opens a tag chain at stage GET1
 *  GET digest D  (a) a chain at stage HEAD whose digest is D, or a tag chain at stage HEAD with unknown digest → GET1
 *                (b) else a chain at stage GET1 whose digest is unknown or not D → closed
 *                                                                      opens a digest chain at stage GET1
 */
import {
  ChainLists,
  FIT_ANY,
  FIT_DIGEST,
  FIT_NEW_DIGEST,
  FIT_OTHER_DIGEST,
  FIT_TAG,
  NO_DIGEST,
  Seek,
} from './chain-lists.ts';
import { ChainPool, NO_CHAIN } from './chain-pool.ts';
import { GroupTable } from './group-table.ts';

/** Of model/segment.ts. */
export const FLAG_GET: i32 = 1;
export const FLAG_DIGEST: i32 = 2;

/** The request opens a chain. */
export const OPENED: i32 = -1;

export class Folding {
  private chains: ChainPool;
  private lists: ChainLists;
  private groups: GroupTable;
  private seek: Seek = new Seek();

  /** `window` in milliseconds. */
  constructor(
    window: f64,
    private foldFurther: boolean,
  ) {
    const chains = new ChainPool();
    const lists = new ChainLists(chains, window, foldFurther);
    this.chains = chains;
    this.lists = lists;
    this.groups = new GroupTable(lists, window);
  }

  /**
   * Takes the next request in time order; its row must be less than 2^30. `separate`: what else than client and
   * repository keeps chains apart. `logged`: the digest that its line shows, or NO_DIGEST. `flags`: FLAG_GET, FLAG_DIGEST.
   * Answers OPENED, or twice the row before it in its chain, plus 1 when it is the chain's first GET: then that row is
   * the chain's first.
   */
  push(
    row: i32,
    time: f64,
    client: i32,
    repository: i32,
    separate: i32,
    agent: i32,
    reference: i32,
    logged: i32,
    flags: i32,
  ): i32 {
    const group = this.groups.find(client, repository, separate, time);
    let chain = NO_CHAIN;
    if ((flags & FLAG_GET) !== 0) {
      this.seek.time = time;
      this.seek.agent = agent;
      this.seek.reference = reference;
      this.seek.logged = logged;
      chain = this.findChain(group, (flags & FLAG_DIGEST) !== 0);
    }
    if (chain !== NO_CHAIN) return this.join(group, chain, row, time, reference, flags);
    const isTag: i32 = (flags & FLAG_DIGEST) !== 0 ? 0 : 1;
    const digest = isTag === 1 ? logged : reference;
    const hasGet = flags & FLAG_GET;
    const opened = this.chains.open(row, time, isTag, reference, digest, agent, hasGet);
    const columns = this.groups.columns;
    if (hasGet === 1) this.lists.push(columns.got, group, opened);
    else this.lists.push(digest === NO_DIGEST ? columns.unknown : columns.known, group, opened);
    return OPENED;
  }

  /** The chain that a GET continues, by the order of preference; NO_CHAIN when none fits. */
  private findChain(group: i32, isDigest: boolean): i32 {
    const lists = this.lists;
    const seek = this.seek;
    const columns = this.groups.columns;
    if (!isDigest) {
      const known = lists.best(columns.known, group, FIT_TAG, seek);
      return this.chains.better(known, lists.best(columns.unknown, group, FIT_TAG, seek));
    }
    // (a) known equal digest before unknown
    const equal = lists.best(columns.known, group, FIT_DIGEST, seek);
    if (equal !== NO_CHAIN) return equal;
    const unknown = lists.best(columns.unknown, group, FIT_ANY, seek);
    if (unknown !== NO_CHAIN) return unknown;
    // (b)
    return lists.best(columns.got, group, this.foldFurther ? FIT_NEW_DIGEST : FIT_OTHER_DIGEST, seek);
  }

  private join(group: i32, chain: i32, row: i32, time: f64, reference: i32, flags: i32): i32 {
    const chains = this.chains;
    const lists = this.lists;
    const columns = this.groups.columns;
    const before = chains.lastRow[chain]!;
    const wasAtHead = chains.hasGet[chain] === 0;
    if (!wasAtHead) lists.remove(columns.got, group, chain);
    else if (chains.digest[chain] === NO_DIGEST) lists.remove(columns.unknown, group, chain);
    else lists.remove(columns.known, group, chain);
    chains.lastRow[chain] = row;
    chains.lastTime[chain] = time;
    if (wasAtHead) {
      chains.hasGet[chain] = 1;
      if ((flags & FLAG_DIGEST) !== 0) chains.digest[chain] = reference;
    }
    if (this.foldFurther && (flags & FLAG_DIGEST) !== 0) chains.addDigest(chain, reference);
    if (wasAtHead || this.foldFurther) lists.push(columns.got, group, chain);
    else chains.close(chain);
    return before * 2 + (wasAtHead ? 1 : 0);
  }
}
