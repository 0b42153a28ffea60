/**
 * A row for each repository and meaning. In: resolved counts, and the days wanted. Out: counts, checks, stated totals
 * and a trend. Limits: a week or month that lies only partly in the span is left out; in a trend it stands whole at
 * the step of its last day; distinct counts are in no row.
 */
import { wordOf } from '../../lib/column-builder.ts';
import { REPO_TYPES } from '../../model/action-rows.ts';
import { type Measure, MEASURES, NO_DAY } from '../../model/count-rows.ts';
import type { Resolution } from '../../model/resolved-counts.ts';
import type { SourceRepository } from '../../model/sources-view.ts';
import type { DaySpan } from '../../model/view.ts';

/** Most steps of a trend. */
const TREND_STEPS = 60;
/** What a repository is counted by: the first that it has. */
const COUNTED: Measure[] = ['downloads', 'pulls', 'pulls_including_checks'];

export function trendDaysOf({ first, last }: DaySpan): number {
  return Math.ceil((last - first + 1) / TREND_STEPS);
}

/** isAllTime: counts without dates, and stated totals, are in. */
export function repositoriesOf(
  { rows, sourceSets }: Resolution,
  span: DaySpan,
  isAllTime: boolean,
): SourceRepository[] {
  const { columns, length, words } = rows;
  const trendDays = trendDaysOf(span);
  const trendLength = Math.ceil((span.last - span.first + 1) / trendDays);
  const drafts = new Map<string, Draft>();
  for (let row = 0; row < length; row++) {
    const { id, kind } = MEASURES[columns.measure[row]!]!;
    const [first, last] = [columns.firstDay[row]!, columns.lastDay[row]!];
    const isDated = first !== NO_DAY;
    if (kind === 'distinct' || (isDated ? first < span.first || last > span.last : !isAllTime)) continue;
    const key = (['meaning', 'repoType', 'level', 'repository'] as const)
      .map((name) => columns[name][row])
      .join();
    let draft = drafts.get(key);
    if (!draft) {
      draft = {
        name: wordOf(words, columns.repository[row]!),
        repoType: REPO_TYPES[columns.repoType[row]!]!,
        meaning: wordOf(words, columns.meaning[row]!),
        ...{ level: columns.level[row]!, measure: 'downloads', count: 0, checks: null, stated: null },
        ...{ lastDay: null, trend: new Uint32Array(trendLength), sources: [] },
        ...{ rank: COUNTED.length, behind: new Set<number>() },
      };
      drafts.set(key, draft);
    }
    const count = columns.count[row]!;
    for (const source of sourceSets[columns.sources[row]!]!) draft.behind.add(source);
    if (id === 'running_total') draft.stated = Math.max(draft.stated ?? 0, count);
    else if (id === 'version_checks') draft.checks = (draft.checks ?? 0) + count;
    const rank = COUNTED.indexOf(id);
    if (rank < 0 || rank > draft.rank) continue;
    if (rank < draft.rank) {
      Object.assign(draft, { rank, measure: id, count: 0, lastDay: null });
      draft.trend.fill(0);
    }
    if (count === 0) continue;
    draft.count += count;
    if (!isDated) continue;
    draft.lastDay = Math.max(draft.lastDay ?? last, last);
    draft.trend[Math.floor((last - span.first) / trendDays)]! += count;
  }
  return [...drafts.values()]
    .map(({ rank: _, behind, ...repository }) => ({ ...repository, sources: [...behind].sort(numbers) }))
    .sort((a, b) => types(a) - types(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

const numbers = (a: number, b: number) => a - b;
const types = ({ repoType }: SourceRepository) => REPO_TYPES.indexOf(repoType);

/** A row while it is gathered. */
interface Draft extends SourceRepository {
  /** Place of its measure in COUNTED. */
  rank: number;
  behind: Set<number>;
}
