import { expect, test } from 'vitest';
import { bucketDays, bucketHours } from '../../../src/views/charts/buckets.ts';
import { actionsCells, togetherCells } from '../../../src/views/charts/table-cells.ts';

const counts = (...numbers: number[]) => Uint32Array.from(numbers);
const series = {
  covered: Uint8Array.from([2, 0, 1]),
  pullsByTag: counts(3, 0, 1),
  pullsByDigest: counts(1, 0, 0),
  versionChecks: counts(5, 0, 2),
  downloads: counts(0, 0, 0),
};
const days = bucketDays({ firstDay: 20_697, ...series }, 'day');

test('a chart of days is days as data, without numbers where no file covers', () => {
  expect(actionsCells(days, [days[0]!, null, null])).toEqual([
    [
      ...['first_day', 'last_day', 'covered', 'pulls_by_tag', 'pulls_by_digest', 'version_checks'],
      ...['earlier_first_day', 'earlier_actions'],
    ],
    ['2026-09-01', '2026-09-01', 'yes', 3, 1, 5, '2026-09-01', 9],
    ['2026-09-02', '2026-09-02', 'no', '', '', '', '', ''],
    ['2026-09-03', '2026-09-03', 'partly', 1, 0, 2, '', ''],
  ]);
});

test('a chart of repositories has a column for each', () => {
  expect(togetherCells(days, [{ name: '=a', pulls: [1, 0, 2] }])).toEqual([
    ['first_day', 'last_day', 'covered', '=a'],
    ['2026-09-01', '2026-09-01', 'yes', 1],
    ['2026-09-02', '2026-09-02', 'no', ''],
    ['2026-09-03', '2026-09-03', 'partly', 2],
  ]);
});

test('hours have their moments by UTC', () => {
  const start = Date.UTC(2026, 8, 1, 22);
  const starts = Float64Array.from([0, 1, 2, 3], (hour) => start + hour * 3_600_000);
  const [head, row] = actionsCells(bucketHours({ ...series, starts }, { zone: 'Europe/Berlin' }), null);
  expect(head!.slice(0, 3)).toEqual(['from', 'to', 'covered']);
  expect(row!.slice(0, 3)).toEqual(['2026-09-01T22:00:00Z', '2026-09-01T23:00:00Z', 'yes']);
});
