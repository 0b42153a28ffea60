import { describe, expect, test } from 'vitest';
import { loopsIn, stormsIn } from '../../src/aggregates/bursts.ts';
import { familyOf, isExactTag } from '../../src/aggregates/tag-names.ts';
import { dayOfIso } from '../../src/lib/calendar.ts';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import { analyse, manifestLine as line, spanOf } from '../helpers/exported.ts';

const D1 = `sha256:${'1'.repeat(64)}`;
const D2 = `sha256:${'2'.repeat(64)}`;
const time = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
/** Monday to Tuesday. */
const span = spanOf('2026-09-07', '2026-09-08');

const LOG = [
  line('2026-09-01 08:00:00', '192.0.2.9', 'HEAD', 'acme/web', '1.27.1'),
  line('2026-09-07 00:10:00', '192.0.2.1', 'GET', 'acme/web', '1.27.1'),
  line('2026-09-07 00:20:00', '192.0.2.1', 'GET', 'acme/web', '1.27.2-alpine'),
  line('2026-09-07 09:00:00', '192.0.2.2', 'GET', 'acme/web', '1.27.2-alpine'),
  line('2026-09-07 23:59:00', '192.0.2.2', 'GET', 'acme/web', 'latest'),
  line('2026-09-08 00:00:00', '192.0.2.3', 'HEAD', 'acme/web', 'latest'),
  line('2026-09-08 00:00:02', '192.0.2.3', 'GET', 'acme/web', D1),
  line('2026-09-08 01:00:00', '192.0.2.3', 'HEAD', 'acme/web', 'latest'),
  line('2026-09-08 01:00:02', '192.0.2.3', 'GET', 'acme/web', D2),
  line('2026-09-08 02:00:00', 'unix:', 'GET', 'acme/web', D2),
  line('2026-09-08 02:00:00', '192.0.2.1', 'GET', 'other', '3.0.0'),
];

async function pageOf(filter = NO_FILTER) {
  const analysis = await analyse([LOG]);
  const repository = analysis.traffic().names.find('acme/web');
  return analysis.repositoryPage(repository, span, filter);
}

describe('the page of a repository', () => {
  test('has its tags, families, kinds, digests, hours and sources', async () => {
    const page = await pageOf();
    const short = page.references.map(({ reference, kind, firstEver, ...row }) => [
      reference,
      kind,
      row.pullsByTag + row.pullsByDigest,
      row.uniqueAddresses,
      firstEver,
    ]);
    expect(short).toEqual([
      ['latest', 'floating', 3, 2, time('2026-09-07 23:59:00')],
      ['1.27.2-alpine', 'exact', 2, 2, time('2026-09-07 00:20:00')],
      ['1.27.1', 'exact', 1, 1, time('2026-09-01 08:00:00')],
      [D2, 'pinned', 1, 0, time('2026-09-08 02:00:00')],
    ]);
    expect(page.families[0]).toEqual({
      reference: '1.27.*',
      isDigest: false,
      kind: 'exact',
      pullsByTag: 3,
      pullsByDigest: 0,
      versionChecks: 0,
      downloads: 0,
      uniqueAddresses: 2,
      firstSeen: time('2026-09-07 00:10:00'),
      lastSeen: time('2026-09-07 09:00:00'),
      firstEver: time('2026-09-01 08:00:00'),
      members: 2,
    });
    expect(page.families.map(({ reference }) => reference)).toEqual(['1.27.*', 'latest', D2]);
    expect(page.pullsByKind).toEqual([3, 3, 1]);
    expect([page.actionsByTag, page.withDigest, page.movedTags]).toEqual([6, 2, ['latest']]);
    expect(page.digests).toEqual([
      {
        digest: D2,
        pullsByDigest: 1,
        byTag: 1,
        tags: [{ tag: 'latest', first: time('2026-09-08 01:00:00'), last: time('2026-09-08 01:00:00') }],
      },
      {
        digest: D1,
        pullsByDigest: 0,
        byTag: 1,
        tags: [{ tag: 'latest', first: time('2026-09-08 00:00:00'), last: time('2026-09-08 00:00:00') }],
      },
    ]);
    const hours = [...page.pullsByHour.entries()].filter(([, pulls]) => pulls > 0);
    expect(hours).toEqual([
      [0, 2],
      [9, 1],
      [23, 1],
      [24, 1],
      [25, 1],
      [26, 1],
    ]);
    expect(page.pullSources).toEqual({ total: 7, sources: 3, top: [2, 6, 6], withoutAddress: 1 });
    expect(page.checkSources).toEqual({ total: 0, sources: 0, top: [0, 0, 0], withoutAddress: 0 });
    expect(JSON.stringify(page)).not.toContain('192.0.2');
  });

  test('has hours by the clock of the days shown', async () => {
    const analysis = await analyse([LOG]);
    const repository = analysis.traffic().names.find('acme/web');
    const { pullsByHour } = analysis.repositoryPage(repository, { ...span, zone: 'Europe/Berlin' });
    // Two hours later than by UTC; the first is of Monday 02:10.
    expect([...pullsByHour.entries()].filter(([, pulls]) => pulls > 0)).toEqual([
      ...[2, 11, 25, 26, 27, 28].map((hour, i) => [hour, i === 0 ? 2 : 1]),
    ]);
  });

  test('shows what the filter shows, with first times of all', async () => {
    const page = await pageOf(withValue(NO_FILTER, 'tag', '1.27.1', 'include'));
    expect(page.references.map(({ reference, firstEver }) => [reference, firstEver])).toEqual([
      ['1.27.1', time('2026-09-01 08:00:00')],
    ]);
    expect(page.pullSources.total).toBe(1);
  });
});

