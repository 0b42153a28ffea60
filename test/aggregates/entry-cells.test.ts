import { expect, test } from 'vitest';
import { indexActions } from '../../src/aggregates/action-index.ts';
import { breakdowns } from '../../src/aggregates/breakdown.ts';
import { dashboardView } from '../../src/aggregates/dashboard.ts';
import { CHUNK } from '../../src/aggregates/entry-cells.ts';
import { countPlainly } from '../../src/aggregates/plain-dashboard.ts';
import { actionFilter } from '../../src/model/action-filter.ts';
import { type Filter, NO_FILTER, withValue } from '../../src/model/filter.ts';
import { ACTION_NONE, ACTION_VERSION_CHECK, PAGE_MASK, PAGE_SHIFT } from '../../src/model/request-table.ts';
import { FLAG_NO_CLIENT } from '../../src/model/segment.ts';
import { rangeOfSpan } from '../../src/model/time-range.ts';
import type { DaySpan } from '../../src/model/view.ts';
import { manifestLine } from '../helpers/exported.ts';
import { randomNumbers } from '../helpers/log-lines.ts';
import { readLogs } from '../helpers/read-logs.ts';

/** Ten days: one repository that has most of all, one client of it with a long group, and a few with little. */
function lines(): string {
  const random = randomNumbers(5);
  const pick = (values: readonly string[]) => values[Math.floor(random() ** 3 * values.length)]!;
  return Array.from({ length: CHUNK + 6000 }, (_, i) =>
    manifestLine(
      new Date(Date.UTC(2026, 8, 1) + i * 38_000).toISOString().slice(0, 19).replace('T', ' '),
      pick([
        '192.0.2.1',
        '192.0.2.2',
        '192.0.2.3',
        'unix:',
        ...Array.from({ length: 40 }, (_, n) => `198.51.100.${n}`),
      ]),
      i % 3 ? 'HEAD' : 'GET',
      i % 50 ? 'busy' : pick(['a', 'b', 'c/d', 'e']),
      pick(['latest', '1.27.1', '1.27.2', `sha256:${'1'.repeat(64)}`, `sha256-${'ab'.repeat(32)}.sig`]),
      pick(['docker/27.3.1', 'containerd/1.7', 'Watchtower/1.7.1']),
    ),
  ).join('\n');
}

const { analysis } = await readLogs([{ name: 'log', bytes: new TextEncoder().encode(`${lines()}\n`) }]);
const traffic = analysis.traffic();
const index = indexActions(traffic);
const { first, last } = analysis.report().days!;
const SPANS: DaySpan[] = [
  { first, last },
  { first: first + 3, last: first + 5 },
  { first: first - 2, last: first },
  { first, last, zone: 'Asia/Kathmandu' },
  { first: first + 2, last: first + 4, zone: 'America/St_Johns' },
];
const exclude = (filter: Filter, facet: 'action' | 'tag', value: string) =>
  withValue(filter, facet, value, 'exclude');
const FILTERS: Filter[] = [
  NO_FILTER,
  exclude(NO_FILTER, 'action', 'pull_by_tag'),
  withValue(NO_FILTER, 'client', 'docker', 'include'),
  withValue(NO_FILTER, 'tag', '1.27*', 'include'),
  exclude(withValue(NO_FILTER, 'client', 'docker', 'exclude'), 'tag', ''),
  exclude(exclude(NO_FILTER, 'tag', 'latest'), 'action', 'version_check'),
  withValue(NO_FILTER, 'repository', 'busy', 'include'),
];

/** Row by row, in the order of time. */
function countSlowly(span: DaySpan, filter: Filter) {
  const chosen = actionFilter(traffic, filter);
  const [from, to] = rangeOfSpan(traffic, span);
  const names = new Map<number, { pulls: number; checks: number; lastPull: number; clients: Set<number> }>();
  const clients = new Set<number>();
  let hidden = 0;
  for (let i = from; i < to; i++) {
    const row = traffic.order[i]!;
    const page = traffic.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const action = page.action[at]!;
    if (action === ACTION_NONE) continue;
    if (chosen && chosen.hides(page, at, row) !== 0) {
      hidden++;
      continue;
    }
    const name = traffic.nameOf[page.repository[at]!]!;
    const own = names.get(name) ?? { pulls: 0, checks: 0, lastPull: NaN, clients: new Set() };
    names.set(name, own);
    if (action === ACTION_VERSION_CHECK) own.checks++;
    else {
      own.pulls++;
      own.lastPull = traffic.table.time(row);
    }
    if (page.flags[at]! & FLAG_NO_CLIENT) continue;
    own.clients.add(page.client[at]!);
    clients.add(page.client[at]!);
  }
  return {
    hidden,
    uniqueAddresses: clients.size,
    names: new Map([...names].map(([name, own]) => [name, { ...own, clients: own.clients.size }])),
  };
}

test('a busy repository, long groups and many at once are counted as row by row', () => {
  for (const span of SPANS) {
    for (const filter of FILTERS) {
      const slow = countSlowly(span, filter);
      const { repositories, figures } = dashboardView(traffic, index, span, filter);
      const rows = Array.from(repositories.index, (name, i) => [
        name,
        {
          pulls: repositories.pullsByTag[i]! + repositories.pullsByDigest[i]!,
          checks: repositories.versionChecks[i]!,
          lastPull: repositories.lastPull[i]!,
          clients: repositories.uniqueAddresses[i]!,
        },
      ]);
      expect(new Map(rows as [number, object][])).toEqual(slow.names);
      expect(figures.uniqueAddresses).toBe(slow.uniqueAddresses);
      const counts = breakdowns(traffic, index, span, filter);
      expect([counts.pulls, counts.versionChecks]).toEqual([figures.pulls, figures.versionChecks]);
      expect(counts.hidden).toBe(slow.hidden);
    }
  }
});

test('days and hours by any clock are those of one pass over the rows', () => {
  for (const span of SPANS)
    for (const step of ['day', 'hour'] as const)
      expect(dashboardView(traffic, index, span, NO_FILTER, step)).toEqual(
        countPlainly(traffic, span, step).view,
      );
});
