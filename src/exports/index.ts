/** The list of exports: what can be written, and under which name (spec: outputs). */
import { isoDay } from '../lib/calendar.ts';
import { type Filter, isFiltered } from '../model/filter.ts';
import type { CountedActions } from '../model/counted-actions.ts';
import type { ReferenceCounts } from '../model/reference-counts.ts';
import type { Coverage, Traffic } from '../model/traffic.ts';
import {
  COVERED_WHOLE,
  type DaySpan,
  type ExportedFile,
  type ExportKind,
  type ExportRequest,
  type SummaryLevel,
} from '../model/view.ts';
import { CsvFiles, type RowSource } from './csv.ts';
import { type CountedDays, openDailyCounts } from './daily-counts.ts';
import { downloadsByRepository, openDaily } from './daily.ts';
import { splitName } from './name-parts.ts';
import { openRaw } from './raw.ts';
import { type Style, STYLES } from './style.ts';
import { openSummary } from './summary.ts';
import { TableActions } from './table-actions.ts';

/** What tables add to files: each action once, whichever source tells it. */
export interface Counted extends CountedDays {
  /** Days of logs and tables. */
  coverage: Coverage;
  /** What tables list one by one. */
  actions: readonly CountedActions[];
  /** Counts of a span that the logs do not tell. */
  besideLogs(span: DaySpan, level: SummaryLevel): ReferenceCounts;
}

/** What files are made of. */
export interface ExportSource {
  traffic: Traffic;
  /** null: no tables are held. */
  counted: Counted | null;
}

type Open = (source: ExportSource, request: ExportRequest, style: Style) => RowSource;

const EXPORTS: Record<ExportKind, Open> = {
  raw: (source, request, style) => {
    const counted = countedFor(source, request.filter);
    const ofTables = counted && TableActions.inSpan(counted.actions, request.span);
    return openRaw(source.traffic, request, style, ofTables);
  },
  summary: (source, request, style) => {
    const { span, level, filter } = request;
    const ofTables = countedFor(source, filter)?.besideLogs(span, level) ?? { counts: [], left: 0 };
    return openSummary(source.traffic, request, style, ofTables);
  },
  daily: (source, { span, filter }, style) => {
    const counted = countedFor(source, filter);
    if (counted) return openDailyCounts(counted, span, style);
    return openDaily(source.traffic, span, style, downloadsOf(source, filter));
  },
};

export function openExport(source: ExportSource, request: ExportRequest, style: Style): RowSource {
  return EXPORTS[request.kind](source, request, style);
}

/** As one file in memory. */
export function writeExport(source: ExportSource, request: ExportRequest): ExportedFile {
  const table = openExport(source, request, STYLES.standard);
  const files = new CsvFiles(table, STYLES.standard);
  const parts: Blob[] = [];
  // The Blob takes a copy, so the bytes need not stay on the heap.
  for (const bytes of files.next()) parts.push(new Blob([bytes]));
  return {
    name: nameOfExport(source, request),
    rows: files.rows,
    blob: new Blob(parts, { type: 'text/csv;charset=utf-8' }),
    left: table.left,
  };
}

export function nameOfExport(source: ExportSource, request: ExportRequest): string {
  return exportFileName(request, coverageOfExport(source, request.filter));
}

/** Of what the file is made of. */
export function coverageOfExport(source: ExportSource, filter: Filter): Coverage {
  return (countedFor(source, filter) ?? source.traffic).coverage;
}

/** What a filter chooses by, tables do not tell: a filtered file is of the logs alone. */
export function countedFor({ counted }: ExportSource, filter: Filter): Counted | null {
  return isFiltered(filter) ? null : counted;
}

/** Kept for the files of many periods, which all need the totals of all time. */
const downloads = new WeakMap<ExportSource, ReturnType<typeof downloadsByRepository>>();

/** A source is opened for one filter. */
function downloadsOf(source: ExportSource, filter: Filter): ReturnType<typeof downloadsByRepository> {
  const found = downloads.get(source) ?? downloadsByRepository(source.traffic, filter);
  downloads.set(source, found);
  return found;
}

/** all_raw_month_2026-09.csv; `_partial` when the data does not cover the period whole. */
export function exportFileName(
  request: ExportRequest,
  coverage: Coverage,
  namespace = namespaceOf(request.filter) ?? 'all',
): string {
  const { kind, span, spanKind } = request;
  const begin = `${namespace}_${kind}`;
  if (spanKind === 'all') return `${begin}_all.csv`;
  const first = isoDay(span.first);
  const period =
    spanKind === 'month'
      ? `month_${first.slice(0, 7)}`
      : spanKind === 'week'
        ? `week_${first}`
        : `span_${first}_${isoDay(span.last)}`;
  return `${begin}_${period}${isCoveredWhole(span, coverage) ? '' : '_partial'}.csv`;
}

export function isCoveredWhole({ first, last }: DaySpan, coverage: Coverage): boolean {
  for (let day = first; day <= last; day++) if (coverage.of(day) !== COVERED_WHOLE) return false;
  return true;
}

/** The one namespace that the filter leaves, when it is fit for a file's name; null for several. */
function namespaceOf(filter: Filter): string | null {
  const namespaces = new Set(filter.repository?.included.map((name) => splitName(name)[0]));
  const [namespace] = namespaces;
  return namespaces.size === 1 && /^[a-z0-9][\w.-]*$/i.test(namespace!) ? namespace! : null;
}
