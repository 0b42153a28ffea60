import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openScanner } from '../../src/formats/open-scanner.ts';
import { isoDay } from '../../src/lib/calendar.ts';
import { type Filter, NO_FILTER } from '../../src/model/filter.ts';
import { PAGE_MASK, PAGE_SHIFT } from '../../src/model/request-table.ts';
import { FLAG_GET, NO_WORD } from '../../src/model/segment.ts';
import type { Traffic } from '../../src/model/traffic.ts';
import { lookAtFile } from '../../src/pipeline/look-at-file.ts';
import { logFixtures } from '../helpers/log-fixtures.ts';
import { NO_LINES } from '../helpers/no-lines.ts';
import { readLogs, type ReadResult } from '../helpers/read-logs.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const table = (path: string) => readFileSync(`test/fixtures/tables/${path}`, 'utf8');
const read = (...files: [name: string, text: string][]) =>
  readLogs(files.map(([name, text]) => ({ name, bytes: bytesOf(text) })));

/** Everything, or the last month. */
function sourcesOf({ analysis }: ReadResult, kind: 'all' | 'last-month' = 'all') {
  const { days, lastMonth } = analysis.report();
  const span = (kind === 'all' ? days : lastMonth) ?? { first: 0, last: 0 };
  return analysis.sources(span, kind === 'all')!;
}

/** "hub-downloads model downloads = 13" */
const figuresOf = (result: ReadResult, kind?: 'all' | 'last-month') =>
  sourcesOf(result, kind).figures.map(
    ({ meaning, repoType, measure, total }) => `${meaning} ${repoType} ${measure} = ${total}`,
  );

async function daily({ analysis }: ReadResult, filter: Filter = NO_FILTER) {
  const span = analysis.report().days!;
  const request = { kind: 'daily', level: 'reference', spanKind: 'all' } as const;
  const { name, blob } = analysis.export({ ...request, span, filter });
  return { name, text: await blob.text() };
}

const HUB = table('hub-daily/documented.csv');

describe('requests of tables are counted like those of logs', () => {
  const cases = logFixtures().filter(
    ({ format, case: name }) => format.id === 'csv-requests' || name.startsWith('csv-'),
  );

  test.each(cases.map((fixture) => [`${fixture.format.id}/${fixture.case}`, fixture] as const))(
    '%s',
    async (_, { text, account, expected }) => {
      const { analysis, tally, files } = await read(['table', text]);
      expect(tally).toMatchObject({
        read: account.read,
        otherRegistry: account.otherRegistry,
        otherPath: account.otherPath,
        applicationMessage: account.messages,
        unreadable: account.unreadable,
      });
      expect(files[0]!.formats).toHaveLength(1);
      const lines = text.split('\n');
      const counted = expected.filter(({ status }) => status === null || status < 400);
      expect(requestsIn(analysis.traffic(), lines)).toEqual(
        counted.map(({ line, time, client, method, name, reference, agent }) => ({
          ...{ line, time, client, method: method ?? 'GET', name, reference, agent },
        })),
      );
    },
  );

  /** In file order. */
  function requestsIn({ table, clients, references, names, nameOf, agents }: Traffic, lines: string[]) {
    const starts = lines.map((_, i) => bytesOf(lines.slice(0, i).join('\n') + (i > 0 ? '\n' : '')).length);
    return Array.from({ length: table.length }, (_, row) => {
      const page = table.pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      return {
        line: starts.indexOf(table.placeOf(row).offset) + 1,
        time: table.time(row),
        client: clients.textOf(page.client[at]!),
        method: page.flags[at]! & FLAG_GET ? 'GET' : 'HEAD',
        name: names.textOf(nameOf[page.repository[at]!]!),
        reference: references.textOf(page.reference[at]!),
        agent: page.agent[at] === NO_WORD ? '' : agents.textOf(page.agent[at]!),
      };
    });
  }

  test('a hash of an address tells clients apart', async () => {
    const rows = ['time,method,path,status,client', '2026-09-01T10:00:00Z,HEAD,/v2/a/manifests/1,200,9f1c'];
    const pull = '2026-09-01T10:00:01Z,GET,/v2/a/manifests/1,200,';
    const same = await read(['table', [...rows, `${pull}9f1c`, ''].join('\n')]);
    const other = await read(['table', [...rows, `${pull}77aa`, ''].join('\n')]);
    expect(same.actions.map(({ action }) => action)).toEqual(['pull_by_tag']);
    expect(other.actions.map(({ action }) => action)).toEqual(['version_check', 'pull_by_tag']);
    expect(other.actions.map(({ client }) => client)).toEqual(['9f1c', '77aa']);
  });
});

