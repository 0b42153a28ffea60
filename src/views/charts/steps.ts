/** What a chart's steps are called. In: buckets of time; or a number of days since something. Out: their names. */
import type { WeekStart } from '../../lib/calendar.ts';
import { format } from '../format.ts';
import { text } from '../text.ts';
import type { Bucket, Grain } from './buckets.ts';

export interface Steps {
  count: number;
  /** Under the chart: what a step is. */
  axis: string;
  /** What walking through it by keyboard is called. */
  walk: string;
  /** At the axis. */
  tick(index: number): string;
  /** Over a tooltip. */
  title(index: number): string;
}

export function timeSteps(
  buckets: readonly Bucket[],
  grain: Grain,
  zone: string | undefined,
  from: WeekStart,
): Steps {
  const words = text.chart;
  return {
    count: buckets.length,
    axis: words.axis(grain, zone, from),
    walk: words.walk(grain),
    tick: (index) => tickOf(buckets[index]!, grain),
    title: (index) => `${words.name(buckets[index]!, grain)} (${text.zoneName(zone)})`,
  };
}

/** Day 0, 1, 2 … */
export function ageSteps(count: number): Steps {
  const words = text.adoption;
  return { count, axis: words.axis, walk: words.walk, tick: String, title: (index) => words.day(index) };
}

function tickOf({ first, hour }: Bucket, grain: Grain): string {
  if (hour) return hour.from === 0 ? format.shortDay(first) : `${Math.round(hour.from / 3600)}:00`;
  return grain === 'month' ? format.shortMonth(first) : format.shortDay(first);
}
