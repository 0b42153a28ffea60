import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import type { DaySpan, ExportKind, ExportRequest } from '../../src/model/view.ts';
import type { Analysis } from '../../src/pipeline/analysis.ts';
import { exported, manifestLine, otherLine } from '../helpers/exported.ts';
import { contentKey, readLogs } from '../helpers/read-logs.ts';
import {
  byCodePoints,
  dailySlowly,
  dashboardSlowly,
  dayOf,
  rawSlowly,
  summarySlowly,
} from '../helpers/slow-exports.ts';
import { readSlowly } from '../helpers/slow-reference.ts';

/** Logs of a few days with gaps between them, of few clients and of names that are hard to sort and to write. */
const START = Date.UTC(2026, 7, 28);
const DAY = 86_400_000;
const DIGESTS = [1, 2].map((n) => `sha256:${String(n).repeat(64)}`);

const request = fc.record({
  day: fc.integer({ min: 0, max: 6 }),
  second: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 86_390, max: 86_399 })),
  client: fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1', 'unix:'),
  method: fc.constantFrom('HEAD', 'GET', 'GET'),
  name: fc.constantFrom(
    'a',
    'a/b',
    'a/b/c',
    'a-b/c',
    '=a/b',
    '\uff5e/\u{1f40b}',
    '\u{1f40b}/"',
    '__proto__',
    'a,/b',
  ),
  reference: fc.constantFrom('1', '-1', '\u{1f40b}', '\uff5e', 'a"b\n', '__proto__', ...DIGESTS, ...DIGESTS),
  status: fc.constantFrom(200, 200, 200, 404),
});
const log = fc.array(request, { minLength: 1, maxLength: 30 }).chain((requests) =>
  fc.record({
    requests: fc.constant(requests),
    /** A file ends with a line of another kind, some days later. */
    quietDays: fc.constantFrom(0, 0, 1, 3),
  }),
);
type Log = typeof log extends fc.Arbitrary<infer T> ? T : never;

const textOf = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
const encoded = (name: string) => name.split('/').map(encodeURIComponent).join('/');

function render({ requests, quietDays }: Log) {
  const timed = requests
    .map((each) => ({ ...each, time: START + each.day * DAY + each.second * 1000 }))
    .sort((a, b) => a.time - b.time);
  const last = timed.at(-1)!.time + quietDays * DAY;
  const lines = timed.map(({ time, client, method, name, reference, status }) =>
    manifestLine(textOf(time), client, method, encoded(name), encodeURIComponent(reference), 'x/1', status),
  );
  lines.push(otherLine(textOf(last)));
  return {
    bytes: new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')),
    first: timed[0]!.time,
    last,
  };
}

async function rowsOf(analysis: Analysis, kind: ExportKind, wish: Partial<ExportRequest>) {
  const { text, rows } = await exported(analysis, kind, wish);
  const { data, errors } = Papa.parse<string[]>(text, { newline: '\r\n' });
  expect(errors).toEqual([]);
  expect(data.pop()).toEqual(['']);
  expect(data.length - 1).toBe(rows);
  return data.slice(1);
}

test('dashboard, repository rows and exports agree with a slow computation over the list of actions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(log, { minLength: 1, maxLength: 2, selector: (each) => JSON.stringify(each) }),
      fc.record({ foldFurther: fc.boolean(), separateByAgent: fc.boolean() }),
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
      async (logs, switches, borders) => {
        const rules = { ...DEFAULT_RULES, ...switches };
        const rendered = logs.map(render);
        const files = rendered.map(({ bytes }, i) => ({ name: `log.${i}`, bytes }));
        fc.pre(new Set(files.map(({ bytes }) => contentKey(bytes))).size === files.length);
        const { analysis } = await readLogs(files, { rules });
        const actions = readSlowly(files, rules, contentKey).actions.sort((a, b) => a.time - b.time);
        const covered = (day: number) =>
          rendered.some(({ first, last }) => dayOf(first) <= day && dayOf(last) >= day);

        const [a, b] = borders.map((border) => START / DAY + border) as [number, number];
        const whole = analysis.report().days!;
        for (const span of [whole, { first: Math.min(a, b), last: Math.max(a, b) }] as DaySpan[]) {
          const view = analysis.view(span);
          // Once more from the index that breakdowns are made of.
          analysis.breakdowns(span);
          expect(analysis.view(span)).toEqual(view);
          const slow = dashboardSlowly(actions, span);
          expect(view.figures).toEqual(slow.figures);
          const { series, repositories } = view;
          expect(slow.days).toEqual(
            slow.days.map((_, i) => [series.pullsByTag[i], series.pullsByDigest[i], series.versionChecks[i]]),
          );
          const shown = repositories.names.map((name, i) => ({
            name,
            pulls: repositories.pullsByTag[i]! + repositories.pullsByDigest[i]!,
            pullsByTag: repositories.pullsByTag[i],
            pullsByDigest: repositories.pullsByDigest[i],
            versionChecks: repositories.versionChecks[i],
            ...{ models: 0, datasets: 0, spaces: 0 },
            uniqueAddresses: repositories.uniqueAddresses[i],
            lastPull: repositories.lastPull[i],
          }));
          expect(shown.sort((x, y) => byCodePoints(x.name, y.name))).toEqual(slow.repositories);
          repositories.names.forEach((name, i) => {
            const { trend, trendLength } = repositories;
            const own = trend.subarray(i * trendLength, (i + 1) * trendLength);
            const { pulls } = slow.repositories.find((each) => each.name === name)!;
            expect(own.reduce((sum, each) => sum + each, 0)).toBe(pulls);
          });
          for (const level of ['reference', 'repository', 'namespace'] as const) {
            const rows = await rowsOf(analysis, 'summary', { span, level });
            expect(rows).toEqual(summarySlowly(actions, span, level));
          }
          expect(await rowsOf(analysis, 'daily', { span })).toEqual(dailySlowly(actions, span, covered));
          const raw = await rowsOf(analysis, 'raw', { span });
          expect(raw.map((row) => row.slice(0, 12))).toEqual(rawSlowly(actions, span));
        }
      },
    ),
    { numRuns: 100 },
  );
});
