/**
 * Where a span begins among the entries of a group, which are in the order of time. In: the index, a range of entries.
 * Out: the first entry of it that is not before a place, or a day.
 */
import type { ActionIndex } from './action-index.ts';

/** Of the entries [from, to) of a group, the first that is not before a place in the order of time. */
export function firstEntryFrom({ places }: ActionIndex, from: number, to: number, place: number): number {
  // Most spans begin before the group does.
  if (from === to || places[from]! >= place) return from;
  let low = from + 1;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** So many are looked through as fast as they are searched. */
export const FEW_ENTRIES = 16;

/** Of the entries [from, to) of a group, the first that is not before a day; `day` is the least entry it can have. */
export function firstEntryOf(entries: ActionIndex['entries'], from: number, to: number, day: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
