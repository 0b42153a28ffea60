/** What crosses from the analysis to the page: questions about a span, and their answers. Plain data and columns. */
import type { Bytes, Day, Milliseconds, RepositoryIndex } from './units.ts';
import type { RepoType } from './action-rows.ts';
import type { Facet, Filter } from './filter.ts';
import type { FileOptions } from './file-options.ts';
import type { Problem } from './problem.ts';
import type { UnreadableLine } from './segment.ts';

/** First and last day shown, both included. */
export interface DaySpan {
  first: Day;
  last: Day;
  /** By whose clock days begin (an IANA name); without it by UTC, like those of every file. */
  zone?: string;
}

/** How a span was chosen: it decides the name of an exported file. */
export type SpanKind = 'all' | 'last-month' | 'week' | 'month' | 'span';

/** The headline figures of a span. */
export interface Figures {
  /** Pulls by tag and by digest together. */
  pulls: number;
  pullsByTag: number;
  pullsByDigest: number;
  versionChecks: number;
  /** Downloads of models, of datasets, of spaces: never added to pulls. */
  models: number;
  datasets: number;
  spaces: number;
  /** Distinct client addresses over all actions, version checks and downloads included. */
  uniqueAddresses: number;
}

/** Whether the files cover a day: not at all, in part, from midnight to midnight. */
export const COVERED_NOT = 0;
export const COVERED_PARTLY = 1;
export const COVERED_WHOLE = 2;

/** Actions per day, one entry for every day of the span. */
export interface DaySeries {
  firstDay: Day;
  pullsByTag: Uint32Array;
  pullsByDigest: Uint32Array;
  versionChecks: Uint32Array;
  /** Of models, datasets and spaces. */
  downloads: Uint32Array;
  /** COVERED_* of each day. */
  covered: Uint8Array;
}

/** Actions per hour by the clock of the span's zone: the hours that are in its days. */
export interface HourSeries {
  /** Milliseconds since 1970 where each hour begins, and last the end of all. */
  starts: Float64Array;
  pullsByTag: Uint32Array;
  pullsByDigest: Uint32Array;
  versionChecks: Uint32Array;
  downloads: Uint32Array;
  /** COVERED_* of each hour. */
  covered: Uint8Array;
}

/** Pulls of a repository over time, to be drawn beside others: a count for each day, or hour, of the span. */
export interface RepositorySeries {
  name: string;
  pulls: Uint32Array;
}

/** Days that the files cover, as one zone's calendar has them. */
export type Calendar = Pick<ReadReport, 'days' | 'lastMonth' | 'months' | 'weeks'>;

/** One row a repository that has an action in the span; sorted by name. */
export interface RepositoryColumns {
  length: number;
  index: Uint32Array;
  /** Full names (namespace/repository). */
  names: string[];
  /** Place in REPO_TYPES of each. */
  types: Uint8Array;
  pullsByTag: Uint32Array;
  pullsByDigest: Uint32Array;
  versionChecks: Uint32Array;
  /** Of a model, dataset or space, which have no pulls. */
  downloads: Uint32Array;
  uniqueAddresses: Uint32Array;
  /** Time of the last pull or download (no version check); NaN when none. */
  lastPull: Float64Array;
  /** Pulls or downloads per trend step: row i has trend[i * trendLength] … trend[(i + 1) * trendLength - 1]. */
  trend: Uint32Array;
  trendLength: number;
  /** Days that one trend step stands for. */
  trendDays: number;
}

/** All that the dashboard shows for one span. */
export interface DashboardView {
  span: DaySpan;
  figures: Figures;
  series: DaySeries;
  /** Only when it was asked for. */
  hours?: HourSeries;
  repositories: RepositoryColumns;
  /** Manifest requests of signature look-ups in the span that are set aside (or counted, if the switch is on). */
  signatureLookUps: number;
}

/** Actions with one value of a facet; '' is the unknown value. */
export interface ValueCounts {
  value: string;
  pulls: number;
  downloads: number;
  versionChecks: number;
}

/** The values of a facet, most actions first, the unknown one always among them. */
export interface Breakdown {
  /** The first 1,000, and the unknown one. */
  values: ValueCounts[];
  /** Number of values in all. */
  valueCount: number;
}

export const BREAKDOWN_FACETS = [
  'action',
  'client',
  'use',
  'country',
  'cloud',
  'networkType',
  'ownNetwork',
  'repositoryType',
] as const satisfies Facet[];
export type BreakdownFacet = (typeof BREAKDOWN_FACETS)[number];

/** Who is behind the actions of a span, as far as the filter shows them. Unique addresses cannot be added up. */
export interface Breakdowns {
  pulls: number;
  downloads: number;
  versionChecks: number;
  by: Record<BreakdownFacet, Breakdown>;
  /** Versions of each client in by.client, by its value. */
  versions: Map<string, Breakdown>;
  /** Agents that tell no client, as they are. */
  unknownAgents: Breakdown;
  /** Actions of the span that the filter hides, and those that one facet alone hides. */
  hidden: number;
  hiddenByAlone: Partial<Record<Facet, number>>;
}

/** One tag or digest of a repository. */
export interface ReferenceRow {
  /** Of a file of a hub `<rev>:<path>`. */
  reference: string;
  isDigest: boolean;
  pullsByTag: number;
  pullsByDigest: number;
  versionChecks: number;
  downloads: number;
  uniqueAddresses: number;
  firstSeen: Milliseconds;
  lastSeen: Milliseconds;
}

