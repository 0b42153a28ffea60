import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOfIso, monthStart, nextMonthStart, weekStart } from '../../src/lib/calendar.ts';
import type { Cell } from '../../src/tables/resolve/cells.ts';
import { settleOverlaps } from '../../src/tables/resolve/overlaps.ts';

const START = dayOfIso('2026-01-01');
const DAYS = 120;

/** Downloads of each day, and periods of all lengths that tell them truly. */
const told = fc
  .record({
    truth: fc.array(fc.nat({ max: 9 }), { minLength: DAYS, maxLength: DAYS }),
    days: fc.uniqueArray(fc.nat({ max: DAYS - 1 }), { maxLength: 40 }),
    weeks: fc.uniqueArray(fc.nat({ max: 15 }), { maxLength: 12 }),
    months: fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 4 }),
  })
  .map(({ truth, days, weeks, months }) => {
    const cell = (first: number, last: number): Cell => {
      const count = truth.slice(Math.max(0, first - START), last - START + 1).reduce((a, b) => a + b, 0);
      return { first, last, count, level: 2, fingerprint: 0, flags: 0, sources: [0] };
    };
    const monday = weekStart(START + 6);
    const monthAt = (month: number) => monthStart(START + month * 31 - (month > 1 ? 3 : 0));
    return {
      truth,
      cells: [
        ...days.map((day) => cell(START + day, START + day)),
        ...weeks.map((week) => cell(monday + 7 * week, monday + 7 * week + 6)),
        ...months.map((month) => cell(monthAt(month), nextMonthStart(monthAt(month)) - 1)),
      ],
    };
  });

const total = (cells: readonly Cell[]) => cells.reduce((sum, { count }) => sum + count, 0);
const daysIn = (cells: readonly Cell[]) =>
  new Set(cells.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i)));

test('what is kept is exactly the truth of the days it tells, whatever overlaps', () => {
  fc.assert(
    fc.property(told, ({ truth, cells }) => {
      const { kept, restated, crossing, tooSmall } = settleOverlaps(cells, []);
      // A period whose finer ones came to all of it tells its days as well: there was nothing on the others.
      const days = daysIn([...kept, ...restated]);
      const real = [...days].reduce((sum, day) => sum + (truth[day - START] ?? 0), 0);
      expect(total(kept)).toBe(real);
      expect(tooSmall).toEqual([]);
      expect(kept.length + restated.length + crossing.length).toBe(cells.length);
    }),
    { numRuns: 500 },
  );
});

test('the order of files changes nothing', () => {
  fc.assert(
    fc.property(told, fc.infiniteStream(fc.nat()), ({ cells }, random) => {
      const shuffled = cells
        .map((cell) => ({ cell, at: random.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ cell }) => cell);
      expect(settleOverlaps(shuffled, []).kept).toEqual(settleOverlaps(cells, []).kept);
    }),
  );
});

test('days that a source knows whole need no coarser figure', () => {
  const month: Cell = {
    first: START,
    last: START + 30,
    count: 9,
    level: 2,
    fingerprint: 0,
    flags: 0,
    sources: [1],
  };
  const day: Cell = { ...month, last: START, count: 4, sources: [0] };
  const covered = [{ first: START, last: START + 30 }];
  expect(settleOverlaps([month, day], covered).kept).toEqual([day]);
  expect(total(settleOverlaps([month, day], []).kept)).toBe(9);
});
