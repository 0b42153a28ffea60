/**
 * The loops that a question to the index consists of, in functions of their own: they are compiled better than the same
 * within a walk of many lines. In: entries of a group, or their cells. Out: counts by cell, and the bits of all cells.
 */
import { ACTION_VERSION_CHECK } from '../model/request-table.ts';
import { type ActionIndex, DAY_SHIFT, KIND_MASK, QUARTERS_PER_DAY } from './action-index.ts';
import { BELOW_DAY, type EntryCells } from './entry-cells.ts';

/** The last pull not after an entry, in a group that has one. */
export function lastPullOf(cells: EntryCells, i: number): number {
  while ((cells.cellAt(i) & KIND_MASK) <= ACTION_VERSION_CHECK) i--;
  return i;
}

export function lastPullIn(cells: Uint32Array, i: number): number {
  while ((cells[i]! & KIND_MASK) <= ACTION_VERSION_CHECK) i--;
  return i;
}

export function hiddenGroups(hides: Uint16Array, count: number): number {
  let hidden = 0;
  for (let i = 0; i < count; i++) if (hides[i] !== 0) hidden++;
  return hidden;
}

/** Answers the bits of all together. */
export function countCells(cells: Uint32Array, from: number, to: number, counts: Uint32Array): number {
  let bits = 0;
  for (let i = from; i < to; i++) {
    const cell = cells[i]!;
    bits |= cell;
    counts[cell]!++;
  }
  return bits;
}

/** The same of entries whose cells are not made yet: one pass instead of two. */
export function countEntries(
  entries: ActionIndex['entries'],
  byEntry: Uint32Array,
  from: number,
  to: number,
  counts: Uint32Array,
): number {
  let bits = 0;
  for (let i = from; i < to; i++) {
    const cell = byEntry[entries[i]!]!;
    bits |= cell;
    counts[cell]!++;
  }
  return bits;
}

export function countQuarters(
  { entries, quarters }: ActionIndex,
  { steps, below }: EntryCells,
  from: number,
  to: number,
  counts: Uint32Array,
): number {
  let bits = 0;
  for (let i = from; i < to; i++) {
    const entry = entries[i]!;
    const quarter = (entry >> DAY_SHIFT) * QUARTERS_PER_DAY + quarters[i]!;
    const cell = steps[quarter]! & below[entry & BELOW_DAY]!;
    bits |= cell;
    counts[cell]!++;
  }
  return bits;
}
