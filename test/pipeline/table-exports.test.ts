import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NO_FILTER } from '../../src/model/filter.ts';
import type { ExportKind, SummaryLevel } from '../../src/model/view.ts';
import { readLogs, type ReadResult } from '../helpers/read-logs.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';

const table = (path: string) => readFileSync(`test/fixtures/tables/${path}`, 'utf8');
const read = (...files: [name: string, text: string][]) =>
  readLogs(files.map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })));

async function write({ analysis }: ReadResult, kind: ExportKind, level: SummaryLevel = 'reference') {
  const span = analysis.report().days!;
  const { blob, rows, left } = analysis.export({ kind, level, span, spanKind: 'all', filter: NO_FILTER });
  return { text: await blob.text(), rows, left };
}

function canWrite({ analysis }: ReadResult) {
  const { canWrite } = analysis.sources(analysis.report().days!, true)!;
  return Object.entries(canWrite).flatMap(([kind, can]) => (can ? [kind] : []));
}

const RAW = [
  'timestamp,namespace,repository,reference,digest,tag,action_day,http_method,action,type,host,country,user_agent_tool,user_agent_version',
  '2026-09-01 10:00:00,acme,web,latest,,latest,2026-09-01,HEAD,version_check,isp,,DE,docker,27.3.1',
  `2026-09-01 10:00:05,acme,web,sha256:${'a'.repeat(64)},sha256:${'a'.repeat(64)},,2026-09-01,GET,pull_by_digest,,,,,`,
  "2026-09-02 00:00:00,,web,1,,1,2026-09-02,GET,pull_by_tag,hosting,aws,US,'=tool,1",
  '2026-09-04 23:59:59,acme,deep/db,1,,1,2026-09-04,GET,pull_by_tag,,,,"a, ""b""",2',
  '',
].join('\r\n');

describe('actions of tables alone', () => {
  test('our raw file comes back byte for byte, and gives the other two', async () => {
    const result = await read(['raw.csv', RAW]);
    expect(canWrite(result)).toEqual(['raw', 'summary', 'daily']);
    expect(await write(result, 'raw')).toEqual({ text: RAW, rows: 4, left: 0 });
    expect((await write(result, 'summary')).text.split('\r\n')).toEqual([
      'namespace,repository,reference,unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks',
      ',web,1,,1,0,0',
      'acme,deep/db,1,,1,0,0',
      'acme,web,latest,,0,0,1',
      `acme,web,sha256:${'a'.repeat(64)},,0,1,0`,
      '',
    ]);
    expect((await write(result, 'summary', 'namespace')).text.split('\r\n').slice(1)).toEqual([
      ',,1,0,0',
      'acme,,1,1,1',
      '',
    ]);
    expect((await write(result, 'daily')).text.split('\r\n').slice(1)).toEqual([
      'image,acme/deep/db,1,2026-09-04T00:00:00.000Z,1',
      'image,acme/web,1,2026-09-01T00:00:00.000Z,1',
      'image,web,1,2026-09-02T00:00:00.000Z,1',
      '',
    ]);
  });

  test("Docker Hub's older raw file comes out in our columns", async () => {
    const result = await read(['raw.csv', table('docker-actions/2022-title-case.csv')]);
    const { text, rows } = await write(result, 'raw');
    expect(rows).toBe(5);
    const again = await read(['again.csv', text]);
    expect((await write(again, 'raw')).text).toBe(text);
    expect((await write(again, 'summary')).text).toBe((await write(result, 'summary')).text);
  });

  test('counts without a date are of no day of the daily file', async () => {
    const undated =
      'namespace,repository,unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks\nacme,web,1,9,9,9\n';
    const result = await read(['raw.csv', RAW], ['summary.csv', undated]);
    const alone = await read(['raw.csv', RAW]);
    expect((await write(result, 'daily')).text).toBe((await write(alone, 'daily')).text);
  });

  test('files of the same days are counted once in every file', async () => {
    const once = await read(['a.csv', RAW]);
    const twice = await read(['a.csv', RAW], ['b.csv', `${RAW.trimEnd()}\r\n\r\n`]);
    for (const kind of ['raw', 'summary', 'daily'] as const)
      expect((await write(twice, kind)).text).toBe((await write(once, kind)).text);
  });
});

