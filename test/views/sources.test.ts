import { expect, test } from 'vitest';
import type { RepoType } from '../../src/model/action-rows.ts';
import type { Measure } from '../../src/model/count-rows.ts';
import type { Figure } from '../../src/model/resolved-counts.ts';
import type { SourceRepository } from '../../src/model/sources-view.ts';
import { searchFor } from '../../src/views/repositories/search.ts';
import { groupFigures } from '../../src/views/sources/group-figures.ts';
import { orderRepositories, typesOf } from '../../src/views/sources/order-repositories.ts';
import { text } from '../../src/views/text.ts';

const figure = (meaning: string, repoType: RepoType, measure: Measure, total: number): Figure => ({
  ...{ meaning, repoType, measure, total, days: null, repositories: 1, sources: [0], partlyInSpan: 0 },
});

test('figures stand by meaning; a stated total that says the same as the days is left out', () => {
  const groups = groupFigures([
    figure('hub-downloads', 'dataset', 'downloads', 28),
    figure('hub-downloads', 'dataset', 'running_total', 28),
    figure('registry-actions', 'image', 'pulls', 3),
    figure('hub-downloads', 'model', 'downloads', 13),
    figure('hub-downloads', 'model', 'running_total', 99),
  ]);
  expect(
    groups.map(({ meaning, columns }) => [
      meaning,
      ...columns.map((figures) => figures.map(({ repoType, measure }) => `${repoType} ${measure}`).join()),
    ]),
  ).toEqual([
    ['hub-downloads', 'model running_total,model downloads', 'dataset downloads'],
    ['registry-actions', 'image pulls'],
  ]);
});

test('labels are those of the headline figures, and differ beside them', () => {
  const { label, note } = text.sources;
  expect(label(figure('registry-actions', 'image', 'pulls_by_tag', 1), false)).toBe('Pulls by tag');
  expect(label(figure('registry-actions', 'image', 'pulls', 1), true)).toBe('Pulls, all files');
  expect(label(figure('hub-downloads', 'model', 'downloads', 1), true)).toBe('Model downloads');
  expect(label(figure('mapped:a', '', 'downloads', 1), false)).toBe('Downloads');
  expect(note({ ...figure('docker-summary', 'image', 'pulls', 1), partlyInSpan: 2 }, 'a.csv')).toBe(
    'Without dates. 1 repository, from a.csv. 2 weeks or months only partly in this span: left out.',
  );
});

const row = (name: string, repoType: RepoType, count: number, stated: number | null): SourceRepository => ({
  ...{ name, repoType, count, stated, meaning: '', level: 2, measure: 'downloads', checks: null },
  ...{ lastDay: null, trend: new Uint32Array(1), sources: [] },
});
const ROWS = [row('b', 'model', 5, null), row('a', 'dataset', 5, 7), row('c', 'model', 9, 1)];
const ordered = (typed: string, type: RepoType | null, order: 'name' | 'count' | 'stated') =>
  orderRepositories(ROWS, searchFor(typed), type, order).map(({ name }) => name);

test('repositories by search, type and order; what is not told comes last', () => {
  expect(ordered('', null, 'count')).toEqual(['c', 'a', 'b']);
  expect(ordered('', null, 'stated')).toEqual(['a', 'c', 'b']);
  expect(ordered('', 'model', 'name')).toEqual(['b', 'c']);
  expect(ordered('c', null, 'name')).toEqual(['c']);
  expect(typesOf(ROWS)).toEqual(['model', 'dataset']);
});

test.each([
  [['a.csv'], 'a.csv'],
  [['a.csv', 'b.csv'], 'a.csv, b.csv'],
  [['a.csv', 'b.csv', 'c.csv', 'd.csv'], 'a.csv, b.csv and 2 more'],
])('names the first files of %j', (names, expected) => {
  expect(text.sources.from(names, 2)).toBe(expected);
});
