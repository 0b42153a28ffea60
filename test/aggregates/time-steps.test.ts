import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE } from '../../src/model/view.ts';
import { bucketDays, bucketHours, totalOf } from '../../src/views/charts/buckets.ts';
import { analyse, manifestLine as line, otherLine, spanOf } from '../helpers/exported.ts';

/** 25 October 2026: Berlin's clock goes back at 01:00 UTC, so 02:00 to 03:00 is there twice. */
const NIGHT = [
  otherLine('2026-10-24 21:55:00'),
  line('2026-10-24 22:30:00', '192.0.2.1', 'GET', 'acme/web', '1'),
  line('2026-10-25 00:30:00', '192.0.2.1', 'GET', 'acme/web', '1'),
  line('2026-10-25 01:30:00', '192.0.2.1', 'GET', 'acme/web', '1'),
  line('2026-10-25 22:30:00', '192.0.2.2', 'GET', 'acme/api', '1'),
  line('2026-10-25 23:30:00', '192.0.2.2', 'GET', 'acme/api', '1'),
];
const berlin = (first: string, last: string) => ({ ...spanOf(first, last), zone: 'Europe/Berlin' });

describe('days and hours by a clock', () => {
  test('belong to the day that it shows', async () => {
    const analysis = await analyse([NIGHT]);
    const view = analysis.view(berlin('2026-10-25', '2026-10-26'), NO_FILTER, 'hour');
    // 22:30 UTC the day before is 00:30 there; 23:30 UTC is the next day.
    expect([...view.series.pullsByTag]).toEqual([4, 1]);
    expect(view.figures.pulls).toBe(5);
    expect(view.hours!.covered.length).toBe(25 + 24);
    expect([...view.hours!.pullsByTag.subarray(0, 5)]).toEqual([1, 0, 1, 1, 0]);
    expect(analysis.view(spanOf('2026-10-25', '2026-10-25')).figures.pulls).toBe(4);
  });

  test('are covered by their own borders', async () => {
    const { hours } = (await analyse([NIGHT])).view(berlin('2026-10-24', '2026-10-26'), NO_FILTER, 'hour');
    const covered = [...hours!.covered];
    // The log goes from 23:55 to 00:30, two days on.
    expect(covered.slice(0, 25)).toEqual([
      ...Array<number>(23).fill(COVERED_NOT),
      COVERED_PARTLY,
      COVERED_WHOLE,
    ]);
    expect(covered.slice(-25)).toEqual([
      COVERED_WHOLE,
      COVERED_PARTLY,
      ...Array<number>(23).fill(COVERED_NOT),
    ]);
  });

  test('have a calendar of their own', async () => {
    const analysis = await analyse([NIGHT]);
    expect(analysis.calendar('Europe/Berlin')).toMatchObject({
      days: spanOf('2026-10-24', '2026-10-26'),
      lastMonth: spanOf('2026-10-25', '2026-10-25'),
    });
    expect(analysis.calendar('America/New_York').days).toEqual(spanOf('2026-10-24', '2026-10-25'));
  });

  test('are counted for single repositories too', async () => {
    const analysis = await analyse([NIGHT]);
    const names = ['acme/api', 'no/such', 'acme/web'];
    const span = berlin('2026-10-25', '2026-10-26');
    const pulls = (filter = NO_FILTER) =>
      analysis.series(names, span, filter, 'day').map((each) => [each.name, ...each.pulls]);
    expect(pulls()).toEqual([
      ['acme/api', 1, 1],
      ['no/such', 0, 0],
      ['acme/web', 3, 0],
    ]);
    expect(pulls(withValue(NO_FILTER, 'repository', 'acme/api', 'exclude'))[0]).toEqual(['acme/api', 0, 0]);
  });
});

test('the sums of any bars are the figures, with and without the index', async () => {
  const request = fc.record({
    hour: fc.integer({ min: 0, max: 80 }),
    second: fc.integer({ min: 0, max: 3599 }),
    client: fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3'),
    method: fc.constantFrom('HEAD', 'GET'),
    name: fc.constantFrom('a/b', 'c'),
  });
  const zones = fc.constantFrom(undefined, 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata');
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: 1, maxLength: 30 }),
      zones,
      fc.constantFrom('2026-10-24', '2026-10-31'),
      async (requests, zone, day) => {
        const start = Date.parse(`${day}T00:00:00Z`);
        const lines = requests
          .map((each) => ({ ...each, time: start + (each.hour * 3600 + each.second) * 1000 }))
          .sort((a, b) => a.time - b.time)
          .map(({ time, client, method, name }) =>
            line(new Date(time).toISOString().slice(0, 19).replace('T', ' '), client, method, name, '1'),
          );
        const analysis = await analyse([lines]);
        const { first, last } = analysis.calendar(zone ?? 'UTC').days!;
        const span = { first, last, ...(zone && { zone }) };
        const before = analysis.view(span, NO_FILTER, 'hour');
        analysis.breakdowns(span);
        const view = analysis.view(span, NO_FILTER, 'hour');
        expect(view).toEqual(before);
        const all = view.figures.pulls + view.figures.versionChecks;
        const sum = (buckets: Parameters<typeof totalOf>[0][]) =>
          buckets.map(totalOf).reduce((a, b) => a + b, 0);
        const sums = [
          sum(bucketHours(view.hours!, span)),
          ...(['day', 'week', 'month'] as const).map((grain) => sum(bucketDays(view.series, grain))),
        ];
        expect(sums).toEqual([all, all, all, all]);
        const days = bucketDays(view.series, 'day').map(totalOf);
        const byHour = days.map(() => 0);
        for (const bucket of bucketHours(view.hours!, span)) byHour[bucket.first - first]! += totalOf(bucket);
        expect(byHour).toEqual(days);
      },
    ),
    { numRuns: 40 },
  );
});
