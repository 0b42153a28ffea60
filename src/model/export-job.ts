/** What the page wishes to be written, and what it hears of it. Plain data between the page and the worker. */
import type { Filter } from './filter.ts';
import type { Bytes, Milliseconds } from './units.ts';
import type { DaySpan, ExportKind, ExportRequest, SummaryLevel } from './view.ts';

/** For whom a CSV is written: programs, or spreadsheets of two habits. */
export const PRESETS = ['standard', 'excel', 'excel-semicolon'] as const;
export type Preset = (typeof PRESETS)[number];

/** Rows that Excel opens, without the header: 2^20 − 1. */
export const MOST_EXCEL_ROWS = 1_048_575;

/** The sorts of files, by the words that Docker's Data API has for them; it has no daily one. */
export const FILE_SORTS = ['raw', 'summary', 'repo-summary', 'namespace-summary', 'daily'] as const;
export type FileSort = (typeof FILE_SORTS)[number];

const LEVELS: Partial<Record<FileSort, SummaryLevel>> = {
  summary: 'reference',
  'repo-summary': 'repository',
  'namespace-summary': 'namespace',
};

export function kindOfSort(sort: FileSort): { kind: ExportKind; level: SummaryLevel } {
  const level = LEVELS[sort];
  return { kind: level ? 'summary' : (sort as 'raw' | 'daily'), level: level ?? 'reference' };
}

export interface Writing {
  preset: Preset;
  /** Each file is a .csv.gz. */
  gzip: boolean;
  /** When it is written: for the entries of an archive, and its manifest. */
  now: Milliseconds;
}

/** One file of one span, cut into a zip of parts where it is too long for Excel, if that is wished. */
export interface FileJob extends Writing {
  form: 'file';
  request: ExportRequest;
  split: boolean;
}

/** Every week and month that the span touches, in one zip with a manifest. */
export interface PeriodsJob extends Writing {
  form: 'periods';
  span: DaySpan;
  filter: Filter;
  sorts: FileSort[];
  periods: ('week' | 'month')[];
}

/** The same as answers of Docker's Data API, for a static host. */
export interface DataApiJob extends Writing {
  form: 'data-api';
  span: DaySpan;
  filter: Filter;
  /** Where it will be served from; empty: addresses inside are relative. */
  base: string;
}

export type ExportJob = FileJob | PeriodsJob | DataApiJob;

/** What a file will be, before it is written. */
export interface ExportPreview {
  name: string;
  rows: number;
  /** Actions or pulls of the figures shown that the file cannot hold. */
  left: number;
  bytes: Bytes;
  /** The size was worked out from a part of the rows. */
  isEstimate: boolean;
  columns: string[];
  /** The first rows, cell by cell, as they will be in the file. */
  first: string[][];
}

/** Where writing stands. */
export interface ExportProgress {
  /** Of the work, not of the bytes. */
  share: number;
  /** The file in hand, in the archive. */
  name: string;
  /** Rows and files written so far. */
  rows: number;
  files: number;
}

/** A piece of what is written; without bytes: that was all. */
export interface ExportPiece {
  bytes: Uint8Array<ArrayBuffer> | null;
  progress: ExportProgress;
  /** What had to be left out, as names of repositories. */
  leftOut: string[];
}
