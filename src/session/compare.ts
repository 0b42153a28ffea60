/**
 * A period beside an earlier one. In: the days shown, what files cover of them, and which earlier days are wished for.
 * Out: the two spans that may be compared, and whether they may. Days that are not over are left out of both.
 */
import type { Day } from '../model/units.ts';
import {
  type Breakdowns,
  COVERED_WHOLE,
  type DashboardView,
  type DaySeries,
  type DaySpan,
} from '../model/view.ts';
import type { Comparison } from './address.ts';

/** Less of a period than this, and a difference says more about the files than about the pulls. */
const LEAST_COVERED = 0.95;

const DAYS_OF_52_WEEKS = 364;

/** How many days earlier the other period is. */
export function shiftOf({ first, last }: DaySpan, comparison: Comparison): number {
  const days = last - first + 1;
  if (comparison === 'year') return Math.ceil(days / DAYS_OF_52_WEEKS) * DAYS_OF_52_WEEKS;
  return comparison === 'weeks' ? Math.ceil(days / 7) * 7 : days;
}

export function shifted(span: DaySpan, days: number): DaySpan {
  return { ...span, first: span.first - days, last: span.last - days };
}

/** Without the day in which the data ends, if it is not whole, and without all after it; null: nothing is left. */
export function completePart(span: DaySpan, { firstDay, covered }: DaySeries, dataEnd: Day): DaySpan | null {
  if (dataEnd > span.last) return span;
  const last = covered[dataEnd - firstDay] === COVERED_WHOLE ? dataEnd : dataEnd - 1;
  return last < span.first ? null : { ...span, last };
}

export interface CoveredDays {
  whole: number;
  days: number;
}

export function coveredDays({ series }: Pick<DashboardView, 'series'>): CoveredDays {
  const whole = series.covered.reduce((sum, covered) => sum + Number(covered === COVERED_WHOLE), 0);
  return { whole, days: series.covered.length };
}

/** Who is behind the actions of two periods. */
export interface BreakdownPair {
  now: Breakdowns;
  before: Breakdowns;
}

/** Two periods side by side, as far as they may be compared. */
export interface Compared {
  /** The earlier days of all that is shown: for the chart. */
  earlier: DashboardView;
  shift: number;
  /** By values of facets of the same two periods; null: not asked for, or refusal. */
  breakdowns: BreakdownPair | null;
  /** What may be compared; null: see refusal. */
  pair: { now: DashboardView; before: DashboardView } | null;
  refusal: { period: 'now' | 'before'; covered: CoveredDays } | { period: 'not over' } | null;
  /** Days at the end of those shown that are not over, so that they are compared with none; null: there are none. */
  leftOut: DaySpan | null;
}

/** Whether the earlier days are those of a span. */
export function isOf({ earlier, shift }: Compared, { first, last, zone }: DaySpan): boolean {
  const { span } = earlier;
  return span.first + shift === first && span.last + shift === last && span.zone === zone;
}

export function comparedOf(
  earlier: DashboardView,
  shift: number,
  pair: { now: DashboardView; before: DashboardView } | null,
  leftOut: DaySpan | null = null,
): Compared {
  const held = { earlier, shift, breakdowns: null, leftOut };
  if (!pair) return { ...held, pair, refusal: { period: 'not over' } };
  for (const period of ['before', 'now'] as const) {
    const covered = coveredDays(pair[period]);
    if (covered.whole < covered.days * LEAST_COVERED)
      return { ...held, pair: null, refusal: { period, covered } };
  }
  return { ...held, pair, refusal: null };
}
