/**
 * "Why this number?": what is asked, and what is answered. An answer holds places of lines in files, never an address:
 * what a line says is read again from the file where the person looks at it.
 */
import type { Facet, Filter } from './filter.ts';
import type { Moments } from './moments.ts';
import type { Source } from './repository-page.ts';
import type { Bytes, Milliseconds, RepositoryIndex } from './units.ts';
import type { Figures } from './view.ts';

/** How requests became an action, by spec's table: what opened it, what it went on with, what joined at last. */
export const CHAIN_RULES = [
  'head-tag',
  'get-tag',
  'get-tag+further',
  'head-tag+get-tag',
  'head-tag+get-tag+further',
  'head-tag+get-digest',
  'head-tag+get-digest+further',
  'get-digest',
  'get-digest+further',
  'head-digest',
  'head-digest+get-digest',
  'head-digest+get-digest+further',
  'hub-request',
  'hub-requests',
] as const;
/** Downloads of hubs together, or of one type as Figures has them. */
export type WhyFigure = keyof Figures | 'downloads';
export type ChainRule = (typeof CHAIN_RULES)[number];

/** Which actions a number is of. Its moments are whole seconds. */
export interface WhyScope extends Moments {
  figure: WhyFigure;
  /** What the page shows. */
  filter: Filter;
  /** null: of all. */
  repository: { index: RepositoryIndex; name: string } | null;
  /** Of one tag or digest that was asked for, or of tags with one beginning (1.27.*). */
  reference: { text: string; isDigest: boolean } | null;
  /** Numbers in Traffic.clients and agents: of one client alone. */
  source: Source | null;
}

export interface ExampleRequest {
  time: Milliseconds;
  method: 'HEAD' | 'GET';
  reference: string;
  isDigest: boolean;
  /** Where its line begins: the file's place in the report, and in its unpacked text. */
  file: number;
  offset: Bytes;
}

export interface ExampleAction {
  rule: ChainRule;
  /** ACTION_*. */
  action: number;
  repository: string;
  agent: string;
  /** Whose it is, by numbers; null: the lines name no client. */
  source: Source | null;
  requests: ExampleRequest[];
}

export interface WhyAnswer {
  /** What the figure counts; for unique addresses, the actions behind them. */
  actions: number;
  /** Requests behind them, and those of them that are GETs. */
  requests: number;
  gets: number;
  uniqueAddresses: number;
  withoutAddress: number;
  /** Rules that applied, most actions first. */
  rules: { rule: ChainRule; actions: number; requests: number }[];
  /** Actions that the filter hides, and those that one facet alone hides. */
  hidden: number;
  hiddenByAlone: [Facet, number][];
  /** Requests of the same time and repository that switches hide: look-ups of signatures, those behind another log. */
  signatures: number;
  innerHops: number;
  examples: ExampleAction[];
}

/** The same figure by other rules. */
export interface OtherCounts {
  /** With the switch "fold further manifests" the other way round. */
  foldFurther: number;
  wideWindow: number;
}
/** The window of the last of them. */
export const WIDE_WINDOW: Milliseconds = 300_000;

/** A line of a file, read again. */
export type LineAgain =
  | { state: 'read'; text: string }
  | /** The file cannot be read any more, or was never given. */ { state: 'gone' };
