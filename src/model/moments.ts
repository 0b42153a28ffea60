/** Spans of days as moments. In: days of a zone. Out: milliseconds since 1970. */
import { dayStart } from '../lib/local-time.ts';
import type { Milliseconds } from './units.ts';
import type { DaySpan } from './view.ts';

/** From the first moment to before the second. */
export interface Moments {
  from: Milliseconds;
  to: Milliseconds;
}

/** By the clock of the span's zone. */
export function momentsOf({ first, last, zone }: DaySpan): Moments {
  return { from: dayStart(first, zone) * 1000, to: dayStart(last + 1, zone) * 1000 };
}

/** Moments in whole seconds that hold both ends. */
export function momentsAround(first: Milliseconds, last: Milliseconds): Moments {
  return { from: Math.floor(first / 1000) * 1000, to: (Math.floor(last / 1000) + 1) * 1000 };
}
