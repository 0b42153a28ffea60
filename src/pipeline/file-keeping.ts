/**
 * Files of an analysis as they are kept, and kept ones in an analysis again. In: the parts of the analysis. Out: blocks of
 * bytes in steps, so that questions are answered in between; rows of a file that was kept. Kept by the analysis.
 */
import type { RequestCollector } from '../actions/collect-requests.ts';
import { checkedPushes } from '../actions/kept-pushes.ts';
import { RequestKeeper, wordsOf } from '../actions/kept-requests.ts';
import { takeKept } from '../actions/take-kept.ts';
import { narrow } from '../lib/narrow.ts';
import { DamagedData, pack, unpack } from '../lib/packed.ts';
import type { WordTable } from '../lib/word-table.ts';
import type { AddressFacts } from '../model/address-columns.ts';
import type { Salt } from '../model/kept-address.ts';
import {
  KEPT_VERSION,
  type KeptAccount,
  type KeptFacts,
  type KeptFile,
  type KeptHead,
  type KeptRows,
  type KeptWords,
  readingOf,
} from '../model/kept-file.ts';
import { WORD_REPOSITORY } from '../model/segment.ts';
import type { OwnFormat } from '../model/own-format.ts';
import type { TableResult } from '../model/table-format.ts';
import type { Bytes, RequestIndex } from '../model/units.ts';
import { KnownAndKept } from '../places/kept-facts.ts';
import { type Entry, intervalOf } from './file-entry.ts';
import type { FileLedger } from './file-ledger.ts';
import type { HeldCounts } from './held-counts.ts';
import type { HeldTables } from './held-tables.ts';
import { READ_BY } from './read-by.ts';
import { missingOfTable } from './table-facts.ts';

/** As of examples that a scanner gives. */
const LONGEST_EXAMPLE = 200;

export class FileKeeping {
  private readonly facts = new KnownAndKept();
  /** Common numbers of the clients of files whose facts may still change. */
  private readonly clientsOf = new Map<number, readonly number[] | Uint32Array>();
  /** What facts come from now; of a file that was kept, what they came from then. */
  origin = '';
  private readonly originOf = new WeakMap<Entry, string>();

  constructor(
    private readonly collector: RequestCollector,
    private readonly ledger: FileLedger,
    private readonly tables: HeldTables,
    private readonly counts: HeldCounts,
  ) {}

  /** What these facts tell, and for addresses that are not known any more, what was kept. */
  withKept(facts: AddressFacts): AddressFacts {
    return this.facts.over(facts);
  }

  /** The files that can be kept: read to their end, with anything in them. */
  keepable(): number[] {
    return Array.from({ length: this.ledger.length }, (_, file) => file).filter((file) => {
      const { announced, state, lines, problems } = this.ledger.entryOf(file);
      // Of a stopped reading a file is in part what it is; a damaged one will not get better.
      const isWhole =
        state === 'read' || (state === 'partly' && problems.some((each) => each.severity === 'error'));
      return announced.print !== undefined && isWhole && lines.read > 0;
    });
  }

  /** All repositories, in the order of their numbers. */
  repositoryWords(): KeptWords {
    const { repositories } = this.collector;
    return wordsOf(repositories, [...Array(repositories.size).keys()]);
  }

  /** Repositories get these numbers, so that figures that were kept name them as files do that will come. */
  numberRepositories(words: KeptWords): boolean {
    if (this.collector.repositories.size > 0) return false;
    this.collector.internAll(WORD_REPOSITORY, words, new Uint32Array(words.ends.length), 0);
    return true;
  }

  sourceOf(file: number): number {
    return this.ledger.entryOf(file).announced.source;
  }

  keyOf(file: number): string {
    return this.ledger.entryOf(file).announced.print!.fingerprint;
  }

  /** The file as it is kept. `pause` is told what it takes, and waited for after each step; false: it is not wanted. */
  async keep(
    file: number,
    salt: Salt,
    own: readonly OwnFormat[],
    facts: AddressFacts,
    pause: (stored: Bytes) => Promise<boolean>,
  ): Promise<KeptFile | null> {
    const entry = this.ledger.entryOf(file);
    const keeper = new RequestKeeper(this.collector, this.ledger.rowsOf(file));
    const rows: KeptFile['rows'] = [];
    let stored = 0;
    for (let piece = keeper.next(); piece; piece = keeper.next()) {
      stored += rows[rows.push(pack(piece)) - 1]!.length;
      if (!(await pause(stored))) return null;
    }
    while (keeper.hashSome(salt)) if (!(await pause(stored))) return null;
    const { saltId, ...words } = keeper.head();
    this.clientsOf.set(file, keeper.clientNumbers);
    const head = pack({
      ...words,
      account: this.accountOf(entry),
      tally: this.collector.tallyOf(file),
      table: entry.tableRows === null ? null : withoutTexts(this.tables.resultOf(file)!),
      pushes: this.counts.pushes.keep(file, salt),
    } satisfies KeptHead);
    const kept = { head, rows, facts: this.factsOf(file, facts)! };
    return {
      ...kept,
      summary: {
        ...summaryOf(entry, own, words.rows, keeper.hasLoggerLines),
        saltId,
        factsBy: this.factsBy(file),
        stored: [head, ...rows, kept.facts].reduce((sum, { length }) => sum + length, 0),
      },
    };
  }

  /** What is known of hashes stays what it was when they were addresses. */
  factsBy(file: number): string {
    return this.originOf.get(this.ledger.entryOf(file)) ?? this.origin;
  }

