/**
 * Tags and digests of a repository, each on its own and by family. In: its actions that are shown, and all there are.
 * Out: rows with counts, addresses, first and last seen. Unique addresses of a family are counted, not added.
 */
import type { ReferenceKind, TagRow } from '../model/repository-page.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_KINDS as KINDS,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Milliseconds } from '../model/units.ts';
import type { ActionIndex } from './action-index.ts';
import { byPulls, pullsOf } from './by-pulls.ts';
import type { RepositoryActions } from './repository-actions.ts';
import { factsOfTag } from './tag-names.ts';
import { KIND_MASK } from './packed-kinds.ts';

const LONGEST_LIST = 1000;

export interface TagRows {
  references: TagRow[];
  referenceCount: number;
  families: TagRow[];
  familyCount: number;
  pullsByKind: [floating: number, exact: number, pinned: number];
}

const REFERENCE_KINDS: ReferenceKind[] = ['floating', 'exact', 'pinned'];

/** A row whose moments are still entries: later entries are later moments. */
type CountedRow = Omit<TagRow, 'firstSeen' | 'lastSeen' | 'firstEver'> & {
  first: number;
  last: number;
  ever: number;
};

export function tagRows(traffic: Traffic, index: ActionIndex, actions: RepositoryActions): TagRows {
  const counted = countReferences(index, actions);
  const { found } = counted;
  const families = new Map<string, { row: CountedRow; number: number }>();
  /** By family: own numbers of its references. */
  const members: number[][] = [];
  const rows = found.map((own) => {
    const { row, family: name } = rowOf(traffic, actions, counted, own);
    const family = families.get(name);
    if (family) addMember(family.row, row);
    else families.set(name, { row: { ...row, reference: name }, number: families.size });
    (members[family?.number ?? members.length] ??= []).push(own);
    return row;
  });
  const unique = uniqueAddresses(index, actions, members);
  found.forEach((own, i) => (rows[i]!.uniqueAddresses = unique.byReference[own]!));
  for (const { row, number } of families.values()) row.uniqueAddresses = unique.byFamily[number]!;
  const pullsByKind: TagRows['pullsByKind'] = [0, 0, 0];
  for (const row of rows) pullsByKind[REFERENCE_KINDS.indexOf(row.kind)]! += pullsOf(row);
  const timeOf = (entry: number): Milliseconds => traffic.table.time(traffic.order[index.places[entry]!]!);
  const listed = (all: CountedRow[]): TagRow[] =>
    all
      .sort(byPulls)
      .slice(0, LONGEST_LIST)
      .map(({ first: from, last: to, ever, ...row }) => ({
        ...row,
        firstSeen: timeOf(from),
        lastSeen: timeOf(to),
        firstEver: timeOf(ever),
      }));
  return {
    references: listed(rows),
    referenceCount: rows.length,
    families: listed(Array.from(families.values(), ({ row }) => row)),
    familyCount: families.size,
    pullsByKind,
  };
}

/** The row of a reference on its own, its addresses not counted yet, and the name of its family. */
function rowOf(
  traffic: Traffic,
  { references }: RepositoryActions,
  { counts, first, last }: ReturnType<typeof countReferences>,
  own: number,
): { row: CountedRow; family: string } {
  const reference = traffic.references.textOf(references.word[own]!);
  const isDigest = references.isDigest[own] !== 0;
  const facts = isDigest ? null : factsOfTag(reference);
  const row: CountedRow = {
    reference,
    isDigest,
    kind: facts === null ? 'pinned' : facts.isExact ? 'exact' : 'floating',
    pullsByTag: counts[own * KINDS + ACTION_PULL_BY_TAG]!,
    pullsByDigest: counts[own * KINDS + ACTION_PULL_BY_DIGEST]!,
    versionChecks: counts[own * KINDS + ACTION_VERSION_CHECK]!,
    downloads: counts[own * KINDS + ACTION_DOWNLOAD]!,
    uniqueAddresses: 0,
    first: first[own]!,
    last: last[own]!,
    ever: references.first[own]!,
    members: 1,
  };
  return { row, family: facts?.family ?? reference };
}

/** By own number of a reference. */
function countReferences(
  { kinds, references: words }: ActionIndex,
  { shown, references }: RepositoryActions,
) {
  const counts = new Uint32Array(references.count * KINDS);
  const [first, last] = [new Uint32Array(references.count), new Uint32Array(references.count)];
  const isFound = new Uint8Array(references.count);
  /** In the order in which they came. */
  const found: number[] = [];
  for (let i = 0; i < shown.length; i++) {
    const entry = shown[i]!;
    const own = references.own[words[entry]!]!;
    counts[own * KINDS + (kinds[entry]! & KIND_MASK)]!++;
    last[own] = entry;
    if (isFound[own] !== 0) continue;
    isFound[own] = 1;
    first[own] = entry;
    found.push(own);
  }
  return { found, counts, first, last };
}

/** Distinct addresses of each reference, and of all members of a family together. */
function uniqueAddresses(
  { references: words, group }: ActionIndex,
  { shown, references, sources }: RepositoryActions,
  members: readonly number[][],
) {
  const starts = new Uint32Array(references.count + 1);
  for (let i = 0; i < shown.length; i++) starts[references.own[words[shown[i]!]!]! + 1]!++;
  for (let own = 0; own < references.count; own++) starts[own + 1]! += starts[own]!;
  const next = starts.slice();
  /** By reference, one after the other. */
  const addresses = new Uint32Array(shown.length);
  for (let i = 0; i < shown.length; i++)
    addresses[next[references.own[words[shown[i]!]!]!]!++] = sources.address[group[shown[i]!]!]!;
  const byReference = new Uint32Array(references.count);
  const byFamily = new Uint32Array(members.length);
  /** By address: one more than the reference, and the family, that it was last seen with. */
  const lastReference = new Uint32Array(sources.addresses + 1);
  const lastFamily = new Uint32Array(sources.addresses + 1);
  members.forEach((owns, family) => {
    for (const own of owns) {
      for (let i = starts[own]!; i < starts[own + 1]!; i++) {
        const address = addresses[i]!;
        if (lastReference[address] === own + 1 || address === sources.addresses) continue;
        lastReference[address] = own + 1;
        byReference[own]!++;
        if (lastFamily[address] === family + 1) continue;
        lastFamily[address] = family + 1;
        byFamily[family]!++;
      }
    }
  });
  return { byReference, byFamily };
}

function addMember(family: CountedRow, row: CountedRow): void {
  family.members++;
  family.kind = row.kind;
  family.pullsByTag += row.pullsByTag;
  family.pullsByDigest += row.pullsByDigest;
  family.versionChecks += row.versionChecks;
  family.downloads += row.downloads;
  family.first = Math.min(family.first, row.first);
  family.last = Math.max(family.last, row.last);
  family.ever = Math.min(family.ever, row.ever);
}
