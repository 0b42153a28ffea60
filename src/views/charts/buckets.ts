/**
 * Days or hours put together until a chart can show them. In: one entry a day, or an hour. Out: bars of hours, days,
 * weeks or months, with how far files cover each, and which of them is not over.
 */
import type { SeriesName } from '../../session/address.ts';
import { monthStart, nextMonthStart, type WeekStart, weekStart } from '../../lib/calendar.ts';
import { clockAt } from '../../lib/local-time.ts';
import { type Moments, momentsOf } from '../../model/moments.ts';
import type { Day, Milliseconds } from '../../model/units.ts';
import {
  COVERED_NOT,
  COVERED_PARTLY,
  COVERED_WHOLE,
  type DaySeries,
  type HourSeries,
} from '../../model/view.ts';
import type { Grain } from '../../session/grain.ts';

export type { Grain };
export type Kind = SeriesName;
/** From the bottom of a bar to its top. */
const OF_IMAGES: Kind[] = ['pullsByTag', 'pullsByDigest', 'versionChecks'];

/** What a chart shows: downloads, which are added to nothing else, where there are any, and pulls unless there are none. */
export function kindsOf(buckets: readonly Bucket[]): Kind[] {
  const has = (kind: Kind) => buckets.some((bucket) => bucket[kind] > 0);
  if (!has('downloads')) return OF_IMAGES;
  return OF_IMAGES.some(has) ? [...OF_IMAGES, 'downloads'] : ['downloads'];
}

export interface Bucket extends Record<Kind, number>, Moments {
  /** First and last day that are in the bucket and in the span. */
  first: Day;
  last: Day;
  /** Of an hour: what the clock shows at its beginning and end, in seconds since midnight. */
  hour: { from: number; to: number; isAgain: boolean } | null;
  /** COVERED_*: partly, too, when the span cuts a week or month. */
  covered: number;
  /** The last moment of the data, when more of this bucket is to come; else null. */
  soFar: Milliseconds | null;
}

export interface Clock {
  /** Without it, UTC. */
  zone?: string;
  /** The last moment of the data; without it nothing is unfinished. */
  dataEnd?: Milliseconds;
  /** On which weekday weeks begin; without it on Monday. */
  weekStart?: WeekStart;
}

/** Beyond this many, bars are an area of steps. */
export const MOST_APART = 120;

/** Above this many checks a pull, bars of pulls are too flat to be read. */
const CHECKS_PER_PULL = 3;

export function bucketDays(
  series: DaySeries,
  grain: Exclude<Grain, 'hour'>,
  { zone, dataEnd = NaN, weekStart: from = 0 }: Clock = {},
): Bucket[] {
  const startOf = (day: Day) => firstOf(day, grain, from);
  const startOfNext = (day: Day) => firstOfNext(day, grain, from);
  const buckets: Bucket[] = [];
  for (let at = 0; at < series.covered.length;) {
    const first = series.firstDay + at;
    const wholeLength = startOfNext(first) - startOf(first);
    const to = Math.min(series.covered.length, startOfNext(first) - series.firstDay);
    const last = series.firstDay + to - 1;
    const covered = coverageOf(series.covered.subarray(at, to), wholeLength);
    const moments = momentsIn(first, last, zone);
    const isOpen = covered === COVERED_PARTLY && dataEnd >= moments.from && dataEnd < moments.to;
    buckets.push({
      ...{ first, last, hour: null, ...moments, covered, soFar: isOpen ? dataEnd : null },
      ...sums(series, at, to),
    });
    at = to;
  }
  return buckets;
}

export function bucketHours(series: HourSeries, { zone, dataEnd = NaN }: Clock = {}): Bucket[] {
  let before = { day: NaN, second: NaN };
  return Array.from(series.covered, (covered, i) => {
    const [start, end] = [series.starts[i]!, series.starts[i + 1]!];
    const { day, second } = clockAt(start / 1000, zone);
    const isAgain = day === before.day && second <= before.second;
    before = { day, second };
    return {
      ...{ first: day, last: day, from: start, to: end, covered },
      hour: { from: second, to: second + (end - start) / 1000, isAgain },
      soFar: covered === COVERED_PARTLY && dataEnd >= start && dataEnd < end ? dataEnd : null,
      ...sums(series, i, i + 1),
    };
  });
}

