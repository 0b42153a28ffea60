import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOfIso } from '../../src/lib/calendar.ts';
import { type Filter, NO_FILTER, withValue } from '../../src/model/filter.ts';
import type { Release } from '../../src/model/adoption.ts';
import { versionLine, versionOfTag } from '../../src/aggregates/tag-names.ts';
import { analyse, manifestLine as line, otherLine, spanOf } from '../helpers/exported.ts';
import { type ReadAction, readLogs } from '../helpers/read-logs.ts';
import { hiddenBy } from '../helpers/slow-filter.ts';

const D1 = `sha256:${'1'.repeat(64)}`;
const NAME = 'acme/web';
const span = spanOf('2026-09-05', '2026-09-06');

/** 1 to 6 September, without the 4th. */
const FILES = [
  [
    otherLine('2026-09-01 00:00:00'),
    line('2026-09-01 08:00:00', '192.0.2.1', 'GET', NAME, '1.26.3'),
    line('2026-09-01 09:00:00', '192.0.2.1', 'GET', 'other', '1.27.0'),
    line('2026-09-02 08:00:00', '192.0.2.1', 'GET', NAME, 'latest'),
    line('2026-09-02 09:00:00', '192.0.2.1', 'GET', NAME, '1.27.0-rc.1'),
    line('2026-09-02 10:00:00', '192.0.2.1', 'HEAD', NAME, '1.27'),
    line('2026-09-02 23:30:00', '192.0.2.1', 'GET', NAME, '1.27'),
    line('2026-09-03 08:00:00', '192.0.2.2', 'GET', NAME, '1.27.0-alpine'),
    line('2026-09-03 09:00:00', '192.0.2.2', 'GET', NAME, D1),
    otherLine('2026-09-03 23:59:59'),
  ],
  [
    otherLine('2026-09-05 00:00:00'),
    line('2026-09-05 08:00:00', '192.0.2.2', 'GET', NAME, '1.27.0-alpine'),
    line('2026-09-06 08:00:00', '192.0.2.3', 'GET', NAME, 'v1.9.0'),
    line('2026-09-06 09:00:00', '192.0.2.3', 'GET', NAME, '2026-09-06'),
    otherLine('2026-09-06 12:00:00'),
  ],
];

async function adoptionOf(zone?: string, filter: Filter = NO_FILTER) {
  const analysis = await analyse(FILES);
  const repository = analysis.traffic().names.find(NAME);
  return analysis.repositoryPage(repository, zone ? { ...span, zone } : span, filter).adoption;
}
const short = ({ name, tags, firstDay, isFromStart, pulls }: Release) => [
  name,
  tags.join(' '),
  firstDay - dayOfIso('2026-09-01')!,
  isFromStart,
  [...pulls],
];

describe('how releases are taken up', () => {
  test('pulls of version lines and tags by day since the first, of all days', async () => {
    const adoption = await adoptionOf();
    expect(adoption.firstDay).toBe(dayOfIso('2026-09-01'));
    expect([...adoption.covered]).toEqual([2, 2, 2, 0, 2, 1]);
    expect([...adoption.pulls]).toEqual([1, 3, 2, 0, 1, 2]);
    expect(adoption.lines.map(short)).toEqual([
      ['1.27.*', '1.27 1.27.0-alpine', 1, false, [1, 1, 0, 1, 0]],
      ['1.26.*', '1.26.3', 0, true, [1, 0, 0, 0, 0, 0]],
      ['v1.9.*', 'v1.9.0', 5, false, [1]],
    ]);
    expect(adoption.tags.map(short)).toEqual([
      ['1.27.0-alpine', '1.27.0-alpine', 2, false, [1, 0, 1, 0]],
      ['1.27.0-rc.1', '1.27.0-rc.1', 1, false, [1, 0, 0, 0, 0]],
      ['1.26.3', '1.26.3', 0, true, [1, 0, 0, 0, 0, 0]],
      ['v1.9.0', 'v1.9.0', 5, false, [1]],
      ['2026-09-06', '2026-09-06', 5, false, [1]],
    ]);
  });

  test('days begin by the clock of the days shown', async () => {
    const adoption = await adoptionOf('Europe/Berlin');
    const [newest] = adoption.lines;
    // 23:30 by UTC is the next day there.
    expect(short(newest!).slice(2)).toEqual([2, false, [2, 0, 1, 0]]);
    expect(adoption.covered.length).toBe(6);
  });

  test('a filter takes pulls away, not the first day', async () => {
    const adoption = await adoptionOf(undefined, withValue(NO_FILTER, 'tag', '1.27.0-*', 'include'));
    expect([...adoption.pulls]).toEqual([0, 1, 1, 0, 1, 0]);
    expect(adoption.lines.map(short)[0]).toEqual(['1.27.*', '1.27 1.27.0-alpine', 1, false, [0, 1, 0, 1, 0]]);
  });
});

