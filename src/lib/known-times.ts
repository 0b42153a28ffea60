/** The first and the last of times of which some may not be known (NaN). Out: NaN when none is. */
import type { Milliseconds } from '../model/units.ts';

export const firstKnown = (times: readonly Milliseconds[]): Milliseconds =>
  times.reduce((first, time) => (Number.isNaN(first) || time < first ? time : first), NaN);

export const lastKnown = (times: readonly Milliseconds[]): Milliseconds =>
  times.reduce((last, time) => (Number.isNaN(last) || time > last ? time : last), NaN);
