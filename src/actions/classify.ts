/**
 * From requests to actions: folding by spec/classification.md, section 4, quoted in the comments below.
 * In: rows of a RequestTable in time order, one at a time. Out: the `action` and `next` columns, and counts.
 * What a chain is now stands on its first row at every moment, so nothing has to be emitted when it can go no further.
 *
 *  request       continues                                             else
 *  HEAD tag T    never                                                 opens a tag chain at stage HEAD
 *  HEAD digest D never                                                 opens a digest chain at stage HEAD
 *  GET tag T     a tag chain of the same tag at stage HEAD → GET1      opens a tag chain at stage GET1
 *  GET digest D  (a) a chain at stage HEAD whose digest is D, or a tag chain at stage HEAD with unknown digest → GET1
 *                (b) else a chain at stage GET1 whose digest is unknown or not D → closed
 *                                                                      opens a digest chain at stage GET1
 */
import type { CountingRules } from '../model/counting-rules.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_KINDS,
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
  FLAG_CHAIN_HAS_GET,
  NO_REQUEST,
  PAGE_MASK,
  PAGE_SHIFT,
  type RequestPage,
  type RequestTable,
} from '../model/request-table.ts';
import { FLAG_DIGEST, FLAG_GET, FLAG_NO_CLIENT, FLAG_SIGNATURE, NO_WORD } from '../model/segment.ts';
import type { Milliseconds, RequestIndex } from '../model/units.ts';
import { ChainLists, FIT_ANY, FIT_DIGEST, FIT_NEW_DIGEST, FIT_OTHER_DIGEST, FIT_TAG } from './chain-lists.ts';
import { ChainPool, NO_CHAIN } from './chain-pool.ts';
import { HubFileCounter, type HubWords } from './count-hub-files.ts';
import { GroupTable } from './group-table.ts';

export class Classifier {
  /** Actions by ACTION_* so far. */
  readonly counts = new Float64Array(ACTION_KINDS);
  /** Signature look-ups that were set aside so far. */
  setAside = 0;
  /** What becomes of requests for files of hubs (section 7). */
  private readonly hubFiles: HubFileCounter;
  private readonly chains = new ChainPool();
  private readonly lists: ChainLists;
  private readonly groups: GroupTable;
  /** What a GET looks for, written anew for each. */
  private readonly seek = { time: 0, window: 0, agent: 0, reference: 0, logged: NO_WORD };
  private opened = 0;

  constructor(
    private readonly table: RequestTable,
    private readonly rules: CountingRules,
    private readonly words: HubWords,
  ) {
    this.hubFiles = new HubFileCounter(table, words, rules);
    this.lists = new ChainLists(this.chains, table, rules.window, rules.foldFurther);
    this.groups = new GroupTable(this.lists, rules.window);
    this.seek.window = rules.window;
  }

  /** Requests of a file that ask for files of hubs, and do not count. */
  uncountedOf(file: number): number {
    return this.hubFiles.uncounted.get(file) ?? 0;
  }

  /** Takes the next request in time order. */
  push(row: RequestIndex): void {
    const page = this.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const flags = page.flags[at]! & ~FLAG_CHAIN_HAS_GET;
    page.flags[at] = flags & FLAG_GET ? flags | FLAG_CHAIN_HAS_GET : flags;
    page.next[at] = NO_REQUEST;
    page.action[at] = ACTION_NONE;
    if (this.words.hubTypes[page.repository[at]!] !== 0) {
      if (this.hubFiles.push(row, page, at)) this.counts[ACTION_DOWNLOAD]!++;
      return;
    }
    if (flags & FLAG_SIGNATURE && !this.rules.countSignatures) {
      this.setAside++;
      return;
    }
    // No usable address: the request never chains.
    if (flags & FLAG_NO_CLIENT) {
      this.setAction(page, at, firstAction(flags));
      return;
    }
    const time = page.seconds[at]! * 1000 + page.millis[at]!;
    const agent = page.agent[at]!;
    const group = this.groups.find(
      page.client[at]!,
      page.repository[at]!,
      this.rules.separateByAgent ? agent : 0,
      time,
    );
    const chain = flags & FLAG_GET ? this.findChain(group, page, at, flags, time) : NO_CHAIN;
    if (chain === NO_CHAIN) this.open(group, row, page, at, flags, time);
    else this.join(group, chain, row, page, at, flags, time);
  }

