import { describe, expect, it } from 'vitest';
import { stepStarts } from '../../src/lib/local-time.ts';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE, type DaySeries } from '../../src/model/view.ts';
import {
  averageOf,
  bucketHours,
  bucketsBefore,
  bucketDays,
  checksDwarfPulls,
  peakOf,
  pullsOf,
  totalOf,
} from '../../src/views/charts/buckets.ts';
import { grainFor, grainOf } from '../../src/session/grain.ts';
import { dayOfIso, isoDay } from '../../src/lib/calendar.ts';

/** One digit a day: how many pulls by tag; "." is a day that no file covers, "-" one covered in part. */
function series(first: string, days: string): DaySeries {
  const counts = Uint32Array.from(days, (day) => Number(day) || 0);
  return {
    firstDay: dayOfIso(first)!,
    pullsByTag: counts,
    pullsByDigest: counts.map((count) => count * 2),
    versionChecks: counts.map((count) => count * 3),
    downloads: counts.map(() => 0),
    covered: Uint8Array.from(days, (day) =>
      day === '.' ? COVERED_NOT : day === '-' ? COVERED_PARTLY : COVERED_WHOLE,
    ),
  };
}
const draw = (first: string, days: string, grain: 'day' | 'week' | 'month') =>
  bucketDays(series(first, days), grain).map(
    (bucket) =>
      `${isoDay(bucket.first).slice(5)}…${isoDay(bucket.last).slice(5)} ${bucket.pullsByTag} ${'.-#'[bucket.covered]}`,
  );

