/**
 * How many addresses each group of actions has. In: Traffic, and the group of each place in the order of time, from a
 * place on (NO_WORD: of none). Out: counts by group, exact. However many actions there are, pairs are made of some groups
 * at a time, so that a summary of a long log does not need as much memory as the log itself.
 */
import { countSeconds } from '../lib/distinct-pairs.ts';
import { PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';

/** Of twelve bytes each. */
const MOST_PAIRS = 1 << 22;

export function countAddresses(
  traffic: Traffic,
  from: number,
  groupOf: Uint32Array,
  groups: number,
  most = MOST_PAIRS,
): Uint32Array {
  const sizes = new Uint32Array(groups);
  for (let i = 0; i < groupOf.length; i++) if (groupOf[i] !== NO_WORD) sizes[groupOf[i]!]!++;
  const counts = new Uint32Array(groups);
  for (let first = 0; first < groups;) {
    let last = first;
    let pairs = sizes[last++]!;
    while (last < groups && pairs + sizes[last]! <= most) pairs += sizes[last++]!;
    if (pairs > most) counts[first] = countOne(traffic, from, groupOf, first);
    else counts.set(countSome(traffic, from, groupOf, first, last, pairs), first);
    first = last;
  }
  return counts;
}

/** Of the groups [first, last), which have so many actions together. */
function countSome(
  traffic: Traffic,
  from: number,
  groupOf: Uint32Array,
  first: number,
  last: number,
  pairs: number,
): Uint32Array {
  const { table, order, clients } = traffic;
  const [own, ofClient] = [new Uint32Array(pairs), new Uint32Array(pairs)];
  let length = 0;
  for (let i = 0; i < groupOf.length; i++) {
    const group = groupOf[i]!;
    // NO_WORD is beyond every group.
    if (group < first || group >= last) continue;
    const row = order[from + i]!;
    own[length] = group - first;
    ofClient[length++] = table.pages[row >>> PAGE_SHIFT]!.client[row & PAGE_MASK]!;
  }
  return countSeconds(own, ofClient, last - first, clients.size);
}

/** Of a group that has too many actions for that. */
function countOne(
  { table, order, clients }: Traffic,
  from: number,
  groupOf: Uint32Array,
  group: number,
): number {
  const seen = new Uint8Array(clients.size);
  let count = 0;
  for (let i = 0; i < groupOf.length; i++) {
    if (groupOf[i] !== group) continue;
    const row = order[from + i]!;
    const client = table.pages[row >>> PAGE_SHIFT]!.client[row & PAGE_MASK]!;
    if (seen[client] === 0) count++;
    seen[client] = 1;
  }
  return count;
}
