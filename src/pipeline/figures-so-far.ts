/** Figures while files are being read. In: actions by ACTION_*. Out: what the page shows of them. */
import {
  ACTION_DOWNLOAD,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import type { ReadProgress } from '../model/view.ts';

export function figuresSoFar(counts: Float64Array, repositories: number): ReadProgress['soFar'] {
  return {
    pullsByTag: counts[ACTION_PULL_BY_TAG]!,
    pullsByDigest: counts[ACTION_PULL_BY_DIGEST]!,
    versionChecks: counts[ACTION_VERSION_CHECK]!,
    downloads: counts[ACTION_DOWNLOAD]!,
    repositories,
  };
}
