import { expect, test } from 'vitest';
import { dayOfIso } from '../../src/lib/calendar.ts';
import { isoWeek, monthOf, yearOf } from '../../src/lib/iso-week.ts';

/** Years that begin on each day of the week, and those with 53 weeks. */
test.each([
  ['2024-12-29', 2024, 52],
  ['2024-12-30', 2025, 1],
  ['2025-01-01', 2025, 1],
  ['2025-12-28', 2025, 52],
  ['2025-12-29', 2026, 1],
  ['2026-01-04', 2026, 1],
  ['2026-01-05', 2026, 2],
  ['2026-12-31', 2026, 53],
  ['2027-01-03', 2026, 53],
  ['2027-01-04', 2027, 1],
  ['2020-12-31', 2020, 53],
  ['2021-01-03', 2020, 53],
  ['2023-01-01', 2022, 52],
  ['2000-01-02', 1999, 52],
  ['1970-01-01', 1970, 1],
])('%s is in week %i-%i', (day, year, week) => {
  expect(isoWeek(dayOfIso(day))).toEqual({ year, week });
});

test('calendar years and months', () => {
  expect([yearOf(dayOfIso('2025-12-31')), monthOf(dayOfIso('2025-12-31'))]).toEqual([2025, 12]);
  expect([yearOf(dayOfIso('2026-01-01')), monthOf(dayOfIso('2026-01-01'))]).toEqual([2026, 1]);
});
