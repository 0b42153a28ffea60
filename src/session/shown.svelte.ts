/**
 * What is shown of what is held. In: days, a filter, questions. Out: state that views read. Answers to questions that were
 * asked anew meanwhile are dropped. Files and rules come through the session (session.svelte.ts), which is one of these.
 */
import { type CountingRules, DEFAULT_RULES } from '../model/counting-rules.ts';
import { type Filter, NO_FILTER } from '../model/filter.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type { Breakdowns, DashboardView, ReadReport } from '../model/view.ts';
import type { Client, SourceChanges } from '../pipeline/client.ts';
import type { Look } from './address.ts';
import { Downloads } from './downloads.svelte.ts';
import type { Notice } from './notice.ts';
import { type Range, rangeAfterReading } from './range.ts';
import { Reading } from './reading.svelte.ts';
import { askRepository, type OwnRepository, type RepositoryAnswer } from './repository-answer.ts';
import { Tables } from './tables.svelte.ts';
import { Timeline } from './timeline.svelte.ts';
import { Why } from './why.svelte.ts';

type Phase = 'empty' | 'reading' | 'stopped' | 'ready';

export abstract class Shown {
  phase = $state<Phase>('empty');
  /** What was read stands on the page, as far as somebody may look for it who is told that all is read. */
  isDrawn = $state(false);
  readonly reading = new Reading();
  report = $state.raw<ReadReport | null>(null);
  /** null when no file covers any time. */
  view = $state.raw<DashboardView | null>(null);
  /** By values of facets, of the same actions. */
  breakdowns = $state.raw<Breakdowns | null>(null);
  range = $state.raw<Range | null>(null);
  filter = $state.raw<Filter>(NO_FILTER);
  rules = $state.raw<CountingRules>(DEFAULT_RULES);
  /** What "fold further manifests" would fold, or folds; null: not known. */
  foldable = $state.raw<number | null>(null);
  isSample = $state(false);
  /** Files that came while others are held: are they to be added, or to replace? */
  question = $state.raw<File[] | null>(null);
  notice = $state.raw<Notice | null>(null);
  /** The shown counts are being made anew. */
  recounting = $state(false);
  /** Message of an error that nobody expected. */
  failure = $state<string | null>(null);
  /** The share of everything held that was read again; null when it is not being read again. */
  readingAgain = $state<number | null>(null);
  /** Of kept files only the first figures are here; every other question waits for the rest. */
  isOpening = $state(false);
  readonly downloads: Downloads;
  readonly tables: Tables;
  readonly timeline: Timeline;
  readonly why: Why;
  protected asked = 0;

  constructor(protected readonly client: Client) {
    this.downloads = new Downloads(client);
    this.tables = new Tables(client, () => void this.change({}));
    this.timeline = new Timeline(client);
    this.why = new Why(client, () => this.filter);
  }

  /** Counts everything held anew from its sources; false: that could not be done. */
  abstract change(changes: SourceChanges): Promise<boolean>;

  /** Files are being read. */
  get isBusy(): boolean {
    return ['reading', 'stopped'].includes(this.phase) || this.isOpening || this.readingAgain !== null;
  }

  async show(range: Range): Promise<void> {
    this.range = range;
    await this.guarded(() => this.recount());
  }

  async setFilter(filter: Filter): Promise<void> {
    this.filter = filter;
    await this.guarded(() => this.recount());
  }

  /** The range of files, whose days are always by UTC. */
  get fileRange(): Range | null {
    return this.report && rangeAfterReading(this.range, this.report);
  }

  /** What an address has, together; before anything is read, that of what comes. A range of null: all time. */
  async lookAt(range: Range | null, filter: Filter, look: Look = this.timeline.look): Promise<void> {
    const { report, timeline } = this;
    const before = JSON.stringify([this.range, this.filter, timeline.look]);
    const isReady = this.phase === 'ready' && report !== null;
    this.range = isReady ? rangeAfterReading(range, timeline.calendar ?? report) : range;
    this.filter = filter;
    timeline.look = look;
    if (!isReady || JSON.stringify([this.range, filter, look]) === before) return;
    await this.guarded(async () => {
      this.range = rangeAfterReading(this.range, await timeline.takeCalendar(report));
      await this.recount();
    });
  }

  detail = (repository: RepositoryIndex) => this.client.detail(repository, this.view!.span, this.filter);
  breakdownsOf = ({ span }: Pick<DashboardView, 'span'>) => this.client.breakdowns(span, this.filter);
  hammering = () => this.client.hammering(this.view!.span, this.filter);
  lastUse = () => this.client.lastUse(this.filter);

  repository(own: OwnRepository): Promise<RepositoryAnswer> {
    const { client, timeline, filter, report, view } = this;
    return askRepository(client, timeline, report?.lastTime ?? NaN, own, view!.span, filter);
  }

  /** A client's address, for the person who asks; it stays on the page. */
  sourceOf: Client['sourceOf'] = (source) => this.client.sourceOf(source);
  whereIs: Client['whereIs'] = (source) => this.client.whereIs(source);

  /** Counts for the present range, filter and rules. */
  protected async recount(): Promise<void> {
    const question = ++this.asked;
    this.recounting = true;
    const [view, breakdowns] = await Promise.all([
      this.timeline.viewOf(this.range, this.filter),
      this.timeline.breakdownsOf(this.range, this.filter),
      this.tables.show(this.fileRange),
    ]);
    if (question !== this.asked) return;
    this.view = view;
    this.breakdowns = breakdowns;
    this.downloads.clear();
    this.recounting = false;
    await this.askBeside();
  }

  /** What stands beside the view: an earlier period, repositories on one chart. Then what the next question needs. */
  protected async askBeside(): Promise<void> {
    if (this.view) await this.timeline.show(this.view, this.filter, this.report?.lastTime ?? NaN);
    await this.client.prepare();
  }

  protected clear(): void {
    this.asked++;
    this.report = null;
    this.view = null;
    this.breakdowns = null;
    this.range = null;
    this.filter = NO_FILTER;
    this.foldable = null;
    this.isSample = false;
    this.recounting = false;
    this.failure = null;
    this.downloads.clear();
    this.tables.clear();
    this.timeline.clear();
    this.why.close();
  }

  /** A bug must not leave the page waiting for ever. */
  protected async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.failure = error instanceof Error ? error.message : String(error);
    if (this.isOpening) this.report = null;
    Object.assign(this, { recounting: false, isOpening: false });
    this.phase = this.report ? 'ready' : 'empty';
  }
}
