/**
 * Which groups of a name have an action that is shown, and how many addresses these are. In: entries, or what the index
 * knows of groups. Out: for each group a number that is not 0 when one is seen; counts.
 */
import { ACTION_KINDS as KINDS } from '../model/request-table.ts';
import type { ActionIndex } from './action-index.ts';
import { GROUP_BIT } from './count-entries.ts';
import { KIND_MASK, MOST_COUNTED, unitOf } from './packed-kinds.ts';

type Entries = Pick<ActionIndex, 'kinds' | 'group'>;

/** seen: by group, not 0 where an action is shown. */
export function noteSeen(
  { kinds, group }: Entries,
  shownOf: Uint8Array,
  from: number,
  to: number,
  seen: Int32Array,
): void {
  for (let i = from; i < to; i++) seen[group[i]!]! |= shownOf[kinds[i]!]!;
}

/** By group: how many of its actions are shown. */
export function countOfGroups(
  { kinds, group }: Entries,
  shownOf: Uint8Array,
  from: number,
  to: number,
  counts: Uint32Array,
): void {
  // 1 of an action.
  for (let i = from; i < to; i++) counts[group[i]!]! += (shownOf[kinds[i]!]! + KIND_MASK) >> 3;
}

/** What noteSeen notes of all entries but those that were counted; `at`: the name's first group. */
export function noteOthers(
  { counts, big, bigCounts }: Pick<ActionIndex, 'counts' | 'big' | 'bigCounts'>,
  shownBytes: number,
  groups: number,
  at: number,
  others: Uint32Array,
  seen: Int32Array,
): void {
  for (let group = 0; group < groups; group++) {
    const shown = counts[at + group]! & shownBytes;
    const sum = (shown & 255) + ((shown >>> 8) & 255) + ((shown >>> 16) & 255) + (shown >>> 24);
    let rest = sum - others[group]!;
    if (rest <= 0 && sum >= MOST_COUNTED) rest += uncounted(big, bigCounts, shownBytes, at + group);
    seen[group] = rest > 0 ? 1 : 0;
  }
}

/** Actions of a group that its bytes could not count. */
function uncounted(big: Uint32Array, bigCounts: Uint32Array, shownBytes: number, group: number): number {
  const i = big.indexOf(group);
  let count = 0;
  for (let kind = 1; i >= 0 && kind < KINDS; kind++)
    if (shownBytes & unitOf(kind)) count += Math.max(0, bigCounts[i * KINDS + kind]! - MOST_COUNTED);
  return count;
}

/** Answers how many are hidden. */
export function fillGroupBits(hides: Uint16Array, count: number, groupBits: Uint8Array): number {
  let shown = 0;
  for (let i = 0; i < count; i++) {
    const mask = (hides[i]! - 1) >> 31;
    groupBits[i] = GROUP_BIT & ~mask;
    shown -= mask;
  }
  return count - shown;
}

/**
 * How many addresses groups [first, end) with one of these actions have: those of a name, so those of one address stand
 * together. Marks the addresses.
 */
export function countAddresses(
  { source, client }: Pick<ActionIndex, 'source' | 'client'>,
  first: number,
  end: number,
  bits: Int32Array | Uint32Array,
  at: number,
  shown: number,
  groupBits: Uint8Array,
  isSeen: Uint8Array,
): number {
  let count = 0;
  let before = -1;
  for (let group = first, i = 0; group < end; group++, i++) {
    if ((bits[at + i]! & shown) === 0 || groupBits[i] !== 0) continue;
    const own = client[source[group]!]!;
    // No usable address is a number beyond all.
    if (own === before || own >= isSeen.length) continue;
    before = own;
    isSeen[own] = 1;
    count++;
  }
  return count;
}
