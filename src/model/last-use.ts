/** What “Clean up” is made of: columns, as a registry may have a hundred thousand tags. */
import type { NameType } from './repository-name.ts';

/**
 * When repositories and tags were pulled last. One row a repository, and one for each of its tags. Texts stand once, in
 * lists of their own, and rows have their places in those.
 */
export interface LastUse {
  length: number;
  /** Full names of repositories (namespace/repository), and what they are. */
  names: string[];
  types: NameType[];
  tags: string[];
  /** Programs and versions; the agent, where it tells none. */
  clients: string[];
  /** By row. */
  nameOf: Uint32Array;
  /** WHOLE_REPOSITORY: the row is of the repository as a whole. */
  tagOf: Uint32Array;
  /** Pulls by tag and by digest; of a tag, those that named it or a digest that it was seen to stand for. */
  pulls: Uint32Array;
  versionChecks: Uint32Array;
  /** Milliseconds since 1970; NaN when there is no pull in the data. */
  lastPull: Float64Array;
  /** The last action of any kind. */
  lastAction: Float64Array;
  /** Behind the last pull, else behind the last action. */
  clientOf: Uint32Array;
}

export const WHOLE_REPOSITORY = 0xffffffff;

/** A row's tag; '' of a repository as a whole. */
export function tagOf({ tags, tagOf }: LastUse, row: number): string {
  return tagOf[row] === WHOLE_REPOSITORY ? '' : tags[tagOf[row]!]!;
}
