/** Who asks too often, of all repositories together. Addresses are numbers, never text. */
import type { NameType } from './repository-name.ts';
import type { Concentration, Loop, Source, Storm } from './repository-page.ts';
import type { RepositoryIndex } from './units.ts';

/** What is known of one client besides its address, as values of filters: '' is not known. */
export interface Who {
  /** With its version; '' when its agent tells no program. */
  client: string;
  use: string;
  country: string;
  cloud: string;
  ownNetwork: string;
}

interface Asked {
  who: Who;
  repository: RepositoryIndex;
  name: string;
  type: NameType;
}

export type FoundBurst = Asked & (({ kind: 'storm' } & Storm) | ({ kind: 'loop' } & Loop));

/** One of the busiest addresses. */
export interface BusyAddress {
  /** The address, with the user agent that it asks with most often: `who` is of that. */
  source: Source;
  who: Who;
  /** Different user agents. */
  agents: number;
  repositories: number;
  pulls: number;
  versionChecks: number;
}

export interface Hammering {
  /** Most actions first; the first 2,000. */
  bursts: FoundBurst[];
  stormCount: number;
  loopCount: number;
  /** By pulls and version checks together; the first 50. */
  addresses: BusyAddress[];
  /** By hour of the week, from Monday 00:00, by the clock of the days shown. */
  pullsByHour: Uint32Array;
  checksByHour: Uint32Array;
  pullSources: Concentration;
  checkSources: Concentration;
}