  /** What is known of the file's addresses now; null: it was not kept from here. */
  factsOf(file: number, facts: AddressFacts): KeptFile['facts'] | null {
    const clients = this.clientsOf.get(file);
    if (!clients) return null;
    const columns = facts.columnsOf(this.collector.clients);
    const texts = (table: WordTable) => Array.from({ length: table.size }, (_, word) => table.textOf(word));
    const of = (column: Uint32Array) => {
      const own = new Uint32Array(clients.length);
      for (let i = 0; i < clients.length; i++) own[i] = column[clients[i]!]!;
      return narrow(own);
    };
    return pack({
      countries: texts(columns.countries),
      hosts: texts(columns.hosts),
      types: texts(columns.types),
      networks: texts(columns.networks),
      kinds: texts(columns.kinds),
      countryOf: of(columns.countryOf),
      hostOf: of(columns.hostOf),
      typeOf: of(columns.typeOf),
      networkOf: of(columns.networkOf),
      kindOf: of(columns.kindOf),
    } satisfies KeptFacts);
  }

  /** Takes a kept file back; goesOn: more of it comes. Throws DamagedData, and has taken nothing. */
  restore(file: number, kept: KeptFile, salt: Salt, goesOn: boolean): [from: RequestIndex, to: RequestIndex] {
    const head = unpack(kept.head) as KeptHead;
    const pieces = kept.rows.map((piece) => unpack(piece) as KeptRows);
    const facts = unpack(kept.facts) as KeptFacts;
    if (pieces.reduce((sum, { length }) => sum + length, 0) !== head.rows)
      throw new DamagedData('Rows are missing.');
    const pushes = checkedPushes(head.pushes);
    this.collector.keptClients.begin(salt);
    const { rows, clients } = takeKept(this.collector, file, kept.summary.saltId, head, pieces);
    this.facts.add(clients, facts);
    this.counts.restorePushes(file, pushes);
    if (!goesOn) this.clientsOf.set(file, clients);
    const { linesByFormat, ...account } = head.account;
    const entry = this.ledger.entryOf(file);
    this.originOf.set(entry, kept.summary.factsBy);
    const { name } = kept.summary;
    const problems = account.problems.map((problem) =>
      problem.file === name ? { ...problem, file: this.ledger.nameOf(file) } : problem,
    );
    Object.assign(entry, account, { problems, ended: !goesOn, nextIndex: 1 });
    const titles = this.ledger.titles();
    for (const [title, lines] of linesByFormat) {
      const format = titles.findIndex((each) => each.title === title);
      if (format >= 0) entry.linesByFormat[format] = lines;
    }
    if (head.table) {
      entry.tableRows = head.table.tally.used;
      entry.missing = missingOfTable(head.table);
      this.tables.add(this.ledger.nameOf(file), { file, index: 0, last: true, result: head.table });
    }
    if (rows[1] > rows[0]) this.ledger.addRows(file, ...rows);
    return rows;
  }

  /** Texts of lines are not kept; of a plain file that is here they are read where they stand. */
  async showLines(file: number, blob: Blob): Promise<void> {
    const { unreadable } = this.ledger.entryOf(file);
    await Promise.all(
      unreadable.map(async (line) => {
        const bytes = await blob.slice(line.offset, line.offset + LONGEST_EXAMPLE * 4).text();
        line.text = bytes.replace(/\r?\n[^]*$/, '').slice(0, LONGEST_EXAMPLE);
      }),
    );
  }

  private accountOf(entry: Entry): KeptAccount {
    const { state, problems, lines, unreadableByReason, bytes, usesZone, usesYear, usesStart, hasForwarded } =
      entry;
    const { firstLine, lastLine, firstRequest, lastRequest } = entry;
    return {
      ...{ state, problems, lines, unreadableByReason, bytes, usesZone, usesYear, usesStart, hasForwarded },
      ...{ firstLine, lastLine, firstRequest, lastRequest },
      unreadable: entry.unreadable.map((line) => ({ ...line, text: '' })),
      linesByFormat: this.ledger
        .titles()
        .map(({ title }, format): [string, number] => [title, entry.linesByFormat[format] ?? 0])
        .filter(([, count]) => count > 0),
    };
  }
}

/** Rows that could not be read may hold anything, addresses too. */
function withoutTexts(table: TableResult): TableResult {
  return { ...table, unreadable: [] };
}

/** But for what hangs on how it was packed. rows: of its requests. */
function summaryOf(entry: Entry, own: readonly OwnFormat[], rows: number, hasLoggerLines: boolean) {
  const { announced, lines, bytes, tableRows } = entry;
  const { name, size, compressed, contentKey, options, table } = announced;
  const { fingerprint, contentHash, isPlain } = announced.print!;
  const { first: firstTime, last: lastTime } = intervalOf(entry);
  const now = Date.now();
  return {
    key: fingerprint,
    version: KEPT_VERSION,
    readBy: READ_BY,
    reading: readingOf(options, entry.usesYear, own),
    ...{ options, name, size, compressed, contentKey, contentHash, isPlain, bytes, table },
    lines: lines.read,
    unreadable: lines.unreadable,
    canGrow: isPlain && entry.state === 'read' && table === null && !hasLoggerLines,
    requests: rows + (tableRows ?? 0),
    ...{ firstTime, lastTime, savedAt: now, usedAt: now },
  };
}
