/**
 * Counts of which none restates another: what may be added, and what it was taken from. Made by tables/resolve only.
 */
import type { Rows } from '../lib/column-builder.ts';
import type { RepoType } from './action-rows.ts';
import type { CountRows, Measure } from './count-rows.ts';
import type { Problem } from './problem.ts';
import type { Day } from './units.ts';
import type { DaySpan } from './view.ts';

/** A table, or the logs as one, that counts. */
export interface CountSource {
  name: string;
  /** TableFormat.id, or LOGS. */
  format: string;
  /** TableFormat.meaning. */
  meaning: string;
  counts: CountRows;
  /** Days that the source knows whole: a repository of it without a count there had none. */
  covered: DaySpan[];
}

/** The format of what logs gave. */
export const LOGS = 'logs';

/** The count is what finer counts inside the period left over: they are taken off. */
export const FLAG_REMAINDER = 2;

export const RESOLVED_COLUMNS = {
  meaning: 'word',
  /** Full name; of a namespace or publisher its name. */
  repository: 'word',
  repoType: 'u8',
  /** LEVEL_NAMESPACE or LEVEL_PUBLISHER where nothing finer is known, else LEVEL_REPOSITORY. */
  level: 'u8',
  firstDay: 'i32',
  lastDay: 'i32',
  measure: 'u8',
  count: 'f64',
  /** FLAG_RESET, FLAG_REMAINDER. */
  flags: 'u8',
  /** Place in Resolution.sourceSets. */
  sources: 'u32',
} as const;

export type ResolvedRows = Rows<typeof RESOLVED_COLUMNS>;

export interface Resolution {
  rows: ResolvedRows;
  /** Which sources (places in the list that was resolved) are behind a row. */
  sourceSets: number[][];
  /** What was counted once, set aside, or cannot be combined. */
  problems: Problem[];
}

/** One figure that may be shown: counts of one measure and meaning. */
export interface Figure {
  meaning: string;
  measure: Measure;
  repoType: RepoType;
  /** Null: distinct counts of several repositories or periods, which cannot be added. */
  total: number | null;
  /** Days counted; null for counts without dates. */
  days: DaySpan | null;
  repositories: number;
  /** Places in the list of sources. */
  sources: number[];
  /** Counts of weeks or months that lie only partly in the span, and are not in the total. */
  partlyInSpan: number;
}

/** Two sources side by side. */
export interface ReconcileRow {
  repository: string;
  first: Day;
  last: Day;
  measure: Measure;
  a: number;
  b: number;
  /** b − a */
  difference: number;
  /** Most likely first; empty when there is no difference. */
  reasons: DifferenceReason[];
}

export type DifferenceReason =
  /** One of the sources has nothing of these days. */
  | 'missing-days'
  /** The log covers a day in part. */
  | 'missing-hours'
  /** Look-ups of signatures, which the log's figures leave out. */
  | 'set-aside'
  /** Requests whose status does not count here. */
  | 'statuses'
  /** The neighbouring day differs the other way: days begin at another hour. */
  | 'day-border'
  /** One counted as checks what the other counted as pulls. */
  | 'folding'
  /** Clients behind a shared address or a cache: fewer requests arrive than are made. */
  | 'shared-address-or-cache'
  /** The figures do not mean the same. */
  | 'meaning';
