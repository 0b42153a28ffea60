/** Bars of a view. In: a view, and how the page shows time. Out: bars as all of the page's charts have them, how long they are. */
import type { DashboardView } from '../../model/view.ts';
import type { BucketChoice } from '../../session/address.ts';
import { grainOf } from '../../session/grain.ts';
import { type Bucket, bucketDays, bucketHours, type Clock, type Grain } from '../charts/buckets.ts';

export function bucketsOfView(
  { span: { zone }, series, hours }: Pick<DashboardView, 'span' | 'series' | 'hours'>,
  choice: BucketChoice,
  { dataEnd, weekStart }: Required<Pick<Clock, 'dataEnd' | 'weekStart'>>,
): { buckets: Bucket[]; grain: Grain } {
  const clock = { dataEnd, weekStart, ...(zone !== undefined && { zone }) };
  const { grain } = grainOf(choice, series.covered.length);
  if (grain === 'hour' && hours) return { buckets: bucketHours(hours, clock), grain };
  // The hours that were asked for are on their way when a finer bar has just been chosen.
  const days = grain === 'hour' ? 'day' : grain;
  return { buckets: bucketDays(series, days, clock), grain: days };
}
