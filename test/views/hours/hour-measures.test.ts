import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepStarts } from '../../../src/lib/local-time.ts';
import {
  firstMeasure,
  hourCells,
  measuresOfHours,
  measuresOfPage,
} from '../../../src/views/hours/hour-measures.ts';

/** Hours of days, each with the counts that `count` gives. */
function hoursOf(
  first: string,
  last: string,
  zone: string | undefined,
  count: (i: number) => { tag?: number; digest?: number; checks?: number; downloads?: number },
) {
  const day = (iso: string) => Date.parse(`${iso}T00:00Z`) / 86_400_000;
  const days = { first: day(first), last: day(last) };
  const starts = stepStarts(zone === undefined ? days : { ...days, zone }, 'hour').map((at) => at * 1000);
  const column = (of: (i: number) => number | undefined) =>
    Uint32Array.from({ length: starts.length - 1 }, (_, i) => of(i) ?? 0);
  return {
    starts,
    pullsByTag: column((i) => count(i).tag),
    pullsByDigest: column((i) => count(i).digest),
    versionChecks: column((i) => count(i).checks),
    downloads: column((i) => count(i).downloads),
    covered: new Uint8Array(starts.length - 1),
  };
}

const valuesOf = (measures: ReturnType<typeof measuresOfHours>, kind: string) =>
  measures.find((each) => each.kind === kind)!.values;

describe('hours of the week', () => {
  it('begin on Monday at midnight, pulls by tag and by digest together', () => {
    // 7 September 2026 is a Monday.
    const hours = hoursOf('2026-09-07', '2026-09-14', undefined, (i) => ({
      tag: i,
      digest: 1000,
      checks: 1,
    }));
    const measures = measuresOfHours(hours, undefined);
    expect(measures.map(({ kind }) => kind)).toEqual(['pulls', 'versionChecks']);
    const pulls = valuesOf(measures, 'pulls');
    // The second Monday is in the same cells.
    expect(pulls[0]).toBe(0 + 168 + 2000);
    expect(pulls[24]).toBe(24 + 1000);
    expect(pulls[167]).toBe(167 + 1000);
    expect([...valuesOf(measures, 'versionChecks').subarray(22, 26)]).toEqual([2, 2, 1, 1]);
  });

  it('are those of the zone, of 23 and 25 hours where its clock is changed', () => {
    const zone = 'Europe/Berlin';
    // 29 March and 25 October 2026 are Sundays.
    const spring = measuresOfHours(
      hoursOf('2026-03-29', '2026-03-29', zone, () => ({ checks: 1 })),
      zone,
    );
    expect([...valuesOf(spring, 'versionChecks').subarray(144, 149)]).toEqual([1, 1, 0, 1, 1]);
    const autumn = measuresOfHours(
      hoursOf('2026-10-25', '2026-10-25', zone, () => ({ checks: 1 })),
      zone,
    );
    expect([...valuesOf(autumn, 'versionChecks').subarray(144, 149)]).toEqual([1, 1, 2, 1, 1]);
  });

  it('lose no action, and each is where its date says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -40_000, max: 40_000 }),
        fc.array(fc.nat(9), { minLength: 1, maxLength: 60 }),
        (first, counts) => {
          const starts = Float64Array.from(
            { length: counts.length + 1 },
            (_, i) => (first * 24 + i) * 3_600_000,
          );
          const column = Uint32Array.from(counts);
          const none = new Uint32Array(counts.length);
          const covered = new Uint8Array(counts.length);
          const measures = measuresOfHours(
            {
              starts,
              pullsByTag: none,
              pullsByDigest: none,
              versionChecks: none,
              downloads: column,
              covered,
            },
            undefined,
          );
          const expected = new Map<number, number>();
          counts.forEach((count, i) => {
            const date = new Date(starts[i]!);
            const hour = ((date.getUTCDay() + 6) % 7) * 24 + date.getUTCHours();
            expected.set(hour, (expected.get(hour) ?? 0) + count);
          });
          const found = measures.find(({ kind }) => kind === 'downloads');
          for (const [hour, count] of expected) expect(found?.values[hour] ?? 0).toBe(count);
        },
      ),
    );
  });

  it('show first what there is', () => {
    const [none, some] = [new Uint32Array(168), new Uint32Array(168).fill(1)];
    const page = { pullsByHour: none, checksByHour: some };
    expect(firstMeasure(measuresOfPage({ ...page, repoType: 'image' })).kind).toBe('versionChecks');
    expect(firstMeasure(measuresOfPage({ ...page, checksByHour: none, repoType: 'model' })).kind).toBe(
      'downloads',
    );
  });

  it('are cells with weekdays from 1 to 7', () => {
    const values = Uint32Array.from({ length: 168 }, (_, hour) => hour);
    const cells = hourCells([
      { kind: 'pulls', values },
      { kind: 'versionChecks', values: new Uint32Array(168) },
    ]);
    expect(cells).toHaveLength(169);
    expect([cells[0], cells[1], cells[168]]).toEqual([
      ['weekday', 'hour', 'pulls', 'version_checks'],
      [1, 0, 0, 0],
      [7, 23, 167, 0],
    ]);
  });
});
