import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { DataApiJob } from '../../src/model/export-job.ts';
import { NO_FILTER } from '../../src/model/filter.ts';
import type { Analysis } from '../../src/pipeline/analysis.ts';
import { readApiJson } from '../../src/tables/read-api-json.ts';
import { analyse, csvText, exported, manifestLine as line, otherLine, spanOf } from '../helpers/exported.ts';
import { textOf, writtenEntries, writtenJob } from '../helpers/written-job.ts';

/** The turn of a year: 29 December 2025 begins week 1 of 2026. */
const LOG = [
  line('2025-12-28 10:00:00', '192.0.2.1', 'GET', 'acme/web', '1.0'),
  line('2025-12-29 10:00:00', '192.0.2.2', 'GET', 'acme/web', '1.0'),
  line('2025-12-30 10:00:00', '192.0.2.2', 'HEAD', 'acme/team/app', '2'),
  line('2025-12-31 10:00:00', '192.0.2.3', 'GET', 'busybox', '1.36'),
  line('2026-01-01 10:00:00', '192.0.2.1', 'GET', 'acme/web', '1.1'),
  line('2026-01-02 10:00:00', '192.0.2.1', 'GET', 'acme/team/app', '2'),
  otherLine('2026-01-04 23:59:59'),
];

function wish(held: Analysis, changes: Partial<DataApiJob> = {}): DataApiJob {
  return {
    ...{ form: 'data-api', span: held.report().days!, filter: NO_FILTER, base: '' },
    ...{ preset: 'standard', gzip: false, now: 0, ...changes },
  };
}

let server: Server | undefined;
afterEach(() => server?.close());

/** What any static host does: files, folders by their index.html, and no knowledge of what is in them. */
async function serve(entries: Map<string, Uint8Array>, prefix: string): Promise<string> {
  const folders = new Set(
    [...entries.keys()].flatMap((name) => {
      const parts = name.split('/');
      return parts.map((_, i) => parts.slice(0, i).join('/'));
    }),
  );
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const path = decodeURIComponent(pathname).slice(prefix.length);
    const isFolder = path === '' || path.endsWith('/');
    const file = entries.get(isFolder ? `${path}index.html` : path);
    if (file) response.writeHead(200).end(file);
    else if (!isFolder && folders.has(path)) response.writeHead(301, { location: `${pathname}/` }).end();
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;
}

const get = async (url: string) => {
  const response = await fetch(url);
  expect(`${response.status} ${url}`).toBe(`200 ${url}`);
  return response;
};
const json = async <T>(url: string) => (await (await get(url)).json()) as T;

interface Years {
  years: { year: number }[];
}
interface Months {
  months: { month: number }[];
}
interface Weeks {
  weeks: { week: number }[];
}
interface Files {
  data: { url: string; size: number }[];
}

/** Walks as the API's description has it, and knows nothing but its base. */
async function walk(base: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const { namespaces } = await json<{ namespaces: string[] }>(base);
  for (const namespace of namespaces) {
    const about = `${base}namespaces/${namespace}`;
    const { datasets } = await json<{ datasets: { name: string; views: string[]; timespans: string[] }[] }>(
      about,
    );
    expect(datasets.map(({ name }) => name)).toEqual(['pulls']);
    const { years } = await json<Years>(`${about}/pulls/exports/years`);
    for (const { year } of years) {
      for (const timespan of datasets[0]!.timespans) {
        const list = await json<Months & Weeks>(`${about}/pulls/exports/years/${year}/${timespan}`);
        const numbers =
          timespan === 'months' ? list.months.map(({ month }) => month) : list.weeks.map(({ week }) => week);
        for (const number of numbers) {
          const one = `${about}/pulls/exports/years/${year}/${timespan}/${number}`;
          expect(await json(one)).toEqual(timespan === 'months' ? { month: number } : { week: number });
          for (const view of datasets[0]!.views) {
            const { data } = await json<Files>(`${one}/${view}`);
            const texts: string[] = [];
            for (const { url, size } of data) {
              const bytes = await (await get(new URL(url, `${one}/${view}`).href)).arrayBuffer();
              expect(bytes.byteLength).toBe(size);
              texts.push(textOf(new Uint8Array(bytes)));
            }
            found.set(`${namespace} ${year} ${timespan} ${number} ${view}`, texts);
          }
        }
      }
    }
  }
  return found;
}

