/** Strings of the time control and of comparing. */
import type { WeekStart } from '../../lib/calendar.ts';
import type { DaySpan } from '../../model/view.ts';
import type { BucketChoice, Comparison } from '../../session/address.ts';
import type { Compared } from '../../session/compare.ts';
import type { Grain } from '../../session/grain.ts';
import { format } from '../format.ts';
import type { Change } from '../time/change.ts';
import { count } from './count.ts';

const n = format.integer;
const GRAINS: Record<Grain, string> = { hour: 'Hours', day: 'Days', week: 'Weeks', month: 'Months' };
/** By the weekday that a week begins on. */
export const weekNames: Record<WeekStart, string> = {
  0: 'Monday to Sunday',
  5: 'Saturday to Friday',
  6: 'Sunday to Saturday',
};
const daysOf = ({ first, last }: DaySpan) => last - first + 1;

export const timeText = {
  range: {
    title: 'Time span',
    all: 'All time',
    lastMonth: 'Last month',
    lastMonthDays: (span: DaySpan) =>
      daysOf(span) === 30
        ? format.span(span)
        : `${format.span(span)}, ${count(daysOf(span), 'complete day')}`,
    noLastMonth: 'No day is covered from midnight to midnight.',
    period: 'Period',
    choosePeriod: 'Month, week or last days…',
    presets: 'Up to the last complete day',
    preset: (days: number, span: DaySpan) => `Last ${n(days)} days: ${format.span(span)}`,
    months: 'Months',
    weeks: (from: WeekStart) => `Weeks (${weekNames[from]})`,
    weekStart: 'Weeks begin on',
    weekStarts: { 0: 'Monday', 5: 'Saturday', 6: 'Sunday' } satisfies Record<WeekStart, string>,
    filesHaveMondays: 'Weeks of downloaded files begin on Monday, as those of Docker Hub do.',
    partial: (name: string) => `${name} (partial)`,
    from: 'From',
    to: 'To',
    outside: (days: DaySpan) => `The data goes from ${format.span(days)}.`,
    shown: (span: DaySpan) =>
      `${count(daysOf(span), 'day')}, ${span.zone ? `local time (${span.zone})` : 'UTC'}`,
    recounting: 'Counting…',
    zone: 'Clock',
    zones: { utc: 'UTC', local: (zone: string) => `Local: ${zone}` },
    filesAreUtc: 'Days begin by the local clock here; downloaded files always hold days by UTC.',
    bars: 'Bars',
    bar: (choice: BucketChoice, automatic: Grain) =>
      choice === 'auto' ? `Automatic: ${GRAINS[automatic].toLowerCase()}` : GRAINS[choice],
    refused: (bars: number, most: number, shown: Grain) =>
      `That would be ${n(bars)} bars; more than ${n(most)} cannot be told apart. ${GRAINS[shown]} are shown: choose fewer days for finer bars.`,
    compare: 'Compare with',
    comparisons: {
      none: 'Nothing',
      previous: 'The days before',
      weeks: 'The same weekdays before',
      year: 'The same weeks a year before',
    } satisfies Record<Comparison, string>,
  },

  compare: {
    /** Which days are compared, or why none are, and which of those shown are left out. */
    told({ pair, refusal, leftOut }: Compared): string {
      const said = pair
        ? timeText.compare.with(pair.now.span, pair.before.span, leftOut !== null)
        : timeText.compare.refused(refusal!);
      return leftOut ? `${said} ${timeText.compare.leftOut(leftOut)}` : said;
    },
    with: (now: DaySpan, before: DaySpan, isPart: boolean) =>
      isPart
        ? `Changes compare the complete days, ${format.span(now)}, with ${format.span(before)}.`
        : `Changes are against ${format.span(before)}.`,
    leftOut: (days: DaySpan) =>
      `${format.span(days)} ${daysOf(days) === 1 ? 'is' : 'are'} left out: the data does not cover ${daysOf(days) === 1 ? 'it' : 'them'} whole.`,
    refused(refusal: NonNullable<Compared['refusal']>): string {
      if (refusal.period === 'not over') return 'No change shown: no day of these is complete yet.';
      const { whole, days } = refusal.covered;
      const of = refusal.period === 'before' ? `${count(days, 'day')} before` : `${count(days, 'day')} shown`;
      if (whole === 0)
        return days === 1
          ? `No change shown: the day ${refusal.period === 'before' ? 'before' : 'shown'} is not covered whole.`
          : `No change shown: none of the ${of} are covered.`;
      return `No change shown: only ${n(whole)} of the ${of} ${whole === 1 ? 'is' : 'are'} covered.`;
    },
    change(change: Change): string {
      const sign = change.direction === 'up' ? '▲' : change.direction === 'down' ? '▼' : '';
      if (change.how === 'numbers') return `${sign} from ${n(change.before)} to ${n(change.now)}`;
      if (change.how === 'times') return `${sign} ${format.tenths(change.times)}×`;
      return change.direction === 'same' ? 'no change' : `${sign} ${format.signedShare(change.share)}`;
    },
    difference: (difference: number) => format.signed(difference),
    counting: 'Counting the earlier period…',
    gone: (names: number) =>
      `${count(names, 'repository', 'repositories')} had pulls in the earlier period and ${names === 1 ? 'has' : 'have'} none now.`,
    columnNote: 'Change: pulls more or fewer than in the earlier period.',
  },

  together: {
    column: 'Chart',
    onChart: (name: string) => `On the chart: ${name}`,
    full: (most: number) => `${n(most)} repositories are on the chart: take one off to add another.`,
    sameScale: 'Same scale',
  },
};
