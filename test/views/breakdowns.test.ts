import { describe, expect, test } from 'vitest';
import {
  changesBetween,
  filterOfValue,
  isKnown,
  measureOf,
  rankedValues,
  staying,
  tableOf,
} from '../../src/views/breakdowns/breakdown-rows.ts';
import { text } from '../../src/views/text.ts';
import { createFakeClient } from '../helpers/fake-client.ts';

const breakdown = (...rows: [string, number, number][]) => ({
  values: rows.map(([value, pulls, versionChecks]) => ({ value, pulls, downloads: 0, versionChecks })),
  valueCount: rows.length,
});

describe('rows of a breakdown', () => {
  const clients = breakdown(['a', 5, 0], ['b', 1, 9], ['', 0, 0]);

  test('are ranked by what is counted; those of nothing are left out, the unknown one too', () => {
    const values = (measure: 'pulls' | 'versionChecks' | 'actions') =>
      rankedValues(clients, measure).map((each) => [each.value, measureOf(each, measure)]);
    expect(values('pulls')).toEqual([
      ['a', 5],
      ['b', 1],
    ]);
    expect(values('versionChecks')).toEqual([['b', 9]]);
    expect(values('actions')).toEqual([
      ['b', 10],
      ['a', 5],
    ]);
  });

  test('of nothing stay where they are chosen, or had some in the earlier period', () => {
    const uses = breakdown(['ci', 4, 0], ['cluster', 0, 2], ['scanner', 0, 0], ['', 0, 0]);
    const listed = (...stays: Parameters<typeof staying>) =>
      rankedValues(uses, 'pulls', staying(...stays)).map(({ value }) => value);
    const filter = { use: { included: [], excluded: ['scanner'] } };
    expect(listed({}, 'use', 'pulls', null)).toEqual(['ci']);
    expect(listed(filter, 'use', 'pulls', null)).toEqual(['ci', 'scanner']);
    expect(listed(filter, 'country', 'pulls', null)).toEqual(['ci']);
    const counts = (pulls: number, versionChecks: number) => ({ pulls, downloads: 0, versionChecks });
    const before = new Map([
      ['cluster', counts(0, 5)],
      ['', counts(3, 0)],
    ]);
    const changeOf = (value: string) => ({ now: counts(0, 0), before: before.get(value) ?? counts(0, 0) });
    expect(listed({}, 'use', 'pulls', changeOf)).toEqual(['ci', '']);
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

describe('a value beside an earlier period', () => {
  const breakdowns = async (country: ReturnType<typeof breakdown>) => {
    const found = await createFakeClient().breakdowns({ first: 20_666, last: 20_666 }, {});
    return { ...found, by: { ...found.by, country } };
  };

  test('had nothing when it is not listed, unless the list is cut off', async () => {
    const now = await breakdowns(breakdown(['DE', 5, 1], ['FR', 3, 0], ['', 0, 0]));
    const before = await breakdowns(breakdown(['DE', 8, 1], ['', 2, 0]));
    const changeOf = changesBetween({ now, before }, 'country');
    expect(changeOf('DE')).toMatchObject({ now: { pulls: 5 }, before: { pulls: 8 } });
    expect(changeOf('FR')).toMatchObject({ now: { pulls: 3 }, before: { pulls: 0 } });
    expect(tableOf(now, 'country', changeOf)).toEqual({
      heads: [
        ...['country', 'pulls', 'version_checks', 'pulls_before', 'pulls_change'],
        ...['version_checks_before', 'version_checks_change'],
      ],
      rows: [
        ['DE', 5, 1, 8, -3, 1, 0],
        ['FR', 3, 0, 0, 3, 0, 0],
        ['', 0, 0, 2, -2, 0, 0],
      ],
    });
    expect(tableOf(now, 'country').rows.map(([value]) => value)).toEqual(['DE', 'FR']);
    const cut = await breakdowns({ ...before.by.country, valueCount: 1200 });
    const unsure = changesBetween({ now, before: cut }, 'country');
    expect(unsure('FR')).toBeNull();
    expect(tableOf(now, 'country', unsure).rows[1]).toEqual(['FR', 3, 0, '', '', '', '']);
  });

  test('is asked about under the filter that it was counted under', () => {
    const filter = {
      client: { included: ['docker 27.3.1', 'kaniko'], excluded: ['docker 26'] },
      country: { included: ['DE', 'FR'], excluded: [] },
    };
    expect(filterOfValue(filter, 'country', 'DE').country).toEqual({ included: ['DE'], excluded: [] });
    expect(filterOfValue(filter, 'client', 'kaniko').client!.included).toEqual(['kaniko']);
    // Of docker only one version is shown.
    expect(filterOfValue(filter, 'client', 'docker').client).toEqual({
      included: ['docker 27.3.1'],
      excluded: ['docker 26'],
    });
    expect(filterOfValue({}, 'use', '')).toEqual({ use: { included: [''], excluded: [] } });
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
  expect(text.filters.chip('use', 'ci', true)).toBe('Exclude use: CI');
});
