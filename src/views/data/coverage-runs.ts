/** Coverage as runs of days alike. In: coverage of days, and the days to show. Out: runs that fill these days. */
import type { Day } from '../../model/units.ts';
import {
  COVERED_NOT,
  COVERED_PARTLY,
  COVERED_WHOLE,
  type DayCoverage,
  type DaySpan,
} from '../../model/view.ts';

export interface CoverageRun {
  first: Day;
  last: Day;
  /** COVERED_* of all its days. */
  covered: number;
}

export function coverageRuns({ firstDay, covered }: DayCoverage, days: DaySpan): CoverageRun[] {
  const runs: CoverageRun[] = [];
  for (let day = days.first; day <= days.last; day++) {
    const state = covered[day - firstDay] ?? COVERED_NOT;
    const before = runs.at(-1);
    if (before?.covered === state) before.last = day;
    else runs.push({ first: day, last: day, covered: state });
  }
  return runs;
}

/** Numbers of days. */
export function countDays(runs: CoverageRun[]): { whole: number; partly: number; missing: number } {
  const of = (state: number) =>
    runs.reduce((sum, { first, last, covered }) => sum + (covered === state ? last - first + 1 : 0), 0);
  return { whole: of(COVERED_WHOLE), partly: of(COVERED_PARTLY), missing: of(COVERED_NOT) };
}
