/**
 * Reports of Docker's Verified Publisher programme: summary, trends, tracked companies. In: rows of a week or month.
 * Out: counts. Source: Docker's documentation; a published consumer of real files (their LEVELs, and columns that stand
 * elsewhere than documented: fields are found by header only).
 * Limits: companies' names are not kept; what a summary says of tags and digests overlaps, and is detail only.
 */
import {
  LEVEL_DETAIL,
  LEVEL_NAMESPACE,
  LEVEL_PART,
  LEVEL_PUBLISHER,
  LEVEL_REPOSITORY,
  type Measure,
} from '../../model/count-rows.ts';
import { MILLISECONDS_PER_DAY } from '../../model/units.ts';
import { countOf, factOf, fullName, periodOf, textOf, TimeCells } from '../cells.ts';
import type { OpenTable, RowReader, TableReader } from '../table-reader.ts';

const PERIOD = { granularity: ['dategranularity'], date: ['datereference'] };
const COUNTED: [Measure, string][] = [
  ['downloads', 'downloads'],
  ['version_checks', 'checks'],
  ['pulls_including_checks', 'pulls'],
];
const LEVELS = new Map([
  ['publisher', LEVEL_PUBLISHER],
  ['namespace', LEVEL_NAMESPACE],
  ['repository', LEVEL_REPOSITORY],
  ['tag', LEVEL_DETAIL],
  ['digest', LEVEL_DETAIL],
]);

export const publisherSummary: TableReader = {
  id: 'docker-publisher-summary',
  title: 'Docker Verified Publisher summary',
  rows: 'counts',
  meaning: 'docker-publisher',
  divisible: true,
  fields: {
    ...PERIOD,
    level: ['level'],
    reference: ['reference'],
    downloads: ['datadownloads'],
    checks: ['versionchecks'],
    pulls: ['eventcount', 'pulls'],
  },
  required: ['granularity', 'date', 'level', 'reference', 'downloads'],
  open: openSummary,
};

const TRENDS = {
  ...PERIOD,
  repository: ['imagerepository'],
  namespace: ['namespace'],
  country: ['ipcountry'],
  host: ['cloudserviceprovider'],
  tool: ['useragent'],
  tag: ['tag'],
  downloads: ['datadownloads'],
  checks: ['versionchecks'],
  pulls: ['pulls'],
  unique_authenticated_users: ['uniqueauthenticatedusers'],
  unique_unauthenticated_users: ['uniqueunauthenticatedusers'],
  company: ['domain'],
};

export const publisherTrends: TableReader = {
  id: 'docker-publisher-trends',
  title: 'Docker Verified Publisher trends',
  rows: 'counts',
  meaning: 'docker-publisher',
  divisible: true,
  fields: TRENDS,
  required: ['granularity', 'date', 'repository', 'downloads'],
  without: ['company'],
  open: openTrends,
};

/** A part of the publisher's downloads: those of companies that Docker could tell. */
export const publisherCompanies: TableReader = {
  ...publisherTrends,
  id: 'docker-publisher-companies',
  title: 'Docker Verified Publisher tracked companies',
  meaning: 'docker-companies',
  required: ['granularity', 'date', 'repository', 'downloads', 'company'],
  without: [],
};

function openSummary({ column, counts, saw }: OpenTable): RowReader {
  const times = new TimeCells();
  const [granularity, date] = [column('granularity'), column('date')];
  const [level, reference] = [column('level'), column('reference')];
  return {
    take(cells) {
      const period = periodOf(textOf(cells, granularity), times.read(cells, date));
      const rank = LEVELS.get(textOf(cells, level).toLowerCase());
      if (!period || rank === undefined) return 'unreadable';
      const named = textOf(cells, reference);
      const [repository, detail] = rank === LEVEL_DETAIL ? splitReference(named) : [named, ''];
      for (const [measure, field] of COUNTED) {
        const count = countOf(cells, column(field));
        const row = counts.push(repository, 'image', rank, period, measure, count);
        counts.label(row, { reference: detail });
      }
      saw(period[0] * MILLISECONDS_PER_DAY);
      saw(period[1] * MILLISECONDS_PER_DAY);
      return 'used';
    },
  };
}

function openTrends({ column, counts, saw }: OpenTable): RowReader {
  const times = new TimeCells();
  const measured: [Measure, number][] = [
    ...COUNTED.map(([measure, field]): [Measure, number] => [measure, column(field)]),
    ['unique_authenticated_users', column('unique_authenticated_users')],
    ['unique_unauthenticated_users', column('unique_unauthenticated_users')],
  ];
  return {
    take(cells) {
      const period = periodOf(textOf(cells, column('granularity')), times.read(cells, column('date')));
      const repository = fullName(textOf(cells, column('namespace')), textOf(cells, column('repository')));
      const values = measured.map(([, at]) => countOf(cells, at));
      if (!period || repository === '' || Number.isNaN(values[0])) return 'unreadable';
      const labels = {
        // No tag: a pull by digest.
        reference: textOf(cells, column('tag')),
        country: factOf(cells, column('country')),
        host: factOf(cells, column('host')),
        tool: factOf(cells, column('tool')),
      };
      measured.forEach(([measure], i) =>
        counts.label(counts.push(repository, 'image', LEVEL_PART, period, measure, values[i]!), labels),
      );
      saw(period[0] * MILLISECONDS_PER_DAY);
      saw(period[1] * MILLISECONDS_PER_DAY);
      return 'used';
    },
  };
}

/** acme/web:1.0 and acme/web@sha256:… fall apart; a digest or tag alone has no repository. */
function splitReference(text: string): [repository: string, reference: string] {
  const [, repository = '', reference = text] = /^(.+?\/[^@:]+)[@:](.+)$/.exec(text) ?? [];
  return [repository, reference];
}
