/** Days of what is kept, by UTC. In: first and last moment, NaN where none is known. */
import { dayOf } from '../../lib/calendar.ts';
import type { Milliseconds } from '../../model/units.ts';
import type { DaySpan } from '../../model/view.ts';

/** First and last day of what is kept; null when it has no time. */
export function daysOf({
  firstTime,
  lastTime,
}: {
  firstTime: Milliseconds;
  lastTime: Milliseconds;
}): DaySpan | null {
  return Number.isNaN(firstTime) ? null : { first: dayOf(firstTime), last: dayOf(lastTime) };
}
