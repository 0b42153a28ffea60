import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvFiles } from '../../src/exports/csv.ts';
import { tableEntries, Watch } from '../../src/exports/entries.ts';
import { openExport } from '../../src/exports/index.ts';
import { STYLES } from '../../src/exports/style.ts';
import { FILE_SORTS, kindOfSort, type PeriodsJob } from '../../src/model/export-job.ts';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import type { Analysis } from '../../src/pipeline/analysis.ts';
import { analyse, csvText, exported, manifestLine as line, otherLine, spanOf } from '../helpers/exported.ts';
import { textOf, writtenEntries, writtenJob } from '../helpers/written-job.ts';

/** The turn of a year whose last days are in the first week of the next, with a day that no file covers. */
const LOGS = [
  [
    otherLine('2025-12-28 00:00:00'),
    line('2025-12-28 23:59:59', '192.0.2.1', 'GET', 'acme/web', '1'),
    line('2025-12-29 00:00:00', '192.0.2.1', 'GET', 'acme/web', '1'),
    line('2025-12-31 23:59:59', '192.0.2.2', 'HEAD', 'acme/web', '1'),
    line('2026-01-01 00:00:00', '192.0.2.2', 'GET', 'acme/db', '2'),
    line('2026-01-04 23:59:59', '192.0.2.1', 'GET', 'busybox', '3'),
    otherLine('2026-01-04 23:59:59'),
  ],
  [otherLine('2026-01-06 00:00:00'), line('2026-01-06 00:00:00', '192.0.2.3', 'GET', 'busybox', '3')],
];

function wish(held: Analysis, changes: Partial<PeriodsJob> = {}): PeriodsJob {
  return {
    ...{ form: 'periods', span: held.report().days!, filter: NO_FILTER, sorts: [...FILE_SORTS] },
    ...{ periods: ['week', 'month'], preset: 'standard', gzip: false, now: Date.UTC(2026, 0, 7) },
    ...changes,
  };
}

const WEEKS = ['2025-12-22_partial', '2025-12-29', '2026-01-05_partial'].map((each) => `week_${each}`);
const MONTHS = ['2025-12_partial', '2026-01_partial'].map((each) => `month_${each}`);

test('the archive holds each period of each sort, as it is written alone, and a manifest', async () => {
  const held = await analyse(LOGS);
  const entries = await writtenEntries(held, wish(held));
  const expected = [MONTHS, WEEKS].flatMap((periods) =>
    FILE_SORTS.flatMap((sort) =>
      periods.map((period) => `${sort}/all_${kindOfSort(sort).kind}_${period}.csv`),
    ),
  );
  expect([...entries.keys()]).toEqual([...expected, 'manifest.json']);
  const spans = new Map([
    ['week_2025-12-22_partial', spanOf('2025-12-22', '2025-12-28')],
    ['week_2025-12-29', spanOf('2025-12-29', '2026-01-04')],
    ['week_2026-01-05_partial', spanOf('2026-01-05', '2026-01-11')],
    ['month_2025-12_partial', spanOf('2025-12-01', '2025-12-31')],
    ['month_2026-01_partial', spanOf('2026-01-01', '2026-01-31')],
  ]);
  for (const sort of FILE_SORTS) {
    for (const [period, span] of spans) {
      const { kind, level } = kindOfSort(sort);
      const alone = await exported(held, kind, { level, span, spanKind: 'span' });
      expect(textOf(entries.get(`${sort}/all_${kind}_${period}.csv`)!)).toBe(alone.text);
    }
  }
  expect(textOf(entries.get('raw/all_raw_week_2025-12-29.csv')!).split('\r\n').slice(1)).toEqual([
    '2025-12-29 00:00:00,acme,web,1,,1,2025-12-29,GET,pull_by_tag,,,,docker,27.3.1',
    '2025-12-31 23:59:59,acme,web,1,,1,2025-12-31,HEAD,version_check,,,,docker,27.3.1',
    '2026-01-01 00:00:00,acme,db,2,,2,2026-01-01,GET,pull_by_tag,,,,docker,27.3.1',
    '2026-01-04 23:59:59,,busybox,3,,3,2026-01-04,GET,pull_by_tag,,,,docker,27.3.1',
    '',
  ]);
});

