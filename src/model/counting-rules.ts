/** What a person may choose of how requests become actions. Plain data: it goes to workers and is kept. */
import type { Milliseconds } from './units.ts';

/** The choices that classification leaves to the user; the defaults are the documented rule table. */
export interface CountingRules {
  /** Longest time between two neighbouring requests of one chain, inclusive. */
  window: Milliseconds;
  /** A chain does not close at its second GET: further digests within the window join. */
  foldFurther: boolean;
  /** Chains live inside (address, user agent, prefix, name) instead of (address, prefix, name). */
  separateByAgent: boolean;
  /** Tags of the form sha256-<64 hex>[.sig|.att|.sbom] are counted instead of set aside. */
  countSignatures: boolean;
  /** Requests that are seen behind another log are counted instead of set aside. */
  countInnerHops: boolean;
  /** HEAD requests for files of models, datasets and spaces count like GET. */
  countHubHeads: boolean;
  /** By full name of a model: the query for its counted files (file-query.ts), instead of the default one. */
  countedFiles: readonly (readonly [repository: string, query: string])[];
}

export const DEFAULT_RULES: CountingRules = {
  window: 5000,
  foldFurther: false,
  separateByAgent: false,
  countSignatures: false,
  countInnerHops: false,
  countHubHeads: true,
  countedFiles: [],
};

/** Goes up whenever the same log would give other figures by the same choices: files tell by which rules they were made. */
export const RULES_VERSION = 1;
