/**
 * From requests to actions: spec/classification.md, section 4. Which requests hang together is told by folding/folding.ts.
 * In: rows of a RequestTable in time order, one at a time. Out: the `action` and `next` columns, and counts.
 * What a chain is now stands on its first row at every moment, so nothing has to be emitted when it can go no further.
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
import { FLAG_DIGEST, FLAG_GET, FLAG_NO_CLIENT, FLAG_SIGNATURE } from '../model/segment.ts';
import type { RequestIndex } from '../model/units.ts';
import { HubFileCounter, type HubWords } from './count-hub-files.ts';
import { NO_DIGEST } from './folding/chain-lists.ts';
import { OPENED } from './folding/folding.ts';
import { type Fold, openFolding, type OpenFolding } from './folding/open-folding.ts';

export class Classifier {
  /** Actions by ACTION_* so far. */
  readonly counts = new Float64Array(ACTION_KINDS);
  /** Signature look-ups that were set aside so far. */
  setAside = 0;
  /** What becomes of requests for files of hubs (section 7). */
  private readonly hubFiles: HubFileCounter;
  private readonly folding: Fold;

  constructor(
    private readonly table: RequestTable,
    private readonly rules: CountingRules,
    private readonly words: HubWords,
    open: OpenFolding = openFolding,
  ) {
    this.hubFiles = new HubFileCounter(table, words, rules);
    this.folding = open(rules.window, rules.foldFurther);
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
    const before = this.folding.push(
      row,
      time,
      page.client[at]!,
      page.repository[at]!,
      this.rules.separateByAgent ? agent : 0,
      agent,
      page.reference[at]!,
      // NO_WORD as 32 bits with a sign: NO_DIGEST.
      page.digest ? page.digest[at]! | 0 : NO_DIGEST,
      flags & (FLAG_GET | FLAG_DIGEST),
    );
    if (before === OPENED) this.setAction(page, at, firstAction(flags));
    else this.join(before >> 1, row, (before & 1) !== 0);
  }

  /** The row continues the chain of another; isFirstGet: that one opened the chain. */
  private join(before: RequestIndex, row: RequestIndex, isFirstGet: boolean): void {
    const page = this.table.pages[before >>> PAGE_SHIFT]!;
    const at = before & PAGE_MASK;
    page.next[at] = row;
    if (!isFirstGet) return;
    page.flags[at]! |= FLAG_CHAIN_HAS_GET;
    if (page.flags[at]! & FLAG_DIGEST) return;
    this.counts[page.action[at]!]!--;
    this.setAction(page, at, ACTION_PULL_BY_TAG);
  }

  private setAction(page: RequestPage, at: number, action: number): void {
    page.action[at] = action;
    this.counts[action]!++;
  }
}

/** What a request is if nothing follows it. */
function firstAction(flags: number): number {
  if (flags & FLAG_DIGEST) return ACTION_PULL_BY_DIGEST;
  return flags & FLAG_GET ? ACTION_PULL_BY_TAG : ACTION_VERSION_CHECK;
}
