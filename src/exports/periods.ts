/**
 * The weeks and months that a span touches. In: days and what is covered. Out: periods, oldest first. A period is never
 * cut at the ends of the span: a file that is called a week holds all that the data has of that week.
 */
import { monthStart, nextMonthStart, weekStart } from '../lib/calendar.ts';
import type { FileSort } from '../model/export-job.ts';
import type { Coverage } from '../model/traffic.ts';
import type { Day } from '../model/units.ts';
import { COVERED_NOT, type DaySpan, type ExportRequest } from '../model/view.ts';

export type PeriodKind = 'week' | 'month';

export interface Period {
  kind: PeriodKind;
  span: DaySpan;
}

/** A file of a period that is to be written. */
export interface PlannedFile {
  sort: FileSort;
  period: Period;
  request: ExportRequest;
  isPartial: boolean;
  /** Rows that have to be looked at. */
  weight: number;
}

const STEPS: Record<PeriodKind, [startOf: (day: Day) => Day, nextOf: (start: Day) => Day]> = {
  week: [weekStart, (start) => start + 7],
  month: [monthStart, nextMonthStart],
};

/** Those with a covered day. */
export function periodsIn(span: DaySpan, coverage: Coverage, kind: PeriodKind): Period[] {
  const [startOf, nextOf] = STEPS[kind];
  const { days } = coverage;
  if (!days) return [];
  const periods: Period[] = [];
  const end = Math.min(span.last, days.last);
  for (let first = startOf(Math.max(span.first, days.first)); first <= end; first = nextOf(first)) {
    const period = { first, last: nextOf(first) - 1 };
    if (isTouched(period, coverage)) periods.push({ kind, span: period });
  }
  return periods;
}

function isTouched({ first, last }: DaySpan, coverage: Coverage): boolean {
  for (let day = first; day <= last; day++) if (coverage.of(day) !== COVERED_NOT) return true;
  return false;
}