describe('storms and loops', () => {
  const every = (seconds: number, times: number, from = 0) =>
    Array.from({ length: times }, (_, i) => from + i * seconds * 1000);

  test('a storm is 30 pulls within 60 minutes', () => {
    expect(stormsIn(every(120, 30))).toEqual([{ from: 0, to: 29 * 120_000, actions: 30, peak: 30 }]);
    expect(stormsIn(every(60, 29))).toEqual([]);
    expect(stormsIn(every(125, 300))).toEqual([]);
    // One goes on as long as every pull is one of 30 within an hour.
    expect(stormsIn(every(60, 200))).toEqual([{ from: 0, to: 199 * 60_000, actions: 200, peak: 60 }]);
    const twice = [...every(10, 40), ...every(10, 40, 86_400_000)];
    expect(stormsIn(twice).map(({ actions }) => actions)).toEqual([40, 40]);
  });

  test('a loop is 12 checks, each as long after the one before', () => {
    expect(loopsIn(every(30, 12))).toEqual([{ from: 0, to: 330_000, actions: 12, interval: 30_000 }]);
    expect(loopsIn(every(30, 11))).toEqual([]);
    expect(loopsIn(every(4000, 50))).toEqual([]);
    expect(loopsIn(every(0, 50))).toEqual([]);
    const uneven = [0, 30, 100, 110, 300, 310, 500, 900, 910, 1500, 1600, 2500, 2600, 4000].map(
      (s) => s * 1000,
    );
    expect(loopsIn(uneven)).toEqual([]);
  });

  test('a missed check does not end a loop, jitter does not hide it', () => {
    const times = [...every(30, 20), ...every(30, 20, 640_000)].map((t, i) => t + (i % 3) * 1000);
    expect(loopsIn(times)).toEqual([
      { from: 0, to: times.at(-1), actions: 40, interval: expect.any(Number) },
    ]);
    expect(Math.abs(loopsIn(times)[0]!.interval - 30_000)).toBeLessThan(200);
  });

  test('are found of one client and reference', async () => {
    const at = (i: number, step: number) =>
      new Date(Date.UTC(2026, 8, 7, 10) + i * step * 1000).toISOString().slice(0, 19).replace('T', ' ');
    const lines = [
      ...Array.from({ length: 40 }, (_, i) => line(at(i, 60), '192.0.2.1', 'GET', 'a', '1.0.0')),
      ...Array.from({ length: 60 }, (_, i) =>
        line(at(i, 30), '192.0.2.2', 'HEAD', 'a', 'latest', 'Watchtower'),
      ),
      // As many by different clients are none.
      ...Array.from({ length: 40 }, (_, i) => line(at(i, 60), `192.0.2.${i + 10}`, 'GET', 'a', '2.0.0')),
    ].sort((a, b) => (a.slice(a.indexOf('[')) < b.slice(b.indexOf('[')) ? -1 : 1));
    const analysis = await analyse([lines]);
    const page = analysis.repositoryPage(0, span);
    const from = time('2026-09-07 10:00:00');
    expect(page.storms.map(({ source: _, ...storm }) => storm)).toEqual([
      { reference: '1.0.0', isDigest: false, from, to: from + 39 * 60_000, actions: 40, peak: 40 },
    ]);
    expect(page.loops.map(({ source: _, ...loop }) => loop)).toEqual([
      { reference: 'latest', isDigest: false, from, to: from + 59 * 30_000, actions: 60, interval: 30_000 },
    ]);
    expect(analysis.sourceOf(page.loops[0]!.source)).toEqual({ address: '192.0.2.2', agent: 'Watchtower' });
    expect(dayOfIso('2026-09-07')).toBe(span.first);
  });
});

describe('what the name of a tag says', () => {
  test.each([
    '1.27.4',
    'v1.27.4',
    '1.27.4-alpine',
    'release-3.1.4',
    '2025-09-01',
    'nightly-20250901',
    'sha-9f86d08',
    '1.0.0+build',
    'build-12345',
    'main-9f86d081884c7d65',
  ])('%s is made for one image', (tag) => expect(isExactTag(tag)).toBe(true));
  test.each([
    'latest',
    'stable',
    '1',
    '1.27',
    'v2',
    '1.27-alpine',
    'bookworm',
    'main',
    'deadbeef',
    '22.04',
    '',
    '__proto__',
  ])('%s may move', (tag) => expect(isExactTag(tag)).toBe(false));
  test.each([
    ['1.27.4', '1.27.*'],
    ['1.27.4-alpine', '1.27.*'],
    ['v1.27.4', 'v1.27.*'],
    ['release-3.1.4', 'release-3.1.*'],
    ['1.27', null],
    ['latest', null],
    ['2025-09-01', null],
  ])('%s is of the family %s', (tag, family) => expect(familyOf(tag)).toBe(family));
});
