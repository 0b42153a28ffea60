import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { type Facet, FACETS, type Filter, withValue } from '../../src/model/filter.ts';
import { tagOf } from '../../src/model/last-use.ts';
import { BREAKDOWN_FACETS, type Breakdown, type DaySpan } from '../../src/model/view.ts';
import type { Analysis } from '../../src/pipeline/analysis.ts';
import { type Facts, factsFor } from '../helpers/address-facts.ts';
import { exported, manifestLine } from '../helpers/exported.ts';
import { contentKey, readLogs } from '../helpers/read-logs.ts';
import {
  byCodePoints,
  dailySlowly,
  dashboardSlowly,
  dayOf,
  rawSlowly,
  summarySlowly,
} from '../helpers/slow-exports.ts';
import { countValues, hiddenBy, valuesOf } from '../helpers/slow-filter.ts';
import { lastUseSlowly } from '../helpers/slow-last-use.ts';
import { readSlowly } from '../helpers/slow-reference.ts';

const START = Date.UTC(2026, 8, 1);
const DAY = 86_400_000;
const DIGESTS = [1, 2].map((n) => `sha256:${String(n).repeat(64)}`) as [string, string];
const FACTS: Record<string, Facts> = {
  '192.0.2.1': { country: 'DE', host: 'Hetzner', type: 'hosting', network: 'CI' },
  '192.0.2.2': { country: 'DE', type: 'isp' },
  '10.0.0.7': { kind: 'private', network: 'office' },
};
const AGENTS = [
  'docker/27.3.1 go/go1.22.7',
  'docker/26.1.4 go/go1.22.7',
  'Watchtower/1.7.1',
  'docker/dev',
  '-',
  'what is this',
];

const request = fc.record({
  day: fc.integer({ min: 0, max: 2 }),
  second: fc.integer({ min: 0, max: 12 }),
  client: fc.constantFrom('192.0.2.1', '192.0.2.2', '10.0.0.7', '203.0.113.9', 'unix:'),
  method: fc.constantFrom('HEAD', 'GET', 'GET'),
  name: fc.constantFrom('a', 'acme/web', 'acme/api', '__proto__'),
  reference: fc.constantFrom('1.27.1', '1.27.2', 'latest', '__proto__', ...DIGESTS, ...DIGESTS),
  agent: fc.constantFrom(...AGENTS),
});

const VALUES: Record<Facet, string[]> = {
  repository: ['a', 'acme/*', 'acme/?eb', '*', 'none', ''],
  tag: ['', '1.27.*', 'latest', '__proto__', 'none'],
  digest: ['', DIGESTS[0], 'sha256:2*'],
  action: ['pull_by_tag', 'pull_by_digest', 'version_check'],
  client: ['docker', 'docker 27.3.1', 'docker ', 'watchtower', '', 'none', 'docker none'],
  use: ['', 'update checker', 'person', 'ci', 'cluster'],
  country: ['', 'DE', '(private)', 'FR'],
  cloud: ['', 'Hetzner', '(private)'],
  networkType: ['', 'isp', 'hosting', '(private)'],
  ownNetwork: ['', 'office', 'CI'],
  repositoryType: ['image', 'model', 'dataset'],
  push: ['', 'own'],
};
const choice = fc
  .constantFrom(...FACETS)
  .chain((facet) =>
    fc.tuple(
      fc.constant(facet),
      fc.constantFrom(...VALUES[facet]),
      fc.constantFrom('include', 'include', 'exclude'),
    ),
  );
const filter = fc
  .array(choice, { maxLength: 4 })
  .map((choices) => choices.reduce((all, [facet, value, wish]) => withValue(all, facet, value, wish), {}));

const textOf = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

async function rowsOf(analysis: Analysis, kind: 'raw' | 'summary' | 'daily', span: DaySpan, by: Filter) {
  const { text } = await exported(analysis, kind, { span, filter: by });
  return Papa.parse<string[]>(text.trimEnd(), { newline: '\r\n' }).data.slice(1);
}

const asRecord = ({ values }: Breakdown) =>
  Object.fromEntries(values.map(({ value, pulls, versionChecks }) => [value, [pulls, versionChecks]]));