function momentsIn(first: Day, last: Day, zone: string | undefined): Moments {
  return momentsOf(zone === undefined ? { first, last } : { first, last, zone });
}

function sums(series: Record<Kind, Uint32Array>, from: number, to: number): Record<Kind, number> {
  const sum = (kind: Kind) => series[kind].subarray(from, to).reduce((total, count) => total + count, 0);
  return {
    pullsByTag: sum('pullsByTag'),
    pullsByDigest: sum('pullsByDigest'),
    versionChecks: sum('versionChecks'),
    downloads: sum('downloads'),
  };
}

function coverageOf(days: Uint8Array, wholeLength: number): number {
  if (days.every((covered) => covered === COVERED_NOT)) return COVERED_NOT;
  const isWhole = days.length === wholeLength && days.every((covered) => covered === COVERED_WHOLE);
  return isWhole ? COVERED_WHOLE : COVERED_PARTLY;
}

/**
 * What was in each bucket so many days before: its own days, shifted; of an hour that which the clock showed so. null:
 * no file covers it, or the clock skipped it.
 */
export function bucketsBefore(
  buckets: readonly Bucket[],
  shift: number,
  days: DaySeries,
  hours: HourSeries | undefined,
  clock: Clock,
): (Bucket | null)[] {
  const key = ({ first, hour }: Bucket, earlier: number) => `${first - earlier} ${hour?.from}`;
  const byHour = new Map<string, Bucket>();
  if (hours) for (const bucket of bucketHours(hours, clock).reverse()) byHour.set(key(bucket, 0), bucket);
  return buckets.map((bucket) => {
    if (bucket.hour) {
      const hour = byHour.get(key(bucket, shift));
      return hour && hour.covered !== COVERED_NOT ? hour : null;
    }
    const [first, last] = [bucket.first - shift, bucket.last - shift];
    const [from, to] = [first - days.firstDay, last + 1 - days.firstDay];
    const covered = coverageOf(days.covered.subarray(from, to), to - from);
    return covered === COVERED_NOT
      ? null
      : {
          ...{ first, last, hour: null, ...momentsIn(first, last, clock.zone), covered, soFar: null },
          ...sums(days, from, to),
        };
  });
}

/** Counts of days or hours, put together as the buckets are. */
export function sumsOfBuckets(counts: Uint32Array, buckets: readonly Bucket[]): number[] {
  let from = 0;
  return buckets.map(({ first, last, hour }) => {
    const to = from + (hour ? 1 : last - first + 1);
    const sum = counts.subarray(from, to).reduce((total, count) => total + count, 0);
    from = to;
    return sum;
  });
}

/** Without downloads. */
export function totalOf(bucket: Bucket): number {
  return bucket.pullsByTag + bucket.pullsByDigest + bucket.versionChecks;
}

export function pullsOf(bucket: Bucket): number {
  return bucket.pullsByTag + bucket.pullsByDigest;
}

/** The bucket with the largest value, the first of equals; null when all are zero. */
export function peakOf(buckets: readonly Bucket[], value: (bucket: Bucket) => number): Bucket | null {
  let peak: Bucket | null = null;
  for (const bucket of buckets) if (value(bucket) > (peak ? value(peak) : 0)) peak = bucket;
  return peak;
}

/** Over the buckets that are covered whole, and how many these are; null when fewer than two are. */
export function averageOf(
  buckets: readonly Bucket[],
  value: (bucket: Bucket) => number,
): { average: number; over: number } | null {
  const whole = buckets.filter(({ covered }) => covered === COVERED_WHOLE);
  const over = whole.length;
  return over < 2 ? null : { average: whole.reduce((sum, bucket) => sum + value(bucket), 0) / over, over };
}

/** Whether version checks would press the pulls flat. */
export function checksDwarfPulls(pulls: number, checks: number): boolean {
  return pulls > 0 && checks > CHECKS_PER_PULL * pulls;
}

function firstOf(day: Day, grain: Grain, from: WeekStart): Day {
  if (grain === 'week') return weekStart(day, from);
  return grain === 'month' ? monthStart(day) : day;
}

function firstOfNext(day: Day, grain: Grain, from: WeekStart): Day {
  if (grain === 'week') return weekStart(day, from) + 7;
  return grain === 'month' ? nextMonthStart(day) : day + 1;
}
