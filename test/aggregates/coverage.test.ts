import { describe, expect, test } from 'vitest';
import { coverageOf, TOLERANCE } from '../../src/aggregates/coverage.ts';
import { dayOfIso, isoDay } from '../../src/lib/calendar.ts';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE, type DaySpan } from '../../src/model/view.ts';

const time = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
/** Coverage of files given as first and last moment. */
const covered = (...files: [first: string, last: string][]) =>
  coverageOf(files.map(([first, last]) => ({ first: time(first), last: time(last) })));
const text = ({ first, last }: DaySpan) => `${isoDay(first)} ${isoDay(last)}`;
const periods = (found: { span: DaySpan; whole: boolean }[]) =>
  found.map(({ span, whole }) => `${text(span)}${whole ? '' : ' partial'}`);

describe('a day', () => {
  test.each([
    ['is whole from midnight to midnight', '2026-09-01 00:00:00', '2026-09-01 23:59:59.999', COVERED_WHOLE],
    [
      'is whole with ten silent minutes at both ends',
      '2026-09-01 00:10:00',
      '2026-09-01 23:50:00',
      COVERED_WHOLE,
    ],
    [
      'is not with a moment more at its beginning',
      '2026-09-01 00:10:00.001',
      '2026-09-02 12:00:00',
      COVERED_PARTLY,
    ],
    [
      'is not with a moment more at its end',
      '2026-08-31 12:00:00',
      '2026-09-01 23:49:59.999',
      COVERED_PARTLY,
    ],
    ['is covered partly by one moment', '2026-09-01 00:00:00', '2026-09-01 00:00:00', COVERED_PARTLY],
    ['is not covered by the moment after it', '2026-09-02 00:00:00', '2026-09-05 00:00:00', COVERED_NOT],
    ['is not covered by the moment before it', '2026-08-01 00:00:00', '2026-08-31 23:59:59.999', COVERED_NOT],
  ])('%s', (_, first, last, expected) => {
    expect(covered([first, last]).of(dayOfIso('2026-09-01'))).toBe(expected);
  });

  test('is whole when two files meet in it with less than the tolerance between them', () => {
    const noon = time('2026-09-01 12:00:00');
    const files = (gap: number) =>
      coverageOf([
        { first: noon + gap, last: time('2026-09-02 00:00:00') },
        { first: time('2026-09-01 00:00:00'), last: noon },
      ]).of(dayOfIso('2026-09-01'));
    expect(files(TOLERANCE - 1)).toBe(COVERED_WHOLE);
    expect(files(TOLERANCE)).toBe(COVERED_PARTLY);
  });

  test('is whole in a file that holds another, shorter one', () => {
    const { of } = covered(
      ['2026-09-01 00:00:00', '2026-09-02 23:59:59'],
      ['2026-09-01 10:00:00', '2026-09-01 11:00:00'],
    );
    expect(['2026-09-01', '2026-09-02', '2026-09-03'].map((day) => of(dayOfIso(day)))).toEqual([
      COVERED_WHOLE,
      COVERED_WHOLE,
      COVERED_NOT,
    ]);
  });
});

test('without files there is nothing', () => {
  const nothing = coverageOf([]);
  expect(nothing.days).toBeNull();
  expect(nothing.lastMonth()).toBeNull();
  expect(nothing.months()).toEqual([]);
  expect(nothing.weeks()).toEqual([]);
  expect(nothing.of(dayOfIso('2026-09-01'))).toBe(COVERED_NOT);
});

test('weeks run from Monday to Sunday, months by the calendar, latest first, those without data left out', () => {
  const data = covered(
    ['2026-08-31 00:00:00', '2026-09-06 23:59:59'],
    ['2026-11-30 12:00:00', '2026-12-01 12:00:00'],
  );
  expect(text(data.days!)).toBe('2026-08-31 2026-12-01');
  expect(periods(data.weeks())).toEqual(['2026-11-30 2026-12-06 partial', '2026-08-31 2026-09-06']);
  expect(periods(data.months())).toEqual([
    '2026-12-01 2026-12-31 partial',
    '2026-11-01 2026-11-30 partial',
    '2026-09-01 2026-09-30 partial',
    '2026-08-01 2026-08-31 partial',
  ]);
});

test('a month is whole in a leap year with its 29th of February only', () => {
  expect(periods(covered(['2028-02-01 00:00:00', '2028-02-29 23:59:59']).months())).toEqual([
    '2028-02-01 2028-02-29',
  ]);
  expect(periods(covered(['2028-02-01 00:00:00', '2028-02-28 23:59:59']).months())).toEqual([
    '2028-02-01 2028-02-29 partial',
  ]);
});

describe('last month', () => {
  test.each([
    [
      'is 30 days that end with the last whole one',
      '2026-07-01 00:00:00',
      '2026-09-15 12:00:00',
      '2026-08-16 2026-09-14',
    ],
    ['is less when the data has less', '2026-09-01 12:00:00', '2026-09-05 12:00:00', '2026-09-02 2026-09-04'],
    ['is one day of one whole day', '2026-09-01 00:00:00', '2026-09-01 23:59:59', '2026-09-01 2026-09-01'],
  ])('%s', (_, first, last, expected) => {
    expect(text(covered([first, last]).lastMonth()!)).toBe(expected);
  });

  test('is nothing without a whole day', () => {
    expect(covered(['2026-09-01 12:00:00', '2026-09-02 12:00:00']).lastMonth()).toBeNull();
  });
});
