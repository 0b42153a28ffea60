/**
 * Digests, and the tags that pointed to them. In: the actions of a repository. Out: as far as logs tell the digest of an
 * action by tag: on its own line, or by the GET that followed a HEAD.
 */
import { digestOfAction } from '../model/action-digest.ts';
import type { DigestRow } from '../model/repository-page.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { ActionIndex } from './action-index.ts';
import type { RepositoryActions } from './repository-actions.ts';
import { DIGEST_BIT } from './packed-kinds.ts';

const LONGEST_LIST = 200;

/** A tag with a digest: how often, and the first and last entry. */
interface Pointing {
  tag: number;
  digest: number;
  count: number;
  first: number;
  last: number;
}

interface Tally {
  pullsByDigest: number;
  byTag: number;
  tags: Pointing[];
}

export interface DigestTags {
  digests: DigestRow[];
  digestCount: number;
  actionsByTag: number;
  withDigest: number;
  movedTags: string[];
}

export function digestsWithTags(
  traffic: Traffic,
  index: ActionIndex,
  actions: RepositoryActions,
): DigestTags {
  const { references: ours, shown } = actions;
  const { references: words } = traffic;
  const timeOf = (entry: number) => traffic.table.time(traffic.order[index.places[entry]!]!);
  const { pullsByDigest, pointings } = countByDigest(traffic, index, actions);
  const tallies = new Map<number, Tally>();
  pullsByDigest.forEach((count, own) => {
    if (count > 0) tallies.set(ours.word[own]!, { pullsByDigest: count, byTag: 0, tags: [] });
  });
  const digestsOfTag = new Map<number, number>();
  for (const each of pointings) {
    let tally = tallies.get(each.digest);
    if (!tally) tallies.set(each.digest, (tally = { pullsByDigest: 0, byTag: 0, tags: [] }));
    tally.byTag += each.count;
    tally.tags.push(each);
    digestsOfTag.set(each.tag, (digestsOfTag.get(each.tag) ?? 0) + 1);
  }
  const sorted = [...tallies].sort(
    ([a, one], [b, other]) => other.pullsByDigest + other.byTag - one.pullsByDigest - one.byTag || a - b,
  );
  const total = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + count, 0);
  return {
    digests: sorted.slice(0, LONGEST_LIST).map(([digest, { tags, ...counts }]) => ({
      digest: words.textOf(digest),
      ...counts,
      tags: tags
        .sort((a, b) => a.first - b.first)
        .map(({ tag, first, last }) => ({
          tag: words.textOf(tag),
          first: timeOf(first),
          last: timeOf(last),
        })),
    })),
    digestCount: tallies.size,
    actionsByTag: shown.length - total(pullsByDigest),
    withDigest: total(pointings.map(({ count }) => count)),
    movedTags: [...digestsOfTag]
      .filter(([, digests]) => digests > 1)
      .map(([tag]) => words.textOf(tag))
      .sort(),
  };
}

/** Actions by digest, by own number of that; and what tags stood for. */
function countByDigest(
  { table, order }: Traffic,
  { kinds, references, places }: ActionIndex,
  { shown, references: ours }: RepositoryActions,
) {
  const pullsByDigest = new Uint32Array(ours.count);
  const pointings: Pointing[] = [];
  /** By own number of a tag: those of it by digest, and the last that was met, which most often comes again. */
  const known: Map<number, Pointing>[] = [];
  const met: Pointing[] = [];
  for (let i = 0; i < shown.length; i++) {
    const entry = shown[i]!;
    const tag = references[entry]!;
    const own = ours.own[tag]!;
    if (kinds[entry]! & DIGEST_BIT) {
      pullsByDigest[own]!++;
      continue;
    }
    const digest = digestOfAction(table, order[places[entry]!]!);
    if (digest === NO_WORD) continue;
    if (met[own]?.digest !== digest) {
      const ofTag = (known[own] ??= new Map());
      let pointing = ofTag.get(digest);
      if (!pointing) {
        pointing = { tag, digest, count: 0, first: entry, last: entry };
        ofTag.set(digest, pointing);
        pointings.push(pointing);
      }
      met[own] = pointing;
    }
    met[own]!.count++;
    met[own]!.last = entry;
  }
  return { pullsByDigest, pointings };
}