test('what a filter shows agrees with a slow computation over the list of actions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: 1, maxLength: 40 }),
      filter,
      fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
      async (requests, chosen, borders) => {
        const lines = requests
          .map((each) => ({ ...each, time: START + each.day * DAY + each.second * 1000 }))
          .sort((a, b) => a.time - b.time)
          .map(({ time, client, method, name, reference, agent }) =>
            manifestLine(textOf(time), client, method, name, reference, agent),
          );
        const files = [
          { name: 'log', bytes: new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')) },
        ];
        const { analysis } = await readLogs(files);
        analysis.setAddressFacts(factsFor(FACTS));
        const all = readSlowly(files, {}, contentKey).actions;
        const shown = all.filter((action) => hiddenBy(action, chosen, FACTS).length === 0);
        const span = {
          first: START / DAY + Math.min(...borders),
          last: START / DAY + Math.max(...borders),
        };
        const covered = (day: number) => {
          const { first, last } = analysis.report().days!;
          return day >= first && day <= last;
        };

        const view = analysis.view(span, chosen);
        const slow = dashboardSlowly(shown, span);
        expect(view.figures).toEqual(slow.figures);
        const { series, repositories } = view;
        expect(
          slow.days.map((_, i) => [series.pullsByTag[i], series.pullsByDigest[i], series.versionChecks[i]]),
        ).toEqual(slow.days);
        const rows = repositories.names.map((name, i) => ({
          name,
          pulls: repositories.pullsByTag[i]! + repositories.pullsByDigest[i]!,
          pullsByTag: repositories.pullsByTag[i],
          pullsByDigest: repositories.pullsByDigest[i],
          versionChecks: repositories.versionChecks[i],
          ...{ models: 0, datasets: 0, spaces: 0 },
          uniqueAddresses: repositories.uniqueAddresses[i],
          lastPull: repositories.lastPull[i],
        }));
        expect(rows.sort((x, y) => byCodePoints(x.name, y.name))).toEqual(slow.repositories);

        const inSpan = (action: (typeof all)[number]) =>
          dayOf(action.time) >= span.first && dayOf(action.time) <= span.last;
        repositories.names.forEach((name, i) => {
          const detail = analysis.detail(repositories.index[i]!, span, chosen);
          const own = shown.filter((action) => inSpan(action) && action.name === name);
          const references = Object.fromEntries(
            detail.references.map((row) => [
              row.reference,
              [row.pullsByTag + row.pullsByDigest, row.versionChecks],
            ]),
          );
          const { ['']: _, ...expected } = countValues(own, ({ reference }) => reference);
          expect(references).toEqual(expected);
        });

        const use = analysis.lastUse(chosen);
        expect(
          Array.from({ length: use.length }, (_, row) => [
            use.names[use.nameOf[row]!],
            tagOf(use, row),
            use.pulls[row],
            use.versionChecks[row],
            use.lastPull[row],
            use.lastAction[row],
          ]),
        ).toEqual(lastUseSlowly(all, shown));

        const raw = await rowsOf(analysis, 'raw', span, chosen);
        expect(raw.map((row) => row.slice(0, 9))).toEqual(
          rawSlowly(shown, span).map((row) => row.slice(0, 9)),
        );
        expect(raw.map((row) => row.slice(9, 12))).toEqual(
          shown.filter(inSpan).map(({ client }) => {
            const { type = '', host = '', country = '' } = FACTS[client] ?? {};
            return [type, host, country];
          }),
        );
        expect(await rowsOf(analysis, 'summary', span, chosen)).toEqual(
          summarySlowly(shown, span, 'reference'),
        );
        expect(await rowsOf(analysis, 'daily', span, chosen)).toEqual(dailySlowly(shown, span, covered));

        const counts = analysis.breakdowns(span, chosen);
        const visible = shown.filter(inSpan);
        for (const facet of BREAKDOWN_FACETS) {
          const expected = countValues(visible, (action) => valuesOf(action, facet, FACTS)[0]!);
          const seen = asRecord(counts.by[facet]);
          for (const [value, [pulls, checks]] of Object.entries(seen) as [string, [number, number]][])
            if (pulls + checks === 0 && value !== '') delete seen[value];
          expect(seen).toEqual(expected);
        }
        for (const [tool, versions] of counts.versions) {
          const own = visible.filter((action) => valuesOf(action, 'client', FACTS)[0] === tool);
          const { ['']: _, ...expected } = countValues(own, (each) => valuesOf(each, 'client', FACTS)[1]!);
          expect(asRecord(versions)).toEqual({ [`${tool} `]: [0, 0], ...expected });
        }
        const hidden = all.filter(inSpan).map((action) => hiddenBy(action, chosen, FACTS));
        expect(counts.hidden).toBe(hidden.filter((facets) => facets.length > 0).length);
        for (const [facet, alone] of Object.entries(counts.hiddenByAlone))
          expect(alone).toBe(hidden.filter((facets) => facets.join() === facet).length);
      },
    ),
    { numRuns: 150 },
  );
});
