/**
 * Months, weeks and last days of the data, as a select offers them. In: the calendar of the data. Out: choices, and the
 * range behind each.
 */
import type { WeekStart } from '../../lib/calendar.ts';
import type { Calendar, DaySpan, SpanKind } from '../../model/view.ts';
import type { Range } from '../../session/range.ts';

export interface PeriodChoice {
  value: string;
  kind: SpanKind;
  span: DaySpan;
  whole: boolean;
}

/** Whole weeks, so that each has as many of every weekday. */
const PRESET_DAYS = [7, 28, 91];

type Choices = Record<'presets' | 'months' | 'weeks', PeriodChoice[]>;

/** Weeks that do not begin on Monday are days like any other: files know no such weeks. */
export function periodChoices({ days, lastMonth, months, weeks }: Calendar, from: WeekStart = 0): Choices {
  const choice =
    (kind: SpanKind) =>
    ({ span, whole }: { span: DaySpan; whole: boolean }) => ({
      ...{ kind, span, whole },
      value: `${kind} ${span.first}`,
    });
  // "Last month" ends at the last complete day.
  const presets = PRESET_DAYS.flatMap((count) => {
    if (!days || !lastMonth || lastMonth.last - count + 1 < days.first) return [];
    const span = { first: lastMonth.last - count + 1, last: lastMonth.last };
    return [{ value: `last ${count}`, kind: 'span' as const, span, whole: true }];
  });
  return {
    presets,
    months: months.map(choice('month')),
    weeks: weeks.map(choice(from === 0 ? 'week' : 'span')),
  };
}

/** The choice that a range stands for; empty when it is none. */
export function valueOf({ kind, span }: Range, choices: Choices): string {
  const isSame = (choice: PeriodChoice) =>
    choice.kind === kind && choice.span.first === span.first && choice.span.last === span.last;
  return Object.values(choices).flat().find(isSame)?.value ?? '';
}
