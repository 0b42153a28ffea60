/**
 * What is shown, as the part of the page's address behind the #, which no server ever sees. It holds choices and never
 * data. In and out: `#/repo/acme%2Fapi?r=2025-09-01..2025-09-30&g=week&f=country:DE&x=client:kaniko`. What is left
 * out is as it is at first; what cannot be understood is left out too.
 */
import { FACETS, type Facet, type Filter, NO_FILTER, withValue } from '../model/filter.ts';
import { dayOfIso, isoDay, monthStart, nextMonthStart, weekStart } from '../lib/calendar.ts';
import { NAME_TYPES, type NameType } from '../model/repository-name.ts';
import type { DaySpan } from '../model/view.ts';
import type { Range } from './range.ts';

/** Views that need nothing read: they stand on the empty page as well. */
const PAGES_WITHOUT_DATA = ['settings', 'about'] as const;
/** Views by their names in the address; 'overview' has none there. */
const NAMED = ['what-moved', 'storms', 'clean-up', 'data', 'export', ...PAGES_WITHOUT_DATA] as const;

/** A view of the page. */
export type Route =
  { view: 'overview' | (typeof NAMED)[number] } | { view: 'repository'; name: string; type: NameType };
export const OVERVIEW: Route = { view: 'overview' };

export const BUCKETS = ['auto', 'hour', 'day', 'week', 'month'] as const;
/** How long one bar of a chart is. */
export type BucketChoice = (typeof BUCKETS)[number];

export const ZONES = ['utc', 'local'] as const;
/** By which clock days begin on the page; files are always by UTC. */
export type ZoneChoice = (typeof ZONES)[number];

export const COMPARISONS = ['none', 'previous', 'weeks', 'year'] as const;
/** previous: as many days just before; weeks and year: as many days, whole weeks before, so that weekdays are alike. */
export type Comparison = (typeof COMPARISONS)[number];

/** What the bars of a chart are made of. */
export const SERIES = ['pullsByTag', 'pullsByDigest', 'versionChecks', 'downloads'] as const;
export type SeriesName = (typeof SERIES)[number];

/** How charts and figures are drawn. */
export interface Look {
  bucket: BucketChoice;
  zone: ZoneChoice;
  comparison: Comparison;
  /** Repositories on one chart; none: all together. */
  together: readonly string[];
  /** What the person left out of bars, or put back; of the rest the data decides. */
  left: readonly SeriesName[];
  kept: readonly SeriesName[];
}
export const FIRST_LOOK: Look = {
  bucket: 'auto',
  zone: 'utc',
  comparison: 'none',
  together: [],
  left: [],
  kept: [],
};

export interface Address {
  route: Route;
  /** null: all time. The span of 'last-month' depends on the data, and stands in no address. */
  range: Range | null;
  filter: Filter;
  look: Look;
  /** Look-ups of signatures count as actions. */
  countSignatures: boolean;
}

export const FIRST_ADDRESS: Address = {
  route: OVERVIEW,
  range: null,
  filter: NO_FILTER,
  look: FIRST_LOOK,
  countSignatures: false,
};

/** Whether a view stands on the empty page, too. */
export function needsNoData({ view }: Route): boolean {
  return PAGES_WITHOUT_DATA.some((each) => each === view);
}