  /** The chain that a GET continues, by the order of preference; NO_CHAIN when none fits. */
  private findChain(group: number, page: RequestPage, at: number, flags: number, time: Milliseconds): number {
    const { chains, lists, groups, seek } = this;
    seek.time = time;
    seek.agent = page.agent[at]!;
    seek.reference = page.reference[at]!;
    seek.logged = page.digest ? page.digest[at]! : NO_WORD;
    if (!(flags & FLAG_DIGEST)) {
      const known = lists.best(groups.known, group, FIT_TAG, seek);
      return chains.better(known, lists.best(groups.unknown, group, FIT_TAG, seek));
    }
    // (a) known equal digest before unknown
    const equal = lists.best(groups.known, group, FIT_DIGEST, seek);
    if (equal !== NO_CHAIN) return equal;
    const unknown = lists.best(groups.unknown, group, FIT_ANY, seek);
    if (unknown !== NO_CHAIN) return unknown;
    // (b)
    return lists.best(groups.got, group, this.rules.foldFurther ? FIT_NEW_DIGEST : FIT_OTHER_DIGEST, seek);
  }

  private open(
    group: number,
    row: RequestIndex,
    page: RequestPage,
    at: number,
    flags: number,
    time: Milliseconds,
  ): void {
    this.setAction(page, at, firstAction(flags));
    const { chains, lists, groups } = this;
    const isTag = !(flags & FLAG_DIGEST);
    const digest = isTag ? (page.digest ? page.digest[at]! : NO_WORD) : page.reference[at]!;
    const chain = chains.open(row, time, isTag, page.reference[at]!, digest, page.agent[at]!, this.opened++);
    chains.hasGet[chain] = flags & FLAG_GET ? 1 : 0;
    lists.push(
      flags & FLAG_GET ? groups.got : digest === NO_WORD ? groups.unknown : groups.known,
      group,
      chain,
    );
  }

  private join(
    group: number,
    chain: number,
    row: RequestIndex,
    page: RequestPage,
    at: number,
    flags: number,
    time: Milliseconds,
  ): void {
    const { chains, lists, groups } = this;
    const last = chains.lastRow[chain]!;
    this.table.pages[last >>> PAGE_SHIFT]!.next[last & PAGE_MASK] = row;
    chains.lastRow[chain] = row;
    chains.lastTime[chain] = time;
    const wasAtHead = !chains.hasGet[chain];
    lists.remove(
      wasAtHead ? (chains.digest[chain] === NO_WORD ? groups.unknown : groups.known) : groups.got,
      group,
      chain,
    );
    if (wasAtHead) {
      chains.hasGet[chain] = 1;
      if (flags & FLAG_DIGEST) chains.digest[chain] = page.reference[at]!;
      const first = chains.firstRow[chain]!;
      const firstPage = this.table.pages[first >>> PAGE_SHIFT]!;
      firstPage.flags[first & PAGE_MASK]! |= FLAG_CHAIN_HAS_GET;
      if (chains.isTag[chain]) this.changeAction(firstPage, first & PAGE_MASK, ACTION_PULL_BY_TAG);
    }
    if (wasAtHead || this.rules.foldFurther) lists.push(groups.got, group, chain);
    else chains.close(chain);
  }

  private setAction(page: RequestPage, at: number, action: number): void {
    page.action[at] = action;
    this.counts[action]!++;
  }

  private changeAction(page: RequestPage, at: number, action: number): void {
    this.counts[page.action[at]!]!--;
    this.setAction(page, at, action);
  }
}

/** What a request is if nothing follows it. */
function firstAction(flags: number): number {
  if (flags & FLAG_DIGEST) return ACTION_PULL_BY_DIGEST;
  return flags & FLAG_GET ? ACTION_PULL_BY_TAG : ACTION_VERSION_CHECK;
}
