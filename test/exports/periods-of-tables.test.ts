import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { previewExport } from '../../src/exports/preview.ts';
import { type ExportJob, FILE_SORTS, kindOfSort } from '../../src/model/export-job.ts';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import { csvText, exported, manifestLine, spanOf } from '../helpers/exported.ts';
import { readLogs } from '../helpers/read-logs.ts';
import { textOf, writtenEntries, writtenJob } from '../helpers/written-job.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const TABLE = csvText(
  'timestamp,namespace,repository,reference,digest,tag,action_day,http_method,action,type,host,country,user_agent_tool,user_agent_version',
  '2026-08-31 10:00:00,acme,web,1.10,,1.10,2026-08-31,GET,pull_by_tag,isp,,DE,docker,27.3.1',
  `2026-09-01 00:00:01,other,db,${DIGEST},${DIGEST},,2026-09-01,GET,pull_by_digest,,,,,`,
  "2026-09-08 23:59:59,,busybox,1,,1,2026-09-08,GET,pull_by_tag,hosting,aws,US,'=tool,1",
);
const LOG = ['2026-09-06 10:00:00', '2026-09-07 10:00:00']
  .map((time) => `${manifestLine(time, '192.0.2.1', 'GET', 'acme/web', '1.10')}\n`)
  .join('');

async function held(...files: [name: string, text: string][]) {
  const given = files.map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }));
  return (await readLogs(given)).analysis;
}
const both = () => held(['access.log', LOG], ['raw.csv', TABLE]);
const writing = { preset: 'standard', gzip: false, now: 0, filter: NO_FILTER } as const;
const everything = { span: spanOf('2026-08-31', '2026-09-08'), ...writing };
const PERIODS: ExportJob = {
  ...{ form: 'periods', sorts: [...FILE_SORTS], periods: ['week', 'month'] },
  ...everything,
};
const API: ExportJob = { form: 'data-api', base: '', ...everything };
const rowsOf = (text: string) => text.split('\r\n').slice(1, -1);

test('each week and month of the archive is what is written of it alone, tables included', async () => {
  const analysis = await both();
  const entries = await writtenEntries(analysis, PERIODS);
  const weeks = [
    ['week_2026-08-31_partial', spanOf('2026-08-31', '2026-09-06')],
    ['week_2026-09-07_partial', spanOf('2026-09-07', '2026-09-13')],
    ['month_2026-08_partial', spanOf('2026-08-01', '2026-08-31')],
    ['month_2026-09_partial', spanOf('2026-09-01', '2026-09-30')],
  ] as const;
  for (const sort of FILE_SORTS) {
    const { kind, level } = kindOfSort(sort);
    for (const [name, span] of weeks) {
      const alone = await exported(analysis, kind, { level, span, spanKind: 'span' });
      expect(textOf(entries.get(`${sort}/all_${kind}_${name}.csv`)!)).toBe(alone.text);
    }
  }
  const times = (name: string) =>
    rowsOf(textOf(entries.get(`raw/all_raw_${name}.csv`)!)).map((row) => row.slice(0, 19));
  expect(times('week_2026-08-31_partial')).toEqual([
    '2026-08-31 10:00:00',
    '2026-09-01 00:00:01',
    '2026-09-06 10:00:00',
  ]);
  expect(times('week_2026-09-07_partial')).toEqual(['2026-09-07 10:00:00', '2026-09-08 23:59:59']);
  expect(rowsOf(textOf(entries.get('repo-summary/all_summary_week_2026-08-31_partial.csv')!))).toEqual([
    'acme,web,,2,0,0',
    'other,db,,0,1,0',
  ]);
});

test('a filtered archive is of the logs alone', async () => {
  const filter = withValue(NO_FILTER, 'repository', 'acme/*', 'include');
  const entries = await writtenEntries(await both(), { ...PERIODS, filter });
  const alone = await writtenEntries(await held(['access.log', LOG]), { ...PERIODS, filter });
  const files = (all: Map<string, Uint8Array>) =>
    [...all].filter(([name]) => name.endsWith('.csv')).map(([name, bytes]) => [name, textOf(bytes)]);
  expect(files(entries)).toEqual(files(alone));
});

