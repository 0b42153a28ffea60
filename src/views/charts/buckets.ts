/**
 * Days put together until a chart can show them. In: one entry a day. Out: at most about 120 bars of days, weeks
 * (Monday to Sunday) or months, with how far files cover each.
 */
import { type Day, MILLISECONDS_PER_DAY } from '../../model/units.ts';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE, type DaySeries } from '../../model/view.ts';

export type Grain = 'day' | 'week' | 'month';
export type Kind = 'pullsByTag' | 'pullsByDigest' | 'versionChecks' | 'downloads';
/** From the bottom of a bar to its top. */
const OF_IMAGES: Kind[] = ['pullsByTag', 'pullsByDigest', 'versionChecks'];

/** What a chart shows: downloads, which are added to nothing else, where there are any, and pulls unless there are none. */
export function kindsOf(buckets: readonly Bucket[]): Kind[] {
  const has = (kind: Kind) => buckets.some((bucket) => bucket[kind] > 0);
  if (!has('downloads')) return OF_IMAGES;
  return OF_IMAGES.some(has) ? [...OF_IMAGES, 'downloads'] : ['downloads'];
}

export interface Bucket extends Record<Kind, number> {
  /** First and last day that are in the bucket and in the span. */
  first: Day;
  last: Day;
  /** COVERED_*: partly, too, when the span cuts a week or month. */
  covered: number;
}

const MOST_DAYS = 120;
const MOST_WEEKS = 120;
/** Above this many checks a pull, bars of pulls are too flat to be read. */
const CHECKS_PER_PULL = 3;

export function grainFor(days: number): Grain {
  if (days <= MOST_DAYS) return 'day';
  return days <= MOST_WEEKS * 7 ? 'week' : 'month';
}

export function bucketDays(series: DaySeries, grain: Grain): Bucket[] {
  const buckets: Bucket[] = [];
  for (let from = 0; from < series.covered.length;) {
    const first = series.firstDay + from;
    const wholeLength = startOfNext(first, grain) - startOf(first, grain);
    const to = Math.min(series.covered.length, startOfNext(first, grain) - series.firstDay);
    const sum = (kind: Kind) => series[kind].subarray(from, to).reduce((total, count) => total + count, 0);
    buckets.push({
      first,
      last: series.firstDay + to - 1,
      pullsByTag: sum('pullsByTag'),
      pullsByDigest: sum('pullsByDigest'),
      versionChecks: sum('versionChecks'),
      downloads: sum('downloads'),
      covered: coverageOf(series.covered.subarray(from, to), wholeLength),
    });
    from = to;
  }
  return buckets;
}

function coverageOf(days: Uint8Array, wholeLength: number): number {
  if (days.every((covered) => covered === COVERED_NOT)) return COVERED_NOT;
  const isWhole = days.length === wholeLength && days.every((covered) => covered === COVERED_WHOLE);
  return isWhole ? COVERED_WHOLE : COVERED_PARTLY;
}

/** Without downloads. */
export function totalOf(bucket: Bucket): number {
  return bucket.pullsByTag + bucket.pullsByDigest + bucket.versionChecks;
}

export function pullsOf(bucket: Bucket): number {
  return bucket.pullsByTag + bucket.pullsByDigest;
}

/** The bucket with the largest value, the first of equals; null when all are zero. */
export function peakOf(buckets: Bucket[], value: (bucket: Bucket) => number): Bucket | null {
  let peak: Bucket | null = null;
  for (const bucket of buckets) if (value(bucket) > (peak ? value(peak) : 0)) peak = bucket;
  return peak;
}

/** Whether version checks would press the pulls flat. */
export function checksDwarfPulls(pulls: number, checks: number): boolean {
  return pulls > 0 && checks > CHECKS_PER_PULL * pulls;
}

function startOf(day: Day, grain: Grain): Day {
  if (grain === 'day') return day;
  // 1 January 1970 was a Thursday: day −3 was a Monday.
  if (grain === 'week') return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / MILLISECONDS_PER_DAY;
}

function startOfNext(day: Day, grain: Grain): Day {
  if (grain === 'day') return day + 1;
  if (grain === 'week') return startOf(day, grain) + 7;
  const date = new Date(day * MILLISECONDS_PER_DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / MILLISECONDS_PER_DAY;
}
