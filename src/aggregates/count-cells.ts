/**
 * The loops that a question to the index consists of, in functions of their own: they are compiled better than the same
 * within a walk of many lines. In: entries of a group. Out: counts by cell, which is a step of the span (a day or an
 * hour) and the bits of an entry below its day.
 */
import { ACTION_VERSION_CHECK } from '../model/request-table.ts';
import { type ActionIndex, DAY_SHIFT, type EntryFilter, KIND_MASK } from './action-index.ts';
import type { TimeSteps } from './time-steps.ts';

const BELOW_DAY = (1 << DAY_SHIFT) - 1;

/** Days by UTC: the cell is the entry, less that of the span's first day. Answers the bits of all kinds together. */
export function countByDay(
  entries: ActionIndex['entries'],
  from: number,
  to: number,
  firstCell: number,
  cells: Uint32Array,
): number {
  let bits = 0;
  for (let i = from; i < to; i++) {
    const cell = entries[i]! - firstCell;
    bits |= cell;
    cells[cell]!++;
  }
  return bits & KIND_MASK;
}

/** Any days, and hours. The same answer. */
export function countByStep(
  { entries, places }: ActionIndex,
  steps: TimeSteps,
  from: number,
  to: number,
  cells: Uint32Array,
): number {
  let bits = 0;
  for (let i = from; i < to; i++) {
    const cell = cellAt(entries[i]!, steps, places[i]!);
    bits |= cell;
    cells[cell]!++;
  }
  return bits & KIND_MASK;
}

export function cellAt(entry: number, steps: TimeSteps, place: number): number {
  return (steps.at(place) << DAY_SHIFT) | (entry & BELOW_DAY);
}

/** Of a group that has one. Backwards from its end, where it is a step or two. */
export function lastPullOf(
  entries: ActionIndex['entries'],
  from: number,
  to: number,
  hiding: EntryFilter | null,
): number {
  let at = to - 1;
  while (at > from && ((entries[at]! & KIND_MASK) <= ACTION_VERSION_CHECK || hiding?.hidesEntry(at))) at--;
  return at;
}
