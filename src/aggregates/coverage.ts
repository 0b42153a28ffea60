/**
 * Which days the files cover. In: first and last moment of each file, and by whose clock days begin. Out: coverage of
 * days, weeks and months.
 * A log shows only when something happened, so silence of up to TOLERANCE at midnight or between two files is taken
 * for a quiet registry (or for the rotation of its log), not for a hole.
 */
import { monthStart, nextMonthStart, type WeekStart, weekStart } from '../lib/calendar.ts';
import { firstPlace } from '../lib/first-place.ts';
import { clockAt, dayStart } from '../lib/local-time.ts';
import type { Coverage } from '../model/traffic.ts';
import type { Day, Milliseconds } from '../model/units.ts';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE, type DayCoverage, type DaySpan } from '../model/view.ts';

export const TOLERANCE: Milliseconds = 10 * 60_000;
/** "Last month" is this many days. */
const MONTH_DAYS = 30;

export interface FullCoverage extends Coverage {
  /** The 30 days that end at the last whole day, but not before the first whole day; null when no day is whole. */
  lastMonth(): DaySpan | null;
  /** Calendar months with a covered day, latest first. */
  months(): { span: DaySpan; whole: boolean }[];
  /** Weeks from Monday to Sunday, or from another day, likewise. */
  weeks(from?: WeekStart): { span: DaySpan; whole: boolean }[];
}

interface Interval {
  first: Milliseconds;
  last: Milliseconds;
}

export function coverageOf(intervals: Interval[], zone?: string): FullCoverage {
  const merged = mergeIntervals(intervals);
  const days =
    merged.length === 0
      ? null
      : {
          first: clockAt(merged[0]!.first / 1000, zone).day,
          last: clockAt(merged.at(-1)!.last / 1000, zone).day,
        };
  const between = (from: Milliseconds, to: Milliseconds) => coverageOfTime(merged, from, to);
  const of = (day: Day) => between(dayStart(day, zone) * 1000, dayStart(day + 1, zone) * 1000);

  function periods(startOf: (day: Day) => Day, nextOf: (day: Day) => Day) {
    const found: { span: DaySpan; whole: boolean }[] = [];
    if (!days) return found;
    for (let first = startOf(days.first); first <= days.last; first = nextOf(first)) {
      const span = { first, last: nextOf(first) - 1 };
      let covered = 0;
      let whole = 0;
      for (let day = span.first; day <= span.last; day++) {
        if (of(day) !== COVERED_NOT) covered++;
        if (of(day) === COVERED_WHOLE) whole++;
      }
      if (covered > 0) found.unshift({ span, whole: whole === span.last - span.first + 1 });
    }
    return found;
  }

  return {
    days,
    of,
    between,
    lastMonth() {
      if (!days) return null;
      let last = days.last;
      while (last >= days.first && of(last) !== COVERED_WHOLE) last--;
      if (last < days.first) return null;
      let firstWhole = days.first;
      while (of(firstWhole) !== COVERED_WHOLE) firstWhole++;
      return { first: Math.max(firstWhole, last - MONTH_DAYS + 1), last };
    },
    months: () => periods(monthStart, nextMonthStart),
    weeks: (from) =>
      periods(
        (day) => weekStart(day, from),
        (day) => day + 7,
      ),
  };
}

/** Every day from the first to the last; null when no time is covered. */
export function coverageByDay({ days, of }: Coverage): DayCoverage | null {
  if (!days) return null;
  const { first, last } = days;
  return { firstDay: first, covered: Uint8Array.from({ length: last - first + 1 }, (_, i) => of(first + i)) };
}

/** Intervals in order, those that touch or nearly touch joined. */
function mergeIntervals(intervals: Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const { first, last } of [...intervals].sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before && first - before.last < TOLERANCE) before.last = Math.max(before.last, last);
    else merged.push({ first, last });
  }
  return merged;
}

function coverageOfTime(merged: Interval[], start: Milliseconds, end: Milliseconds): number {
  // The first interval that ends after its beginning.
  const interval = merged[firstPlace(merged.length, (place) => merged[place]!.last >= start)];
  if (!interval || interval.first >= end) return COVERED_NOT;
  const isWhole = interval.first <= start + TOLERANCE && interval.last >= end - TOLERANCE;
  return isWhole ? COVERED_WHOLE : COVERED_PARTLY;
}
