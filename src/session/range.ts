/** Which days are shown, and how they were chosen. In: what the files cover, and a wish. Out: a range. */
import type { Day } from '../model/units.ts';
import type { DaySpan, ReadReport, SpanKind } from '../model/view.ts';

export interface Range {
  kind: SpanKind;
  span: DaySpan;
}

type Covered = Pick<ReadReport, 'days' | 'lastMonth'>;

/** The range to show when files have come or gone: what was chosen, as far as the data still has it. */
export function rangeAfterReading(before: Range | null, covered: Covered): Range | null {
  const { days, lastMonth } = covered;
  if (!days) return null;
  if (before?.kind === 'last-month' && lastMonth) return { kind: 'last-month', span: lastMonth };
  if (before && before.kind !== 'all' && before.kind !== 'last-month' && isWithin(before.span, days))
    return before;
  return { kind: 'all', span: days };
}

/** A span from day to day. The end that was not just set gives way; null when a day is outside the data. */
export function spanWithEnd(span: DaySpan, end: 'first' | 'last', day: Day, days: DaySpan): DaySpan | null {
  if (!(day >= days.first && day <= days.last)) return null;
  return end === 'first'
    ? { first: day, last: Math.max(day, span.last) }
    : { first: Math.min(day, span.first), last: day };
}

/** Weeks and months may reach beyond the days of the data; any common day is enough. */
function isWithin(span: DaySpan, days: DaySpan): boolean {
  return span.first <= days.last && span.last >= days.first;
}
