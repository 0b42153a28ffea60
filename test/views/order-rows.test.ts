import { describe, expect, it } from 'vitest';
import type { RepositoryColumns } from '../../src/model/view.ts';
import {
  FIRST_SORT,
  highestOf,
  nextSort,
  orderRows,
  type SortKey,
  trendPeak,
} from '../../src/views/repositories/order-rows.ts';
import { searchFor } from '../../src/views/repositories/search.ts';

const columns: RepositoryColumns = {
  length: 4,
  index: Uint32Array.of(0, 1, 2, 3),
  names: ['a', 'b', 'c', 'd'],
  types: Uint8Array.of(0, 0, 0, 0),
  downloads: Uint32Array.of(0, 0, 0, 0),
  pullsByTag: Uint32Array.of(5, 0, 9, 5),
  pullsByDigest: Uint32Array.of(1, 6, 0, 1),
  versionChecks: Uint32Array.of(0, 3, 3, 8),
  uniqueAddresses: Uint32Array.of(2, 2, 2, 2),
  lastPull: Float64Array.of(10, NaN, 30, 20),
  trend: Uint32Array.of(1, 2, 3, 9, 1, 1, 0, 0, 0, 4, 5, 5),
  trendLength: 3,
  trendDays: 1,
};
const order = (key: SortKey, ascending = false, typed = '') =>
  [...orderRows(columns, searchFor(typed), { key, ascending })].map((row) => columns.names[row]).join('');

describe('order of rows', () => {
  it('sorts by each column, equal rows by name', () => {
    expect(order('pulls')).toBe('cabd');
    expect(order('pulls', true)).toBe('abdc');
    expect(order('name', true)).toBe('abcd');
    expect(order('name')).toBe('dcba');
    expect(order('pullsByTag')).toBe('cadb');
    expect(order('pullsByDigest')).toBe('badc');
    expect(order('versionChecks')).toBe('dbca');
    expect(order('uniqueAddresses')).toBe('abcd');
    expect(order('trend')).toBe('bdac');
  });

  it('puts what was never pulled last, both ways', () => {
    expect(order('lastPull')).toBe('cdab');
    expect(order('lastPull', true)).toBe('adcb');
  });

  it('keeps what the search finds', () => {
    expect(order('pulls', false, '[a-c]')).toBe('');
    expect(order('pulls', false, 'b')).toBe('b');
  });

  it('turns around at the second click', () => {
    expect(nextSort(FIRST_SORT, 'pulls')).toEqual({ key: 'pulls', ascending: true });
    expect(nextSort(FIRST_SORT, 'name')).toEqual({ key: 'name', ascending: true });
    expect(nextSort(FIRST_SORT, 'trend')).toEqual({ key: 'trend', ascending: false });
  });

  it('finds the highest step of a trend and the longest bar', () => {
    expect(trendPeak(columns, 3)).toEqual({ step: 1, pulls: 5 });
    expect(trendPeak({ ...columns, trendLength: 0 }, 0).pulls).toBe(0);
    expect(highestOf(columns, Uint32Array.of(0, 1), 'pulls')).toBe(6);
    expect(highestOf(columns, Uint32Array.of(0, 1), 'name')).toBe(0);
  });

  it('sorts ten thousand rows between two frames', () => {
    const length = 10_000;
    const many: RepositoryColumns = {
      ...columns,
      length,
      names: Array.from({ length }, (_, i) => `team/name-${i}`),
      pullsByTag: Uint32Array.from({ length }, (_, i) => (i * 7919) % 4001),
      pullsByDigest: new Uint32Array(length),
    };
    const begun = performance.now();
    const rows = orderRows(many, searchFor('name'), FIRST_SORT);
    expect(performance.now() - begun).toBeLessThan(200);
    expect(rows).toHaveLength(length);
  });
});
