import { expect, test } from 'vitest';
import { indexActions } from '../../src/aggregates/action-index.ts';
import { breakdowns } from '../../src/aggregates/breakdown.ts';
import { dashboardView } from '../../src/aggregates/dashboard.ts';
import { CHUNK } from '../../src/aggregates/name-counter.ts';
import { countPlainly } from '../../src/aggregates/plain-dashboard.ts';
import { repositoryPage } from '../../src/aggregates/repository-page.ts';
import { clockAt, stepStarts } from '../../src/lib/local-time.ts';
import { actionFilter } from '../../src/model/action-filter.ts';
import { type Filter, NO_FILTER, withValue } from '../../src/model/filter.ts';
import {
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../../src/model/request-table.ts';
import { FLAG_NO_CLIENT } from '../../src/model/segment.ts';
import { rangeOfSpan } from '../../src/model/time-range.ts';
import type { DaySpan } from '../../src/model/view.ts';
import { manifestLine } from '../helpers/exported.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
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
  exclude(withValue(NO_FILTER, 'digest', `sha256:${'1'.repeat(64)}`, 'exclude'), 'tag', 'latest'),
  exclude(withValue(NO_FILTER, 'client', 'watchtower', 'exclude'), 'action', 'pull_by_digest'),
];

/** Rows of actions that are shown, in the order of time. */
function shownRows(span: DaySpan, filter: Filter): number[] {
  const chosen = actionFilter(traffic, filter);
  const [from, to] = rangeOfSpan(traffic, span);
  return [...traffic.order.subarray(from, to)].filter((row) => {
    const page = traffic.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    return page.action[at] !== ACTION_NONE && !(chosen && chosen.hides(page, at, row) !== 0);
  });
}

const pageOf = (row: number) => traffic.table.pages[row >>> PAGE_SHIFT]!;
const nameAt = (row: number) => traffic.nameOf[pageOf(row).repository[row & PAGE_MASK]!];
const isCheck = (row: number) => pageOf(row).action[row & PAGE_MASK] === ACTION_VERSION_CHECK;

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

test('days and hours of a filter are those of the rows that it shows', () => {
  for (const span of SPANS)
    for (const filter of FILTERS) {
      const rows = shownRows(span, filter);
      for (const step of ['day', 'hour'] as const) {
        const view = dashboardView(traffic, index, span, filter, step);
        const starts = stepStarts(span, step);
        const slow = (wanted: number) => {
          const counts = new Uint32Array(starts.length - 1);
          for (const row of rows) {
            if (pageOf(row).action[row & PAGE_MASK] !== wanted) continue;
            counts[starts.findLastIndex((start) => start * 1000 <= traffic.table.time(row))]!++;
          }
          return counts;
        };
        const series = step === 'day' ? view.series : view.hours!;
        expect(series.versionChecks).toEqual(slow(ACTION_VERSION_CHECK));
        expect(series.pullsByTag).toEqual(slow(ACTION_PULL_BY_TAG));
        expect(series.pullsByDigest).toEqual(slow(ACTION_PULL_BY_DIGEST));
        const busy = view.repositories.names.indexOf('busy');
        if (busy < 0) continue;
        const { trendLength, trend } = view.repositories;
        const pulls = rows.filter((row) => !isCheck(row) && nameAt(row) === traffic.names.find('busy'));
        const own = trend.subarray(busy * trendLength, (busy + 1) * trendLength);
        expect(own.reduce((sum, count) => sum + count, 0)).toBe(pulls.length);
      }
    }
});

test('breakdowns are those of the rows that a filter shows', () => {
  const { tools, toolOf } = traffic.describeAgents();
  for (const span of SPANS)
    for (const filter of FILTERS) {
      const slow = new Map<string, [pulls: number, checks: number]>();
      for (const row of shownRows(span, filter)) {
        const tool = tools.textOf(toolOf[pageOf(row).agent[row & PAGE_MASK]!]!);
        const own = slow.get(tool) ?? [0, 0];
        own[isCheck(row) ? 1 : 0]++;
        slow.set(tool, own);
      }
      const { by } = breakdowns(traffic, index, span, filter);
      const found = by.client.values.filter(({ pulls, versionChecks }) => pulls + versionChecks > 0);
      expect(new Map(found.map((each) => [each.value, [each.pulls, each.versionChecks]]))).toEqual(slow);
    }
});

test('a repository page has the rows that a filter shows', () => {
  const busy = traffic.names.find('busy');
  for (const span of SPANS)
    for (const filter of FILTERS) {
      const rows = shownRows(span, filter).filter((row) => nameAt(row) === busy);
      const references = new Map<string, object>();
      const hours = new Uint32Array(24 * 7);
      const bySource = new Map<number, number>();
      for (const row of rows) {
        const page = pageOf(row);
        const at = row & PAGE_MASK;
        const text = traffic.references.textOf(page.reference[at]!);
        if (!references.has(text)) {
          const own = rows.filter((each) => pageOf(each).reference[each & PAGE_MASK] === page.reference[at]);
          const addresses = own.filter((each) => !(pageOf(each).flags[each & PAGE_MASK]! & FLAG_NO_CLIENT));
          references.set(text, {
            checks: own.filter(isCheck).length,
            pulls: own.filter((each) => !isCheck(each)).length,
            addresses: new Set(addresses.map((each) => pageOf(each).client[each & PAGE_MASK])).size,
            firstSeen: traffic.table.time(own[0]!),
            lastSeen: traffic.table.time(own.at(-1)!),
          });
        }
        if (isCheck(row)) continue;
        const { day, second } = clockAt(page.seconds[at]!, span.zone);
        hours[((day + 3) % 7) * 24 + Math.floor(second / 3600)]!++;
        if (!(page.flags[at]! & FLAG_NO_CLIENT))
          bySource.set(page.client[at]!, (bySource.get(page.client[at]!) ?? 0) + 1);
      }
      const page = repositoryPage(traffic, index, busy, span, filter);
      const found = page.references.map((row) => [
        row.reference,
        {
          checks: row.versionChecks,
          pulls: row.pullsByTag + row.pullsByDigest,
          addresses: row.uniqueAddresses,
          firstSeen: row.firstSeen,
          lastSeen: row.lastSeen,
        },
      ]);
      expect(new Map(found as [string, object][])).toEqual(references);
      expect(page.pullsByHour).toEqual(hours);
      const busiest = [...bySource.values()].sort((a, b) => b - a);
      const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
      expect(page.pullSources).toMatchObject({
        total: rows.filter((row) => !isCheck(row)).length,
        sources: busiest.length,
        top: [sum(busiest.slice(0, 1)), sum(busiest.slice(0, 10)), sum(busiest)],
      });
    }
});
