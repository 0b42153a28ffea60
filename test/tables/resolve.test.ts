import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dayOfIso, isoDay } from '../../src/lib/calendar.ts';
import { wordOf } from '../../src/lib/column-builder.ts';
import { LEVEL_REPOSITORY, type Measure, MEASURES, NO_DAY } from '../../src/model/count-rows.ts';
import { type CountSource, type Figure, type Resolution } from '../../src/model/resolved-counts.ts';
import { readTable } from '../../src/tables/read-table.ts';
import { lookAtTable } from '../../src/tables/recognize-table.ts';
import { sourceOfLogs, sourceOfTable } from '../../src/tables/resolve/count-source.ts';
import { figuresOf } from '../../src/tables/resolve/figures.ts';
import { resolveCounts } from '../../src/tables/resolve/resolve.ts';
import { CountSink } from '../../src/tables/table-reader.ts';
import { inPieces } from '../helpers/show-table.ts';

async function sourceOfText(text: string, name: string): Promise<CountSource> {
  const bytes = new TextEncoder().encode(text);
  const { format } = lookAtTable(bytes)!;
  return sourceOfTable(name, await readTable(inPieces(bytes), { name, format: format! }))!;
}

const fixture = (path: string) => readFileSync(join('test/fixtures/tables', path), 'utf8');
const sourceOf = (path: string) => sourceOfText(fixture(path), path);

/** Logs as a source: [repository, day, measure, count]. */
function logs(rows: [string, string, Measure, number][], covered: [string, string][] = []): CountSource {
  const sink = new CountSink();
  for (const [repository, day, measure, count] of rows) {
    sink.push(repository, 'image', LEVEL_REPOSITORY, [dayOfIso(day), dayOfIso(day)], measure, count);
  }
  return sourceOfLogs(
    '',
    sink.rows.finish(),
    covered.map(([first, last]) => ({ first: dayOfIso(first), last: dayOfIso(last) })),
  );
}

/** "meaning measure type = total (sources)" */
function show(figures: Figure[]): string[] {
  return figures
    .map(
      ({ meaning, measure, repoType, total, sources }) =>
        `${meaning} ${measure} ${repoType} = ${total} (${sources})`,
    )
    .sort();
}

function rowsOf({ rows: { columns, length, words } }: Resolution, measure: Measure): string[] {
  const found: string[] = [];
  for (let row = 0; row < length; row++) {
    if (MEASURES[columns.measure[row]!]!.id !== measure) continue;
    const [first, last] = [columns.firstDay[row]!, columns.lastDay[row]!].map((day) =>
      day === NO_DAY ? '?' : isoDay(day),
    );
    found.push(`${wordOf(words, columns.repository[row]!)} ${first}..${last} ${columns.count[row]}`);
  }
  return found.sort();
}

const reasons = ({ problems }: Resolution) => problems.map(({ file, reason }) => `${file}: ${reason}`);

test('the documented rows of Hugging Face give the documented totals', async () => {
  const resolution = resolveCounts([await sourceOf('hub-daily/documented.csv')]);
  expect(show(figuresOf(resolution))).toEqual([
    'hub-downloads downloads dataset = 28 (0)',
    'hub-downloads downloads model = 13 (0)',
    'hub-downloads running_total dataset = 2167284 (0)',
    'hub-downloads running_total model = 4362460 (0)',
  ]);
  const span = { first: dayOfIso('2021-11-28'), last: dayOfIso('2021-12-27') };
  expect(show(figuresOf(resolution, span))).toEqual(['hub-downloads downloads dataset = 25 (0)']);
  expect(resolution.problems).toEqual([]);
});

test('a later download of the same analytics counts each day once, and the later total', async () => {
  const later = fixture('hub-daily/documented.csv')
    .replaceAll('4362460', '4362500')
    .replace('24T00:00:00.000Z,2', '24T00:00:00.000Z,40');
  const more = 'model,huggingface/CodeBERTa-small-v1,4362500,2021-01-25T00:00:00.000Z,2\n';
  const resolution = resolveCounts([
    await sourceOf('hub-daily/documented.csv'),
    await sourceOfText(later + more, 'later.csv'),
  ]);
  expect(show(figuresOf(resolution))).toEqual([
    'hub-downloads downloads dataset = 28 (0)',
    'hub-downloads downloads model = 53 (0,1)',
    'hub-downloads running_total dataset = 2167284 (0)',
    'hub-downloads running_total model = 4362500 (1)',
  ]);
  expect(reasons(resolution)[0]).toContain('counted once');
});

