/** Days, weeks and months by UTC. A day is a whole number of days since 1970-01-01 (a Thursday). */
import { type Day, type Milliseconds, MILLISECONDS_PER_DAY } from '../model/units.ts';

export function dayOf(time: Milliseconds): Day {
  return Math.floor(time / MILLISECONDS_PER_DAY);
}

/** 2026-11-21 */
export function isoDay(day: Day): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** 2026-11-21T10:00:00Z; empty when the moment is not known. */
export function isoMoment(time: Milliseconds): string {
  return Number.isNaN(time) ? '' : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** Day of an ISO date; NaN when it is none. */
export function dayOfIso(text: string): Day {
  return dayOf(Date.parse(`${text}T00:00:00Z`));
}

/** On which weekday weeks begin, as days after Monday: Monday, Saturday or Sunday. In files it is always Monday. */
export const WEEK_STARTS = [0, 5, 6] as const;
export type WeekStart = (typeof WEEK_STARTS)[number];

/** First day of the day's week. */
export function weekStart(day: Day, from: WeekStart = 0): Day {
  // 1 January 1970 was a Thursday: three days after Monday.
  const since = (day + 3 - from) % 7;
  return day - (since < 0 ? since + 7 : since);
}

export function monthStart(day: Day): Day {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
}

/** First day of the month after the day's. */
export function nextMonthStart(day: Day): Day {
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
}
