/**
 * By which clock, in which steps and beside what the days are shown. In: the look, and what is counted for the days.
 * Out: the calendar of the clock, what to ask the analysis for, the earlier period, repositories on one chart, noise.
 */
import { WEEK_STARTS, type WeekStart } from '../lib/calendar.ts';
import { clockAt, type Step } from '../lib/local-time.ts';
import type { Filter } from '../model/filter.ts';
import type { FirstQuestion } from '../model/first-figures.ts';
import type { NoiseCounts } from '../model/noise.ts';
import type {
  Breakdowns,
  Calendar,
  DashboardView,
  DaySpan,
  HourSeries,
  ReadReport,
  RepositorySeries,
} from '../model/view.ts';
import type { Client } from '../pipeline/client.ts';
import { FIRST_LOOK, type Look } from './address.ts';
import { comparedOf, completePart, type Compared, shifted, shiftOf } from './compare.ts';
import { grainOf, stepOf } from './grain.ts';
import type { Range } from './range.ts';
import { readStored, writeStored } from './stored.ts';

/** Repositories that can still be told apart on one chart. */
export const MOST_TOGETHER = 5;

const WEEK_START_KEY = 'pullscope-week-start';

type Counter = Pick<Client, 'calendar' | 'view' | 'series' | 'noise' | 'breakdowns'>;

export class Timeline {
  look = $state.raw<Look>(FIRST_LOOK);
  /** On which weekday the page's weeks begin. */
  weekStart = $state<WeekStart>(readWeekStart());
  /** The days of the data by the chosen clock. */
  calendar = $state.raw<Calendar | null>(null);
  compared = $state.raw<Compared | null>(null);
  together = $state.raw<RepositorySeries[]>([]);
  /** What switches against noise hide, or would hide; those before stay until there are new ones. */
  noise = $state.raw<NoiseCounts | null>(null);
  /** The browser's own zone. */
  readonly localZone: string;
  private asked = 0;

  constructor(
    private readonly client: Counter,
    localZone = new Intl.DateTimeFormat().resolvedOptions().timeZone,
  ) {
    this.localZone = localZone;
  }

  stepFor({ first, last }: DaySpan): Step {
    return stepOf(grainOf(this.look.bucket, last - first + 1).grain);
  }

  /** The days by the chosen clock. */
  zoned({ first, last }: DaySpan): DaySpan {
    return this.look.zone === 'local' ? { first, last, zone: this.localZone } : { first, last };
  }

  /** How a range is asked for. */
  questionOf({ span }: Range): FirstQuestion {
    return { span: this.zoned(span), step: this.stepFor(span) };
  }

  async viewOf(range: Range | null, filter: Filter): Promise<DashboardView | null> {
    if (!range) return null;
    const { span, step } = this.questionOf(range);
    return this.client.view(span, filter, step);
  }

  async breakdownsOf(range: Range | null, filter: Filter): Promise<Breakdowns | null> {
    return range && this.client.breakdowns(this.zoned(range.span), filter);
  }

  /** What is shown, by hours, however long it is; null: nothing is shown by them. */
  async hoursOf(view: DashboardView, filter: Filter): Promise<HourSeries | null> {
    return view.hours ?? (await this.client.view(view.span, filter, 'hour')).hours ?? null;
  }

  /** Pulls of each filter, by the days of a view, or by its hours. */
  async pullsOf({ span, hours }: DashboardView, filters: readonly Filter[]): Promise<Uint32Array[]> {
    const views = await Promise.all(
      filters.map((filter) => this.client.view(span, filter, hours ? 'hour' : 'day')),
    );
    return views.map((view) => {
      const { pullsByTag, pullsByDigest } = view.hours ?? view.series;
      return pullsByTag.map((count, i) => count + pullsByDigest[i]!);
    });
  }

  async takeCalendar(report: ReadReport): Promise<Calendar> {
    const zone = this.look.zone === 'local' ? this.localZone : undefined;
    const isOther = zone !== undefined || this.weekStart !== WEEK_STARTS[0];
    const own = report.days !== null && isOther ? this.client.calendar(zone, this.weekStart) : report;
    return (this.calendar = await own);
  }

  /** report: null when nothing is read yet. */
  async setWeekStart(from: WeekStart, report: ReadReport | null): Promise<void> {
    this.weekStart = from;
    writeStored(WEEK_START_KEY, from === WEEK_STARTS[0] ? null : String(from));
    if (report) await this.takeCalendar(report);
  }

  /** Counts what stands beside a view. dataEnd: the last moment that is held. */
  async show(view: DashboardView, filter: Filter, dataEnd: number): Promise<void> {
    const question = ++this.asked;
    const [compared, together, noise] = await Promise.all([
      this.compare(view, filter, dataEnd),
      this.countTogether(view.span, filter),
      this.client.noise(view.span, filter),
    ]);
    if (question !== this.asked) return;
    this.compared = compared;
    this.together = together;
    this.noise = noise;
  }

  clear(): void {
    this.asked++;
    this.calendar = null;
    this.compared = null;
    this.together = [];
    this.noise = null;
  }

  /** A view beside its earlier days, and who is behind both; null: nothing is to be compared. */
  async compare(view: DashboardView, filter: Filter, dataEnd: number): Promise<Compared | null> {
    const compared = await this.compareViews(view, filter, dataEnd);
    if (!compared?.pair) return compared;
    const [now, before] = await Promise.all([
      this.client.breakdowns(compared.pair.now.span, filter),
      this.client.breakdowns(compared.pair.before.span, filter),
    ]);
    return { ...compared, breakdowns: { now, before } };
  }

  private async compareViews(view: DashboardView, filter: Filter, dataEnd: number): Promise<Compared | null> {
    const { comparison } = this.look;
    if (comparison === 'none') return null;
    const { span, series } = view;
    const shift = shiftOf(span, comparison);
    const earlier = await this.client.view(shifted(span, shift), filter, this.stepFor(span));
    const end = Number.isNaN(dataEnd) ? Infinity : clockAt(dataEnd / 1000, span.zone).day;
    const part = completePart(span, series, end);
    if (!part) return comparedOf(earlier, shift, null);
    if (part.last === span.last) return comparedOf(earlier, shift, { now: view, before: earlier });
    // By as many days as are complete: of a month that has begun, the same days of the one before.
    const [now, before] = await Promise.all([
      this.client.view(part, filter),
      this.client.view(shifted(part, shift), filter),
    ]);
    return comparedOf(earlier, shift, { now, before }, { ...span, first: part.last + 1 });
  }

  private async countTogether(span: DaySpan, filter: Filter): Promise<RepositorySeries[]> {
    const names = this.look.together.slice(0, MOST_TOGETHER);
    return names.length === 0 ? [] : this.client.series(names, span, filter, this.stepFor(span));
  }
}

function readWeekStart(): WeekStart {
  const stored = readStored(WEEK_START_KEY);
  return WEEK_STARTS.find((from) => String(from) === stored) ?? WEEK_STARTS[0];
}