test('levels restate each other, a month keeps what its weeks leave, and summary and trends count once', async () => {
  const [summary, trends] = [
    await sourceOf('docker-publisher-summary/levels.csv'),
    await sourceOf('docker-publisher-trends/week.csv'),
  ];
  const alone = resolveCounts([summary]);
  // The week of acme/web begins in August: it cannot be divided at the border of its September.
  expect(rowsOf(alone, 'downloads')).toEqual([
    'acme/db 2026-08-31..2026-09-06 10',
    'acme/web 2026-09-01..2026-09-30 90',
  ]);
  expect(show(figuresOf(alone))).toEqual([
    'docker-publisher downloads image = 100 (0)',
    'docker-publisher pulls_including_checks image = 142 (0)',
    'docker-publisher version_checks image = 42 (0)',
  ]);
  const both = resolveCounts([trends, summary]);
  expect(show(figuresOf(both)).filter((figure) => !figure.includes('unique'))).toEqual(
    show(figuresOf(alone)).map((figure) => figure.replace('(0)', '(1)')),
  );
  const trendsAlone = resolveCounts([trends]);
  expect(show(figuresOf(trendsAlone))).toEqual([
    'docker-publisher downloads image = 30 (0)',
    'docker-publisher pulls_including_checks image = 42 (0)',
    // Of acme/web two rows tell distinct users, and nobody knows of how many people; of acme/db one does.
    'docker-publisher unique_authenticated_users image = 2 (0)',
    'docker-publisher unique_unauthenticated_users image = 3 (0)',
    'docker-publisher version_checks image = 12 (0)',
  ]);
});

const SUMMARY =
  'DATE_GRANULARITY,DATE_REFERENCE,PUBLISHER_NAME,LEVEL,REFERENCE,DATA_DOWNLOADS,VERSION_CHECKS,EVENT_COUNT\n';
const summaryRow = (granularity: string, date: string, downloads: number) =>
  `${granularity},${date},acme,repository,acme/web,${downloads},0,${downloads}\n`;

test('a week and a month of the same days count once, the finer one winning', async () => {
  // February 2027 is four whole weeks.
  const month = await sourceOfText(SUMMARY + summaryRow('month', '2027-02-01', 100), 'month.csv');
  const weeks = (...counts: number[]) =>
    sourceOfText(
      SUMMARY +
        counts.map((count, i) => summaryRow('week', isoDay(dayOfIso('2027-02-01') + 7 * i), count)).join(''),
      'weeks.csv',
    );
  const some = resolveCounts([month, await weeks(10, 20)]);
  expect(rowsOf(some, 'downloads')).toEqual([
    'acme/web 2027-02-01..2027-02-07 10',
    'acme/web 2027-02-01..2027-02-28 70',
    'acme/web 2027-02-08..2027-02-14 20',
  ]);
  expect(figuresOf(some).find(({ measure }) => measure === 'downloads')!.total).toBe(100);
  const all = resolveCounts([month, await weeks(10, 20, 30, 41)]);
  expect(figuresOf(all).find(({ measure }) => measure === 'downloads')!.total).toBe(101);
  expect(reasons(all)).toEqual([
    'month.csv: acme/web (2027-02-01 to 2027-02-28): finer figures of the same days are there, so these count no more.',
  ]);
  const tooMany = resolveCounts([month, await weeks(90, 20)]);
  expect(figuresOf(tooMany).find(({ measure }) => measure === 'downloads')!.total).toBe(110);
  expect(reasons(tooMany)[0]).toContain('come to more');
  // A span that cuts the rest of the month in two says so.
  const span = { first: dayOfIso('2027-02-01'), last: dayOfIso('2027-02-14') };
  expect(figuresOf(some, span)).toMatchObject([
    { measure: 'downloads', total: 30, partlyInSpan: 1 },
    { measure: 'version_checks', total: 0 },
    { measure: 'pulls_including_checks', total: 30, partlyInSpan: 1 },
  ]);
});

const RAW =
  'Timestamp,Namespace,Repository,Reference,Digest,Tag,Action day,HTTP method,Action,Type,Host,Country,User agent tool,User agent version\n';
const rawRow = (day: string, tag: string, repository = 'web', action = 'pull_by_tag') =>
  `${day} 00:00:00,acme,${repository},${tag},,${tag},${day},GET,${action},,,DE,docker,27\n`;

