import { expect, test } from 'vitest';
import { dayOfIso } from '../../src/lib/calendar.ts';
import { coverageByDay, coverageOf } from '../../src/aggregates/coverage.ts';
import { listPeriods } from '../../src/views/exports/listed-periods.ts';

test('the span, then the months and weeks that it touches, with the days that are missing', () => {
  const coverage = coverageOf([
    { first: Date.parse('2025-12-20T00:00:00Z'), last: Date.parse('2026-01-12T12:00:00Z') },
  ]);
  const report = { weeks: coverage.weeks(), months: coverage.months(), coverage: coverageByDay(coverage) };
  const span = { first: dayOfIso('2025-12-28'), last: dayOfIso('2025-12-31') };
  const listed = listPeriods(report, { kind: 'span', span });
  expect(listed.map(({ kind, week, whole }) => [kind, week, whole])).toEqual([
    ['span', 0, true],
    ['month', 49, false],
    ['week', 1, true],
    ['week', 52, true],
  ]);
  expect(new Set(listed.map(({ key }) => key)).size).toBe(4);
  const all = { kind: 'all', span: coverage.days! } as const;
  expect(listPeriods(report, all).map(({ whole }) => whole)).toEqual([
    ...[false, false, false],
    ...[false, true, true, true, false],
  ]);
});
