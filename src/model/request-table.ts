/** Requests for manifests in memory, in pages of columns: what the analysis holds of every log. */
import { NO_WORD } from './segment.ts';
import type { Bytes, Milliseconds, RequestIndex } from './units.ts';

/** Rows of a page: a row number's low 16 bits are its place in the page. */
export const PAGE_ROWS = 1 << 16;
export const PAGE_SHIFT = 16;
export const PAGE_MASK = PAGE_ROWS - 1;

/** What a request became. NONE: it was folded into an earlier one, set aside, or removed. */
export const ACTION_NONE = 0;
export const ACTION_VERSION_CHECK = 1;
export const ACTION_PULL_BY_TAG = 2;
export const ACTION_PULL_BY_DIGEST = 3;
/** Of a model, dataset or space. */
export const ACTION_DOWNLOAD = 4;
/** Values of ACTION_*. */
export const ACTION_KINDS = 5;

/** End of a chain in the `next` column. */
export const NO_REQUEST = 0xffffffff;

/**
 * 65,536 requests, one column a fact: 32 bytes a request, 4 more each where a digest or an upstream was logged.
 * Numbers are places in the dictionaries of `Traffic`.
 */
export interface RequestPage {
  /** Whole seconds since 1970 (UTC), and the milliseconds on top. */
  seconds: Uint32Array;
  millis: Uint16Array;
  client: Uint32Array;
  /** Registry prefix and name together (chains live inside it): Traffic.repositories. */
  repository: Uint32Array;
  reference: Uint32Array;
  agent: Uint32Array;
  /** Digest on the request's own line, or NO_WORD; null when no line of the page has one. */
  digest: Uint32Array | null;
  /** Upstream host (?ns=), or NO_WORD; null when no line of the page has one. */
  upstream: Uint32Array | null;
  /** FLAG_* bits of model/segment.ts, FLAG_REMOVED and FLAG_BEHIND. */
  flags: Uint8Array;
  /** Where the line begins, counted from its segment's start (RequestTable.placeOf). */
  offset: Uint32Array;
  /** ACTION_* if the request opened a chain that became an action. */
  action: Uint8Array;
  /** Next request of the same chain, or NO_REQUEST. */
  next: Uint32Array;
}

/** The request is the second record of one that the log shows twice. */
export const FLAG_REMOVED = 64;
/** The request is seen behind another log. The bit is free in a table: it holds no FLAG_DROPPED. */
export const FLAG_BEHIND = 16;
/** A GET is among the chain's requests: set on the request that opened it. */
export const FLAG_CHAIN_HAS_GET = 128;

interface Run {
  firstRow: RequestIndex;
  file: number;
  start: Bytes;
}

/**
 * All manifest requests in memory, in the order in which segments were taken: a file's rows keep the file's order.
 * Pages never move, so growing costs no copy.
 */
export class RequestTable {
  readonly pages: RequestPage[] = [];
  /** Which rows came from which segment, ascending by row. */
  private runs: Run[] = [];
  length = 0;

  /** Tells that the rows from here on come from this segment. */
  startRun(file: number, start: Bytes): void {
    this.runs.push({ firstRow: this.length, file, start });
  }

  /** The page of a row that is being added. */
  pageFor(row: RequestIndex): RequestPage {
    return (this.pages[row >>> PAGE_SHIFT] ??= newPage());
  }

  time(row: RequestIndex): Milliseconds {
    const page = this.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    return page.seconds[at]! * 1000 + page.millis[at]!;
  }

  /** File and byte offset of the row's line. */
  placeOf(row: RequestIndex): { file: number; offset: Bytes } {
    const { file, start } = this.runOf(row);
    return { file, offset: start + this.pages[row >>> PAGE_SHIFT]!.offset[row & PAGE_MASK]! };
  }

  fileOf(row: RequestIndex): number {
    return this.runOf(row).file;
  }

  private runOf(row: RequestIndex): Run {
    let low = 0;
    let high = this.runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.runs[middle]!.firstRow <= row) low = middle;
      else high = middle - 1;
    }
    return this.runs[low]!;
  }

  /** The same requests, to be classified anew: columns that a classifier writes are its own. */
  unclassified(): RequestTable {
    const table = new RequestTable();
    for (const page of this.pages) {
      const { length } = page.action;
      const [flags, action, next] = [page.flags.slice(), new Uint8Array(length), new Uint32Array(length)];
      table.pages.push({ ...page, flags, action, next });
    }
    table.runs = this.runs;
    table.length = this.length;
    return table;
  }

  /** Drops all rows from `length` on. */
  truncate(length: number): void {
    this.length = length;
    this.pages.length = (length + PAGE_MASK) >>> PAGE_SHIFT;
    const last = this.pages[length >>> PAGE_SHIFT];
    // What is not logged is not written.
    last?.digest?.fill(NO_WORD, length & PAGE_MASK);
    last?.upstream?.fill(NO_WORD, length & PAGE_MASK);
    while (this.runs.length > 0 && this.runs[this.runs.length - 1]!.firstRow >= length) this.runs.pop();
  }
}

/** Line counts of one file that come from its manifest requests. */
export interface RequestTally {
  /** Requests in the table, removed ones not. */
  kept: number;
  droppedByStatus: Map<number, number>;
  loggedTwice: number;
  /** Look-ups of signatures and attestations among those kept. */
  signatures: number;
  withoutAddress: number;
  withoutStatus: number;
}

function newPage(): RequestPage {
  return {
    seconds: new Uint32Array(PAGE_ROWS),
    millis: new Uint16Array(PAGE_ROWS),
    client: new Uint32Array(PAGE_ROWS),
    repository: new Uint32Array(PAGE_ROWS),
    reference: new Uint32Array(PAGE_ROWS),
    agent: new Uint32Array(PAGE_ROWS),
    digest: null,
    upstream: null,
    flags: new Uint8Array(PAGE_ROWS),
    offset: new Uint32Array(PAGE_ROWS),
    action: new Uint8Array(PAGE_ROWS),
    next: new Uint32Array(PAGE_ROWS),
  };
}
