/**
 * How a CSV is spelled for whom. Standard: for pandas, DuckDB, BigQuery, which take a byte order mark for a part of the
 * first column's name. Excel: with the mark, because it guesses the encoding without, and with image_ref, because it
 * reads the tags 1.1 and 1.10 as the same number. Semicolons: where the comma is for decimals, Excel splits at them.
 */
import type { Preset } from '../model/export-job.ts';

export interface Style {
  delimiter: ',' | ';';
  hasMark: boolean;
  /** Times as a spreadsheet reads them, and references as it does not. */
  isForSpreadsheet: boolean;
}

export const STYLES: Record<Preset, Style> = {
  standard: { delimiter: ',', hasMark: false, isForSpreadsheet: false },
  excel: { delimiter: ',', hasMark: true, isForSpreadsheet: true },
  'excel-semicolon': { delimiter: ';', hasMark: true, isForSpreadsheet: true },
};

/** Columns as they are called in this style. */
export function columnsIn(style: Style, columns: readonly string[], hasReference = false): string[] {
  if (!style.isForSpreadsheet) return [...columns];
  const named = columns.map((column) => (column === 'timestamp' ? 'timestamp_utc' : column));
  return hasReference ? [...named, 'image_ref'] : named;
}

/** acme/api:1.10, or acme/api@sha256:…; no tag holds a colon. The name alone where no reference is known. */
export function imageReference(name: string, reference: string): string {
  return reference === '' ? name : `${name}${reference.includes(':') ? '@' : ':'}${reference}`;
}
