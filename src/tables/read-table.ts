/**
 * A table, read in one pass. In: bytes in any pieces, and the format that lookAtTable or mappedFormat gave.
 * Out: columns of actions, counts or requests, and what became of every row. Limits: a row with fewer cells than the
 * header, or with more that are not empty, is unreadable: its cells cannot be told apart.
 */
import { joinRows, RowBuilder } from '../lib/column-builder.ts';
import { ACTION_COLUMNS } from '../model/action-rows.ts';
import { COUNT_COLUMNS } from '../model/count-rows.ts';
import type { Problem } from '../model/problem.ts';
import { REQUEST_COLUMNS } from '../model/request-rows.ts';
import { type UnreadableLine, UnreadableReason } from '../model/segment.ts';
import type { Bytes } from '../model/units.ts';
import type { RowTally, TableFormat, TableResult, TableRows } from '../model/table-format.ts';
import { type Period, periodOfName } from './cells.ts';
import { READERS } from './index.ts';
import { readCsv } from './read-csv.ts';
import { CountSink, type OpenTable, type RowFate, type RowReader } from './table-reader.ts';

/** Unreadable rows that are kept to be shown. */
export const LISTED_ROWS = 20;
/** Of a row that is shown: characters. */
const SHOWN_TEXT = 200;

export interface ReadTableOptions {
  /** Of the file: for problems, and for the days of a table without dates. */
  name: string;
  format: TableFormat;
  /** The bytes are a later range of the file, which begins with no header. */
  isLaterRange?: boolean;
  /** Where the bytes begin in the file. */
  start?: Bytes;
  /** Days of a table without dates, if the user said so. */
  period?: Period;
  /** Repository of a table that names none. */
  repository?: string;
  /** Called with each row that cannot be read, as it is. */
  onUnreadable?: ((row: string) => void) | undefined;
}

export async function readTable(
  chunks: AsyncIterable<Uint8Array>,
  {
    name,
    format,
    isLaterRange = false,
    start = 0,
    period = periodOfName(name),
    repository = '',
    onUnreadable,
  }: ReadTableOptions,
): Promise<TableResult> {
  const tally: RowTally = { read: 0, used: 0, skipped: 0, unreadable: 0 };
  const unreadable: UnreadableLine[] = [];
  const { table, problems, times } = openTable(name, format, period, repository);
  const reader = READERS.find(({ id }) => id === format.id)!.open(table);
  let isHeader = !isLaterRange;
  const end = await readCsv(chunks, format.delimiter, (cells, line, offset, asWritten) => {
    if (isHeader) {
      isHeader = false;
      return;
    }
    tally.read++;
    const fate = readRow(cells, format.header, reader);
    tally[fate]++;
    const { length, columns } = table.requests;
    // A record is one request.
    if (fate === 'used' && length > 0) columns.offset[length - 1] = start + offset;
    if (fate !== 'unreadable') return;
    if (unreadable.length < LISTED_ROWS) unreadable.push(unreadableRow(line, start + offset, asWritten()));
    onUnreadable?.(asWritten());
  });
  reader.finish?.();
  if (end.unclosed > 0) {
    problems.push({
      severity: 'error',
      file: name,
      line: end.unclosed,
      reason: 'A quote is opened and never closed: nothing from there on was read.',
      remedy: 'Get the file again: it may have been cut off.',
    });
  }
  return { format, table: rowsOf(table), tally, unreadable, problems, lines: end.lines, ...times };
}

/** A table for a reader to fill, what it tells of it, and the times it saw. */
function openTable(name: string, format: TableFormat, period: Period, repository: string) {
  const problems: Problem[] = [];
  const times = { firstTime: NaN, lastTime: NaN };
  const table: OpenTable = {
    format,
    column: (field) => format.columns.get(field) ?? -1,
    actions: new RowBuilder(ACTION_COLUMNS),
    counts: new CountSink(),
    requests: new RowBuilder(REQUEST_COLUMNS),
    period,
    repository,
    saw(time) {
      if (!(time >= times.firstTime)) times.firstTime = time;
      if (!(time <= times.lastTime)) times.lastTime = time;
    },
    tell(severity, reason, remedy) {
      if (problems.some((problem) => problem.reason === reason)) return;
      problems.push({ severity, file: name, line: 0, reason, remedy });
    },
  };
  return { table, problems, times };
}

function readRow(cells: string[], header: readonly string[], reader: RowReader): RowFate {
  // Files that were joined repeat the header.
  if (cells[0] === header[0] && cells.every((cell, column) => cell === header[column])) return 'skipped';
  return hasColumns(cells, header.length) ? reader.take(cells) : 'unreadable';
}

export function unreadableRow(line: number, offset: Bytes, row: string): UnreadableLine {
  return { line, offset, reason: UnreadableReason.unknownFormat, text: row.slice(0, SHOWN_TEXT) };
}

function hasColumns(cells: string[], columns: number): boolean {
  if (cells.length === columns) return true;
  return cells.length > columns && cells.slice(columns).every((cell) => cell === '');
}

function rowsOf({ format, actions, counts, requests }: OpenTable): TableRows {
  if (format.rows === 'actions') return { kind: 'actions', rows: actions.finish() };
  if (format.rows === 'counts') return { kind: 'counts', rows: counts.rows.finish() };
  return format.rows === 'requests' ? { kind: 'requests', rows: requests.finish() } : { kind: 'none' };
}

/** The ranges of one file, in order, as one result. */
export function joinResults(results: readonly TableResult[]): TableResult {
  const [first] = results as [TableResult, ...TableResult[]];
  const joined: TableResult = {
    format: first.format,
    table: joinTables(results.map(({ table }) => table)),
    tally: { read: 0, used: 0, skipped: 0, unreadable: 0 },
    unreadable: [],
    problems: [],
    lines: 0,
    firstTime: NaN,
    lastTime: NaN,
  };
  for (const { tally, unreadable, problems, lines, firstTime, lastTime } of results) {
    for (const fate of ['read', 'used', 'skipped', 'unreadable'] as const) joined.tally[fate] += tally[fate];
    joined.unreadable.push(...unreadable.map((row) => ({ ...row, line: row.line + joined.lines })));
    for (const problem of problems) {
      if (joined.problems.some(({ reason }) => reason === problem.reason)) continue;
      joined.problems.push({ ...problem, line: problem.line && problem.line + joined.lines });
    }
    joined.lines += lines;
    if (!(firstTime >= joined.firstTime))
      joined.firstTime = Number.isNaN(firstTime) ? joined.firstTime : firstTime;
    if (!(lastTime <= joined.lastTime)) joined.lastTime = Number.isNaN(lastTime) ? joined.lastTime : lastTime;
  }
  joined.unreadable.length = Math.min(joined.unreadable.length, LISTED_ROWS);
  return joined;
}

function joinTables(tables: readonly TableRows[]): TableRows {
  const { kind } = tables[0]!;
  if (kind === 'actions') {
    const rows = tables.filter((each) => each.kind === kind).map((each) => each.rows);
    return { kind, rows: joinRows(ACTION_COLUMNS, rows) };
  }
  if (kind === 'counts') {
    const rows = tables.filter((each) => each.kind === kind).map((each) => each.rows);
    return { kind, rows: joinRows(COUNT_COLUMNS, rows) };
  }
  if (kind === 'requests') {
    const rows = tables.filter((each) => each.kind === kind).map((each) => each.rows);
    return { kind, rows: joinRows(REQUEST_COLUMNS, rows) };
  }
  return { kind };
}
