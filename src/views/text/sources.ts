/** Strings about tables, and about sources beside each other. */
import type { RepoType } from '../../model/action-rows.ts';
import type { Measure } from '../../model/count-rows.ts';
import { sayMeaning } from '../../model/meaning.ts';
import type { DifferenceReason, Figure } from '../../model/resolved-counts.ts';
import type { ColumnMapping } from '../../model/table-format.ts';
import type { DaySpan } from '../../model/view.ts';
import { format } from '../format.ts';
import type { Order } from '../sources/order-repositories.ts';
import { count } from './count.ts';

const n = format.integer;

const TYPES: Record<RepoType, string> = {
  image: 'image',
  model: 'model',
  dataset: 'dataset',
  space: 'space',
  package: 'package',
  '': 'not told',
};

const MEASURES: Record<Measure, string> = {
  pulls: 'pulls',
  pulls_by_tag: 'pulls by tag',
  pulls_by_digest: 'pulls by digest',
  version_checks: 'version checks',
  downloads: 'downloads',
  pulls_including_checks: 'pulls, version checks included',
  running_total: 'downloads in all',
  unique_addresses: 'unique IP addresses',
  unique_authenticated_users: 'unique authenticated users',
  unique_unauthenticated_users: 'unique unauthenticated users',
  paired_users: 'users of a pair of images',
  unique_users: 'unique users',
};

const REASONS: Record<DifferenceReason, string> = {
  'missing-days': 'one of them has nothing of these days',
  'missing-hours': 'the log covers the day in part',
  'set-aside': 'look-ups of signatures are set aside here',
  statuses: 'requests whose status does not count here',
  'day-border': 'days begin at another hour',
  folding: 'the one counts as checks what the other counts as pulls',
  'shared-address-or-cache': 'clients behind a shared address or a cache',
  meaning: 'the figures do not mean the same',
};

const LACKS = {
  time: 'Choose the column of the time.',
  repository: 'Choose the column of the repository or of the path.',
  kind: 'Choose the column of the action or method.',
  count: 'Choose the column of the count.',
};

const FIELDS: Record<Exclude<keyof ColumnMapping, 'rows' | 'isRunning'>, string> = {
  time: 'Time or day',
  repository: 'Repository',
  count: 'Count',
  kind: 'Action or method',
  address: 'Client address',
  agent: 'User agent',
  path: 'Path',
  status: 'Status',
};

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const sourcesText = {
  title: (hasLogs: boolean) => (hasLogs ? 'Logs and tables together' : 'Totals'),
  source: (name: string, title: string) => (name === '' ? 'the logs' : `${name} (${title})`),
  logs: 'The logs',
  /** The first few by name: there may be one for each week of years. */
  from: (names: readonly string[], few: number) =>
    names.slice(0, few).join(', ') + (names.length > few ? ` and ${n(names.length - few)} more` : ''),
  group: (meaning: string) => capital(sayMeaning(meaning)),
  unfiltered:
    'The filter is about the logs alone: here is everything, and the CSV files leave the tables out while it is on.',
  notAdded: 'These stand apart: they do not mean the same, so they are never added.',
  /** Beside figures of the logs alone, the same words would be said twice. */
  label({ measure, repoType, meaning }: Figure, hasLogs: boolean): string {
    const isOurs = meaning === 'registry-actions' && repoType === 'image' && measure !== 'running_total';
    const type = isOurs || repoType === '' ? '' : `${TYPES[repoType]} `;
    const words = capital(`${type}${MEASURES[measure]}`);
    return hasLogs && isOurs ? `${words}, all files` : words;
  },
  total: (total: number | null) => (total === null ? 'cannot be added' : n(total)),
  note({ measure, repositories, days, partlyInSpan }: Figure, from: string): string {
    const sentences = [`${count(repositories, 'repository', 'repositories')}, from ${from}.`];
    if (measure === 'running_total') sentences.unshift('As the hub states it, since its beginning.');
    else if (days) sentences.unshift(`${format.span(days)}.`);
    else sentences.unshift('Without dates.');
    if (partlyInSpan > 0)
      sentences.push(
        `${count(partlyInSpan, 'week or month', 'weeks or months')} only partly in this span: left out.`,
      );
    return sentences.join(' ');
  },
  notDaily: (counts: number) =>
    `The daily CSV lacks ${count(counts, 'count')} of weeks or months, or of another meaning: they are of no day, or no downloads.`,

  repositories: {
    title: (hasLogs: boolean) => (hasLogs ? 'Repositories of all files' : 'Repositories'),
    search: (hasLogs: boolean) => (hasLogs ? 'Search repositories of all files' : 'Search repositories'),
    region: 'Table of repositories of all files, can be scrolled',
    type: 'Type',
    allTypes: 'All types',
    types: TYPES,
    columns: {
      name: 'Repository',
      count: 'In this span',
      stated: 'In all, as stated',
      checks: 'Checks',
      lastDay: 'Last day',
    } satisfies Record<Order, string>,
    measure: 'Counted',
    measures: MEASURES,
    trend: 'Trend',
    sources: 'From',
    trendLabel: (name: string, days: number) =>
      `Trend of ${name}, ${days === 1 ? 'day by day' : `in steps of ${n(days)} days`}`,
    unnamed: '(no name)',
  },

  reconcile: {
    title: 'Side by side',
    region: 'Comparison, can be scrolled',
    summary: 'two sources of the same days, and why they may differ',
    pair: 'Compare',
    pairName: (a: string, b: string) => `${a} and ${b}`,
    working: 'Comparing…',
    same: (rows: number) => `All ${count(rows, 'figure')} are the same in both.`,
    none: 'There is no repository and day that both tell.',
    differing: (rows: number, all: number) => `${n(rows)} of ${count(all, 'figure')} differ.`,
    onlyDiffering: 'Differences only',
    repository: 'Repository',
    days: 'Days',
    measure: 'What',
    difference: 'Difference',
    reasons: 'Likely reasons',
    reason: (reason: DifferenceReason) => REASONS[reason],
    span: ({ first, last }: DaySpan) => format.span({ first, last }),
    signed: (value: number) => (value > 0 ? `+${n(value)}` : n(value)),
  },

  columns: {
    title: (name: string) => `What are the columns of ${name}?`,
    lead: 'This page does not know the table. Its first rows stand below; say what they hold. The choice is kept in this browser for tables with the same header, until you forget your data.',
    preview: 'The first rows',
    rows: 'Each row is',
    rowKinds: {
      counts: 'a count of pulls or downloads',
      actions: 'a pull or check that was classified already',
      requests: 'a request, to be classified here',
    } satisfies Record<ColumnMapping['rows'], string>,
    fields: FIELDS,
    none: 'no column',
    noCount: 'no column: each row counts as one',
    running: 'The count is a running total: count what it grows by',
    repositoryName: 'Name of the repository that the table is about',
    lacks: LACKS,
    read: 'Read the table',
    leave: 'Leave it out',
  },
};
