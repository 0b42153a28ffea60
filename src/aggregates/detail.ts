/**
 * One repository by reference, for a span and a filter. In: Traffic and the repository's number in `names`.
 * Out: RepositoryDetail.
 */
import { PairSet } from '../lib/pair-set.ts';
import type { WordTable } from '../lib/word-table.ts';
import { actionFilter } from '../model/action-filter.ts';
import type { Filter } from '../model/filter.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../model/request-table.ts';
import { FLAG_DIGEST, FLAG_NO_CLIENT, NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Milliseconds, RepositoryIndex } from '../model/units.ts';
import type { DaySpan, ReferenceRow, RepositoryDetail } from '../model/view.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import { byPulls } from './by-pulls.ts';

/** Most references that are listed. */
const LONGEST_LIST = 1000;

export function repositoryDetail(
  traffic: Traffic,
  repository: RepositoryIndex,
  span: DaySpan,
  filter: Filter,
): RepositoryDetail {
  const { table, order, nameOf, references } = traffic;
  const [from, to] = rangeOfSpan(traffic, span);
  const hiding = actionFilter(traffic, filter);
  const rows = new Map<number, ReferenceRow>();
  const addresses = new PairSet();
  const prefixes = new Map<number, number>();
  const upstreams = new Map<number, number>();
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const full = page.repository[at]!;
    if (nameOf[full] !== repository || (hiding && hiding.hides(page, at, row) !== 0)) continue;
    add(prefixes, full);
    const upstream = page.upstream ? page.upstream[at]! : NO_WORD;
    if (upstream !== NO_WORD) add(upstreams, upstream);
    const action = page.action[at]!;
    if (action === ACTION_NONE) continue;
    const reference = page.reference[at]!;
    const time = page.seconds[at]! * 1000 + page.millis[at]!;
    let entry = rows.get(reference);
    if (!entry) {
      entry = firstSeenAt(time, references.textOf(reference), (page.flags[at]! & FLAG_DIGEST) !== 0);
      rows.set(reference, entry);
    }
    entry.lastSeen = time;
    countAction(entry, action);
    if (!(page.flags[at]! & FLAG_NO_CLIENT) && addresses.add(reference, page.client[at]!)) {
      entry.uniqueAddresses++;
    }
  }
  const sorted = [...rows.values()].sort(byPulls);
  return {
    repository,
    name: repoNameOf(traffic.names.textOf(repository)),
    repoType: repoTypeOf(traffic.names.textOf(repository)),
    references: sorted.slice(0, LONGEST_LIST),
    referenceCount: sorted.length,
    prefixes: namedCounts(prefixes, traffic.repositories, (text) => text.slice(0, text.indexOf('\0'))),
    upstreams: namedCounts(upstreams, traffic.upstreams, (text) => text),
  };
}

function firstSeenAt(time: Milliseconds, reference: string, isDigest: boolean): ReferenceRow {
  return {
    ...{ reference, isDigest },
    ...{ pullsByTag: 0, pullsByDigest: 0, versionChecks: 0, downloads: 0, uniqueAddresses: 0 },
    ...{ firstSeen: time, lastSeen: time },
  };
}

function countAction(row: ReferenceRow, action: number): void {
  if (action === ACTION_PULL_BY_TAG) row.pullsByTag++;
  else if (action === ACTION_PULL_BY_DIGEST) row.pullsByDigest++;
  else if (action === ACTION_VERSION_CHECK) row.versionChecks++;
  else if (action === ACTION_DOWNLOAD) row.downloads++;
}

function add(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Counts by text, most first; empty texts are left out. */
function namedCounts(
  counts: Map<number, number>,
  words: WordTable,
  nameOf: (text: string) => string,
): [string, number][] {
  return [...counts]
    .map(([word, count]): [string, number] => [nameOf(words.textOf(word)), count])
    .filter(([name]) => name !== '')
    .sort((a, b) => b[1] - a[1]);
}
