/**
 * Files to take along where tables are held. In: a resolution, the sources that it is of, the rows behind them. Out: what
 * the tables add to files; whether a file would hold anything.
 */
import type { Counted } from '../exports/index.ts';
import { wordOf } from '../lib/column-builder.ts';
import { type ActionRows, REPO_TYPES } from '../model/action-rows.ts';
import { type Measure, MEASURES } from '../model/count-rows.ts';
import { type CountSource, LOGS, type Resolution } from '../model/resolved-counts.ts';
import type { SourcesView } from '../model/sources-view.ts';
import type { Coverage } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
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

/** What the tables add, with the days of all that is held, and of all but the files of the daily shape. */
export function countedOf(
  { resolution, sources, actions }: Exported,
  coverage: Coverage,
  daysElsewhere: Coverage,
): Counted {
  const cells = new CountedCells(resolution);
  return {
    resolution,
    coverage,
    daysElsewhere,
    ofDailyShape: new Set(sources.flatMap(({ format }, i) => (format === DAILY_SHAPE ? [i] : []))),
    actions: actions.flatMap((rows, source) => (rows ? [countedActions(rows, source, cells)] : [])),
    besideLogs: (span, level) => countsBesideLogs(resolution, sources, actions, span, level),
  };
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
