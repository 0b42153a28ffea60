/** What the page of one repository shows besides its figures, chart and breakdowns. Addresses are numbers, never text. */
import type { Adoption } from './adoption.ts';
import type { NameType } from './repository-name.ts';
import type { Milliseconds } from './units.ts';
import type { ReferenceRow } from './view.ts';

/** floating: the tag may come to mean another image; exact: it is made for one; pinned: asked for by digest. */
export const REFERENCE_KINDS = ['floating', 'exact', 'pinned'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export interface TagRow extends ReferenceRow {
  kind: ReferenceKind;
  /** When anybody first asked for it, in all files. */
  firstEver: Milliseconds;
  /** Tags that are together in the row: 1, or those of a family. */
  members: number;
}

/** A digest, and the tags under which the logs show it. */
export interface DigestRow {
  digest: string;
  pullsByDigest: number;
  /** Actions by tag whose digest is this one. */
  byTag: number;
  /** In the order of time. */
  tags: { tag: string; first: Milliseconds; last: Milliseconds }[];
}

/** How much of the actions the busiest addresses make. */
export interface Concentration {
  total: number;
  sources: number;
  /** Actions of the 1, 10 and 100 busiest addresses. */
  top: [one: number, ten: number, hundred: number];
  withoutAddress: number;
}

/** One client: an address with a user agent, as numbers in Traffic.clients and agents. */
export interface Source {
  client: number;
  agent: number;
}

interface Burst {
  source: Source;
  reference: string;
  isDigest: boolean;
  from: Milliseconds;
  to: Milliseconds;
  /** Pulls of the storm, or checks of the loop. */
  actions: number;
}

export interface Storm extends Burst {
  /** Most pulls within 60 minutes. */
  peak: number;
}

export interface Loop extends Burst {
  /** Between two checks, in the middle. */
  interval: Milliseconds;
}

/** A source's pulls of one reference within 60 minutes that make a storm. */
export const STORM_PULLS = 30;
export const STORM_WINDOW: Milliseconds = 3_600_000;
/** Checks in a row that make a loop, and how far apart they may be at most. */
export const LOOP_CHECKS = 12;
export const LOOP_LONGEST: Milliseconds = 3_600_000;
/** How far a wait may differ from the loop's: by this share of it, or by this much. */
export const LOOP_SLACK_SHARE = 0.2;
export const LOOP_SLACK: Milliseconds = 2_000;

export interface RepositoryPage {
  name: string;
  repoType: NameType;
  /** By pulls, then version checks, then name; the first 1,000. */
  references: TagRow[];
  referenceCount: number;
  /** The same with tags of one family in one row (1.27.*). */
  families: TagRow[];
  familyCount: number;
  /** Pulls by kind, in the order of REFERENCE_KINDS. */
  pullsByKind: [floating: number, exact: number, pinned: number];
  /** Digests by actions; the first 200. Those of actions by tag, as far as the logs tell them. */
  digests: DigestRow[];
  digestCount: number;
  actionsByTag: number;
  withDigest: number;
  /** Tags that meant more than one digest. */
  movedTags: string[];
  /** By hour of the week, from Monday 00:00, by the clock of the days shown. */
  pullsByHour: Uint32Array;
  checksByHour: Uint32Array;
  pullSources: Concentration;
  checkSources: Concentration;
  /** Most actions first; the first 50 of each. */
  storms: Storm[];
  stormCount: number;
  loops: Loop[];
  loopCount: number;
  adoption: Adoption;
}