describe('what a file is', () => {
  const look = async (text: string, name = 'file') =>
    (await lookAtFile(new File([text], name), await openScanner()))[0]!.table;

  test('a log is never a table, whatever its name', async () => {
    expect(await look(SMALL_LOG, 'access.csv')).toBeNull();
    expect(await look('Hello, world\nthis is, prose\n', 'a.csv')).toBeNull();
    expect(await look('', 'a.csv')).toBeNull();
  });

  test('a table is told by its header, and an unknown one is asked about', async () => {
    expect(await look(HUB)).toMatchObject({ kind: 'csv', format: { id: 'hub-daily' } });
    expect(await look(table('docker-api/repos.json'))).toEqual({ kind: 'api' });
    expect(await look(table('mapped/tickets.csv'))).toMatchObject({
      kind: 'unknown',
      table: { key: 'imagename,pulldate,numberofpulls,clientip', delimiter: ';', guess: { rows: 'counts' } },
    });
  });
});

describe("Hugging Face's daily file", () => {
  test('gives the stated totals of all time, and the days of the last month', async () => {
    const result = await read(['analytics.csv', HUB]);
    expect(figuresOf(result)).toEqual([
      'hub-downloads model downloads = 13',
      'hub-downloads model running_total = 4362460',
      'hub-downloads dataset downloads = 28',
      'hub-downloads dataset running_total = 2167284',
    ]);
    expect(figuresOf(result, 'last-month')).toEqual(['hub-downloads dataset downloads = 28']);
    const { days, lastMonth } = result.analysis.report();
    expect([isoDay(days!.first), isoDay(lastMonth!.first), isoDay(lastMonth!.last)]).toEqual([
      '2021-01-22',
      '2021-10-31',
      '2021-11-29',
    ]);
    expect(result.tally).toEqual({ ...NO_LINES, read: 7, counted: 6, applicationMessage: 1 });
    expect(result.files[0]).toMatchObject({ state: 'read', tableRows: 6 });
  });

  test('is written again byte for byte', async () => {
    const crlf = HUB.replaceAll('\n', '\r\n');
    for (const text of [HUB, crlf])
      expect(await daily(await read(['a.csv', text]))).toEqual({ name: 'all_daily_all.csv', text: crlf });
  });

  test('lists repositories by type and name, with what is stated', async () => {
    const { repositories, trendDays } = sourcesOf(await read(['analytics.csv', HUB]));
    expect(repositories.map(({ name, repoType, count, stated }) => [repoType, name, count, stated])).toEqual([
      ['model', 'huggingface/CodeBERTa-small-v1', 13, 4362460],
      ['dataset', 'huggingface/documentation-images', 28, 2167284],
    ]);
    expect(trendDays).toBe(6);
    expect([...repositories[1]!.trend].reduce((a, b) => a + b, 0)).toBe(28);
  });
});

test('actions of Docker Hub are counted as they are', async () => {
  const result = await read(['raw.csv', table('docker-actions/2022-title-case.csv')]);
  expect(result.actions).toEqual([]);
  expect(figuresOf(result)).toEqual([
    'registry-actions image pulls = 3',
    'registry-actions image pulls_by_tag = 2',
    'registry-actions image pulls_by_digest = 1',
    'registry-actions image version_checks = 2',
  ]);
});

test("a hub's log of requests gives downloads, a client's once in five minutes", async () => {
  const result = await read(['log.csv', table('hub-requests/publisher.csv')]);
  expect(figuresOf(result)).toEqual([
    'hub-downloads model downloads = 1',
    'hub-downloads dataset downloads = 1',
    'hub-downloads space downloads = 1',
  ]);
  expect(result.files[0]!.problems.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/names no files/),
  ]);
});

test('what we wrote counts once beside the log that it came from, and can be laid side by side', async () => {
  const alone = await read(['access.log', SMALL_LOG]);
  expect(alone.analysis.sources({ first: 0, last: 99_999 }, true)).toBeNull();
  const own = (await daily(alone)).text;
  const both = await read(['access.log', SMALL_LOG], ['all_daily_all.csv', own]);
  expect(figuresOf(both)).toEqual([
    'registry-actions image pulls = 3',
    'registry-actions image pulls_by_tag = 2',
    'registry-actions image pulls_by_digest = 1',
    'registry-actions image version_checks = 2',
    'registry-actions image running_total = 3',
  ]);
  expect((await daily(both)).text).toBe(own);
  // What a filter chooses by, tables do not tell.
  const checks = { action: { included: ['version_check'], excluded: [] } };
  expect((await daily(both, checks)).text).toBe((await daily(alone, checks)).text);
  const { pairs, problems } = sourcesOf(both);
  expect(pairs).toEqual([[0, 1]]);
  expect(problems.map(({ reason }) => reason).join()).toMatch(/counted once, from the logs/);
  const rows = both.analysis.reconcile(0, 1);
  expect(rows.filter(({ difference }) => difference !== 0)).toEqual([]);
  expect(rows.length).toBeGreaterThan(0);
});

test('a table in gzip is read, and gone when it is discarded', async () => {
  const { analysis } = await readLogs([{ name: 'a.csv.gz', bytes: new Uint8Array(gzipSync(HUB)) }]);
  expect(analysis.sources({ first: 0, last: 1 }, true)!.repositories).toHaveLength(2);
  analysis.discard();
  expect(analysis.sources({ first: 0, last: 1 }, true)).toBeNull();
  expect(analysis.report().days).toBeNull();
});
