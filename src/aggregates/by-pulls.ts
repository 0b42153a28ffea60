/** The order in which references are listed: most pulls first, a download of a hub being one; then checks, then the name. */
import type { ReferenceRow } from '../model/view.ts';

type Counted = Pick<
  ReferenceRow,
  'reference' | 'pullsByTag' | 'pullsByDigest' | 'downloads' | 'versionChecks'
>;

export const pullsOf = ({ pullsByTag, pullsByDigest, downloads }: Counted) =>
  pullsByTag + pullsByDigest + downloads;

export function byPulls(a: Counted, b: Counted): number {
  return pullsOf(b) - pullsOf(a) || b.versionChecks - a.versionChecks || (a.reference < b.reference ? -1 : 1);
}
