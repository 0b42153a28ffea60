import { expect, test } from 'vitest';
import { dayOfIso } from '../../src/lib/calendar.ts';
import {
  countOf,
  factOf,
  fullName,
  NO_PERIOD,
  parseTime,
  periodOf,
  periodOfName,
  textOf,
} from '../../src/tables/cells.ts';

test.each([
  ['2026-09-01', '2026-09-01T00:00:00.000Z'],
  ['20260901', '2026-09-01T00:00:00.000Z'],
  ['2026/09/01/23', '2026-09-01T23:00:00.000Z'],
  ['2026-09-01 10:20:30', '2026-09-01T10:20:30.000Z'],
  ['2026-09-01T10:20', '2026-09-01T10:20:00.000Z'],
  ['2026-09-01T10:20:30.1239Z', '2026-09-01T10:20:30.123Z'],
  ['2026-09-01 10:20:30.5 UTC', '2026-09-01T10:20:30.500Z'],
  ['2026-09-01T10:20:30+02:00', '2026-09-01T08:20:30.000Z'],
  ['2026-09-01T00:20:30-0130', '2026-09-01T01:50:30.000Z'],
  ['01/Sep/2026:10:20:30 +0200', '2026-09-01T08:20:30.000Z'],
  ['Sep 1, 2026 @ 10:20:30.045', '2026-09-01T10:20:30.045Z'],
  ['9/1/2026, 12:20:30.5 AM', '2026-09-01T00:20:30.500Z'],
  ['9/1/2026 12:20:30 PM', '2026-09-01T12:20:30.000Z'],
  ['1788257604', '2026-09-01T10:13:24.000Z'],
  ['1788257604.535', '2026-09-01T10:13:24.535Z'],
  ['1788257604535', '2026-09-01T10:13:24.535Z'],
  ['1788257604535999', '2026-09-01T10:13:24.535Z'],
  ['1788257604535999123', '2026-09-01T10:13:24.535Z'],
])('the time %s', (text, iso) => {
  expect(new Date(parseTime(text)).toISOString()).toBe(iso);
});

test.each([
  '',
  'yesterday',
  '2026-13-01',
  '2026-02-30',
  '2026-09-01T24:00:00',
  '01/Xyz/2026:10:20:30 +0000',
  '12',
  '-',
])('%s is no time', (text) => {
  expect(parseTime(text)).toBeNaN();
});

test('missing cells, in all their spellings', () => {
  for (const missing of ['', ' ', '\\N', '\\\\N']) expect(textOf([missing], 0)).toBe('');
  for (const missing of ['null', 'NULL', 'no csp', 'None']) expect(factOf([missing], 0)).toBe('');
  // A tag may be called so.
  expect(textOf(['null'], 0)).toBe('null');
  expect(textOf(['x'], -1)).toBe('');
  expect(textOf(["'=x"], 0)).toBe('=x');
  expect(textOf(["'quoted'"], 0)).toBe("'quoted'");
});

test('counts are whole numbers', () => {
  expect(['0', '12', '12.0', ' 7 '].map((text) => countOf([text], 0))).toEqual([0, 12, 12, 7]);
  for (const text of ['', '-1', '1.5', '1e3', '1,000', 'x', '\\N']) expect(countOf([text], 0)).toBeNaN();
});

test('periods by granularity and by name', () => {
  const days = (first: string, last: string) => [dayOfIso(first), dayOfIso(last)];
  expect(periodOf('week', parseTime('2026-08-31'))).toEqual(days('2026-08-31', '2026-09-06'));
  expect(periodOf('Monthly', parseTime('2024-02-15'))).toEqual(days('2024-02-01', '2024-02-29'));
  expect(periodOf('day', parseTime('2024-02-15'))).toEqual(days('2024-02-15', '2024-02-15'));
  expect(periodOf('quarter', parseTime('2024-02-15'))).toBeNull();
  expect(periodOf('week', NaN)).toBeNull();
  expect(periodOfName('all_summary_week_2026-09-07_partial.csv')).toEqual(days('2026-09-07', '2026-09-13'));
  expect(periodOfName('all_summary_month_2026-09.csv')).toEqual(days('2026-09-01', '2026-09-30'));
  expect(periodOfName('a_summary_span_2026-09-03_2026-09-08.csv')).toEqual(days('2026-09-03', '2026-09-08'));
  expect(periodOfName('acme_weekly_2026_09_07.csv')).toEqual(days('2026-09-07', '2026-09-13'));
  for (const name of ['all_summary_all.csv', 'month.csv', 'span_2026-09-03.csv']) {
    expect(periodOfName(name)).toEqual(NO_PERIOD);
  }
});

test('names are put together once', () => {
  expect(fullName('acme', 'web')).toBe('acme/web');
  expect(fullName('acme', 'acme/web')).toBe('acme/web');
  expect(fullName('', 'web')).toBe('web');
});
