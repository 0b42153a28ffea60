/**
 * From requests to actions: spec/classification.md, section 4. Which requests hang together is told by compiled/folding.ts.
 * In: rows of a RequestTable in time order. Out: the `action` and `next` columns, and counts.
 * What a chain is now stands on its first row at every moment, so nothing has to be emitted when it can go no further.
 */
import type { CountingRules } from '../model/counting-rules.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_KINDS,
  ACTION_PULL_BY_TAG,
  FLAG_CHAIN_HAS_GET,
  PAGE_MASK,
  PAGE_ROWS,
  PAGE_SHIFT,
  type RequestPage,
  type RequestTable,
} from '../model/request-table.ts';
import { FLAG_DIGEST } from '../model/segment.ts';
import type { RequestIndex } from '../model/units.ts';
import { HubFileCounter, type HubWords } from './count-hub-files.ts';
import {
  ACTIONS,
  AGENTS,
  APART,
  CLIENTS,
  COUNTS,
  ELSEWHERE,
  FLAGS,
  HAS_ELSEWHERE,
  HAS_LOGGED,
  JOIN_COUNT,
  JOINS,
  LOGGED,
  MOST,
  NEXT,
  REFERENCES,
  REPOSITORIES,
  ROWS,
  SECONDS,
  SET_ASIDE,
} from './compiled/batch.ts';
import { NO_DIGEST } from './compiled/chain-lists.ts';
import { type Fold, openFolding, type OpenFolding } from './compiled/open-folding.ts';
import type { TakenActions } from './take-actions.ts';

/** From so many on, rows that follow each other are copied column by column: shorter runs go row by row. */
const LONG_RUN = 64;

export class Classifier {
  /** Actions by ACTION_* so far. */
  readonly counts = new Float64Array(ACTION_KINDS);
  /** Signature look-ups that were set aside so far. */
  setAside = 0;
  /** What becomes of requests for files of hubs (section 7). */
  private readonly hubFiles: HubFileCounter;
  private readonly folding: Fold;
  /** Requests by client, where they were classified before. */
  private taken: Uint32Array | null = null;

  constructor(
    private readonly table: RequestTable,
    rules: CountingRules,
    private readonly words: HubWords,
    open: OpenFolding = openFolding,
  ) {
    this.hubFiles = new HubFileCounter(table, words, rules);
    this.folding = open(rules);
  }

  /** Requests by client so far, whatever became of them; those without an address not. Good until more are taken. */
  requestsOf(): Uint32Array {
    return this.taken ?? this.folding.requestsOf();
  }

  /** Requests of a file that ask for files of hubs, and do not count. */
  uncountedOf(file: number): number {
    return this.hubFiles.uncounted.get(file) ?? 0;
  }

  /** Counts what was classified before, in place of the rows. None can follow it: no chain of it is open. */
  take({ counts, requestsOf, uncounted }: TakenActions): void {
    this.counts.set(counts);
    this.taken = requestsOf;
    for (const [file, requests] of uncounted) this.hubFiles.uncounted.set(file, requests);
  }

  /** Takes the next requests in time order: rows[from … to). */
  pushAll(rows: Uint32Array, from: number, to: number): void {
    for (let first = from; first < to;) {
      const most = Math.min(MOST, to - first);
      const run = runLength(rows, first, first + most);
      const count = run === most || run >= LONG_RUN ? run : most;
      if (count === run) this.pushRun(rows.subarray(first, first + count));
      else this.pushApart(rows.subarray(first, first + count));
      first += count;
    }
  }