test('weekly and monthly raw files of the same days count once, and parts of one export are added', async () => {
  const first = rawRow('2026-09-01', '1') + rawRow('2026-09-01', '1') + rawRow('2026-09-02', '2');
  const rest = rawRow('2026-09-20', '3', 'db', 'version_check');
  const copies = resolveCounts([
    await sourceOfText(RAW + first, 'week.csv'),
    await sourceOfText(RAW + rest + first, 'month.csv'),
  ]);
  expect(show(figuresOf(copies))).toEqual([
    'registry-actions pulls image = 3 (0,1)',
    'registry-actions pulls_by_digest image = 0 (0,1)',
    'registry-actions pulls_by_tag image = 3 (0,1)',
    'registry-actions version_checks image = 1 (0,1)',
  ]);
  const parts = resolveCounts([
    await sourceOfText(RAW + first, 'part-1.csv'),
    await sourceOfText(RAW + rawRow('2026-09-02', '3') + rawRow('2026-09-03', '3'), 'part-2.csv'),
  ]);
  expect(show(figuresOf(parts))).toEqual([
    'registry-actions pulls image = 5 (0,1)',
    'registry-actions pulls_by_digest image = 0 (0,1)',
    'registry-actions pulls_by_tag image = 5 (0,1)',
    'registry-actions version_checks image = 0 (0,1)',
  ]);
  expect(reasons(parts)[0]).toContain('parts of one export');
});

test('a summary by repository and one by reference tell the same', async () => {
  const byRepository = 'docker-summary/repository-level_week_2022-08-01.csv';
  const sources = [
    await sourceOfText(fixture('docker-summary/reference-level.csv'), 'references_week_2022-08-01.csv'),
    await sourceOf(byRepository),
  ];
  expect(show(figuresOf(resolveCounts(sources)))).toEqual(
    show(figuresOf(resolveCounts([sources[1]!]))).map((figure) => figure.replace('(0)', '(1)')),
  );
  // Two files by reference may be parts of one export.
  const [header, ...rows] = fixture('docker-summary/reference-level.csv').trimEnd().split('\n');
  const parts = await Promise.all(
    [rows.slice(0, 1), rows.slice(1)].map((some, i) =>
      sourceOfText([header, ...some].join('\n'), `part-${i}_week_2022-08-01.csv`),
    ),
  );
  expect(show(figuresOf(resolveCounts(parts)))).toContain('registry-actions pulls image = 16 (0,1)');
});

test('what is the same of many weeks is said once; where figures differ, by itself', async () => {
  const starts = ['2022-08-01', '2022-08-08', '2022-08-15', '2022-08-22', '2022-08-29'];
  const summary = (head: string, cells: string) =>
    `namespace,${head},unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks\nacme,${cells},0,0\n`;
  const both = starts.flatMap((start, week) => [
    sourceOfText(summary('repository', `web,1,${week === 4 ? 9 : 5}`), `by-name_week_${start}.csv`),
    sourceOfText(summary('repository,reference', 'web,1.0,1,5'), `by-tag_week_${start}.csv`),
  ]);
  const three = (level: string) => starts.slice(0, 3).map((start) => `${level}_week_${start}.csv`);
  expect(reasons(resolveCounts(await Promise.all(both)))).toEqual([
    `${three('by-tag').join(', ')} and 1 more: acme/web (2022-08-01 to 2022-08-28): counted once, from ${three('by-name').join(', ')} and 1 more, where the same days are.`,
    'by-tag_week_2022-08-29.csv: acme/web (2022-08-29 to 2022-09-04): counted once, from by-name_week_2022-08-29.csv, where the same days are. 2 of the figures differ.',
  ]);
  const parts = ['1', '2', '3'].map((tag) =>
    sourceOfText(RAW + rawRow('2026-09-01', tag).repeat(Number(tag)), `part-${tag}.csv`),
  );
  expect(reasons(resolveCounts(await Promise.all(parts)))).toEqual([
    'part-2.csv, part-3.csv: acme/web (2026-09-01 to 2026-09-01): part-1.csv holds other rows of the same days, so all are added as parts of one export.',
  ]);
});

