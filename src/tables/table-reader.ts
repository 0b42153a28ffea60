/** What a reader of one kind of table is: the list of them is index.ts. */
import { RowBuilder } from '../lib/column-builder.ts';
import { ACTION_COLUMNS, REPO_TYPES, type RepoType } from '../model/action-rows.ts';
import { COUNT_COLUMNS, type Measure, MEASURES } from '../model/count-rows.ts';
import { REQUEST_COLUMNS } from '../model/request-rows.ts';
import type { Problem } from '../model/problem.ts';
import type { TableFormat } from '../model/table-format.ts';
import type { Milliseconds } from '../model/units.ts';
import type { Period } from './cells.ts';

export type RowFate = 'used' | 'skipped' | 'unreadable';

export interface RowReader {
  take: (cells: string[]) => RowFate;
  /** After the last row. */
  finish?: () => void;
}

/** A table being read, as its reader sees it. */
export interface OpenTable {
  format: TableFormat;
  /** The column of a field; −1 when the table lacks it. */
  column: (field: string) => number;
  actions: RowBuilder<typeof ACTION_COLUMNS>;
  counts: CountSink;
  requests: RowBuilder<typeof REQUEST_COLUMNS>;
  /** Days of a table without dates, from its name or the user. */
  period: Period;
  /** Of a table that names none. */
  repository: string;
  /** Tells of a row's time. */
  saw: (time: Milliseconds) => void;
  /** Tells the user something, once for each reason. */
  tell: (severity: Problem['severity'], reason: string, remedy: string) => void;
}

export interface TableReader {
  id: string;
  title: string;
  rows: TableFormat['rows'];
  meaning: string;
  divisible: boolean;
  /** Headers of each field, as headerKey spells them; the first that stands in the header is its column. */
  fields: Record<string, readonly string[]>;
  required: readonly string[];
  /** No table of this kind has these. */
  without?: readonly string[];
  /** What the header alone cannot tell. */
  fits?: (header: string[], firstRows: string[][]) => boolean;
  open: (table: OpenTable) => RowReader;
}

/** A header without case, blanks, underscores, the zone that Kusto adds, and a byte order mark: all spellings are one. */
export function headerKey(header: string): string {
  return header
    .toLowerCase()
    .replace(/\[utc\]/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const NO_TYPE = REPO_TYPES.indexOf('');

/** A repository type's number; an unknown one is the empty type. Plurals are what URLs say. */
export function repoTypeNumber(text: string): number {
  const type = REPO_TYPES.indexOf(text.toLowerCase().replace(/s$/, '') as RepoType);
  return type < 0 ? NO_TYPE : type;
}

const MEASURE_NUMBERS = new Map<Measure, number>(MEASURES.map(({ id }, number) => [id, number]));

/** Builds count rows. */
export class CountSink {
  readonly rows = new RowBuilder(COUNT_COLUMNS);

  /** Adds a row and gives its number; NaN adds nothing and gives −1. */
  push(
    repository: string,
    repoType: RepoType,
    level: number,
    [first, last]: Period,
    measure: Measure,
    count: number,
  ): number {
    if (Number.isNaN(count)) return -1;
    const row = this.rows.next();
    const { columns } = this.rows;
    columns.repository[row] = this.rows.word(repository);
    columns.repoType[row] = REPO_TYPES.indexOf(repoType);
    columns.level[row] = level;
    columns.firstDay[row] = first;
    columns.lastDay[row] = last;
    columns.measure[row] = MEASURE_NUMBERS.get(measure)!;
    columns.count[row] = count;
    return row;
  }

  /** Says more about a row. */
  label(row: number, labels: { reference?: string; country?: string; host?: string; tool?: string }): void {
    if (row < 0) return;
    const { columns } = this.rows;
    columns.reference[row] = this.rows.word(labels.reference ?? '');
    columns.country[row] = this.rows.word(labels.country ?? '');
    columns.host[row] = this.rows.word(labels.host ?? '');
    columns.tool[row] = this.rows.word(labels.tool ?? '');
  }
}