describe('buckets', () => {
  it('shows days as they are', () => {
    expect(draw('2026-08-01', '12.-', 'day')).toEqual([
      '08-01…08-01 1 #',
      '08-02…08-02 2 #',
      '08-03…08-03 0 .',
      '08-04…08-04 0 -',
    ]);
  });

  it('puts weeks together from Monday to Sunday, cut ones marked', () => {
    // 1 August 2026 is a Saturday.
    expect(draw('2026-08-01', '11' + '2222222' + '.......' + '33', 'week')).toEqual([
      '08-01…08-02 2 -',
      '08-03…08-09 14 #',
      '08-10…08-16 0 .',
      '08-17…08-18 6 -',
    ]);
    expect(draw('2026-08-03', '111.111', 'week')).toEqual(['08-03…08-09 6 -']);
  });

  it('puts months together', () => {
    expect(draw('2026-08-31', '1' + '2'.repeat(30) + '3', 'month')).toEqual([
      '08-31…08-31 1 -',
      '09-01…09-30 60 #',
      '10-01…10-01 3 -',
    ]);
  });

  it('puts weeks together from another day', () => {
    const ends = (from: 5 | 6) =>
      bucketDays(series('2026-08-01', '11111111'), 'week', { weekStart: from }).map(
        ({ first, last, covered }) => [
          isoDay(first).slice(5),
          isoDay(last).slice(5),
          covered === COVERED_WHOLE,
        ],
      );
    // 1 August 2026 is a Saturday.
    expect(ends(5)).toEqual([
      ['08-01', '08-07', true],
      ['08-08', '08-08', false],
    ]);
    expect(ends(6)).toEqual([
      ['08-01', '08-01', false],
      ['08-02', '08-08', true],
    ]);
  });

  it('knows weeks before 1970', () => {
    expect(draw('1969-12-29', '1111111', 'week')).toEqual(['12-29…01-04 7 #']);
  });

  it('chooses a grain that a screen can show', () => {
    expect([1, 2, 3, 120, 121, 731, 732].map(grainFor)).toEqual([
      ...['hour', 'hour', 'day', 'day'],
      ...['week', 'week', 'month'],
    ]);
    expect(grainOf('hour', 33)).toEqual({ grain: 'hour', refused: null });
    expect(grainOf('hour', 34)).toEqual({ grain: 'day', refused: 816 });
    expect(grainOf('day', 801)).toEqual({ grain: 'month', refused: 801 });
    expect(grainOf('month', 1)).toEqual({ grain: 'month', refused: null });
  });

  it('knows the moments of each bar', () => {
    const zone = 'Europe/Berlin';
    const at = (time: string) => Date.parse(time);
    // Summer time ends at 01:00 UTC on 25 October: that day has 25 hours.
    const [first, second] = bucketDays(series('2026-10-25', '11'), 'day', { zone });
    expect([first!.from, first!.to]).toEqual([at('2026-10-24T22:00Z'), at('2026-10-25T23:00Z')]);
    expect([second!.from, second!.to]).toEqual([at('2026-10-25T23:00Z'), at('2026-10-26T23:00Z')]);
    const [month] = bucketDays(series('2026-10-25', '11'), 'month');
    expect([month!.from, month!.to]).toEqual([at('2026-10-25T00:00Z'), at('2026-10-27T00:00Z')]);
    const starts = [0, 1, 2].map((hour) => at('2026-10-25T00:00Z') + hour * 3_600_000);
    const { covered, firstDay: _, ...counts } = series('2026-10-25', '11');
    const hours = bucketHours({ starts: Float64Array.from(starts), covered, ...counts }, { zone });
    expect(hours.map(({ from, to, hour }) => [from, to, hour!.from])).toEqual([
      [starts[0], starts[1], 2 * 3600],
      [starts[1], starts[2], 2 * 3600],
    ]);
  });

  it('loses nothing', () => {
    const digits = '3141592653589793238462643383279';
    const days = series('2026-01-17', digits);
    const sum = [...digits].reduce((total, digit) => total + Number(digit), 0);
    for (const grain of ['day', 'week', 'month'] as const) {
      expect(bucketDays(days, grain).reduce((sum, bucket) => sum + totalOf(bucket), 0)).toBe(6 * sum);
    }
  });

  it('finds the first of the highest buckets', () => {
    const buckets = bucketDays(series('2026-08-01', '1331'), 'day');
    expect(isoDay(peakOf(buckets, pullsOf)!.first)).toBe('2026-08-02');
    expect(peakOf(bucketDays(series('2026-08-01', '00'), 'day'), pullsOf)).toBeNull();
  });

  it('hides checks only when they dwarf pulls', () => {
    expect(checksDwarfPulls(100, 300)).toBe(false);
    expect(checksDwarfPulls(100, 301)).toBe(true);
    expect(checksDwarfPulls(0, 301)).toBe(false);
  });

  it('marks the last bucket as open while more of it is to come', () => {
    const open = (days: string, grain: 'day' | 'week', end: string) =>
      bucketDays(series('2026-08-03', days), grain, { dataEnd: Date.parse(end) }).map(
        ({ soFar }) => soFar !== null,
      );
    expect(open('11-', 'day', '2026-08-05T14:05:00Z')).toEqual([false, false, true]);
    expect(open('111', 'day', '2026-08-05T23:59:00Z')).toEqual([false, false, false]);
    expect(open('111', 'week', '2026-08-05T23:59:00Z')).toEqual([true]);
    expect(open('1111111', 'week', '2026-08-09T23:59:00Z')).toEqual([false]);
    // Days after the end of the data are no gap in it.
    expect(open('1-.....', 'week', '2026-08-04T09:00:00Z')).toEqual([true]);
    expect(open('1-1', 'day', '2026-09-09T09:00:00Z')).toEqual([false, false, false]);
  });

  it('averages over what is covered whole', () => {
    const days = bucketDays(series('2026-08-03', '24.9-'), 'day');
    expect(averageOf(days, ({ pullsByTag }) => pullsByTag)).toEqual({ average: 5, over: 3 });
    expect(averageOf(days.slice(2, 4), ({ pullsByTag }) => pullsByTag)).toBeNull();
  });

  it('finds what was there so many days before', () => {
    const now = bucketDays(series('2026-08-10', '11111111'), 'week');
    const before = bucketsBefore(now, 8, series('2026-08-02', '2345.6..'), undefined, {});
    expect(
      before.map((bucket) => bucket && [isoDay(bucket.first), isoDay(bucket.last), bucket.pullsByTag]),
    ).toEqual([['2026-08-02', '2026-08-08', 20], null]);
  });

  it('finds the hour that the clock showed so, also after it was changed', () => {
    const hoursOf = (day: string) => {
      const first = dayOfIso(day)!;
      const starts = stepStarts({ first, last: first, zone: 'Europe/Berlin' }, 'hour').map(
        (second) => second * 1000,
      );
      const counts = Uint32Array.from({ length: starts.length - 1 }, (_, i) => i);
      const kinds = { pullsByTag: counts, pullsByDigest: counts, versionChecks: counts, downloads: counts };
      return { starts, ...kinds, covered: counts.map(() => COVERED_WHOLE) as unknown as Uint8Array };
    };
    const clock = { zone: 'Europe/Berlin' };
    const names = (day: string, other: string, shift: number) =>
      bucketsBefore(bucketHours(hoursOf(day), clock), shift, series(other, '1'), hoursOf(other), clock).map(
        (bucket) => bucket?.pullsByTag ?? null,
      );
    // 29 March has no 02:00; 25 October has it twice, and the first stands for it.
    expect(names('2026-03-30', '2026-03-29', 1).slice(0, 5)).toEqual([0, 1, null, 2, 3]);
    expect(names('2026-10-26', '2026-10-25', 1).slice(0, 5)).toEqual([0, 1, 2, 4, 5]);
    expect(bucketHours(hoursOf('2026-10-25'), clock).filter(({ hour }) => hour!.isAgain)).toHaveLength(1);
  });
});