describe('logs and tables together', () => {
  test('what a log gave is not added to it again', async () => {
    const alone = await read(['access.log', SMALL_LOG]);
    const [raw, summary, daily] = [
      (await write(alone, 'raw')).text,
      (await write(alone, 'summary')).text,
      (await write(alone, 'daily')).text,
    ];
    const both = await read(['access.log', SMALL_LOG], ['raw.csv', raw], ['daily.csv', daily]);
    expect((await write(both, 'raw')).text).toBe(raw);
    expect((await write(both, 'summary')).text).toBe(summary);
    expect((await write(both, 'daily')).text).toBe(daily);
  });

  test("a table's other days stand between those of the log, in order of time", async () => {
    const other = RAW.replaceAll('2026-09-02', '2026-08-31');
    const both = await read(['access.log', SMALL_LOG], ['raw.csv', other]);
    const { text, rows } = await write(both, 'raw');
    const times = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.slice(0, 19));
    expect(times).toEqual([...times].sort());
    expect(times[0]).toBe('2026-08-31 00:00:00');
    expect(rows).toBe(times.length);
    const summary = (await write(both, 'summary', 'repository')).text;
    // Addresses of the log alone would be too few.
    expect(summary).toContain(',web,,1,0,0\r\n');
  });
});

describe('what a file cannot hold', () => {
  test('daily downloads give no actions', async () => {
    const result = await read(['hub.csv', table('hub-daily/documented.csv')]);
    expect(canWrite(result)).toEqual(['daily']);
  });

  test('pulls of days alone are not told by tag', async () => {
    const daily = readFileSync('test/fixtures/exports/small-daily.csv', 'utf8');
    const result = await read(['daily.csv', daily], ['raw.csv', RAW.replaceAll('2026-09', '2026-11')]);
    expect(canWrite(result)).toEqual(['raw', 'summary', 'daily']);
    expect(await write(result, 'summary')).toMatchObject({ rows: 4, left: 3 });
  });

  test('a summary by reference comes back for its days; its unique addresses are of no sum', async () => {
    const text = table('docker-summary/reference-level.csv');
    const result = await read(['summary_week_2022-08-01.csv', text]);
    expect(canWrite(result)).toEqual(['summary']);
    const summary = await write(result, 'summary');
    const rows = text.trim().split(/\r?\n/).slice(1);
    expect(summary.left).toBe(0);
    expect(summary.text.trim().split('\r\n').slice(1)).toEqual(
      rows.map((row) => row.split(',').slice(0, 7).with(3, '').join()).sort(),
    );
  });

  test('a summary of namespaces is one of namespaces alone', async () => {
    const text = table('docker-summary/own_month_2026-09.csv');
    const result = await read(['own_month_2026-09.csv', text]);
    expect(await write(result, 'summary')).toMatchObject({ rows: 0, left: 3 });
    expect((await write(result, 'summary', 'namespace')).text.split('\r\n').slice(1)).toEqual([
      ',,1,1,0',
      'acme,,1,0,2',
      '',
    ]);
  });
});

describe("Hugging Face's file comes back byte for byte", () => {
  const line = (type: string, name: string, total: number, day: number, downloads: number) =>
    `${type},${name},${total},${new Date(day * 86_400_000).toISOString()},${downloads}`;
  const repository = fc.record({
    type: fc.constantFrom('model', 'dataset', 'space'),
    name: fc.stringMatching(/^[a-z]{1,3}\/[A-Za-z0-9._-]{1,8}$/),
    more: fc.nat(1e9),
    days: fc.uniqueArray(fc.tuple(fc.integer({ min: 18_000, max: 18_030 }), fc.nat(50)), {
      selector: ([day]) => day,
      minLength: 1,
      maxLength: 12,
    }),
  });
  const order = ['model', 'dataset', 'space'];

  test('days missing and zeros included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(repository, { selector: ({ type, name }) => `${type} ${name}`, minLength: 1 }),
        async (repositories) => {
          const sorted = [...repositories].sort(
            (a, b) => order.indexOf(a.type) - order.indexOf(b.type) || (a.name < b.name ? -1 : 1),
          );
          const rows = sorted.flatMap(({ type, name, more, days }) => {
            const total = more + days.reduce((sum, [, downloads]) => sum + downloads, 0);
            return [...days]
              .sort(([a], [b]) => a - b)
              .map(([day, downloads]) => line(type, name, total, day, downloads));
          });
          const text = `${['repoType,repoName,total,timestamp,downloads', ...rows].join('\r\n')}\r\n`;
          expect((await write(await read(['hub.csv', text]), 'daily')).text).toBe(text);
        },
      ),
      { numRuns: 40 },
    );
  });
});