  /** Takes rows of one page that follow each other. */
  private pushRun(rows: Uint32Array): void {
    const first = rows[0]!;
    const page = this.table.pages[first >>> PAGE_SHIFT]!;
    const from = first & PAGE_MASK;
    const to = from + rows.length;
    const given = this.folding.batch();
    given.integers.set(rows, ROWS);
    given.integers.set(page.seconds.subarray(from, to), SECONDS);
    given.integers.set(page.client.subarray(from, to), CLIENTS);
    given.integers.set(page.repository.subarray(from, to), REPOSITORIES);
    given.integers.set(page.reference.subarray(from, to), REFERENCES);
    given.integers.set(page.agent.subarray(from, to), AGENTS);
    // NO_WORD as 32 bits with a sign is NO_DIGEST.
    if (page.digest) given.integers.set(page.digest.subarray(from, to), LOGGED);
    given.millis.set(page.millis.subarray(from, to));
    given.bytes.set(page.flags.subarray(from, to), FLAGS);
    const elsewhere = this.markElsewhere(rows.length);
    this.folding.classify(rows.length, first, (page.digest ? HAS_LOGGED : 0) | elsewhere);
    const { integers, bytes } = this.folding.batch();
    page.next.set(integers.subarray(NEXT, NEXT + rows.length), from);
    page.flags.set(bytes.subarray(FLAGS, FLAGS + rows.length), from);
    page.action.set(bytes.subarray(ACTIONS, ACTIONS + rows.length), from);
    this.settle(rows, integers);
  }

  /** Takes rows as they come. */
  private pushApart(rows: Uint32Array): void {
    const { pages } = this.table;
    const given = this.folding.batch();
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const page = pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      given.integers[ROWS + i] = row;
      given.integers[SECONDS + i] = page.seconds[at]!;
      given.integers[CLIENTS + i] = page.client[at]!;
      given.integers[REPOSITORIES + i] = page.repository[at]!;
      given.integers[REFERENCES + i] = page.reference[at]!;
      given.integers[AGENTS + i] = page.agent[at]!;
      given.integers[LOGGED + i] = page.digest === null ? NO_DIGEST : page.digest[at]!;
      given.millis[i] = page.millis[at]!;
      given.bytes[FLAGS + i] = page.flags[at]!;
    }
    const elsewhere = this.markElsewhere(rows.length);
    this.folding.classify(rows.length, APART, HAS_LOGGED | elsewhere);
    const { integers, bytes } = this.folding.batch();
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const page = pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      page.next[at] = integers[NEXT + i]!;
      page.flags[at] = bytes[FLAGS + i]!;
      page.action[at] = bytes[ACTIONS + i]!;
    }
    this.settle(rows, integers);
  }

  /** Marks requests for files of hubs; answers what the batch holds. */
  private markElsewhere(count: number): number {
    if (!this.words.hasFiles) return 0;
    const { integers, bytes } = this.folding.batch();
    const { hubTypes } = this.words;
    for (let i = 0; i < count; i++)
      bytes[ACTIONS + i] = hubTypes[integers[REPOSITORIES + i]!] === 0 ? 0 : ELSEWHERE;
    return HAS_ELSEWHERE;
  }

  /** What the batch means for other rows than its own, and for counts. */
  private settle(rows: Uint32Array, integers: Int32Array): void {
    const joins = integers[JOIN_COUNT]!;
    for (let at = JOINS; at < JOINS + joins * 2; at += 2) {
      const before = integers[at]!;
      this.join(before >> 1, integers[at + 1]!, (before & 1) !== 0);
    }
    for (let action = 0; action < ACTION_KINDS; action++) this.counts[action]! += integers[COUNTS + action]!;
    this.setAside += integers[SET_ASIDE]!;
    if (this.words.hasFiles) this.pushFiles(rows);
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
    page.action[at] = ACTION_PULL_BY_TAG;
    this.counts[ACTION_PULL_BY_TAG]!++;
  }

  /** Counts those that ask for files of hubs. */
  private pushFiles(rows: Uint32Array): void {
    const { hubTypes } = this.words;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const page: RequestPage = this.table.pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      if (hubTypes[page.repository[at]!] !== 0 && this.hubFiles.push(row, page, at))
        this.counts[ACTION_DOWNLOAD]!++;
    }
  }
}

/** How many of rows[from … to) follow each other, in one page. */
function runLength(rows: Uint32Array, from: number, to: number): number {
  const first = rows[from]!;
  const most = Math.min(to - from, PAGE_ROWS - (first & PAGE_MASK));
  let length = 1;
  while (length < most && rows[from + length] === first + length) length++;
  return length;
}
