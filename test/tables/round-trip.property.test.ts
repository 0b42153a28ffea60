import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeClient } from '../../src/clients/describe-client.ts';
import { writeExport } from '../../src/exports/index.ts';
import { dayOf } from '../../src/lib/calendar.ts';
import { wordOf } from '../../src/lib/column-builder.ts';
import { ACTION_NAMES } from '../../src/model/action-rows.ts';
import { NO_FILTER } from '../../src/model/filter.ts';
import type { Measure } from '../../src/model/count-rows.ts';
import type { Traffic } from '../../src/model/traffic.ts';
import type { ExportKind, SummaryLevel } from '../../src/model/view.ts';
import { readTable } from '../../src/tables/read-table.ts';
import { lookAtTable } from '../../src/tables/recognize-table.ts';
import { sourceOfTable } from '../../src/tables/resolve/count-source.ts';
import { figuresOf } from '../../src/tables/resolve/figures.ts';
import { resolveCounts } from '../../src/tables/resolve/resolve.ts';
import { digest, logLine } from '../helpers/log-lines.ts';
import { readLogs } from '../helpers/read-logs.ts';
import { inPieces, showTable } from '../helpers/show-table.ts';

const START = Date.UTC(2026, 8, 1);
const HOUR = 3_600_000;

const request = fc.record({
  after: fc.constantFrom(0, 1000, 4000, 6000, 5 * HOUR, 30 * HOUR),
  client: fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1'),
  method: fc.constantFrom('HEAD', 'GET'),
  name: fc.constantFrom('acme/web', 'acme/acme/web', 'web', 'acme/deep/db', 'other/web'),
  reference: fc.constantFrom('latest', 'null', '1.10', '1-1', digest('a'), digest('b')),
  agent: fc.constantFrom('docker/27.3.1 go/1', 'null/1', '=cmd()', '-', '@x', 'a,b/2', '\\x22q\\x22/1'),
});
const logs = fc.array(request, { minLength: 1, maxLength: 40 }).map((requests) => {
  let time = START;
  return requests
    .map(({ after, client, method, name, reference, agent }) => {
      time += after;
      return `${logLine(time, client, method, `/v2/${name}/manifests/${reference}`, 200, 10, agent)}\n`;
    })
    .join('');
});

const toolOf = (agent: string) => {
  const { tool, version } = describeClient(agent);
  return { tool, version };
};

async function readBack(
  traffic: Traffic,
  kind: ExportKind,
  level: SummaryLevel = 'reference',
  name?: string,
) {
  const span = traffic.coverage.days!;
  const file = writeExport(
    { traffic, counted: null },
    {
      kind,
      level,
      span,
      spanKind: name ? 'span' : 'all',
      filter: NO_FILTER,
    },
  );
  const bytes = new Uint8Array(await file.blob.arrayBuffer());
  const { format } = lookAtTable(bytes)!;
  const result = await readTable(inPieces(bytes, 100), { name: file.name, format: format! });
  expect(result.tally).toEqual({ read: file.rows, used: file.rows, skipped: 0, unreadable: 0 });
  return { name: file.name, result };
}

test('what we write reads back to the same actions and figures', async () => {
  await fc.assert(
    fc.asyncProperty(logs, async (text) => {
      const { actions, analysis } = await readLogs([
        { name: 'a.log', bytes: new TextEncoder().encode(text) },
      ]);
      const traffic = analysis.traffic();
      const expected: Record<string, number> = { pulls_by_tag: 0, pulls_by_digest: 0, version_checks: 0 };
      for (const { action } of actions) expected[action.replace(/^(pull|version_check)/, '$1s')]!++;
      const pulls = expected.pulls_by_tag! + expected.pulls_by_digest!;

      const raw = await readBack(traffic, 'raw');
      if (raw.result.table.kind !== 'actions') throw new Error(showTable(raw.result));
      const { columns, length, words } = raw.result.table.rows;
      const rows = Array.from({ length }, (_, row) => ({
        time: columns.time[row]!,
        name: wordOf(words, columns.repository[row]!),
        reference: wordOf(words, columns.reference[row]!),
        tag: wordOf(words, columns.tag[row]!),
        digest: wordOf(words, columns.digest[row]!),
        method: ['', 'HEAD', 'GET'][columns.method[row]!]!,
        action: ACTION_NAMES[columns.action[row]!]!,
        ...{ tool: wordOf(words, columns.tool[row]!), version: wordOf(words, columns.version[row]!) },
      }));
      expect(rows).toEqual(
        actions.map(({ time, name, reference, tag, digest: of, method, action, agent }) => ({
          ...{ time, name, reference, tag, digest: of, method, action },
          ...toolOf(agent),
        })),
      );

      const figures = async (kind: ExportKind, level?: SummaryLevel) => {
        const { name, result } = await readBack(traffic, kind, level, 'dated');
        const resolution = resolveCounts([sourceOfTable(name, result)!]);
        return new Map(
          figuresOf(resolution).map(({ measure, total }): [Measure, number | null] => [measure, total]),
        );
      };
      for (const found of [
        await figures('raw'),
        await figures('summary', 'reference'),
        await figures('summary', 'repository'),
        await figures('summary', 'namespace'),
      ]) {
        for (const [measure, count] of Object.entries(expected)) {
          expect(found.get(measure as Measure) ?? 0).toBe(count);
        }
        expect(found.get('pulls') ?? 0).toBe(pulls);
      }
      const daily = await figures('daily');
      expect([daily.get('pulls') ?? 0, daily.get('running_total') ?? 0]).toEqual([pulls, pulls]);

      // All of them together are still the same figures.
      const sources = [];
      for (const [kind, level] of [
        ['daily'],
        ['summary', 'reference'],
        ['raw'],
        ['summary', 'namespace'],
      ] as [ExportKind, SummaryLevel?][]) {
        const { name, result } = await readBack(traffic, kind, level, 'dated');
        sources.push(sourceOfTable(name, result)!);
      }
      const together = figuresOf(resolveCounts(sources));
      const of = (measure: Measure) => together.find((figure) => figure.measure === measure)?.total ?? 0;
      expect(of('pulls')).toBe(pulls);
      for (const [measure, count] of Object.entries(expected)) expect(of(measure as Measure)).toBe(count);
      expect(dayOf(raw.result.firstTime)).toBe(dayOf(actions[0]!.time));
    }),
    { numRuns: 40 },
  );
});
