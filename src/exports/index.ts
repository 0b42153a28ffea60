/** The list of exports: what can be written, and under which name (spec: outputs). */
import { isoDay } from '../lib/calendar.ts';
import type { Coverage, Traffic } from '../model/traffic.ts';
import { COVERED_WHOLE, type ExportedFile, type ExportKind, type ExportRequest } from '../model/view.ts';
import type { CsvWriter } from './csv.ts';
import type { Filter } from '../model/filter.ts';
import { splitName } from './name-parts.ts';
import { writeDaily } from './daily.ts';
import { writeRaw } from './raw.ts';
import { writeSummary } from './summary.ts';

type Write = (traffic: Traffic, request: ExportRequest) => CsvWriter;

const EXPORTS: Record<ExportKind, Write> = { raw: writeRaw, summary: writeSummary, daily: writeDaily };

export function writeExport(traffic: Traffic, request: ExportRequest): ExportedFile {
  const writer = EXPORTS[request.kind](traffic, request);
  return {
    name: exportFileName(request, traffic.coverage),
    rows: writer.rows,
    blob: writer.finish(),
  };
}

/** all_raw_month_2026-09.csv; `_partial` when the data does not cover the period whole. */
export function exportFileName(request: ExportRequest, coverage: Coverage): string {
  const { kind, span, spanKind } = request;
  const begin = `${namespaceOf(request.filter) ?? 'all'}_${kind}`;
  if (spanKind === 'all') return `${begin}_all.csv`;
  const first = isoDay(span.first);
  const period =
    spanKind === 'month'
      ? `month_${first.slice(0, 7)}`
      : spanKind === 'week'
        ? `week_${first}`
        : `span_${first}_${isoDay(span.last)}`;
  let isWhole = true;
  for (let day = span.first; day <= span.last; day++) isWhole &&= coverage.of(day) === COVERED_WHOLE;
  return `${begin}_${period}${isWhole ? '' : '_partial'}.csv`;
}

/** The one namespace that the filter leaves, when it is fit for a file's name; null for several. */
function namespaceOf(filter: Filter): string | null {
  const namespaces = new Set(filter.repository?.included.map((name) => splitName(name)[0]));
  const [namespace] = namespaces;
  return namespaces.size === 1 && /^[a-z0-9][\w.-]*$/i.test(namespace!) ? namespace! : null;
}
