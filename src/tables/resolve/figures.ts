/**
 * Figures for people. In: resolved counts, and the days wanted. Out: for each meaning, measure and repository type one
 * figure with the sources it covers. Distinct counts are shown only as they were told: of the coarsest level, and of
 * exactly the span. Limits: a week that lies only partly in the span cannot be divided: it is left out
 * and counted as such; counts without dates are in no span, and are figures of their own, one a source.
 */
import { wordOf } from '../../lib/column-builder.ts';
import { REPO_TYPES } from '../../model/action-rows.ts';
import { LEVEL_REPOSITORY, MEASURES, NO_DAY } from '../../model/count-rows.ts';
import type { Figure, Resolution } from '../../model/resolved-counts.ts';
import type { DaySpan } from '../../model/view.ts';

/** Without a span: all time. */
export function figuresOf({ rows, sourceSets }: Resolution, span: DaySpan | null = null): Figure[] {
  const { columns, length, words } = rows;
  const figures = new Map<string, Draft>();
  for (let row = 0; row < length; row++) {
    const measure = MEASURES[columns.measure[row]!]!;
    const [first, last] = [columns.firstDay[row]!, columns.lastDay[row]!];
    const isDated = first !== NO_DAY;
    if (span && (!isDated || last < span.first || first > span.last)) continue;
    const isWhole = !span || (first === span.first && last === span.last);
    if (measure.kind === 'distinct' && !isWhole) continue;
    const level = measure.kind === 'distinct' ? columns.level[row]! : LEVEL_REPOSITORY;
    const set = columns.sources[row]!;
    const isUndated = !isDated && measure.kind !== 'running';
    const kinds = [columns.meaning[row], columns.measure[row], columns.repoType[row]];
    const subject = [...kinds, isUndated ? set : ''].join();
    const key = `${subject} ${level}`;
    let figure = figures.get(key);
    if (!figure) {
      figure = {
        meaning: wordOf(words, columns.meaning[row]!),
        measure: measure.id,
        repoType: REPO_TYPES[columns.repoType[row]!]!,
        ...{ total: 0, days: null, repositories: 0, sources: [], partlyInSpan: 0 },
        ...{ subject, level, names: new Set<number>(), behind: new Set<number>(), cells: 0 },
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
  return coarsestOf([...figures.values()]);
}

/** Of each subject the figures of its coarsest level. */
function coarsestOf(figures: readonly Draft[]): Figure[] {
  const coarsest = new Map<string, number>();
  for (const { subject, level } of figures) {
    coarsest.set(subject, Math.min(level, coarsest.get(subject) ?? level));
  }
  return figures
    .filter(({ subject, level }) => level === coarsest.get(subject))
    .map(({ meaning, measure, repoType, total, days, names, behind, partlyInSpan }) => ({
      ...{ meaning, measure, repoType, total, days, partlyInSpan },
      repositories: names.size,
      sources: [...behind].sort((a, b) => a - b),
    }));
}

/** A figure while its rows are gathered. */
interface Draft extends Figure {
  /** What it is a figure of, whatever the level. */
  subject: string;
  level: number;
  names: Set<number>;
  behind: Set<number>;
  cells: number;
}
