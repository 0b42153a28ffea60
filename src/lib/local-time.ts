/**
 * Days and hours by the clock of a zone. In: days, moments, an IANA name (none: UTC). Out: seconds since 1970 where days
 * and hours begin, and what a clock shows. A day has 23 or 25 hours where the clock is changed in it. Changes of a zone
 * are known from 2010 to 2037; before and after, the nearest offset holds.
 */
import { zoneChanges } from './time-zone.ts';

const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_HOUR = 3600;

/** Days in a zone's calendar; without a zone by UTC. */
export interface ZonedDays {
  first: number;
  last: number;
  zone?: string;
}

export type Step = 'hour' | 'day';

/** When the clock reads midnight of the day, or the first later moment when it skips that. */
export function dayStart(day: number, zone?: string): number {
  const midnight = day * SECONDS_PER_DAY;
  const changes = changesOf(zone);
  for (const [i, { from, offset }] of changes.entries()) {
    const next = changes[i + 1]?.from ?? Infinity;
    const start = midnight - offset;
    if (start >= next) continue;
    // Before this offset began, midnight had not come; now it is past: the clock went over it.
    return Math.max(start, from);
  }
  return midnight;
}

/** What the clock shows: the day, and seconds since its midnight. */
export function clockAt(second: number, zone?: string): { day: number; second: number } {
  let offset = 0;
  for (const change of changesOf(zone)) {
    if (change.from > second) break;
    ({ offset } = change);
  }
  const shown = second + offset;
  const day = Math.floor(shown / SECONDS_PER_DAY);
  return { day, second: shown - day * SECONDS_PER_DAY };
}

/** Hours of a week, which begins on Monday at midnight. */
export const HOURS_PER_WEEK = 168;

/** Which of them the clock shows. */
export function hourOfWeek(moment: number, zone?: string): number {
  const { day, second } = clockAt(moment, zone);
  // 1 January 1970 was a Thursday: three days after Monday. Days before it are negative.
  const weekday = (((day + 3) % 7) + 7) % 7;
  return weekday * 24 + Math.floor(second / SECONDS_PER_HOUR);
}

/** Where each day or hour of the days begins, and last the end of all. */
export function stepStarts({ first, last, zone }: ZonedDays, step: Step): Float64Array {
  const starts: number[] = [];
  for (let day = first; day <= last; day++) {
    const start = dayStart(day, zone);
    const end = step === 'day' ? start : dayStart(day + 1, zone);
    starts.push(start);
    for (let hour = start + SECONDS_PER_HOUR; hour < end; hour += SECONDS_PER_HOUR) starts.push(hour);
  }
  starts.push(dayStart(last + 1, zone));
  return Float64Array.from(starts);
}

interface Change {
  /** Second since 1970 from which the offset holds. */
  from: number;
  offset: number;
}

const known = new Map<string, Change[]>();

function changesOf(zone: string | undefined): Change[] {
  if (zone === undefined) return [];
  let changes = known.get(zone);
  if (!changes) {
    changes = zoneChanges(zone).map(([since, offset], i) => ({
      from: i === 0 ? -Infinity : since - offset,
      offset,
    }));
    known.set(zone, changes);
  }
  return changes;
}
