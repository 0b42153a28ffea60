/** Files by week and month. */
import { type FileSort, MOST_EXCEL_ROWS, type Preset } from '../../model/export-job.ts';
import type { Bytes } from '../../model/units.ts';
import type { DaySpan } from '../../model/view.ts';
import { type Filter, isFiltered } from '../../model/filter.ts';
import { format } from '../format.ts';
import { count } from './count.ts';
import { filterParts } from './navigation.ts';

const n = format.integer;

export const exportText = {
  title: 'Exports by week and month',
  summary: 'One file of a period, all of them in one zip, or Docker’s Data API as files',
  intro: (span: DaySpan) =>
    `Every week (Monday to Sunday, UTC) and month that ${format.span(span)} touches. Each file holds its whole period, as far as the data covers it, and what the filters show. Partial: the data does not cover all its days.`,

  how: 'How files are written',
  preset: 'For',
  presets: {
    standard: 'Programs (standard)',
    excel: 'Excel',
    'excel-semicolon': 'Excel, semicolons',
  } satisfies Record<Preset, string>,
  presetNotes: {
    standard: 'UTF-8, commas: for pandas, DuckDB, BigQuery and the like.',
    excel: 'With a byte order mark, times that Excel knows, and image_ref, which keeps 1.1 and 1.10 apart.',
    'excel-semicolon': 'The same for countries where the comma is for decimals.',
  } satisfies Record<Preset, string>,
  gzip: 'Compress each file (.csv.gz)',

  one: 'One file',
  sort: 'Content',
  sorts: {
    raw: 'Raw: each action',
    summary: 'Summary by tag and digest',
    'repo-summary': 'Summary by repository',
    'namespace-summary': 'Summary by namespace',
    daily: 'Daily downloads',
  } satisfies Record<FileSort, string>,
  table: 'Weeks and months',
  period: 'Period',
  days: 'Days (UTC)',
  data: 'Data',
  file: 'File',
  shown: 'Span shown',
  week: (week: number) => `Week ${week}`,
  month: (span: DaySpan) => format.month(span.first),
  spanOf: (span: DaySpan) => format.span(span),
  whole: 'Whole',
  partial: 'Partial',
  look: 'Look',
  lookAt: (period: string) => `Look at ${period}`,

  looking: 'Counting rows…',
  lookFailed: (reason: string) => `This file could not be looked at: ${reason}`,
  nothing: 'Choose “Look” to see how many rows a file has, its size and its first rows, before it is saved.',
  facts: (rows: number, bytes: Bytes, isEstimate: boolean) =>
    `${count(rows, 'row')} · ${isEstimate ? 'about ' : ''}${format.bytes(bytes)} before compression · UTC`,
  filters: (filter: Filter) =>
    isFiltered(filter) ? `Filters: ${filterParts(filter).join(', ')}` : 'No filters.',
  firstRows: 'First rows',
  noRows: 'No rows: the file holds its header only.',
  save: 'Save',
  saveOne: 'Save one file',
  tooLong: (rows: number) =>
    `${n(rows)} rows: Excel opens ${n(MOST_EXCEL_ROWS)} besides the header and drops the rest.`,
  split: (rows: number) => `Save ${n(Math.ceil(rows / MOST_EXCEL_ROWS))} files (zip)`,

  load: 'Read this file in pandas, DuckDB or BigQuery',
  loadNote:
    'Tags, names and versions are read as text: as numbers, 1.10 and 1.1 would be the same. For BigQuery put the name of your table in; of a compressed file it takes 4 GB at most.',
  copy: 'Copy',
  copyFor: (tool: string) => `Copy the line for ${tool}`,
  copied: (tool: string) => `The line for ${tool} is copied.`,
  notCopied: 'This browser does not let the page copy. Select the text instead.',

  all: 'All periods in one zip',
  allNote:
    'Each file as above, with a manifest.json that says by which rules and from which files it was counted, with rows, bytes and a SHA-256 for each. Longer files are cut where Excel ends, if they are for Excel.',
  contents: 'Contents of the zip',
  weeks: 'Weeks',
  months: 'Months',
  fileCount: (files: number) =>
    files === 0 ? 'Choose a content and weeks or months.' : `${count(files, 'file')} and the manifest.`,
  saveAll: 'Save all as one zip',

  api: 'Data API for a static host',
  apiNote:
    'The answers and files of Docker Hub’s DVP Data API, for each namespace: unpack the zip on any static host, and a client of that API reads it there. Weeks are ISO weeks. Nothing is protected by a login.',
  base: 'Address it will be served from (optional)',
  baseNote: 'Empty: links inside are relative to the answer. Some clients need whole addresses.',
  badBase: 'This is no web address: it begins with https:// or http://.',
  saveApi: 'Save Data API as files',

  cancel: 'Cancel',
  progress: 'Writing the file',
  writing: (name: string, bytes: Bytes) => `Writing ${name}: ${format.bytes(bytes)} so far.`,
  share: (share: number) => format.percent(share),
  beginning: (name: string) => `Getting ready to write ${name}.`,
  unsaved: 'Nothing was saved: no place was chosen.',
  stopped: 'Stopped. Nothing was saved.',
  done: (name: string, rows: number, files: number, bytes: Bytes) =>
    `${name} is saved: ${files > 1 ? `${count(files, 'file')}, ` : ''}${count(rows, 'row')}, ${format.bytes(bytes)}.`,
  leftOut: (names: string[], more: number) =>
    `Left out, because they cannot be part of an address: ${names.join(', ')}${more > 0 ? ` and ${n(more)} more` : ''}.`,
  failed: (reason: string) => `This file could not be written: ${reason}`,
};
