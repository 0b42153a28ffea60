/** The periods that a span touches, as the table lists them. In: the report, and the range shown. Out: rows. */
import { isoWeek } from '../../lib/iso-week.ts';
import { COVERED_WHOLE, type ReadReport } from '../../model/view.ts';
import type { Range } from '../../session/range.ts';

export interface ListedPeriod extends Range {
  key: string;
  /** Of weeks. */
  week: number;
  whole: boolean;
}

type Covered = Pick<ReadReport, 'weeks' | 'months' | 'coverage'>;

/** The span itself, then months, then weeks, the latest first. */
export function listPeriods({ weeks, months, coverage }: Covered, range: Range): ListedPeriod[] {
  const { first, last } = range.span;
  const touching = (kind: 'week' | 'month', all: ReadReport['weeks']) =>
    all
      .filter(({ span }) => span.first <= last && span.last >= first)
      .map(({ span, whole }) => ({
        ...{ key: `${kind} ${span.first}`, kind, span, whole },
        week: isoWeek(span.first).week,
      }));
  let whole = coverage !== null;
  for (let day = first; day <= last; day++)
    whole &&= coverage!.covered[day - coverage!.firstDay] === COVERED_WHOLE;
  return [
    { key: 'shown', ...range, week: 0, whole },
    ...touching('month', months),
    ...touching('week', weeks),
  ];
}