/** Empty for what is shown at first. */
export function writeAddress({ route, range, filter, look, countSignatures }: Address): string {
  const query: string[] = [];
  const add = (key: string, value: string) => query.push(`${key}=${escape(value)}`);
  if (range && range.kind !== 'all') add('r', writeRange(range));
  for (const facet of FACETS) {
    for (const value of filter[facet]?.included ?? []) add('f', `${facet}:${value}`);
    for (const value of filter[facet]?.excluded ?? []) add('x', `${facet}:${value}`);
  }
  if (look.bucket !== 'auto') add('g', look.bucket);
  if (look.zone !== 'utc') add('tz', look.zone);
  if (look.comparison !== 'none') add('cmp', look.comparison);
  for (const name of look.together) add('with', name);
  for (const name of look.left) add('hide', name);
  for (const name of look.kept) add('show', name);
  if (countSignatures) add('signatures', 'counted');
  const path = writeRoute(route);
  if (path === '' && query.length === 0) return '';
  return `#/${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** null: it is no address of a view, like that of a shared format. */
export function readAddress(hash: string): Address | null {
  if (hash === '' || hash === '#') return FIRST_ADDRESS;
  const match = /^#\/([^?]*)(?:\?(.*))?$/s.exec(hash);
  if (!match) return null;
  const query = new URLSearchParams(match[2] ?? '');
  let filter = NO_FILTER;
  for (const [key, wish] of [
    ['f', 'include'],
    ['x', 'exclude'],
  ] as const)
    for (const text of query.getAll(key)) {
      const colon = text.indexOf(':');
      const facet = text.slice(0, colon) as Facet;
      if (FACETS.includes(facet)) filter = withValue(filter, facet, text.slice(colon + 1), wish);
    }
  return {
    route: readRoute(match[1]!),
    range: readRange(query.get('r') ?? ''),
    filter,
    look: {
      bucket: oneOf(BUCKETS, query.get('g')),
      zone: oneOf(ZONES, query.get('tz')),
      comparison: oneOf(COMPARISONS, query.get('cmp')),
      together: query.getAll('with'),
      left: seriesIn(query.getAll('hide')),
      kept: seriesIn(query.getAll('show')),
    },
    countSignatures: query.get('signatures') === 'counted',
  };
}

/** Readable where an address allows it. */
function escape(value: string): string {
  return encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%40', '@');
}

/** Of a repository's own page: an image and a model may have one name. */
const PATHS: Record<NameType, string> = { image: 'repo', model: 'model', dataset: 'dataset', space: 'space' };

export function writeRoute(route: Route): string {
  if (route.view === 'repository') return `${PATHS[route.type]}/${encodeURIComponent(route.name)}`;
  return route.view === 'overview' ? '' : route.view;
}

function readRoute(path: string): Route {
  const named = NAMED.find((view) => view === path);
  if (named) return { view: named };
  const slash = path.indexOf('/');
  const type = NAME_TYPES.find((each) => PATHS[each] === path.slice(0, slash));
  if (!type) return OVERVIEW;
  try {
    return { view: 'repository', name: decodeURIComponent(path.slice(slash + 1)), type };
  } catch {
    return OVERVIEW;
  }
}

function writeRange({ kind, span: { first, last } }: Range): string {
  switch (kind) {
    case 'last-month':
      return kind;
    case 'week':
      return `week:${isoDay(first)}`;
    case 'month':
      return isoDay(first).slice(0, 7);
    default:
      return `${isoDay(first)}..${isoDay(last)}`;
  }
}

function readRange(text: string): Range | null {
  if (text === 'last-month') return { kind: 'last-month', span: { first: 0, last: 0 } };
  const week = daysOf(/^week:(\d{4}-\d\d-\d\d)$/.exec(text));
  if (week) {
    const first = weekStart(week.first);
    return { kind: 'week', span: { first, last: first + 6 } };
  }
  const month = daysOf(/^(\d{4}-\d\d)$/.exec(text), '-01');
  if (month)
    return {
      kind: 'month',
      span: { first: monthStart(month.first), last: nextMonthStart(month.first) - 1 },
    };
  const span = daysOf(/^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(text));
  return span && span.first <= span.last ? { kind: 'span', span } : null;
}

function daysOf(match: RegExpExecArray | null, ending = ''): DaySpan | null {
  if (!match) return null;
  const first = dayOfIso(match[1]! + ending);
  const last = match[2] ? dayOfIso(match[2]) : first;
  return Number.isNaN(first) || Number.isNaN(last) ? null : { first, last };
}

function seriesIn(names: string[]): SeriesName[] {
  return SERIES.filter((name) => names.includes(name));
}

function oneOf<T extends string>(choices: readonly [T, ...T[]], text: string | null): T {
  return choices.find((choice) => choice === text) ?? choices[0];
}
