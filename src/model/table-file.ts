/** A file that is a table, between the first look at it and its figures. */
import type { ColumnMapping, Delimiter, TableFormat } from './table-format.ts';

/** How a file is to be read, if it is a table. */
export type TablePlan =
  | { kind: 'csv'; format: TableFormat; repository: string }
  /** Docker's DVP Data API. */
  | { kind: 'api' };

/** A table that no reader knows: the user says what its columns are. */
export interface UnknownTable {
  /** Equal for equal headers: by this a choice is remembered. */
  key: string;
  name: string;
  delimiter: Delimiter;
  header: string[];
  /** May hold addresses: for the user's eyes only. */
  firstRows: string[][];
  guess: ColumnMapping;
}

/** What the user said. */
export interface ChosenColumns {
  mapping: ColumnMapping;
  /** Of a table that names none. */
  repository: string;
}

/** Null: the table is not to be read. */
export type AskColumns = (table: UnknownTable) => Promise<ChosenColumns | null>;
