/**
 * Requests of one file, out of the common table (take-kept.ts: into one again). In: the collector and the file's rows.
 * Out: KeptRows with dictionaries of the file's own. Requests that were dropped by status or logged twice are not among
 * the rows; the tally tells of them. What classifying made is kept of all files together (keep-actions.ts).
 * A new column of RequestPage that is read, and not made by classifying, must come into KeptRows, with a new KEPT_VERSION.
 */
import { narrow, type Narrow, toSteps } from '../lib/narrow.ts';
import type { WordTable } from '../lib/word-table.ts';
import { HASH_BYTES, type Salt } from '../model/kept-address.ts';
import type { KeptHead, KeptRows, KeptWords } from '../model/kept-file.ts';
import { FLAG_REMOVED, PAGE_MASK, PAGE_ROWS, PAGE_SHIFT } from '../model/request-table.ts';
import {
  FLAG_DIGEST,
  FLAG_GET,
  FLAG_LOGGER_LINE,
  FLAG_NO_CLIENT,
  FLAG_SIGNATURE,
  NO_WORD,
} from '../model/segment.ts';
import type { Bytes, RequestIndex } from '../model/units.ts';
import type { RequestCollector } from './collect-requests.ts';

/** The bits of a request itself; the others were made while it was counted. */
export const KEPT_FLAGS = FLAG_GET | FLAG_DIGEST | FLAG_SIGNATURE | FLAG_LOGGER_LINE | FLAG_NO_CLIENT;
/** Some 50 ms of work. */
const HASHED_AT_ONCE = 1 << 14;
/** All but times and places. */
export const COLUMNS = [
  'millis',
  'client',
  'repository',
  'reference',
  'agent',
  'digest',
  'upstream',
  'flags',
] as const;
type Rows = Record<(typeof COLUMNS)[number] | 'seconds' | 'offset', Uint32Array>;

/** Numbers words of the common dictionary anew, as they come. */
export class FileWords {
  /** Number of the file's own and 1, by common number; 0: it has not come. */
  private readonly own: Uint32Array;
  readonly common: number[] = [];

  constructor(size: number) {
    this.own = new Uint32Array(size);
  }

  numberOf(word: number): number {
    return (this.own[word] ||= this.common.push(word)) - 1;
  }

  words(table: WordTable): KeptWords {
    return wordsOf(table, this.common);
  }
}

