import { expect, test } from 'vitest';
import { isoMoment } from '../../src/lib/calendar.ts';

test('moments are written by UTC to the second, and left out where they are not known', () => {
  expect(isoMoment(Date.UTC(2026, 10, 21, 10, 0, 5, 999))).toBe('2026-11-21T10:00:05Z');
  expect(isoMoment(-1)).toBe('1969-12-31T23:59:59Z');
  expect(isoMoment(NaN)).toBe('');
});
