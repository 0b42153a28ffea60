/**
 * What tables add to a summary. In: a resolution, its sources, and the rows behind them. Out: checks and pulls of images
 * in a span, by repository or by reference, which the logs do not tell. Limits: days, weeks and months that lie only
 * partly in the span, and counts without dates, are left out; so is, by reference, a week of which days were taken off.
 */
import { wordOf } from '../../lib/column-builder.ts';
import { type ActionRows, REPO_TYPES } from '../../model/action-rows.ts';
import type { CountedActions } from '../../model/counted-actions.ts';
import {
  type CountRows,
  LEVEL_NAMESPACE,
  LEVEL_PART,
  LEVEL_REPOSITORY,
  type Measure,
  MEASURES,
  NO_DAY,
} from '../../model/count-rows.ts';
import { type ReferenceCount, type ReferenceCounts, SUMMARY_ACTIONS } from '../../model/reference-counts.ts';
import { type CountSource, LOGS, type Resolution } from '../../model/resolved-counts.ts';
import { MILLISECONDS_PER_DAY } from '../../model/units.ts';
import { dayOf } from '../../lib/calendar.ts';
import type { DaySpan, SummaryLevel } from '../../model/view.ts';
import { CountedCells } from './counted-cells.ts';
import { MEASURE_OF_ACTION } from './count-source.ts';

const IMAGE = REPO_TYPES.indexOf('image');
const MEANING = 'registry-actions';
const numberOf = (measure: Measure) => MEASURES.findIndex(({ id }) => id === measure);
const PULLS = numberOf('pulls');
const BY_REFERENCE = new Set([numberOf('pulls_by_tag'), numberOf('pulls_by_digest')]);
const ACTION_OF_MEASURE = new Map(SUMMARY_ACTIONS.map((action) => [MEASURE_OF_ACTION[action]!, action]));

/** The actions of a table that count. */
export function countedActions(rows: ActionRows, source: number, cells: CountedCells): CountedActions {
  const { columns, words } = rows;
  const isCounted = cells.of(source, words);
  return {
    rows,
    counts(row) {
      const day = dayOf(columns.time[row]!);
      const measure = MEASURE_OF_ACTION[columns.action[row]!]!;
      return isCounted(columns.repository[row]!, columns.repoType[row]!, measure, day, day);
    },
  };
}

/** `actions`: of each source, if its table holds actions. */
export function countsBesideLogs(
  resolution: Resolution,
  sources: readonly CountSource[],
  actions: readonly (ActionRows | null)[],
  span: DaySpan,
  level: SummaryLevel,
): ReferenceCounts {
  const { rows, sourceSets } = resolution;
  const { columns, length, words } = rows;
  const counts: ReferenceCount[] = [];
  let left = 0;
  const isInSpan = (first: number, last: number) =>
    first !== NO_DAY && first >= span.first && last <= span.last;
  for (let row = 0; row < length; row++) {
    if (wordOf(words, columns.meaning[row]!) !== MEANING || columns.repoType[row] !== IMAGE) continue;
    if (!isInSpan(columns.firstDay[row]!, columns.lastDay[row]!)) continue;
    const [measure, count] = [columns.measure[row]!, columns.count[row]!];
    if (measure === PULLS) left += count;
    const isOfLogs = sourceSets[columns.sources[row]!]!.some((source) => sources[source]!.format === LOGS);
    if (isOfLogs && BY_REFERENCE.has(measure)) left -= count;
    const action = ACTION_OF_MEASURE.get(measure);
    if (isOfLogs || level === 'reference' || action === undefined || count === 0) continue;
    const isNamespace = columns.level[row] === LEVEL_NAMESPACE;
    if (columns.level[row] !== LEVEL_REPOSITORY && !(isNamespace && level === 'namespace')) continue;
    const name = wordOf(words, columns.repository[row]!);
    counts.push({ repository: isNamespace ? `${name}/` : name, reference: '', action, count });
  }
  if (level === 'reference') {
    const cells = new CountedCells(resolution);
    sources.forEach(({ format, meaning, counts: rows }, source) => {
      if (format === LOGS || meaning !== MEANING) return;
      const own = actions[source];
      const sums = own
        ? ofActions(countedActions(own, source, cells), span)
        : ofCounts(rows, source, cells, isInSpan);
      for (const each of sums) counts.push(each);
    });
  }
  for (const { action, count } of counts) if (BY_REFERENCE.has(MEASURE_OF_ACTION[action]!)) left -= count;
  return { counts, left: Math.max(0, left) };
}

/** Sums by repository, reference and action, as words of one table. */
class Sums {
  private readonly sums = new Map<number, Map<number, number>>();

  constructor(private readonly words: readonly string[]) {}

  add(repository: number, reference: number, action: number, count: number): void {
    let ofRepository = this.sums.get(repository);
    if (!ofRepository) this.sums.set(repository, (ofRepository = new Map()));
    const key = reference * 4 + action;
    ofRepository.set(key, (ofRepository.get(key) ?? 0) + count);
  }

  *[Symbol.iterator](): Generator<ReferenceCount> {
    for (const [repository, sums] of this.sums) {
      for (const [key, count] of sums) {
        yield {
          repository: wordOf(this.words, repository),
          reference: wordOf(this.words, Math.floor(key / 4)),
          action: (key % 4) as ReferenceCount['action'],
          count,
        };
      }
    }
  }
}

function ofActions({ rows, counts }: CountedActions, { first, last }: DaySpan): Sums {
  const { columns, length, words } = rows;
  const sums = new Sums(words);
  const [from, to] = [first * MILLISECONDS_PER_DAY, (last + 1) * MILLISECONDS_PER_DAY];
  for (let row = 0; row < length; row++) {
    const time = columns.time[row]!;
    const action = columns.action[row]!;
    if (!(time >= from && time < to) || !ACTION_OF_MEASURE.has(MEASURE_OF_ACTION[action]!) || !counts(row))
      continue;
    sums.add(columns.repository[row]!, columns.reference[row]!, action, columns.count[row]!);
  }
  return sums;
}

/** Of a summary by reference; tables that know no references tell none. */
function ofCounts(
  { columns, length, words }: CountRows,
  source: number,
  cells: CountedCells,
  isInSpan: (first: number, last: number) => boolean,
): Sums {
  const sums = new Sums(words);
  const isCounted = cells.of(source, words);
  for (let row = 0; row < length; row++) {
    const [first, last] = [columns.firstDay[row]!, columns.lastDay[row]!];
    const action = ACTION_OF_MEASURE.get(columns.measure[row]!);
    if (action === undefined || columns.level[row] !== LEVEL_PART || !isInSpan(first, last)) continue;
    const [repository, repoType] = [columns.repository[row]!, columns.repoType[row]!];
    if (repoType !== IMAGE || !isCounted(repository, repoType, columns.measure[row]!, first, last)) continue;
    sums.add(repository, columns.reference[row]!, action, columns.count[row]!);
  }
  return sums;
}
