import { describe, expect, test } from 'vitest';
import { isKnown, measureOf, rankedValues, tableOf } from '../../src/views/breakdowns/breakdown-rows.ts';
import { text } from '../../src/views/text.ts';
import { createFakeClient } from '../helpers/fake-client.ts';

const breakdown = (...rows: [string, number, number][]) => ({
  values: rows.map(([value, pulls, versionChecks]) => ({ value, pulls, downloads: 0, versionChecks })),
  valueCount: rows.length,
});

describe('rows of a breakdown', () => {
  const clients = breakdown(['a', 5, 0], ['b', 1, 9], ['', 0, 0]);

  test('are ranked by what is counted; the unknown one stays', () => {
    const values = (measure: 'pulls' | 'versionChecks' | 'actions') =>
      rankedValues(clients, measure).map((each) => [each.value, measureOf(each, measure)]);
    expect(values('pulls')).toEqual([
      ['a', 5],
      ['b', 1],
      ['', 0],
    ]);
    expect(values('versionChecks')).toEqual([
      ['b', 9],
      ['', 0],
    ]);
    expect(values('actions')).toEqual([
      ['b', 10],
      ['a', 5],
      ['', 0],
    ]);
  });

  test('are known when anything but the unknown value has counts', () => {
    expect(isKnown(clients)).toBe(true);
    expect(isKnown(breakdown(['a', 0, 0], ['', 7, 0]))).toBe(false);
  });

  test('make a table, of clients one with versions', async () => {
    const found = await createFakeClient().breakdowns({ first: 20_666, last: 20_666 }, {});
    expect(tableOf(found, 'country').heads).toEqual(['country', 'pulls', 'version_checks']);
    expect(tableOf(found, 'country').rows.map(([value]) => value)).toEqual(['DE', 'FR', '(private)', '']);
    const { heads, rows } = tableOf(found, 'client');
    expect(heads).toEqual(['client', 'version', 'pulls', 'version_checks']);
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ['containerd', '1.7.24'],
      ['docker', '27.3.1'],
      ['docker', '26.1.4'],
      ['', ''],
    ]);
  });
});

test('values are named for people', () => {
  const { value } = text.breakdowns;
  expect(value('country', '(carrier-grade)')).toBe('Carrier-grade address');
  expect(value('networkType', 'isp')).toBe('Internet provider');
  expect(value('client', 'docker ')).toBe('docker, no version');
  expect(value('client', '')).toBe('Unknown client');
  expect(value('action', 'pull_by_digest')).toBe('Pulls by digest');
  expect(value('repository', 'a\u202eb')).toBe('a\\u202eb');
  expect(text.filters.chip('use', 'ci', true)).toBe('Use is not: CI');
});
