import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Filter, NO_FILTER, withValue } from '../../src/model/filter.ts';
import type { DaySpan } from '../../src/model/view.ts';
import type { Analysis } from '../../src/pipeline/analysis.ts';
import { analyse, manifestLine as line, spanOf } from '../helpers/exported.ts';

const span = spanOf('2026-09-07', '2026-09-08');
const START = Date.UTC(2026, 8, 7, 10);
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
const timeOf = (each: string) => each.slice(each.indexOf('['));
const sorted = (lines: string[]) => lines.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));

/** A storm in one repository, two loops in others, and one address with two agents that only asks much. */
const LOG = sorted([
  ...Array.from({ length: 40 }, (_, i) =>
    line(at(i * 60), '192.0.2.1', 'GET', 'acme/web', '1.0.0', 'kaniko/v1.9.1'),
  ),
  ...Array.from({ length: 60 }, (_, i) =>
    line(at(i * 30), '192.0.2.2', 'HEAD', 'acme/api', 'latest', 'Watchtower'),
  ),
  ...Array.from({ length: 12 }, (_, i) =>
    line(at(i * 3600), '198.51.100.1', 'HEAD', 'acme/job', 'latest', 'Watchtower'),
  ),
  ...Array.from({ length: 90 }, (_, i) =>
    line(
      at(i * 130),
      '198.51.100.9',
      'GET',
      `acme/${i % 5}`,
      '1.0',
      i % 3 ? 'docker/27.3.1' : 'skopeo/1.2.0',
    ),
  ),
]);

const shortOf = (analysis: Analysis, filter = NO_FILTER, days = span) =>
  analysis
    .hammering(days, filter)
    .bursts.map(({ kind, name, reference, actions, who }) => [kind, name, reference, actions, who.client]);

test('storms and loops of all repositories are found, with who they are of and no address', async () => {
  const analysis = await analyse([LOG]);
  const found = analysis.hammering(span, NO_FILTER);
  expect(shortOf(analysis)).toEqual([
    ['loop', 'acme/api', 'latest', 60, 'watchtower'],
    ['storm', 'acme/web', '1.0.0', 40, 'kaniko 1.9.1'],
    ['loop', 'acme/job', 'latest', 12, 'watchtower'],
  ]);
  expect([found.stormCount, found.loopCount]).toEqual([1, 2]);
  expect(found.bursts[1]).toMatchObject({
    from: START,
    to: START + 39 * 60_000,
    peak: 40,
    type: 'image',
    isDigest: false,
  });
  expect(analysis.sourceOf(found.bursts[1]!.source)).toEqual({
    address: '192.0.2.1',
    agent: 'kaniko/v1.9.1',
  });
  expect(JSON.stringify(found)).not.toMatch(/192\.0\.2|198\.51/);
});

test('the busiest addresses are told with their commonest agent', async () => {
  const { addresses, pullSources, checkSources } = (await analyse([LOG])).hammering(span);
  expect(
    addresses.map(({ who, agents, repositories, pulls, versionChecks }) => [
      ...[who.client, agents, repositories, pulls, versionChecks],
    ]),
  ).toEqual([
    ['docker 27.3.1', 2, 5, 90, 0],
    ['watchtower', 1, 1, 0, 60],
    ['kaniko 1.9.1', 1, 1, 40, 0],
    ['watchtower', 1, 1, 0, 12],
  ]);
  expect(pullSources).toEqual({ total: 130, sources: 2, top: [90, 130, 130], withoutAddress: 0 });
  expect(checkSources).toEqual({ total: 72, sources: 2, top: [60, 72, 72], withoutAddress: 0 });
});

