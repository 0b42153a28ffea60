/** What a CSV or JSON table is, and what reading it gives. */
import type { ActionRows } from './action-rows.ts';
import type { CountRows } from './count-rows.ts';
import type { Problem } from './problem.ts';
import type { RequestRows } from './request-rows.ts';
import type { UnreadableLine } from './segment.ts';
import type { Milliseconds } from './units.ts';

export type Delimiter = ',' | ';' | '\t';

/** What a table turned out to be: plain data, so it can be handed to workers. */
export interface TableFormat {
  /** Of a reader in tables/index.ts. */
  id: string;
  title: string;
  /** What its rows become; `none`: it is known, and holds nothing to count. */
  rows: 'actions' | 'counts' | 'requests' | 'none';
  /**
   * What its figures mean. Figures of different meaning are never added. `by-type`: the row's repository type decides
   * (meaningOf).
   */
  meaning: string;
  delimiter: Delimiter;
  /** Rows do not depend on earlier rows: ranges of the file can be read apart. */
  divisible: boolean;
  /** The header as written. */
  header: string[];
  /** Field of the reader, and the column it stands in. */
  columns: Map<string, number>;
  /** What the user said about an unknown table. */
  mapping: ColumnMapping | null;
}

/** Which column of an unknown table holds what; −1: none does. */
export interface ColumnMapping {
  /** What a row is: a count, an action that was classified, a request to be classified. */
  rows: 'counts' | 'actions' | 'requests';
  time: number;
  repository: number;
  count: number;
  /** Action, or HTTP method. */
  kind: number;
  address: number;
  agent: number;
  /** Path and status of requests. */
  path: number;
  status: number;
  /** The count is a running total: differences between rows are counted. */
  isRunning: boolean;
}

/** What a mapping lacks that its rows need; null: nothing. */
export function mappingLacks(mapping: ColumnMapping): 'time' | 'repository' | 'kind' | 'count' | null {
  const { rows, time, repository, path, kind, count, isRunning } = mapping;
  if (time < 0) return 'time';
  if (rows !== 'counts' && repository < 0 && path < 0) return 'repository';
  if (rows !== 'counts' && kind < 0) return 'kind';
  return isRunning && count < 0 ? 'count' : null;
}

/** What became of the rows. read = used + skipped + unreadable. */
export interface RowTally {
  read: number;
  used: number;
  /** Repeated headers, and rows about something else (a push in an audit log). */
  skipped: number;
  unreadable: number;
}

export type TableRows =
  | { kind: 'actions'; rows: ActionRows }
  | { kind: 'counts'; rows: CountRows }
  | { kind: 'requests'; rows: RequestRows }
  | { kind: 'none' };

export interface TableResult {
  format: TableFormat;
  table: TableRows;
  tally: RowTally;
  /** The first 20 rows that could not be read. */
  unreadable: UnreadableLine[];
  problems: Problem[];
  /** Lines read, blank ones and the header included. */
  lines: number;
  /** Times of the earliest and the latest row; NaN when no row has one. */
  firstTime: Milliseconds;
  lastTime: Milliseconds;
}
