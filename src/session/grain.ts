/** How long one bar of a chart is. In: a choice, and how many days are shown. Out: a grain, and what was refused. */
import type { Step } from '../lib/local-time.ts';
import type { BucketChoice } from './address.ts';

export type Grain = 'hour' | 'day' | 'week' | 'month';

/** More bars than this are thinner than a pixel or two, and nobody can point at one. */
export const MOST_BARS = 800;
const DAYS_BY_HOUR = 2;
const DAYS_BY_DAY = 120;
const DAYS_BY_WEEK = 731;

/** The grain when nobody has chosen one. */
export function grainFor(days: number): Grain {
  if (days <= DAYS_BY_HOUR) return 'hour';
  if (days <= DAYS_BY_DAY) return 'day';
  return days <= DAYS_BY_WEEK ? 'week' : 'month';
}

/** refused: how many bars the choice would be, where they are too many and the automatic grain is taken. */
export function grainOf(choice: BucketChoice, days: number): { grain: Grain; refused: number | null } {
  const automatic = grainFor(days);
  if (choice === 'auto') return { grain: automatic, refused: null };
  const bars = choice === 'hour' ? days * 24 : choice === 'day' ? days : 0;
  return bars > MOST_BARS ? { grain: automatic, refused: bars } : { grain: choice, refused: null };
}

/** What the analysis has to count for a grain: weeks and months are sums of days. */
export function stepOf(grain: Grain): Step {
  return grain === 'hour' ? 'hour' : 'day';
}