test('our files count once beside the logs they came from', async () => {
  const fromLogs = logs(
    [
      ['acme/web', '2026-09-01', 'pulls_by_tag', 1],
      ['busybox', '2026-09-03', 'pulls_by_tag', 1],
      ['busybox', '2026-09-03', 'pulls_by_digest', 1],
    ],
    [['2026-09-01', '2026-09-03']],
  );
  const month = 'namespace,repository,unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks\n';
  const sources = [
    await sourceOf('hub-daily/own.csv'),
    await sourceOfText(`${month}acme,web,1,1,0,0\n`, 'all_summary_span_2026-09-01_2026-09-03.csv'),
    fromLogs,
  ];
  const resolution = resolveCounts(sources);
  expect(show(figuresOf(resolution)).filter((figure) => figure.includes('pulls'))).toEqual([
    'registry-actions pulls image = 3 (2)',
    'registry-actions pulls_by_digest image = 1 (2)',
    'registry-actions pulls_by_tag image = 2 (2)',
  ]);
  expect(reasons(resolution)[0]).toBe(
    'hub-daily/own.csv: acme/web and 1 more (2026-09-01 to 2026-09-03): counted once, from the logs, where the same days are.',
  );
  // Without the logs, the files count.
  expect(show(figuresOf(resolveCounts(sources.slice(0, 2))))).toContain(
    'registry-actions pulls image = 3 (0)',
  );
});

test('figures of different meaning stand apart, and so do counts without dates', async () => {
  const resolution = resolveCounts([
    await sourceOf('docker-usage/pulls.csv'),
    await sourceOf('docker-summary/reference-level.csv'),
    await sourceOf('docker-summary/repository-level_week_2022-08-01.csv'),
    await sourceOf('running-totals/pull-counts.csv'),
    await sourceOf('docker-repositories/list.csv'),
  ]);
  expect(show(figuresOf(resolution))).toEqual([
    'docker-pull-count pulls image = 64 (3)',
    'docker-pull-count running_total image = 1069 (3)',
    'docker-usage pulls image = 5 (0)',
    'docker-usage version_checks image = 5 (0)',
    'registry-actions pulls image = 16 (1)',
    'registry-actions pulls image = 16 (2)',
    'registry-actions pulls_by_digest image = 5 (1)',
    'registry-actions pulls_by_digest image = 5 (2)',
    'registry-actions pulls_by_tag image = 11 (1)',
    'registry-actions pulls_by_tag image = 11 (2)',
    // Two references of acme/web share addresses; acme/db has one reference.
    'registry-actions unique_addresses image = 1 (1)',
    'registry-actions unique_addresses image = null (2)',
    'registry-actions version_checks image = 4 (1)',
    'registry-actions version_checks image = 4 (2)',
  ]);
  expect(reasons(resolution).at(-1)).toContain('Figures of different meaning are not added');
});

test('a namespace counts where its repositories are not known, and only there', async () => {
  const own = await sourceOf('docker-summary/own_month_2026-09.csv');
  expect(show(figuresOf(resolveCounts([own])))).toContain('registry-actions pulls image = 3 (0)');
  const both = resolveCounts([own, logs([['acme/web', '2026-09-01', 'pulls_by_tag', 5]])]);
  expect(show(figuresOf(both))).toContain('registry-actions pulls_by_tag image = 6 (0,1)');
});

test('distinct addresses are shown as they were told, and never added', async () => {
  const level = (keys: string, rows: string[], name: string) =>
    sourceOfText(
      [`${keys},unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks`, ...rows].join('\n'),
      `${name}_week_2026-09-07.csv`,
    );
  const repositories = await level('namespace,repository', ['acme,web,5,9,0,0', 'acme,db,4,4,0,0'], 'a');
  const namespace = await level('namespace', ['acme,7,13,0,0'], 'b');
  const unique = (sources: CountSource[], span?: [string, string]) => {
    const days = span ? { first: dayOfIso(span[0]), last: dayOfIso(span[1]) } : null;
    return show(figuresOf(resolveCounts(sources), days)).filter((figure) => figure.includes('unique'));
  };
  expect(unique([repositories])).toEqual(['registry-actions unique_addresses image = null (0)']);
  expect(unique([repositories, namespace])).toEqual(['registry-actions unique_addresses image = 7 (1)']);
  expect(unique([repositories, namespace], ['2026-09-07', '2026-09-13'])).toEqual([
    'registry-actions unique_addresses image = 7 (1)',
  ]);
  expect(unique([repositories, namespace], ['2026-09-01', '2026-09-30'])).toEqual([]);
  expect(show(figuresOf(resolveCounts([repositories, namespace])))).toContain(
    'registry-actions pulls image = 13 (0)',
  );
});

test('nothing gives nothing', () => {
  expect(figuresOf(resolveCounts([]))).toEqual([]);
});
