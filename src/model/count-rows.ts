/**
 * Counts that somebody else made: so many of a measure, of a repository, in a period. Rows of one table may restate each
 * other (see level), and not every measure can be added: tables/resolve decides, nobody else adds.
 */
import type { Rows } from '../lib/column-builder.ts';
import { monthStart, nextMonthStart, weekStart } from '../lib/calendar.ts';
import type { Day } from './units.ts';

export type MeasureKind =
  /** Counts of different repositories and periods can be added. */
  | 'added'
  /** Distinct people or addresses: never added to anything. */
  | 'distinct'
  /** A running total, stated again and again: the latest counts, those of different repositories can be added. */
  | 'running';

/** Place in this list: the measure column. */
export const MEASURES = [
  /** Pulls by tag and by digest together, or what the source calls a pull. */
  { id: 'pulls', kind: 'added' },
  { id: 'pulls_by_tag', kind: 'added' },
  { id: 'pulls_by_digest', kind: 'added' },
  { id: 'version_checks', kind: 'added' },
  { id: 'downloads', kind: 'added' },
  /** Docker's PULLS and EVENT_COUNT: downloads and version checks. */
  { id: 'pulls_including_checks', kind: 'added' },
  /** Hugging Face's total, a hub's pull_count. */
  { id: 'running_total', kind: 'running' },
  { id: 'unique_addresses', kind: 'distinct' },
  { id: 'unique_authenticated_users', kind: 'distinct' },
  { id: 'unique_unauthenticated_users', kind: 'distinct' },
  /** Users of a pair of images, the second in `reference`. */
  { id: 'paired_users', kind: 'distinct' },
  { id: 'unique_users', kind: 'distinct' },
] as const satisfies readonly { id: string; kind: MeasureKind }[];
export type Measure = (typeof MEASURES)[number]['id'];

/** What a row sums up. A coarser row restates the finer ones. */
export const LEVEL_PUBLISHER = 0;
export const LEVEL_NAMESPACE = 1;
export const LEVEL_REPOSITORY = 2;
/** Rows that divide a repository without overlap: their sum is the repository. */
export const LEVEL_PART = 3;
/** Rows that overlap or leave something out (a pull by tag also has a digest): their sum is nothing. */
export const LEVEL_DETAIL = 4;

/** The first or last day is not known. */
export const NO_DAY = -0x80000000;

/** A running total fell: what lies between cannot be known. */
export const FLAG_RESET = 1;

export const COUNT_COLUMNS = {
  /** Full name; of a namespace or publisher its name. */
  repository: 'word',
  /** Place in REPO_TYPES. */
  repoType: 'u8',
  /** LEVEL_*. */
  level: 'u8',
  /** Tag or digest; other labels where the measure says so. */
  reference: 'word',
  /** First and last day, both included, or NO_DAY. A running total has its last day only. */
  firstDay: 'i32',
  lastDay: 'i32',
  /** Place in MEASURES. */
  measure: 'u8',
  count: 'f64',
  country: 'word',
  host: 'word',
  tool: 'word',
  flags: 'u8',
  /** Of what was counted: sums of equal rows in any order are equal. 0 when there is nothing finer behind the count. */
  fingerprint: 'u32',
} as const;

export type CountRows = Rows<typeof COUNT_COLUMNS>;

export type PeriodKind = 'day' | 'week' | 'month' | 'span' | 'unknown';

export function periodKind(first: Day, last: Day): PeriodKind {
  if (first === NO_DAY || last === NO_DAY) return 'unknown';
  if (first === last) return 'day';
  if (last === first + 6 && weekStart(first) === first) return 'week';
  if (monthStart(first) === first && nextMonthStart(first) === last + 1) return 'month';
  return 'span';
}
