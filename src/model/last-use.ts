import type { NameType } from './repository-name.ts';

/** When repositories and tags were pulled last. One row a repository, and one for each of its tags. */
export interface LastUse {
  length: number;
  /** Full name of the repository (namespace/repository). */
  names: string[];
  types: NameType[];
  /** null: the row is of the repository as a whole. */
  tags: (string | null)[];
  /** Pulls by tag and by digest; of a tag, those that named it or a digest that it was seen to stand for. */
  pulls: Uint32Array;
  versionChecks: Uint32Array;
  /** Milliseconds since 1970; NaN when there is no pull in the data. */
  lastPull: Float64Array;
  /** The last action of any kind. */
  lastAction: Float64Array;
  /** Program and version behind the last pull, else behind the last action; as the agent is, where it tells none. */
  lastClients: string[];
}