const DAY = 86_400_000;
const START = Date.UTC(2026, 8, 1);
const TAGS = ['1.27.1', '1.27.2', '1.27', '1.28.0', '1.28.0-rc.1', 'v1.28.0', 'latest', '1', '20260901', D1];
const LINES = new Map([
  ['1.27.*', ['1.27.1', '1.27.2', '1.27']],
  ['1.28.*', ['1.28.0']],
  ['v1.28.*', ['v1.28.0']],
]);
const request = fc.record({
  hour: fc.integer({ min: 0, max: 10 * 24 - 1 }),
  method: fc.constantFrom('HEAD', 'GET', 'GET'),
  name: fc.constantFrom(NAME, 'other'),
  reference: fc.constantFrom(...TAGS),
  client: fc.constantFrom('192.0.2.1', '192.0.2.2'),
});

test('are the actions, counted one by one', async () => {
  const filters = [NO_FILTER, withValue(NO_FILTER, 'tag', '1.2*', 'include')];
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 60 }), async (requests) => {
      const lines = [...requests]
        .sort((a, b) => a.hour - b.hour)
        .map(({ hour, client, method, name, reference }) =>
          line(textOf(START + hour * 3_600_000), client, method, name, reference),
        );
      const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
      const { analysis, actions } = await readLogs([{ name: 'log', bytes }]);
      const repository = analysis.traffic().names.find(NAME);
      if (repository < 0) return;
      for (const filter of filters) {
        const { adoption } = analysis.repositoryPage(repository, span, filter);
        expect(new Map(adoption.lines.map(({ name, ...rest }) => [name, rest]))).toEqual(
          slowly(actions, filter, adoption.firstDay, adoption.covered.length),
        );
      }
    }),
    { numRuns: 60 },
  );
});

const textOf = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

function slowly(actions: ReadAction[], filter: Filter, firstDay: number, days: number) {
  const own = actions.filter(({ name, action }) => name === NAME && action === 'pull_by_tag');
  const dayOf = ({ time }: ReadAction) => Math.floor(time / DAY);
  const found = new Map<string, Omit<Release, 'name'>>();
  for (const [name, members] of LINES) {
    const ofLine = own.filter(({ tag }) => members.includes(tag));
    if (ofLine.length === 0) continue;
    const first = Math.min(...ofLine.map(dayOf));
    const shown = ofLine.filter((action) => hiddenBy(action, filter, {}).length === 0);
    found.set(name, {
      tags: members.filter((member) => ofLine.some(({ tag }) => tag === member)).sort(),
      firstDay: first,
      isFromStart: first === firstDay,
      pulls: Uint32Array.from(
        { length: firstDay + days - first },
        (_, age) => shown.filter((action) => dayOf(action) === first + age).length,
      ),
    });
  }
  return found;
}

test.each([
  ['1.28', '1.28.*', '1.28'],
  ['1.28.4-alpine', '1.28.*', '1.28.4-alpine'],
  ['v1.28.4', 'v1.28.*', '1.28.4'],
  ['release-3.1.4', 'release-3.1.*', '3.1.4'],
  ['v1.28.0-rc.1', 'v1.28.*', '1.28.0-rc.1'],
  ['22.04', '22.04.*', '22.04'],
  ['1', undefined, ''],
  ['latest', undefined, ''],
  ['2025-09-01', undefined, ''],
  ['20250901', undefined, ''],
  ['9f86d08', undefined, ''],
  ['1.28x', undefined, ''],
])('%s is of the line %s, its version %j', (tag, name, version) => {
  expect(versionLine(tag)?.name).toBe(name);
  expect(versionOfTag(tag)).toBe(version);
});