/** Words of a dictionary, in this order. */
export function wordsOf(table: WordTable, numbers: readonly number[]): KeptWords {
  const texts = numbers.map((word) => table.bytesOf(word));
  const bytes = new Uint8Array(texts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  const ends = Uint32Array.from(texts, (text) => {
    bytes.set(text, end);
    return (end += text.length);
  });
  return { bytes, ends };
}

export class RequestKeeper {
  private readonly clients: FileWords;
  private readonly repositories: FileWords;
  private readonly references: FileWords;
  private readonly agents: FileWords;
  private readonly upstreams: FileWords;
  private range = 0;
  private row: RequestIndex;
  private count = 0;
  private flags = 0;
  private hashes: { saltId: string; clients: Uint8Array; isPrivate: Uint8Array } | null = null;
  private hashed = 0;
  /** Where lines of the present range are counted from. */
  private rangeStart: Bytes = 0;
  /** Where the line of the first row in hand begins. */
  private start: Bytes = 0;

  constructor(
    private readonly collector: RequestCollector,
    private readonly ranges: readonly [from: RequestIndex, to: RequestIndex][],
  ) {
    const { clients, repositories, references, agents, upstreams } = collector;
    this.clients = new FileWords(clients.size);
    this.repositories = new FileWords(repositories.size);
    this.references = new FileWords(references.size);
    this.agents = new FileWords(agents.size);
    this.upstreams = new FileWords(upstreams.size);
    this.row = this.beginRange();
  }

  /** The next rows; null: there are no more. */
  next(): KeptRows | null {
    const rows = emptyRows(PAGE_ROWS);
    let length = 0;
    while (length < PAGE_ROWS && this.range < this.ranges.length) {
      const [, to] = this.ranges[this.range]!;
      while (length < PAGE_ROWS && this.row < to) if (this.take(this.row++, rows, length)) length++;
      if (this.row < to) continue;
      this.range++;
      this.row = this.beginRange();
    }
    if (length === 0) return null;
    this.count += length;
    const column = (name: (typeof COLUMNS)[number]): [string, Narrow] => [
      name,
      narrow(rows[name].subarray(0, length)),
    ];
    const columns = Object.fromEntries(COLUMNS.map(column)) as Record<(typeof COLUMNS)[number], Narrow>;
    const [seconds, offset] = [rows.seconds, rows.offset].map((each) => toSteps(each.subarray(0, length)));
    return { length, start: this.start, seconds: seconds!, offset: offset!, ...columns };
  }

  /** Once there are no more rows: hashes of addresses, some at a time; false: there are no more. */
  hashSome(salt: Salt): boolean {
    const { common } = this.clients;
    this.hashes ??= {
      saltId: salt.id,
      clients: new Uint8Array(common.length * HASH_BYTES),
      isPrivate: new Uint8Array(common.length),
    };
    const end = Math.min(common.length, this.hashed + HASHED_AT_ONCE);
    for (; this.hashed < end; this.hashed++) {
      const kept = this.collector.keptClients.hashOf(common[this.hashed]!, salt);
      this.hashes.clients.set(kept.hash, this.hashed * HASH_BYTES);
      this.hashes.isPrivate[this.hashed] = kept.isPrivate ? 1 : 0;
      this.hashes.saltId = kept.saltId;
    }
    return end < common.length;
  }

  /** Once there are no more hashes. All of a file's addresses are of one salt. */
  head(): Omit<KeptHead, 'account' | 'tally' | 'table' | 'pushes'> & { saltId: string } {
    const { repositories, references, agents, upstreams } = this.collector;
    return {
      ...this.hashes!,
      repositories: this.repositories.words(repositories),
      references: this.references.words(references),
      agents: this.agents.words(agents),
      upstreams: this.upstreams.words(upstreams),
      rows: this.count,
    };
  }

  /** The file's clients by their common numbers. */
  get clientNumbers(): readonly number[] {
    return this.clients.common;
  }

  /** Some row is a line that distribution's logger wrote: the access line of the same request may follow. */
  get hasLoggerLines(): boolean {
    return (this.flags & FLAG_LOGGER_LINE) !== 0;
  }

  private beginRange(): RequestIndex {
    const from = this.ranges[this.range]?.[0];
    if (from === undefined) return 0;
    const { table } = this.collector;
    this.rangeStart =
      table.placeOf(from).offset - table.pages[from >>> PAGE_SHIFT]!.offset[from & PAGE_MASK]!;
    return from;
  }

  private take(row: RequestIndex, rows: Rows, to: number): boolean {
    const page = this.collector.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const flags = page.flags[at]!;
    if (flags & FLAG_REMOVED) return false;
    const digest = page.digest?.[at] ?? NO_WORD;
    const upstream = page.upstream?.[at] ?? NO_WORD;
    const place = this.rangeStart + page.offset[at]!;
    if (to === 0) this.start = place;
    rows.offset[to] = place - this.start;
    rows.seconds[to] = page.seconds[at]!;
    rows.millis[to] = page.millis[at]!;
    rows.client[to] = this.clients.numberOf(page.client[at]!);
    rows.repository[to] = this.repositories.numberOf(page.repository[at]!);
    rows.reference[to] = this.references.numberOf(page.reference[at]!);
    rows.agent[to] = this.agents.numberOf(page.agent[at]!);
    rows.digest[to] = digest === NO_WORD ? 0 : this.references.numberOf(digest) + 1;
    rows.upstream[to] = upstream === NO_WORD ? 0 : this.upstreams.numberOf(upstream) + 1;
    rows.flags[to] = flags & KEPT_FLAGS;
    this.flags |= flags;
    return true;
  }
}

function emptyRows(length: number): Rows {
  const column = () => new Uint32Array(length);
  return {
    ...{ seconds: column(), millis: column(), client: column(), repository: column() },
    ...{ reference: column(), agent: column(), digest: column(), upstream: column(), flags: column() },
    offset: column(),
  };
}
