/** Months and weeks of the data, as a select offers them. In: the report. Out: choices, and the range behind each. */
import type { Range } from '../../session/range.ts';
import type { DaySpan, ReadReport, SpanKind } from '../../model/view.ts';

export interface PeriodChoice {
  value: string;
  kind: SpanKind;
  span: DaySpan;
  whole: boolean;
}

type Periods = Pick<ReadReport, 'months' | 'weeks'>;

export function periodChoices({ months, weeks }: Periods): Record<'months' | 'weeks', PeriodChoice[]> {
  const choice =
    (kind: SpanKind) =>
    ({ span, whole }: { span: DaySpan; whole: boolean }) => ({
      value: valueOf({ kind, span }),
      kind,
      span,
      whole,
    });
  return { months: months.map(choice('month')), weeks: weeks.map(choice('week')) };
}

/** The choice that a range stands for; empty when it is none. */
export function valueOf({ kind, span }: Range): string {
  return kind === 'month' || kind === 'week' ? `${kind} ${span.first}` : '';
}
