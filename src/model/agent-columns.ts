/**
 * What user agents tell, as columns: one entry for each distinct agent, so that a row costs two array reads.
 * Filled by the room clients; read by exports and aggregates.
 */
import type { WordTable } from '../lib/word-table.ts';

/** How a client is used, as far as its agent lets one guess. The empty use is "cannot be told". */
export const USES = ['', 'person', 'ci', 'cluster', 'update checker', 'mirror or cache', 'scanner'] as const;
export type Use = (typeof USES)[number];

export interface AgentColumns {
  /** Programs in lower case; the empty word when an agent does not tell. */
  tools: WordTable;
  /** Versions as the agent spells them, without a leading v; the empty word when it does not tell. */
  versions: WordTable;
  /** Number in `tools`, by number of the agent in Traffic.agents. */
  toolOf: Uint32Array;
  /** Number in `versions`, by number of the agent. */
  versionOf: Uint32Array;
  /** Place in USES, by number of the agent. */
  useOf: Uint8Array;
}
