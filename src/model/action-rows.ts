/**
 * Actions that somebody classified already: a hub's raw file, or ours. They are never classified again, and hold no
 * client address.
 */
import type { Rows } from '../lib/column-builder.ts';

/** What the row's repository is: also in CountRows. */
export const REPO_TYPES = ['image', 'model', 'dataset', 'space', 'package', ''] as const;
export type RepoType = (typeof REPO_TYPES)[number];

/** Place in ACTION_NAMES: the first four are ACTION_* of model/request-table.ts. */
export const ACTION_NAMES = ['', 'version_check', 'pull_by_tag', 'pull_by_digest', 'download'] as const;

export const METHOD_NONE = 0;
export const METHOD_HEAD = 1;
export const METHOD_GET = 2;

export const ACTION_COLUMNS = {
  /** Milliseconds since 1970. Docker Hub's files hold the day alone: midnight. */
  time: 'f64',
  /** Full name. */
  repository: 'word',
  /** Place in REPO_TYPES. */
  repoType: 'u8',
  /** Tag or digest that was asked for. */
  reference: 'word',
  digest: 'word',
  tag: 'word',
  /** Place in ACTION_NAMES. */
  action: 'u8',
  /** METHOD_*. */
  method: 'u8',
  /** business, isp, hosting, education. */
  type: 'word',
  /** Cloud provider. */
  host: 'word',
  /** ISO 3166-1 alpha-2. */
  country: 'word',
  tool: 'word',
  version: 'word',
  /** Actions that the row stands for. */
  count: 'f64',
} as const;

export type ActionRows = Rows<typeof ACTION_COLUMNS>;
