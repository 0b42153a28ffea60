/**
 * Days, weeks and months of the same days. In: cells of one series, no two of the same period. Out: those that count.
 * The finer one wins: a week inside a month is taken off the month, and what is left stands for the month's other days.
 * Where a week crosses the border of a month whose other days nothing finer tells, its days in the month cannot be told
 * from the others: the month counts and the week is set aside, which loses fewer days.
 */
import { FLAG_REMAINDER } from '../../model/resolved-counts.ts';
import type { DaySpan } from '../../model/view.ts';
import type { Cell } from './cells.ts';

export interface Settled {
  kept: Cell[];
  /** Told whole by finer cells. */
  restated: Cell[];
  /** Could not be divided at another's border. */
  crossing: Cell[];
  /** Held less than the finer cells inside. */
  tooSmall: Cell[];
}

const lengthOf = ({ first, last }: Cell) => last - first + 1;

export function settleOverlaps(cells: readonly Cell[], covered: readonly DaySpan[]): Settled {
  // Days overlap nothing: no two cells are of one period.
  if (cells.every(({ first, last }) => first === last)) {
    return { kept: [...cells].sort((a, b) => a.first - b.first), restated: [], crossing: [], tooSmall: [] };
  }
  const sorted = [...cells].sort((a, b) => lengthOf(a) - lengthOf(b) || a.first - b.first);
  const crossing = new Set<Cell>();
  for (;;) {
    const settled = tryToSettle(sorted, covered, crossing);
    if (settled) return settled;
  }
}

/** One walk from fine to coarse; null when it added to `crossing`, so that what was decided before may change. */
function tryToSettle(
  sorted: readonly Cell[],
  covered: readonly DaySpan[],
  crossing: Set<Cell>,
): Settled | null {
  /** Kept cells, and the cells as they were handed in. */
  const kept: { cell: Cell; from: Cell }[] = [];
  const restated: Cell[] = [];
  const tooSmall: Cell[] = [];
  for (const cell of sorted) {
    if (crossing.has(cell)) continue;
    if (cell.first === cell.last) {
      kept.push({ cell, from: cell });
      continue;
    }
    const finer = kept.filter(({ cell: other }) => other.first <= cell.last && other.last >= cell.first);
    const told = daysTold(cell, [...finer.map(({ cell: { first, last } }) => ({ first, last })), ...covered]);
    if (told === lengthOf(cell)) {
      restated.push(cell);
      continue;
    }
    const across = finer.filter(({ cell: other }) => other.first < cell.first || other.last > cell.last);
    if (across.length > 0) {
      const isCoarser = across.every(({ from }) => lengthOf(from) < lengthOf(cell));
      for (const { from } of isCoarser ? across : [{ from: cell }]) crossing.add(from);
      return null;
    }
    const inside = finer.reduce((sum, { cell: other }) => sum + other.count, 0);
    const rest = cell.count - inside;
    if (finer.length === 0) kept.push({ cell, from: cell });
    else if (rest < 0) tooSmall.push(cell);
    else if (rest === 0) restated.push(cell);
    else kept.push({ cell: { ...cell, count: rest, flags: cell.flags | FLAG_REMAINDER }, from: cell });
  }
  return { kept: kept.map(({ cell }) => cell), restated, crossing: [...crossing], tooSmall };
}

/** Days of the cell that lie in one of the spans. */
function daysTold({ first, last }: Cell, spans: readonly DaySpan[]): number {
  const inside = spans
    .map((span) => ({ first: Math.max(first, span.first), last: Math.min(last, span.last) }))
    .filter((span) => span.first <= span.last)
    .sort((a, b) => a.first - b.first);
  let days = 0;
  let until = first - 1;
  for (const span of inside) {
    days += Math.max(0, span.last - Math.max(until, span.first - 1));
    until = Math.max(until, span.last);
  }
  return days;
}
