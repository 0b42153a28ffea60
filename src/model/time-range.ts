/** Spans of days as places in the order of time. In: Traffic, and days of a zone. Out: places, found by halves. */
import { firstPlace } from '../lib/first-place.ts';
import { dayStart } from '../lib/local-time.ts';
import { PAGE_MASK, PAGE_SHIFT } from './request-table.ts';
import type { Traffic } from './traffic.ts';
import type { DaySpan } from './view.ts';

/** Places in the order of time that lie in the span: [from, to). */
export function rangeOfSpan(traffic: Traffic, { first, last, zone }: DaySpan): [from: number, to: number] {
  return [firstPlaceFrom(traffic, dayStart(first, zone)), firstPlaceFrom(traffic, dayStart(last + 1, zone))];
}

/** First place whose request is not before the second. */
export function firstPlaceFrom({ table, order, length }: Traffic, second: number): number {
  return firstPlace(length, (place) => {
    const row = order[place]!;
    return table.pages[row >>> PAGE_SHIFT]!.seconds[row & PAGE_MASK]! >= second;
  });
}
