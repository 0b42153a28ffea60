/**
 * Digests, and the tags that pointed to them. In: the actions of a repository. Out: as far as logs tell the digest of an
 * action by tag: on its own line, or by the GET that followed a HEAD.
 */
import { digestOfAction } from '../model/action-digest.ts';
import type { DigestRow } from '../model/repository-page.ts';
import { PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { FLAG_DIGEST, NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Milliseconds } from '../model/units.ts';
import type { RepositoryActions } from './repository-actions.ts';

const LONGEST_LIST = 200;

interface Tally {
  pullsByDigest: number;
  byTag: number;
  tags: Map<number, { first: Milliseconds; last: Milliseconds }>;
}

export interface DigestTags {
  digests: DigestRow[];
  digestCount: number;
  actionsByTag: number;
  withDigest: number;
  movedTags: string[];
}

export function digestsWithTags({ table, references }: Traffic, { rows }: RepositoryActions): DigestTags {
  const tallies = new Map<number, Tally>();
  const digestsOfTag = new Map<number, Set<number>>();
  let actionsByTag = 0;
  let withDigest = 0;
  for (const row of rows) {
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const isByTag = (page.flags[at]! & FLAG_DIGEST) === 0;
    if (isByTag) actionsByTag++;
    const digest = digestOfAction(table, row);
    if (digest === NO_WORD) continue;
    let tally = tallies.get(digest);
    if (!tally) tallies.set(digest, (tally = { pullsByDigest: 0, byTag: 0, tags: new Map() }));
    if (!isByTag) {
      tally.pullsByDigest++;
      continue;
    }
    withDigest++;
    tally.byTag++;
    const tag = page.reference[at]!;
    const time = table.time(row);
    const seen = tally.tags.get(tag);
    if (!seen) tally.tags.set(tag, { first: time, last: time });
    else {
      seen.first = Math.min(seen.first, time);
      seen.last = Math.max(seen.last, time);
    }
    digestsOfTag.set(tag, (digestsOfTag.get(tag) ?? new Set()).add(digest));
  }
  const sorted = [...tallies].sort(
    ([a, one], [b, other]) => other.pullsByDigest + other.byTag - one.pullsByDigest - one.byTag || a - b,
  );
  return {
    digests: sorted.slice(0, LONGEST_LIST).map(([digest, { tags, ...counts }]) => ({
      digest: references.textOf(digest),
      ...counts,
      tags: [...tags]
        .sort(([, a], [, b]) => a.first - b.first)
        .map(([tag, times]) => ({ tag: references.textOf(tag), ...times })),
    })),
    digestCount: tallies.size,
    actionsByTag,
    withDigest,
    movedTags: [...digestsOfTag]
      .filter(([, digests]) => digests.size > 1)
      .map(([tag]) => references.textOf(tag))
      .sort(),
  };
}
