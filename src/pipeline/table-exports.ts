/**
 * Files to take along where tables are held. In: a resolution, the sources that it is of, the rows behind them, the
 * traffic. Out: the file, and what of the figures shown no such file can hold; whether a file would hold anything.
 */
import { exportFileName } from '../exports/index.ts';
import { writeDailyCounts } from '../exports/daily-counts.ts';
import { writeRaw } from '../exports/raw.ts';
import { writeSummary } from '../exports/summary.ts';
import { TableActions } from '../exports/table-actions.ts';
import { wordOf } from '../lib/column-builder.ts';
import { type ActionRows, REPO_TYPES } from '../model/action-rows.ts';
import { type Measure, MEASURES } from '../model/count-rows.ts';
import { type CountSource, LOGS, type Resolution } from '../model/resolved-counts.ts';
import type { SourcesView } from '../model/sources-view.ts';
import type { Coverage, Traffic } from '../model/traffic.ts';
import type { DaySpan, ExportedFile, ExportRequest } from '../model/view.ts';
import { CountedCells } from '../tables/resolve/counted-cells.ts';
import { countedActions, countsBesideLogs } from '../tables/resolve/reference-counts.ts';

export interface Exported {
  resolution: Resolution;
  sources: CountSource[];
  /** Of each source, if its table holds actions. */
  actions: (ActionRows | null)[];
}

/** Hugging Face's shape, which the daily file has. */
export const DAILY_SHAPE = 'hub-daily';

/** `coverage`: of all that is held, and of all but the files of the daily shape. */
export function exportTables(
  { resolution, sources, actions }: Exported,
  traffic: Traffic,
  request: ExportRequest,
  coverage: { all: Coverage; butDaily: Coverage },
): ExportedFile {
  const { kind, span, level } = request;
  const finished = (writer: ReturnType<typeof writeRaw>, left: number): ExportedFile => ({
    name: exportFileName(request, coverage.all),
    rows: writer.rows,
    blob: writer.finish(),
    left,
  });
  if (kind === 'daily') {
    const ofThisShape = new Set(sources.flatMap(({ format }, i) => (format === DAILY_SHAPE ? [i] : [])));
    return finished(writeDailyCounts(resolution, coverage.butDaily, span, ofThisShape), 0);
  }
  if (kind === 'summary') {
    const { counts, left } = countsBesideLogs(resolution, sources, actions, span, level);
    return finished(writeSummary(traffic, request, counts), left);
  }
  const cells = new CountedCells(resolution);
  const counted = actions.flatMap((rows, source) => (rows ? [countedActions(rows, source, cells)] : []));
  const ofTables = new TableActions(counted, span);
  return finished(writeRaw(traffic, request, ofTables), ofTables.left);
}

const ofSummary = new Set<Measure>(['pulls_by_tag', 'pulls_by_digest', 'version_checks']);
const ofDays = new Set<Measure>(['pulls', 'downloads']);

/** Whether each file would hold a row of tables, or of the logs. */
export function whatCanBeWritten(
  { resolution: { rows, sourceSets }, sources, actions }: Exported,
  span: DaySpan,
): SourcesView['canWrite'] {
  const can = { raw: false, summary: false, daily: false };
  const { columns, length, words } = rows;
  for (let row = 0; row < length; row++) {
    const [first, last] = [columns.firstDay[row]!, columns.lastDay[row]!];
    if (columns.count[row] === 0 || first < span.first || last > span.last) continue;
    const { id } = MEASURES[columns.measure[row]!]!;
    const behind = sourceSets[columns.sources[row]!]!;
    const isAction = ofSummary.has(id) || id === 'downloads';
    can.raw ||= isAction && behind.some((each) => actions[each] || sources[each]!.format === LOGS);
    const meaning = wordOf(words, columns.meaning[row]!);
    const type = REPO_TYPES[columns.repoType[row]!]!;
    can.summary ||= meaning === 'registry-actions' && type === 'image' && ofSummary.has(id);
    const isDaily = meaning === 'registry-actions' || meaning === 'hub-downloads';
    can.daily ||= isDaily && type !== '' && first === last && ofDays.has(id);
  }
  return can;
}
