import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOfIso, isoDay } from '../../src/lib/calendar.ts';
import { clockAt, dayStart, stepStarts } from '../../src/lib/local-time.ts';

const start = (day: string, zone?: string) => new Date(dayStart(dayOfIso(day), zone) * 1000).toISOString();
const hours = (day: string, zone?: string) =>
  stepStarts({ first: dayOfIso(day), last: dayOfIso(day), ...(zone && { zone }) }, 'hour').length - 1;

describe('days by a clock', () => {
  test('begin at midnight there', () => {
    expect(start('2026-07-01')).toBe('2026-07-01T00:00:00.000Z');
    expect(start('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z');
    expect(start('2026-12-01', 'Europe/Berlin')).toBe('2026-11-30T23:00:00.000Z');
    expect(start('2026-07-01', 'America/New_York')).toBe('2026-07-01T04:00:00.000Z');
    expect(start('2026-07-01', 'Asia/Kolkata')).toBe('2026-06-30T18:30:00.000Z');
    expect(start('2026-07-01', 'No/Such_Place')).toBe('2026-07-01T00:00:00.000Z');
  });

  test('begin later where the clock skips midnight', () => {
    expect(start('2026-03-29', 'Asia/Beirut')).toBe('2026-03-28T22:00:00.000Z');
    expect(clockAt(dayStart(dayOfIso('2026-03-29'), 'Asia/Beirut'), 'Asia/Beirut').second).toBe(3600);
  });

  test('have 23 or 25 hours when it is changed', () => {
    expect([hours('2026-03-29'), hours('2026-10-25')]).toEqual([24, 24]);
    expect([hours('2026-03-29', 'Europe/Berlin'), hours('2026-10-25', 'Europe/Berlin')]).toEqual([23, 25]);
    expect([hours('2026-03-08', 'America/New_York'), hours('2026-11-01', 'America/New_York')]).toEqual([
      23, 25,
    ]);
    // Half an hour there: the last step is cut.
    expect([hours('2026-04-05', 'Australia/Lord_Howe'), hours('2026-10-04', 'Australia/Lord_Howe')]).toEqual([
      25, 24,
    ]);
  });

  test('show the hour that is there twice, twice', () => {
    const day = dayOfIso('2026-10-25');
    const shown = [...stepStarts({ first: day, last: day, zone: 'Europe/Berlin' }, 'hour')]
      .slice(0, 5)
      .map((second) => clockAt(second, 'Europe/Berlin').second / 3600);
    expect(shown).toEqual([0, 1, 2, 2, 3]);
  });

  test('any moment is in the steps of the day that the clock shows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_262_304_000, max: 2_145_916_800 }),
        fc.constantFrom(
          undefined,
          'Europe/Berlin',
          'America/New_York',
          'Asia/Beirut',
          'America/Havana',
          'Pacific/Apia',
        ),
        (second, zone) => {
          const { day } = clockAt(second, zone);
          expect([isoDay(day), dayStart(day, zone) <= second, dayStart(day + 1, zone) > second]).toEqual([
            isoDay(day),
            true,
            true,
          ]);
        },
      ),
    );
  });
});
