/**
 * Tags and digests of a repository, each on its own and by family. In: its actions that are shown, and all there are.
 * Out: rows with counts, addresses, first and last seen. Unique addresses of a family are counted, not added.
 */
import { PairSet } from '../lib/pair-set.ts';
import type { ReferenceKind, TagRow } from '../model/repository-page.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../model/request-table.ts';
import { FLAG_DIGEST, FLAG_NO_CLIENT } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Milliseconds } from '../model/units.ts';
import type { RepositoryActions } from './repository-actions.ts';
import { familyOf, isExactTag } from './tag-names.ts';

const LONGEST_LIST = 1000;

export interface TagRows {
  references: TagRow[];
  referenceCount: number;
  families: TagRow[];
  familyCount: number;
  pullsByKind: [floating: number, exact: number, pinned: number];
}

const KINDS: ReferenceKind[] = ['floating', 'exact', 'pinned'];

/** shown: of the span and filter; all: of all time, without a filter. */
export function tagRows(traffic: Traffic, shown: RepositoryActions, all: RepositoryActions): TagRows {
  const { table, references } = traffic;
  const firstEver = firstTimes(traffic, all);
  const rows = new Map<number, TagRow>();
  const families = new Map<string, TagRow>();
  /** Of a reference: its family's row, and the number under which addresses of that are held. */
  const familyByReference = new Map<number, { row: TagRow; number: number }>();
  const numbers = new Map<TagRow, number>();
  const addresses = new PairSet();
  const familyAddresses = new PairSet();
  for (const row of shown.rows) {
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const reference = page.reference[at]!;
    const time = table.time(row);
    let own = rows.get(reference);
    if (!own) {
      const text = references.textOf(reference);
      const isDigest = (page.flags[at]! & FLAG_DIGEST) !== 0;
      const first = firstEver.get(reference) ?? time;
      own = emptyRow(text, isDigest, first);
      rows.set(reference, own);
      const name = isDigest ? null : familyOf(text);
      const family = families.get(name ?? text) ?? emptyRow(name ?? text, isDigest, first);
      families.set(name ?? text, family);
      if (numbers.has(family)) family.members++;
      else numbers.set(family, numbers.size);
      family.firstEver = Math.min(family.firstEver, first);
      family.kind = own.kind;
      familyByReference.set(reference, { row: family, number: numbers.get(family)! });
    }
    const family = familyByReference.get(reference)!;
    count(own, page.action[at]!, time);
    count(family.row, page.action[at]!, time);
    if (page.flags[at]! & FLAG_NO_CLIENT) continue;
    const client = page.client[at]!;
    if (addresses.add(reference, client)) own.uniqueAddresses++;
    if (familyAddresses.add(family.number, client)) family.row.uniqueAddresses++;
  }
  const pullsByKind: TagRows['pullsByKind'] = [0, 0, 0];
  for (const row of rows.values()) pullsByKind[KINDS.indexOf(row.kind)]! += pullsOf(row);
  return {
    references: sorted(rows),
    referenceCount: rows.size,
    families: sorted(families),
    familyCount: families.size,
    pullsByKind,
  };
}

function emptyRow(reference: string, isDigest: boolean, firstEver: Milliseconds): TagRow {
  return {
    reference,
    isDigest,
    kind: isDigest ? 'pinned' : isExactTag(reference) ? 'exact' : 'floating',
    pullsByTag: 0,
    pullsByDigest: 0,
    versionChecks: 0,
    downloads: 0,
    uniqueAddresses: 0,
    firstSeen: Infinity,
    lastSeen: -Infinity,
    firstEver,
    members: 1,
  };
}

function count(row: TagRow, action: number, time: Milliseconds): void {
  if (action === ACTION_PULL_BY_TAG) row.pullsByTag++;
  else if (action === ACTION_PULL_BY_DIGEST) row.pullsByDigest++;
  else if (action === ACTION_DOWNLOAD) row.downloads++;
  else row.versionChecks++;
  // Clients come one after the other, so times do not ascend.
  if (time < row.firstSeen) row.firstSeen = time;
  if (time > row.lastSeen) row.lastSeen = time;
}

function firstTimes({ table }: Traffic, { rows }: RepositoryActions): Map<number, Milliseconds> {
  const first = new Map<number, Milliseconds>();
  for (const row of rows) {
    const reference = table.pages[row >>> PAGE_SHIFT]!.reference[row & PAGE_MASK]!;
    const time = table.time(row);
    const before = first.get(reference);
    if (before === undefined || time < before) first.set(reference, time);
  }
  return first;
}

const pullsOf = (row: TagRow) => row.pullsByTag + row.pullsByDigest + row.downloads;

function sorted(rows: Map<unknown, TagRow>): TagRow[] {
  return [...rows.values()]
    .sort(
      (a, b) =>
        pullsOf(b) - pullsOf(a) || b.versionChecks - a.versionChecks || (a.reference < b.reference ? -1 : 1),
    )
    .slice(0, LONGEST_LIST);
}
