import { expect, test } from 'vitest';
import { dayOf, dayOfIso, isoDay, isoMoment } from '../../src/lib/calendar.ts';

test('moments are written by UTC to the second, and left out where they are not known', () => {
  expect(isoMoment(Date.UTC(2026, 10, 21, 10, 0, 5, 999))).toBe('2026-11-21T10:00:05Z');
  expect(isoMoment(-1)).toBe('1969-12-31T23:59:59Z');
  expect(isoMoment(NaN)).toBe('');
});

test('days are written as dates, and read from them', () => {
  const day = Date.UTC(2026, 7, 1) / 86_400_000;
  expect(isoDay(day)).toBe('2026-08-01');
  expect(dayOfIso('2026-08-01')).toBe(day);
  expect(dayOfIso('2026-13-01')).toBeNaN();
  expect(dayOfIso('')).toBeNaN();
  expect(dayOf(day * 86_400_000 + 5)).toBe(day);
  expect(dayOf(-1)).toBe(-1);
});
