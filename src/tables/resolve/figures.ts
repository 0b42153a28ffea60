/**
 * Figures for people. In: resolved counts, and the days wanted. Out: for each meaning, measure and repository type one
 * figure with the sources it covers. Limits: a week that lies only partly in the span cannot be divided: it is left out
 * and counted as such; counts without dates are in no span, and are figures of their own, one a source.
 */
import { wordOf } from '../../lib/column-builder.ts';
import { REPO_TYPES } from '../../model/action-rows.ts';
import { MEASURES, NO_DAY } from '../../model/count-rows.ts';
import type { Figure, Resolution } from '../../model/resolved-counts.ts';
import type { DaySpan } from '../../model/view.ts';

/** Without a span: all time. */
export function figuresOf({ rows, sourceSets }: Resolution, span: DaySpan | null = null): Figure[] {
  const { columns, length, words } = rows;
  const figures = new Map<string, Figure & { names: Set<number>; behind: Set<number>; cells: number }>();
  for (let row = 0; row < length; row++) {
    const measure = MEASURES[columns.measure[row]!]!;
    const [first, last] = [columns.firstDay[row]!, columns.lastDay[row]!];
    const isDated = first !== NO_DAY;
    if (span && (!isDated || last < span.first || first > span.last)) continue;
    const set = columns.sources[row]!;
    const isUndated = !isDated && measure.kind !== 'running';
    const key = [
      columns.meaning[row],
      columns.measure[row],
      columns.repoType[row],
      isUndated ? set : '',
    ].join();
    let figure = figures.get(key);
    if (!figure) {
      figure = {
        meaning: wordOf(words, columns.meaning[row]!),
        measure: measure.id,
        repoType: REPO_TYPES[columns.repoType[row]!]!,
        ...{ total: 0, days: null, repositories: 0, sources: [], partlyInSpan: 0 },
        ...{ names: new Set<number>(), behind: new Set<number>(), cells: 0 },
      };
      figures.set(key, figure);
    }
    if (span && (first < span.first || last > span.last)) {
      figure.partlyInSpan++;
      continue;
    }
    figure.cells++;
    figure.names.add(columns.repository[row]!);
    for (const source of sourceSets[set]!) figure.behind.add(source);
    const canAdd = measure.kind !== 'distinct' || figure.cells === 1;
    figure.total = canAdd ? figure.total! + columns.count[row]! : null;
    if (!isDated) continue;
    figure.days = {
      first: Math.min(figure.days?.first ?? first, first),
      last: Math.max(figure.days?.last ?? last, last),
    };
  }
  return [...figures.values()].map(({ names, behind, cells: _, ...figure }) => ({
    ...figure,
    repositories: names.size,
    sources: [...behind].sort((a, b) => a - b),
  }));
}
