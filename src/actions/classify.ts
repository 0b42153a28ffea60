/**
 * From requests to actions: spec/classification.md, section 4. Which requests hang together is told by folding/folding.ts.
 * In: rows of a RequestTable in time order. Out: the `action` and `next` columns, and counts.
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
import { AGENTS, CLIENTS, FLAGS, LOGGED, MOST, REFERENCES, REPOSITORIES, SEPARATE } from './folding/batch.ts';
import { NO_DIGEST } from './folding/chain-lists.ts';
import { OPENED } from './folding/folding.ts';
import { type Fold, openFolding, type OpenFolding } from './folding/open-folding.ts';

export class Classifier {
  /** Actions by ACTION_* so far. */
  readonly counts = new Float64Array(ACTION_KINDS);
  /** Signature look-ups that were set aside so far. */
  setAside = 0;
  /** Requests by client so far, whatever became of them; those without an address not. */
  requestsOf = new Uint32Array(1024);
  /** What becomes of requests for files of hubs (section 7). */
  private readonly hubFiles: HubFileCounter;
  private readonly folding: Fold;
  /** Rows of the batch in hand that are folded. */
  private readonly folded = new Uint32Array(MOST);

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

  /** Takes the next requests in time order: rows[from … to). */
  pushAll(rows: Uint32Array, from: number, to: number): void {
    for (let first = from; first < to; first += MOST) {
      const count = this.begin(rows, first, Math.min(to, first + MOST));
      this.tell(count);
      this.settle(this.folding.fold(count), count);
    }
  }

  /** Begins with requests, not more than a batch; the rows that are to be folded go into `folded`. */
  private begin(rows: Uint32Array, from: number, to: number): number {
    const { pages } = this.table;
    const { hubTypes } = this.words;
    const aside = FLAG_NO_CLIENT | (this.rules.countSignatures ? 0 : FLAG_SIGNATURE);
    let count = 0;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      const page = pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      const flags = page.flags[at]! & ~FLAG_CHAIN_HAS_GET;
      page.flags[at] = flags & FLAG_GET ? flags | FLAG_CHAIN_HAS_GET : flags;
      page.next[at] = NO_REQUEST;
      page.action[at] = ACTION_NONE;
      if ((flags & aside) === 0 && hubTypes[page.repository[at]!] === 0) this.folded[count++] = row;
      else this.pushOther(row, page, at, flags);
    }
    return count;
  }

  /** Takes a request that never chains. */
  private pushOther(row: RequestIndex, page: RequestPage, at: number, flags: number): void {
    if ((flags & FLAG_NO_CLIENT) === 0) this.addRequest(page.client[at]!);
    if (this.words.hubTypes[page.repository[at]!] !== 0) {
      if (this.hubFiles.push(row, page, at)) this.counts[ACTION_DOWNLOAD]!++;
    } else if (flags & FLAG_SIGNATURE && !this.rules.countSignatures) this.setAside++;
    // No usable address.
    else this.setAction(page, at, firstAction(flags));
  }

  /** Tells the folding of the first `count` rows of `folded`. */
  private tell(count: number): void {
    const { integers, times } = this.folding.batch();
    const { pages } = this.table;
    const { folded } = this;
    const separate = this.rules.separateByAgent ? 1 : 0;
    for (let i = 0; i < count; i++) {
      const row = folded[i]!;
      const page = pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      const agent = page.agent[at]!;
      integers[i] = row;
      times[i] = page.seconds[at]! * 1000 + page.millis[at]!;
      const client = page.client[at]!;
      this.addRequest(client);
      integers[CLIENTS + i] = client;
      integers[REPOSITORIES + i] = page.repository[at]!;
      integers[SEPARATE + i] = agent * separate;
      integers[AGENTS + i] = agent;
      integers[REFERENCES + i] = page.reference[at]!;
      // NO_WORD as 32 bits with a sign is NO_DIGEST.
      integers[LOGGED + i] = page.digest === null ? NO_DIGEST : page.digest[at]!;
      integers[FLAGS + i] = page.flags[at]! & (FLAG_GET | FLAG_DIGEST);
    }
  }

  /** Makes of what the folding answered actions, and chains. */
  private settle(answers: Int32Array, count: number): void {
    const { pages } = this.table;
    for (let i = 0; i < count; i++) {
      const row = this.folded[i]!;
      const before = answers[i]!;
      if (before !== OPENED) {
        this.join(before >> 1, row, (before & 1) !== 0);
        continue;
      }
      const page = pages[row >>> PAGE_SHIFT]!;
      this.setAction(page, row & PAGE_MASK, firstAction(page.flags[row & PAGE_MASK]!));
    }
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

  private addRequest(client: number): void {
    if (client >= this.requestsOf.length) {
      const grown = new Uint32Array(client * 2);
      grown.set(this.requestsOf);
      this.requestsOf = grown;
    }
    this.requestsOf[client]!++;
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