test('hours of the week are those that repositories have, by the clock of the days', async () => {
  const analysis = await analyse([LOG]);
  for (const zone of ['Europe/Berlin', 'Asia/Kathmandu', undefined]) {
    const days = zone === undefined ? span : { ...span, zone };
    const { pullsByHour, checksByHour } = analysis.hammering(days);
    const sums = [new Uint32Array(168), new Uint32Array(168)] as const;
    for (const repository of analysis.view(days).repositories.index) {
      const page = analysis.repositoryPage(repository, days);
      page.pullsByHour.forEach((count, hour) => (sums[0][hour]! += count));
      page.checksByHour.forEach((count, hour) => (sums[1][hour]! += count));
    }
    expect([pullsByHour, checksByHour]).toEqual([...sums]);
    expect(pullsByHour.reduce((sum, count) => sum + count, 0)).toBe(130);
  }
});

test('filters and days apply', async () => {
  const analysis = await analyse([LOG]);
  expect(shortOf(analysis, withValue(NO_FILTER, 'repository', 'acme/api', 'exclude'))).toEqual([
    ['storm', 'acme/web', '1.0.0', 40, 'kaniko 1.9.1'],
    ['loop', 'acme/job', 'latest', 12, 'watchtower'],
  ]);
  expect(shortOf(analysis, withValue(NO_FILTER, 'action', 'version_check', 'exclude'))).toEqual([
    ['storm', 'acme/web', '1.0.0', 40, 'kaniko 1.9.1'],
  ]);
  expect(shortOf(analysis, NO_FILTER, spanOf('2026-09-08', '2026-09-08'))).toEqual([]);
  expect(analysis.hammering(spanOf('2026-09-08', '2026-09-08')).addresses).toEqual([]);
});

/** What the page of a repository says of itself, of each. */
function byPages(analysis: Analysis, days: DaySpan, filter: Filter): string[] {
  const { repositories } = analysis.view(days, filter);
  return Array.from(repositories.index).flatMap((repository) => {
    const { name, storms, loops } = analysis.repositoryPage(repository, days, filter);
    return [...storms, ...loops].map(({ reference, actions, from, to }) =>
      [name, reference, actions, from, to].join(' '),
    );
  });
}

const DIGEST = `sha256:${'1'.repeat(64)}`;
const FILTERS: Filter[] = [
  NO_FILTER,
  withValue(NO_FILTER, 'action', 'pull_by_tag', 'include'),
  withValue(NO_FILTER, 'action', 'version_check', 'exclude'),
  withValue(NO_FILTER, 'tag', '1', 'include'),
  withValue(NO_FILTER, 'tag', '', 'exclude'),
  withValue(NO_FILTER, 'digest', DIGEST, 'include'),
  withValue(NO_FILTER, 'repository', 'a', 'exclude'),
  withValue(NO_FILTER, 'client', 'docker', 'include'),
  withValue(NO_FILTER, 'client', 'kaniko', 'exclude'),
];

test('what a filter leaves of storms and loops that are kept is what looking everywhere finds', async () => {
  const agents = ['docker/27.3.1', 'kaniko/v1.9.1'];
  const asks = fc.record({
    client: fc.integer({ min: 1, max: 2 }),
    name: fc.constantFrom('a', 'b'),
    tag: fc.constantFrom('1', '2', DIGEST),
    method: fc.constantFrom('GET', 'HEAD'),
    start: fc.integer({ min: 0, max: 60_000 }),
    every: fc.constantFrom(6, 60, 119, 121, 125, 1800, 3599, 3600, 3601, 4200),
    times: fc.integer({ min: 5, max: 45 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(asks, { minLength: 1, maxLength: 4 }), async (all) => {
      const lines = all.flatMap(({ client, name, tag, method, start, every, times }) =>
        Array.from({ length: times }, (_, i) =>
          line(at(start + i * every), `192.0.2.${client}`, method, name, tag, agents[client - 1]),
        ),
      );
      const analysis = await analyse([sorted(lines)]);
      const days = analysis.report().days!;
      for (const filter of FILTERS) {
        const { bursts, stormCount, loopCount } = analysis.hammering(days, filter);
        const found = bursts.map(({ name, reference, actions, from, to }) =>
          [name, reference, actions, from, to].join(' '),
        );
        expect(found.sort()).toEqual(byPages(analysis, days, filter).sort());
        expect(stormCount + loopCount).toBe(bursts.length);
      }
    }),
    { numRuns: 40 },
  );
});
