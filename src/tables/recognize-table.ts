/**
 * What a table is, by its header and never by its name. In: the header's cells and the first rows, or a file's first
 * bytes. Out: a format, or for an unknown table a guess at its columns. Limits: the header is the first line; a log
 * line is no header, because none of its cells is a known one and its neighbours do not look like rows of it.
 */
import type { ColumnMapping, Delimiter, TableFormat } from '../model/table-format.ts';
import { guessMapping } from './column-mapping.ts';
import { READERS } from './index.ts';
import { parseRecords } from './read-csv.ts';
import { headerKey, type TableReader } from './table-reader.ts';

const DELIMITERS: Delimiter[] = [',', ';', '\t'];
const PREVIEW_ROWS = 50;

export function recognizeTable(
  headerCells: string[],
  firstRows: string[][],
  delimiter: Delimiter = ',',
): TableFormat | null {
  for (const reader of READERS) {
    const columns = columnsOf(reader, headerCells);
    if (!columns || !(reader.fits?.(headerCells, firstRows) ?? true)) continue;
    const { id, title, rows, meaning, divisible } = reader;
    const header = headerCells.map((cell) => cell.replace(/^\ufeff/, ''));
    return { id, title, rows, meaning, divisible, delimiter, header, columns, mapping: null };
  }
  return null;
}

/** What a file turned out to be. */
export interface TableLook {
  delimiter: Delimiter;
  header: string[];
  /** Of an unknown table the first rows, for the user to see; they may hold addresses, so of a known one none. */
  firstRows: string[][];
  /** Null: unknown, so the user chooses columns, beginning from the guess. */
  format: TableFormat | null;
  guess: ColumnMapping | null;
}

/** Looks at a file's first bytes (64 KiB are plenty); null when they are no table. */
export function lookAtTable(head: Uint8Array): TableLook | null {
  const text = new TextDecoder('utf-8').decode(head);
  let unknown: TableLook | null = null;
  for (const delimiter of DELIMITERS) {
    const [header, ...rows] = parseRecords(text, delimiter);
    if (!header || header.length < 2) continue;
    // The last row may be cut off.
    const firstRows = rows.filter((row) => row.length >= header.length).slice(0, PREVIEW_ROWS);
    const format = recognizeTable(header, firstRows, delimiter);
    if (format) return { delimiter, header: format.header, firstRows: [], format, guess: null };
    const isTable = looksLikeHeader(header) && firstRows.length > 0 && firstRows.length >= rows.length - 1;
    if (isTable && header.length > (unknown?.header.length ?? 1)) {
      unknown = { delimiter, header, firstRows, format: null, guess: guessMapping(header, firstRows) };
    }
  }
  return unknown;
}

/** The columns of a reader's fields; null when the header is not one of its headers. */
function columnsOf(reader: TableReader, header: string[]): Map<string, number> | null {
  const keys = header.map(headerKey);
  const columns = new Map<string, number>();
  for (const [field, names] of Object.entries(reader.fields)) {
    const column = names.map((name) => keys.indexOf(name)).find((found) => found >= 0);
    if (column !== undefined) columns.set(field, column);
  }
  const isOne =
    reader.required.every((field) => columns.has(field)) &&
    !reader.without?.some((field) => columns.has(field));
  return isOne ? columns : null;
}

/** Names of columns: texts, all different, none of them a number or a moment. */
function looksLikeHeader(header: string[]): boolean {
  return (
    new Set(header).size === header.length &&
    header.every((cell) => /^\p{L}[^"[\]{}=]{0,60}$|^[@_]\w+$/u.test(cell.trim()))
  );
}