test('the manifest tells by which rules, from what, and what each file holds', async () => {
  const held = await analyse(LOGS, { window: 3000 });
  const filter = withValue(NO_FILTER, 'repository', 'acme/*', 'include');
  const job = wish(held, { filter, sorts: ['raw', 'repo-summary'], periods: ['week'] });
  const entries = await writtenEntries(held, job);
  const manifest: unknown = JSON.parse(textOf(entries.get('manifest.json')!));
  const file = (path: string, kind: string, first: string, last: string, partial: boolean, rows: number) => {
    const bytes = entries.get(path)!;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { path, kind, period: 'week', first, last, partial, rows, bytes: bytes.length, sha256 };
  };
  const source = { state: 'read', formats: ['Access log (combined)'], linesUnreadable: 0 };
  expect(manifest).toEqual({
    ...{ format: 'pullscope-periods', version: 1, created: '2026-01-07T00:00:00.000Z', zone: 'UTC' },
    rules: {
      ...{ version: 1, windowSeconds: 3, foldFurther: false, separateByAgent: false },
      ...{ countSignatures: false, countInnerHops: false, countHubHeads: true, countedFiles: [] },
    },
    ...{ span: { first: '2025-12-28', last: '2026-01-06' }, filter, preset: 'standard' },
    sources: [
      {
        ...{ name: 'log.0', bytes: expect.any(Number) as number, ...source, linesRead: 7, linesCounted: 5 },
        ...{ first: '2025-12-28T00:00:00.000Z', last: '2026-01-04T23:59:59.000Z' },
      },
      {
        ...{ name: 'log.1', bytes: expect.any(Number) as number, ...source, linesRead: 2, linesCounted: 1 },
        ...{ first: '2026-01-06T00:00:00.000Z', last: '2026-01-06T00:00:00.000Z' },
      },
    ],
    files: [
      file('raw/acme_raw_week_2025-12-22_partial.csv', 'raw', '2025-12-22', '2025-12-28', true, 1),
      file('raw/acme_raw_week_2025-12-29.csv', 'raw', '2025-12-29', '2026-01-04', false, 3),
      file('raw/acme_raw_week_2026-01-05_partial.csv', 'raw', '2026-01-05', '2026-01-11', true, 0),
      ...[
        ['2025-12-22_partial', '2025-12-22', '2025-12-28', true, 1] as const,
        ['2025-12-29', '2025-12-29', '2026-01-04', false, 2] as const,
        ['2026-01-05_partial', '2026-01-05', '2026-01-11', true, 0] as const,
      ].map(([name, first, last, partial, rows]) =>
        file(`repo-summary/acme_summary_week_${name}.csv`, 'repo-summary', first, last, partial, rows),
      ),
    ],
  });
  expect(textOf(entries.get('manifest.json')!)).not.toMatch(/192\.0\.2\./);
});

test('a span lists the periods that it touches, whole', async () => {
  const held = await analyse(LOGS);
  const job = wish(held, { span: spanOf('2025-12-31', '2026-01-01'), sorts: ['namespace-summary'] });
  const entries = await writtenEntries(held, job);
  expect([...entries.keys()]).toEqual([
    'namespace-summary/all_summary_month_2025-12_partial.csv',
    'namespace-summary/all_summary_month_2026-01_partial.csv',
    'namespace-summary/all_summary_week_2025-12-29.csv',
    'manifest.json',
  ]);
  expect(textOf(entries.get('namespace-summary/all_summary_week_2025-12-29.csv')!)).toBe(
    csvText(
      'namespace,unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks',
      ',1,1,0,0',
      'acme,2,2,0,1',
    ),
  );
});