test('rows of tables are spelled for spreadsheets as those of logs are', async () => {
  const request = { ...everything, kind: 'raw', level: 'reference', spanKind: 'all' } as const;
  const job: ExportJob = { form: 'file', request, split: false, ...writing, preset: 'excel-semicolon' };
  const { bytes, rows } = await writtenJob(await both(), job);
  expect(rows).toBe(5);
  expect(rowsOf(textOf(bytes)).map((row) => row.split(';').slice(-3))).toEqual([
    ['docker', '27.3.1', 'acme/web:1.10'],
    ['', '', `other/db@${DIGEST}`],
    ['docker', '27.3.1', 'acme/web:1.10'],
    ['docker', '27.3.1', 'acme/web:1.10'],
    ["'=tool", '1', 'busybox:1'],
  ]);
});

test('what a file cannot hold is told before it is saved, and in the manifest', async () => {
  const daily = readFileSync('test/fixtures/exports/small-daily.csv', 'utf8');
  const analysis = await held(['daily.csv', daily], ['raw.csv', TABLE.replaceAll('2026-0', '2025-0')]);
  const span = spanOf('2026-09-01', '2026-09-30');
  const summary = {
    kind: 'summary',
    level: 'repository',
    span,
    spanKind: 'month',
    filter: NO_FILTER,
  } as const;
  const { rows, left } = previewExport(analysis.exportSource(), summary, 'standard');
  expect({ rows, left }).toEqual({ rows: 0, left: 3 });
  const job: ExportJob = {
    ...{ form: 'periods', sorts: ['repo-summary', 'daily'], periods: ['month'] },
    ...{ ...writing, span },
  };
  const entries = await writtenEntries(analysis, job);
  const { files } = JSON.parse(textOf(entries.get('manifest.json')!)) as { files: { notInIt?: number }[] };
  expect(files.map(({ notInIt }) => notInIt)).toEqual([3, undefined]);
});

test('the Data API answers with tables too, without addresses where they are part', async () => {
  const entries = await writtenEntries(await both(), API);
  const text = (path: string) => textOf(entries.get(path)!);
  const { namespaces } = JSON.parse(text('index.json')) as { namespaces: string[] };
  expect(namespaces).toEqual(['_', 'acme', 'other']);
  const month = 'namespaces/acme/pulls/exports/years/2026/months/9/files';
  expect(rowsOf(text(`${month}/raw/acme_raw_month_2026-09_partial.csv`))).toHaveLength(2);
  const week = 'namespaces/acme/pulls/exports/years/2026/weeks/36/files';
  expect(rowsOf(text(`${week}/raw/acme_raw_week_2026-08-31_partial.csv`))).toHaveLength(2);
  expect(rowsOf(text(`${week}/summary/acme_summary_week_2026-08-31_partial.csv`))).toEqual([
    'acme,web,1.10,,2,0,0',
  ]);
  const pulls = (namespace: string) =>
    (JSON.parse(text(`namespaces/${namespace}/pulls/index.json`)) as { pulls: unknown[] }).pulls;
  const web = { repo: 'web', namespace: 'acme' };
  expect(pulls('acme')).toEqual([
    { start: '2026-08-01', end: '2026-08-31', ...web, pullCount: 1 },
    { start: '2026-09-01', end: '2026-09-30', ...web, pullCount: 2, ipCount: 1 },
  ]);
  expect(pulls('other')).toEqual([
    { start: '2026-09-01', end: '2026-09-30', repo: 'db', namespace: 'other', pullCount: 1 },
  ]);
});

test("a model stays beside an image of the same name, and a hub's files are in no answer of pulls", async () => {
  const time = '2026-09-06 11:00:00';
  const asked = (path: string) =>
    manifestLine(time, '192.0.2.2', 'GET', 'x', '1').replace('/v2/x/manifests/1', path);
  const hub = ['acme/web', 'datasets/acme/web']
    .map((name) => `${asked(`/${name}/resolve/main/config.json`)}\n`)
    .join('');
  const analysis = await held(['access.log', LOG + hub], ['raw.csv', TABLE]);
  const { text } = await exported(analysis, 'summary', { level: 'repository' });
  expect(rowsOf(text)).toEqual([
    ',busybox,,1,0,0',
    'acme,web,,3,0,0',
    'acme,web,1,0,0,0',
    'datasets/acme,web,1,0,0,0',
    'other,db,,0,1,0',
  ]);
  const { leftOut } = await writtenJob(analysis, API);
  expect(leftOut).toEqual(['datasets/acme']);
  const entries = await writtenEntries(analysis, API);
  const { pulls } = JSON.parse(textOf(entries.get('namespaces/acme/pulls/index.json')!)) as {
    pulls: { pullCount: number }[];
  };
  expect(pulls.map(({ pullCount }) => pullCount)).toEqual([1, 2]);
});
