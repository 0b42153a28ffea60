/**
 * Every week and month in one archive. In: what is held, and a wish. Out: entries: <sort>/<name as it has alone>, and
 * manifest.json. Sorts have folders, because summaries of all levels have the same name.
 */
import { kindOfSort, MOST_EXCEL_ROWS, type PeriodsJob } from '../model/export-job.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import { tableEntries, textEntry, Watch } from './entries.ts';
import { coverageOfExport, type ExportSource, isCoveredWhole, nameOfExport, openExport } from './index.ts';
import { type ManifestFile, manifest, type Origin } from './manifest.ts';
import { periodsIn, type PlannedFile } from './periods.ts';
import { STYLES } from './style.ts';
import type { ZipEntry } from './zip.ts';

/** What will be written, months first. Periods without a covered day are not there. */
export function planPeriods(source: ExportSource, job: PeriodsJob): PlannedFile[] {
  const coverage = coverageOfExport(source, job.filter);
  return [...job.periods].sort().flatMap((kind) =>
    job.sorts.flatMap((sort) => {
      const wish = { ...kindOfSort(sort), filter: job.filter };
      return periodsIn(job.span, coverage, kind).map((period) => {
        const [from, to] = rangeOfSpan(source.traffic, period.span);
        return {
          sort,
          period,
          request: { ...wish, span: period.span, spanKind: kind },
          isPartial: !isCoveredWhole(period.span, coverage),
          weight: to - from + 1,
        };
      });
    }),
  );
}

export function* periodEntries(
  source: ExportSource,
  job: PeriodsJob,
  planned: readonly PlannedFile[],
  origin: Origin,
  watch: Watch,
): Generator<ZipEntry> {
  const style = STYLES[job.preset];
  const mostRows = style.isForSpreadsheet ? MOST_EXCEL_ROWS : Infinity;
  const written: ManifestFile[] = [];
  for (const { sort, period, request, isPartial, weight } of planned) {
    const path = `${sort}/${nameOfExport(source, request)}`;
    watch.begin(path, weight);
    const rows = openExport(source, request, style);
    yield* tableEntries(path, rows, { style, gzip: job.gzip, mostRows }, watch, (file) =>
      written.push({ ...file, sort, period, isPartial, left: rows.left }),
    );
  }
  yield textEntry('manifest.json', manifest(job, origin, written));
}