/** Breakdown of one repository by reference, for a span. */
export interface RepositoryDetail {
  repository: RepositoryIndex;
  name: string;
  repoType: RepoType;
  /** Sorted by pulls, then version checks, then reference; the first 1,000. */
  references: ReferenceRow[];
  /** Number of references in all. */
  referenceCount: number;
  /** Path prefixes before /v2/ and upstream hosts (?ns=) that the requests named, with their numbers of requests. */
  prefixes: [string, number][];
  upstreams: [string, number][];
}

/** What happened to every line. read = all the others together. */
export interface LineTally {
  read: number;
  /** Lines that are behind an action. */
  counted: number;
  /** Manifest requests whose status does not count, by status, most frequent first. */
  dropped: [status: number, lines: number][];
  /** Signature look-ups that are set aside. */
  setAside: number;
  /** Requests for files of hubs that do not count: other files of a model, HEAD if the user says so. */
  otherFiles: number;
  /** Second record of a request that the log shows twice. */
  loggedTwice: number;
  /** Requests that another file shows too: two hops of the same traffic. */
  behind: number;
  otherRegistry: number;
  otherPath: number;
  applicationMessage: number;
  blank: number;
  unreadable: number;
}

/** 'skipped': of an archive, what is no text. */
export type FileState = 'waiting' | 'reading' | 'read' | 'partly' | 'duplicate' | 'skipped' | 'failed';

/** What became of one file. */
export interface FileReport {
  name: string;
  /** Size on disk. */
  size: Bytes;
  state: FileState;
  compressed: boolean;
  /** Formats found, with their lines. */
  formats: [title: string, lines: number][];
  firstTime: Milliseconds;
  lastTime: Milliseconds;
  lines: LineTally;
  unreadableByReason: number[];
  /** First 20 unreadable lines, then those that are among the first three for their reason. */
  unreadable: UnreadableLine[];
  problems: Problem[];
  /** Number of the file as it was given: what a person says of it is said by this number. */
  source: number;
  options: FileOptions;
  /** Some times showed no zone, or no year, and were read by the options. */
  usesZone: boolean;
  usesYear: boolean;
  /** Some lines show only the seconds since their program started. */
  usesStart: boolean;
  /** Clients were told by lists of forwarded addresses. */
  hasForwarded: boolean;
  /** What the formats found cannot tell, in a sentence each; without a title, what none of the requests shows. */
  missing: [title: string, sentence: string][];
  /** COVERED_* of each day from the file's first; null when it covers no time. */
  coverage: DayCoverage | null;
  /** Of a table whose rows are no requests: those that are counted. */
  tableRows?: number;
  /** Its lines are rows of a table, of requests or of something else. */
  isTable: boolean;
}

export interface DayCoverage {
  firstDay: Day;
  covered: Uint8Array;
}

/** An address that stands for many clients: of a private network, or a public one with many programs behind it. */
export interface HidingAddress {
  kind: 'private' | 'proxy';
  /** Its requests among all. */
  share: number;
}

/** Everything about the reading itself. */
export interface ReadReport {
  files: FileReport[];
  total: LineTally;
  /** Manifest requests kept in memory. */
  requests: number;
  /** Some of the requests, or all, are for files of hubs. */
  fileRequests?: 'some' | 'all';
  /** The address behind nearly all requests, when it hides who asks; else null. */
  hidingAddress: HidingAddress | null;
  /** Requests without a usable client address (they never chain). */
  withoutAddress: number;
  /** Requests from a log without a status column (all counted). */
  withoutStatus: number;
  /** Times of the first and last line read; NaN when none. */
  firstTime: Milliseconds;
  lastTime: Milliseconds;
  /** Days of the data: first and last day with a covered moment; null when there is none. */
  days: DaySpan | null;
  /** The last 30 complete days (fewer when the data has fewer); null when no day is complete. */
  lastMonth: DaySpan | null;
  /** Calendar months and Monday weeks in the data, latest first, with whether they are covered whole. */
  months: { span: DaySpan; whole: boolean }[];
  weeks: { span: DaySpan; whole: boolean }[];
  /** Of all files together. */
  coverage: DayCoverage | null;
}

/** Where reading stands. */
export interface ReadProgress {
  bytesRead: Bytes;
  bytesTotal: Bytes;
  linesRead: number;
  /** Place of the file in hand among the files being read, counted from 1, their number, and its name. */
  file: number;
  files: number;
  fileName: string;
  elapsed: Milliseconds;
  /** Counts so far; NaN unique addresses are never shown. */
  soFar: {
    pullsByTag: number;
    pullsByDigest: number;
    versionChecks: number;
    downloads: number;
    repositories: number;
  };
  states: { name: string; state: FileState; lines: number }[];
}

export type ExportKind = 'raw' | 'summary' | 'daily';
export type SummaryLevel = 'reference' | 'repository' | 'namespace';

/** What to write. */
export interface ExportRequest {
  kind: ExportKind;
  /** Only for summaries. */
  level: SummaryLevel;
  span: DaySpan;
  spanKind: SpanKind;
  filter: Filter;
}

/** A finished file. */
export interface ExportedFile {
  name: string;
  blob: Blob;
  rows: number;
  /** Actions or pulls of the figures shown that this file cannot hold; absent: none. */
  left?: number;
}
