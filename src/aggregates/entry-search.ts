/**
 * Which entries of a repository are in a span. In: the index, a name, places in the order of time. Out: a range of
 * entries.
 */
import type { ActionIndex } from './action-index.ts';

/** Of the entries [from, to) of a name, the first that is not before a place. */
function firstEntryFrom(places: Uint32Array, from: number, to: number, place: number): number {
  // Most spans begin or end where a name does.
  if (from === to || places[from]! >= place) return from;
  if (places[to - 1]! < place) return to;
  let low = from + 1;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Entries of a name with places in [from, to). */
export function entriesBetween(
  { entriesOf, places }: ActionIndex,
  name: number,
  from: number,
  to: number,
): [first: number, end: number] {
  const [begin, stop] = [entriesOf[name]!, entriesOf[name + 1]!];
  const first = firstEntryFrom(places, begin, stop, from);
  return [first, firstEntryFrom(places, first, stop, to)];
}
