/** Strings about files to take along where tables are held, and about what was said of tables' columns. */
import type { ExportKind } from '../../model/view.ts';
import { format } from '../format.ts';
import { count } from './count.ts';

export const tablesText = {
  /** In place of a button that would give an empty file. */
  cannotWrite: {
    raw: 'No raw CSV: it has one row per pull, and the tables hold only counts in this span.',
    summary:
      'No summary CSV: no table tells pulls by tag and by digest in this span. Downloads of models and datasets have no tags.',
    daily:
      'No daily CSV: no table tells single days in this span, and counts of weeks or months cannot be divided.',
  } satisfies Record<ExportKind, string>,
  noAddresses: 'Tables name no addresses: unique_ip_addresses is empty in rows that they are part of.',
  /** Why a row could not be read: in place of the reasons of log lines. */
  unreadableReason: 'not a row of this table: a cell is missing, or is no time or number',
  unreadable: (rows: number) =>
    rows === 1 ? '1 row could not be read' : `${count(rows, 'row')} could not be read`,
  examples: (rows: number) =>
    `Not rows of this table (a cell is missing, or is no time or number): ${count(rows, 'row')}`,
  download: 'Download unreadable rows',
  rowOf: (row: number) => `Row at line ${format.integer(row)}`,
  columns: {
    title: 'Columns that you chose',
    note: 'Kept in this browser for tables with the same header. Rows are not kept.',
    changeLead: 'For tables with this header, also those that are read now: they are counted again.',
    use: 'Use these columns',
    cancel: 'Cancel',
    change: 'Change…',
    changeOf: (name: string) => `Change the columns of ${name}`,
    forget: 'Forget',
    forgetOf: (name: string) => `Forget the columns of ${name}`,
    nameless: 'a table',
    header: (cells: string[]) => cells.join(', '),
    /** Time or day: Pull date. Count: Number of pulls. */
    said: (fields: [field: string, column: string][]) =>
      `${fields.map(([field, column]) => `${field}: ${column}`).join('. ')}.`,
  },
  otherRows: 'Header, and rows about something else',
  howRead: 'Times of tables that show no zone are read as UTC.',
  left: {
    raw: (actions: number) =>
      ` ${count(actions, 'action')} of tables that only count them ${actions === 1 ? 'is' : 'are'} not in it.`,
    summary: (pulls: number) =>
      ` ${count(pulls, 'pull')} ${pulls === 1 ? 'is' : 'are'} not in it: no table tells ${pulls === 1 ? 'its' : 'their'} tag or digest.`,
    daily: () => '',
  } satisfies Record<ExportKind, (left: number) => string>,
};
