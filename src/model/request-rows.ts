/**
 * HTTP requests that a table (not a log) recorded: to be classified by our rules. The client is whatever tells clients
 * apart, an address or a hash of one; it is for classification only, and no export or view shows it.
 */
import type { Rows } from '../lib/column-builder.ts';

export const REQUEST_COLUMNS = {
  /** Milliseconds since 1970; NaN never. */
  time: 'f64',
  client: 'word',
  /** As in METHODS. */
  method: 'word',
  /** Path with its query, as recorded; no word when the table names the repository instead. */
  path: 'word',
  /** Full name of the repository; no word when there is a path. */
  repository: 'word',
  /** Place in REPO_TYPES. */
  repoType: 'u8',
  /** 0 when the table has none. */
  status: 'u16',
  agent: 'word',
  /** Digest of the answer, where the table has it. */
  digest: 'word',
  /** ISO 3166-1 alpha-2. */
  country: 'word',
  /** Where the record begins in the (decompressed) file. */
  offset: 'f64',
} as const;

export type RequestRows = Rows<typeof REQUEST_COLUMNS>;