test('gzip packs each file, and the manifest tells of the packed one', async () => {
  const held = await analyse(LOGS);
  const [plain, packed] = await Promise.all(
    [false, true].map((gzip) =>
      writtenEntries(held, wish(held, { gzip, sorts: ['raw'], periods: ['month'] })),
    ),
  );
  const [first] = (JSON.parse(textOf(packed!.get('manifest.json')!)) as { files: { sha256: string }[] })
    .files;
  const name = 'raw/all_raw_month_2025-12_partial.csv';
  const bytes = packed!.get(`${name}.gz`)!;
  expect(gunzipSync(bytes)).toEqual(Buffer.from(plain!.get(name)!));
  expect(first).toMatchObject({ path: `${name}.gz`, bytes: bytes.length });
  expect(first!.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('progress comes to its end', async () => {
  const held = await analyse(LOGS);
  const { share, files, rows } = await writtenJob(held, wish(held, { sorts: ['raw'] }));
  // 6 actions in weeks, and again in months.
  expect({ share, files, rows }).toEqual({ share: 1, files: 5, rows: 12 });
});

describe('cut where a spreadsheet ends', () => {
  const five = analyse([
    [1, 2, 3, 4, 5].map((n) => line(`2026-09-01 10:00:0${n}`, `192.0.2.${n}`, 'GET', 'a/b', `${n}`)),
  ]);
  const cut = async (mostRows: number, gzip = false) => {
    const held = await five;
    const request = { kind: 'summary', level: 'reference', spanKind: 'all', filter: NO_FILTER } as const;
    const style = STYLES.excel;
    const span = held.report().days!;
    const rows = openExport(held.exportSource(), { ...request, span }, style);
    const files: [name: string, text: string][] = [];
    const wishes = { style, gzip, mostRows };
    for (const { name, pieces } of tableEntries('x.csv', rows, wishes, new Watch(1), () => {})) {
      const parts: Uint8Array[] = [];
      for await (const piece of pieces) parts.push(piece);
      files.push([name, gzip ? '' : textOf(new Uint8Array(Buffer.concat(parts)))]);
    }
    return files;
  };
  const head =
    '\ufeffnamespace,repository,reference,unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks,image_ref';
  const row = (n: number) => `a,b,${n},1,1,0,0,a/b:${n}`;

  test('each part has a header, and no part is empty', async () => {
    expect(await cut(2)).toEqual([
      ['x_part1.csv', csvText(head, row(1), row(2))],
      ['x_part2.csv', csvText(head, row(3), row(4))],
      ['x_part3.csv', csvText(head, row(5))],
    ]);
    expect((await cut(3, true)).map(([name]) => name)).toEqual(['x_part1.csv.gz', 'x_part2.csv.gz']);
  });

  test('what fits is one file', async () => {
    const whole = csvText(head, row(1), row(2), row(3), row(4), row(5));
    expect(await cut(5)).toEqual([['x.csv', whole]]);
    expect(await cut(6)).toEqual([['x.csv', whole]]);
  });

  test('a table of no rows is a header', async () => {
    const files = new CsvFiles({ columns: ['a'], rows: 0, left: 0, *write() {} }, STYLES.standard, 10);
    expect(files.length).toBe(1);
    expect([...files.next()].map(textOf).join('')).toBe('a\r\n');
  });
});

test('weeks together are the whole, in figures and row by row', async () => {
  const request = fc.record({
    day: fc.integer({ min: 0, max: 40 }),
    second: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 86_396, max: 86_399 })),
    client: fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1'),
    method: fc.constantFrom('HEAD', 'GET'),
    name: fc.constantFrom('a', 'a/b', 'b/c'),
    reference: fc.constantFrom('1', '2', `sha256:${'1'.repeat(64)}`),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 40 }), async (requests) => {
      const time = ({ day, second }: (typeof requests)[number]) =>
        Date.UTC(2025, 11, 20) + day * 86_400_000 + second * 1000;
      const lines = [...requests]
        .sort((a, b) => time(a) - time(b))
        .map((each) => {
          const at = new Date(time(each)).toISOString().slice(0, 19).replace('T', ' ');
          return line(at, each.client, each.method, each.name, each.reference);
        });
      const held = await analyse([lines]);
      const { figures } = held.view(held.report().days!);
      for (const period of ['week', 'month'] as const) {
        const sorts = ['raw', 'namespace-summary'] as const;
        const entries = [
          ...(await writtenEntries(held, wish(held, { periods: [period], sorts: [...sorts] }))),
        ];
        const texts = (sort: string) =>
          entries.filter(([name]) => name.startsWith(`${sort}/`)).map(([, bytes]) => textOf(bytes));
        const withoutHeader = (text: string) => text.slice(text.indexOf('\r\n') + 2);
        const whole = (await exported(held, 'raw')).text;
        expect(texts('raw').map(withoutHeader).join('')).toBe(withoutHeader(whole));
        const rows = texts('namespace-summary').flatMap(
          (text) => Papa.parse<string[]>(withoutHeader(text), { skipEmptyLines: true }).data,
        );
        const sum = (column: number) => rows.reduce((all, row) => all + Number(row[column]), 0);
        expect([sum(2), sum(3), sum(4)]).toEqual([
          figures.pullsByTag,
          figures.pullsByDigest,
          figures.versionChecks,
        ]);
      }
    }),
    { numRuns: 12 },
  );
});
