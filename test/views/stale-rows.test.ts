import { describe, expect, it } from 'vitest';
import { type LastUse, WHOLE_REPOSITORY } from '../../src/model/last-use.ts';
import { countListed, staleCells, staleRows, uncoveredDays } from '../../src/views/clean-up/stale-rows.ts';

const DAY = 86_400_000;
const END = Date.UTC(2026, 9, 31, 12);
const use: LastUse = {
  length: 5,
  names: ['acme/a', 'acme/b'],
  types: ['image', 'image'],
  tags: ['1.0', '=2.0'],
  clients: ['docker 24.0.7', 'kaniko', ''],
  nameOf: Uint32Array.of(0, 0, 0, 1, 1),
  tagOf: Uint32Array.of(WHOLE_REPOSITORY, 0, 1, WHOLE_REPOSITORY, 0),
  clientOf: Uint32Array.of(0, 0, 1, 2, 2),
  pulls: Uint32Array.of(9, 4, 5, 0, 0),
  versionChecks: Uint32Array.of(0, 0, 1, 2, 2),
  lastPull: Float64Array.of(END - 29 * DAY, END - 30 * DAY, END - 40 * DAY - 1, NaN, NaN),
  lastAction: Float64Array.of(END, END, END, END - DAY, END - DAY),
};

describe('what is no longer pulled', () => {
  it('is what has no pull in the last days, that without any first', () => {
    expect(staleRows(use, 'tags', END, 30)).toEqual([
      { row: 4, days: NaN },
      { row: 2, days: 40 },
      { row: 1, days: 30 },
    ]);
    expect(staleRows(use, 'tags', END, 31).map(({ row }) => row)).toEqual([4, 2]);
    expect(staleRows(use, 'repositories', END, 30).map(({ row }) => row)).toEqual([3]);
    expect(staleRows(use, 'repositories', END, 29).map(({ row }) => row)).toEqual([3, 0]);
    expect([countListed(use, 'tags'), countListed(use, 'repositories')]).toEqual([3, 2]);
  });

  it('is written with times as data', () => {
    expect(staleCells(use, staleRows(use, 'tags', END, 40))).toEqual([
      [
        'repository',
        'tag',
        'last_pull',
        'days_since_last_pull',
        'pulls',
        'version_checks',
        'last_action',
        'last_client',
      ],
      ['acme/b', '1.0', '', '', 0, 2, '2026-10-30T12:00:00Z', ''],
      ['acme/a', '=2.0', '2026-09-21T11:59:59Z', 40, 5, 1, '2026-10-31T12:00:00Z', 'kaniko'],
    ]);
  });

  it('says which days of that time no file covers', () => {
    const coverage = { firstDay: 100, covered: Uint8Array.of(2, 0, 2, 1, 2) };
    expect(uncoveredDays(coverage, 104, 3)).toEqual({ before: 0, gaps: 0 });
    expect(uncoveredDays(coverage, 104, 5)).toEqual({ before: 0, gaps: 1 });
    expect(uncoveredDays(coverage, 104, 30)).toEqual({ before: 25, gaps: 1 });
  });
});
