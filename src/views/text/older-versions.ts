/** The sentence on old versions. */
import { countOlder, currentReleaseLine } from '../../lib/older-versions.ts';
import { format } from '../format.ts';

/**
 * "42 % of the pulls by docker come from versions older than 27." Counts by version; the line is the one that the user
 * chose, else the current one. Pulls that do not tell their version are left out, and that is said.
 */
export function olderThanSentence(
  tool: string,
  pullsByVersion: ReadonlyMap<string, number>,
  line = currentReleaseLine(pullsByVersion),
  share: (part: number, whole: number) => string = format.share,
): string {
  const { older, known, unknown } = countOlder(pullsByVersion, line);
  if (known === 0) return `No pull by ${tool} tells its version.`;
  const pulls = `by ${tool}${unknown > 0 ? ' that tell their version' : ''}`;
  const versions = `from versions older than ${line}.`;
  if (older === 0) return `None of the pulls ${pulls} come ${versions}`;
  if (older === known) return `All of the pulls ${pulls} come ${versions}`;
  return `${share(older, known)} of the pulls ${pulls} come ${versions}`;
}