describe('a client of the API, on a static host', () => {
  test('finds every week and month of every namespace, with its rows alone', async () => {
    const held = await analyse([LOG]);
    const base = await serve(await writtenEntries(held, wish(held)), '/some/where/');
    const found = await walk(base);
    const views = ['raw', 'summary', 'repo-summary', 'namespace-summary'];
    const spans = (namespace: string, ...each: string[]) =>
      each.flatMap((span) => views.map((view) => `${namespace} ${span} ${view}`));
    expect([...found.keys()]).toEqual([
      ...spans('_', '2025 months 12', '2026 weeks 1'),
      ...spans('acme', '2025 months 12', '2025 weeks 52', '2026 months 1', '2026 weeks 1'),
    ]);
    for (const texts of found.values()) expect(texts).toHaveLength(1);
    const all = (await exported(held, 'raw', { span: spanOf('2025-12-29', '2026-01-04'), spanKind: 'span' }))
      .text;
    const [header, ...rows] = all.trimEnd().split('\r\n');
    expect(found.get('acme 2026 weeks 1 raw')).toEqual([
      csvText(header!, ...rows.filter((row) => row.includes(',acme,'))),
    ]);
    expect(found.get('_ 2026 weeks 1 raw')).toEqual([
      csvText(
        header!,
        rows.find((row) => row.includes('busybox'))!,
      ),
    ]);
    const counts = 'unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks';
    expect(found.get('acme 2026 weeks 1 repo-summary')).toEqual([
      csvText(`namespace,repository,${counts}`, 'acme,team/app,2,1,0,1', 'acme,web,2,2,0,0'),
    ]);
    expect(found.get('acme 2025 months 12 namespace-summary')).toEqual([
      csvText(`namespace,${counts}`, 'acme,2,2,0,1'),
    ]);
    expect(found.get('_ 2025 months 12 summary')).toEqual([
      csvText(`namespace,repository,reference,${counts}`, ',busybox,1.36,1,1,0,0'),
    ]);
  });

  test('reads pulls of a namespace and of a repository, by month', async () => {
    const held = await analyse([LOG]);
    const base = await serve(await writtenEntries(held, wish(held)), '/');
    const app = { repo: 'team/app', namespace: 'acme' };
    const pulls = [
      { start: '2025-12-01', end: '2025-12-31', ...app, pullCount: 0, ipCount: 1 },
      { start: '2026-01-01', end: '2026-01-31', ...app, pullCount: 1, ipCount: 1 },
    ];
    expect(await json(`${base}namespaces/acme/repos/team/app/pulls?timespan=months`)).toEqual({ pulls });
    const text = await (await get(`${base}namespaces/acme/pulls`)).text();
    expect((JSON.parse(text) as { pulls: unknown[] }).pulls).toHaveLength(4);
    // What we write, we read.
    expect(readApiJson(text)!.tally).toEqual({ read: 4, used: 4, skipped: 0, unreadable: 0 });
    const { repos } = await json<{ repos: Record<string, unknown> }>(`${base}repos/pulls`);
    expect(repos['acme/team/app']).toEqual({ pulls });
    expect(Object.keys(repos)).toEqual(['busybox', 'acme/team/app', 'acme/web']);
    expect(await json(`${base}namespaces`)).toEqual(
      ['_', 'acme'].map((namespace) => ({
        ...{ namespace, extraRepos: [] },
        datasets: [
          {
            ...{ name: 'pulls', timespans: ['months', 'weeks'] },
            views: ['raw', 'summary', 'repo-summary', 'namespace-summary'],
          },
        ],
      })),
    );
  });

  test('is given whole addresses where it was said where the files will be', async () => {
    const held = await analyse([LOG]);
    const entries = await writtenEntries(
      held,
      wish(held, { base: 'https://pulls.example/api/', gzip: true }),
    );
    const leaf = 'namespaces/acme/pulls/exports/years/2026/weeks/1/raw';
    const { data } = JSON.parse(textOf(entries.get(leaf)!)) as Files;
    const path = 'namespaces/acme/pulls/exports/years/2026/weeks/1/files/raw/acme_raw_week_2025-12-29.csv.gz';
    expect(data).toEqual([{ url: `https://pulls.example/api/${path}`, size: entries.get(path)!.length }]);
  });
});

test('names that are no part of an address stay out, and are told', async () => {
  const names = [
    '..%2F..%2Fetc/x',
    'Acme/web',
    'index.html/x',
    '%3Cscript%3E/x',
    'a%5Cb/x',
    'ok/..%2Fup',
    'ok/fine',
  ];
  const held = await analyse([
    names.map((name, i) => line(`2026-09-01 10:00:0${i}`, '192.0.2.1', 'GET', name, '1')),
  ]);
  const job = wish(held);
  const { leftOut } = await writtenJob(held, job);
  const entries = await writtenEntries(held, job);
  for (const name of entries.keys()) expect(name).toMatch(/^[\w.-]+(\/[\w.-]+)*$/);
  for (const name of entries.keys()) expect(name).not.toMatch(/(^|\/)\.\.?(\/|$)/);
  expect(leftOut).toContain('Acme');
  expect(leftOut).toContain('<script>');
  const listed = JSON.parse(textOf(entries.get('index.json')!)) as { namespaces: string[] };
  expect(listed.namespaces).toEqual(expect.arrayContaining(['ok']));
  // A browser would take the index for a page.
  for (const [name, bytes] of entries) if (name.endsWith('.html')) expect(textOf(bytes)).not.toMatch(/[<>]/);
});
