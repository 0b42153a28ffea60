import { PAGE_MASK, PAGE_SHIFT } from './request-table.ts';
import type { Traffic } from './traffic.ts';
import { MILLISECONDS_PER_DAY } from './units.ts';
import type { DaySpan } from './view.ts';

/** Places in the order of time that lie in the span: [from, to). */
export function rangeOfSpan(traffic: Traffic, span: DaySpan): [from: number, to: number] {
  const seconds = MILLISECONDS_PER_DAY / 1000;
  return [firstPlaceFrom(traffic, span.first * seconds), firstPlaceFrom(traffic, (span.last + 1) * seconds)];
}

/** First place whose request is not before the second. */
function firstPlaceFrom({ table, order, length }: Traffic, second: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = order[middle]!;
    if (table.pages[row >>> PAGE_SHIFT]!.seconds[row & PAGE_MASK]! < second) low = middle + 1;
    else high = middle;
  }
  return low;
}
