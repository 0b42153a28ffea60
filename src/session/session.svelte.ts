/**
 * What is held, what is shown of it, and what the person chose. In: files and choices. Out: state that views read.
 * The only place that talks to the client. Answers to questions that were asked anew meanwhile are dropped.
 */
import { type Client, DEFAULT_USE_RULES, type SourceChanges } from '../pipeline/client.ts';
import { type CountingRules, DEFAULT_RULES } from '../model/counting-rules.ts';
import { type Filter, isFiltered, NO_FILTER } from '../model/filter.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type { Breakdowns, DashboardView, ReadReport } from '../model/view.ts';
import type { Look } from './address.ts';
import { AddressPlaces, sortDatabases } from './address-places.svelte.ts';
import { Downloads } from './downloads.svelte.ts';
import { type LeftOut, type Notice, noticeOfMissing, noticeOfTaking } from './notice.ts';
import { keptBeside } from './kept-beside.ts';
import { OwnFormats } from './own-formats.svelte.ts';
import { type Range, rangeAfterReading } from './range.ts';
import { Reading } from './reading.svelte.ts';
import { type KeptOffer, Remember } from './remember.svelte.ts';
import { askRepository, type OwnRepository, type RepositoryAnswer } from './repository-answer.ts';
import { loadSample } from './sample.ts';
import { allTime, shownFirst } from './show-first.ts';
import { forgetStored } from './stored.ts';
import { Tables } from './tables.svelte.ts';
import { Timeline } from './timeline.svelte.ts';
import { UseRules } from './use-rules.svelte.ts';
import { Why } from './why.svelte.ts';

export { type Client, DEFAULT_USE_RULES, type Notice };
export type Phase = 'empty' | 'reading' | 'stopped' | 'ready';

export class Session {
  phase = $state<Phase>('empty');
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
  readonly places: AddressPlaces;
  readonly downloads: Downloads;
  readonly ownFormats: OwnFormats;
  readonly tables: Tables;
  readonly timeline: Timeline;
  readonly useRules: UseRules;
  readonly why: Why;
  readonly remember: Remember;
  private readonly client: Client;
  private asked = 0;
  private opened = Promise.resolve();

  constructor(client: Client) {
    this.client = client;
    this.places = new AddressPlaces(
      client,
      (change) => this.changed(change),
      () => this.change({}),
    );
    this.useRules = new UseRules(client, (change) => this.changed(change));
    this.downloads = new Downloads(client);
    this.ownFormats = new OwnFormats(
      client,
      (own) => this.change({ own }),
      async () => {
        if (this.report) this.report = await this.client.report();
      },
      () => (this.notice = { kind: 'bad-link' }),
    );
    this.tables = new Tables(client, () => void this.change({}));
    this.timeline = new Timeline(client);
    this.why = new Why(client, () => this.filter);
    this.remember = new Remember(client, () => allTime(this.report, this.timeline));
  }

  /** Files are being read. */
  get isBusy(): boolean {
    return ['reading', 'stopped'].includes(this.phase) || this.isOpening || this.readingAgain !== null;
  }

  /** Files were dropped or chosen. isAll: nothing that was kept belongs to them. */
  take(files: File[], left: LeftOut = { leftOut: 0, lost: [] }, isAll = false): void {
    if (this.isOpening) return void this.opened.then(() => this.take(files, left, isAll));
    this.notice = noticeOfTaking(this.isBusy, files.length, left);
    if (this.notice?.kind === 'busy' || files.length === 0) return;
    const { databases, others } = sortDatabases(files);
    if (databases.length > 0) {
      void this.places.add(databases).then(() => {
        this.notice = { kind: 'databases', places: this.places.known! };
        if (others.length > 0) this.take(others);
      });
      return;
    }
    const unknown = this.phase === 'empty' && !isAll ? this.remember.unknown : null;
    if (unknown) return void unknown.then(() => this.take(files, left));
    const isHeld = this.report?.days || this.tables.view;
    const kept = keptBeside(this.phase === 'empty' && !isAll ? this.remember.offer : null, files);
    if (kept === 'ask' || (isHeld && !this.isSample)) this.question = files;
    else void this.read(files, { replace: true, kept });
  }

  answer(choice: 'add' | 'replace' | 'neither'): void {
    const files = this.question;
    this.question = null;
    const kept = choice === 'add' && this.phase === 'empty' ? (this.remember.offer?.kept ?? []) : [];
    if (files && choice !== 'neither') void this.read(files, { replace: choice === 'replace', kept });
  }

  async openKept(): Promise<void> {
    await (this.opened = this.read([], { replace: true, kept: this.remember.offer?.kept ?? [] }));
  }

  async takeSample(): Promise<void> {
    this.notice = null;
    const sample = await loadSample().catch(() => null);
    if (sample) await this.read([sample], { replace: true, isSample: true });
    else this.notice = { kind: 'no-sample' };
  }

  cancel(): void {
    this.client.cancel();
  }

  /** Reading was stopped: shows what was read until then. */
  async keep(): Promise<void> {
    await this.guarded(async () => {
      await this.client.keep();
      await this.showAll();
    });
  }

  async discard(): Promise<void> {
    await this.guarded(async () => {
      await this.client.discard();
      if (this.report) await this.showAll();
      else this.phase = 'empty';
    });
  }

  /**
   * Counts everything again with other options, without a file, or with other formats of the user's own. False when
   * that was stopped, or a file is gone: then nothing has changed.
   */
  async change(changes: SourceChanges): Promise<boolean> {
    if (this.isBusy) {
      this.notice = { kind: 'busy' };
      return false;
    }
    let isDone = false;
    this.notice = null;
    this.readingAgain = 0;
    await this.guarded(async () => {
      const end = await this.client.readAgain(changes, ({ bytesRead, bytesTotal }) => {
        this.readingAgain = bytesTotal > 0 ? Math.min(1, bytesRead / bytesTotal) : 0;
      });
      if (typeof end === 'object') this.notice = noticeOfMissing(end);
      else if (end === 'read') {
        isDone = true;
        // What is shown next may load for a while; the files are read.
        this.readingAgain = null;
        if (this.report) await this.showChanged();
      }
    });
    this.readingAgain = null;
    return isDone;
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

  async setRules(changes: Partial<CountingRules>): Promise<void> {
    // The switch itself does not change what it folds.
    if (Object.keys(changes).some((name) => name !== 'foldFurther')) this.foldable = null;
    this.rules = { ...this.rules, ...changes };
    await this.guarded(async () => {
      if (!this.report) return this.client.setRules(this.rules);
      this.recounting = true;
      await this.client.setRules(this.rules);
      this.report = await this.client.report();
      await this.recount();
      await this.askFoldable();
      if (!this.isSample) this.remember.keep();
    });
  }

  /** Counts anew after a change of what is known of clients or addresses. */
  private async changed(change: () => Promise<void>): Promise<void> {
    await this.guarded(async () => {
      await change();
      if (this.phase !== 'ready') return;
      await this.recount();
      if (!this.isSample) this.remember.keep();
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

  async forget(): Promise<void> {
    if (this.readingAgain !== null) {
      this.notice = { kind: 'busy' };
      return;
    }
    await this.opened;
    await this.guarded(async () => {
      await this.ownFormats.forget();
      await this.client.forget();
      await this.places.forget();
      await this.useRules.forget();
      this.clear();
      this.tables.forget();
      this.phase = 'empty';
      const isEmpty = await this.remember.forget();
      this.notice = { kind: forgetStored() && isEmpty ? 'forgotten' : 'not-forgotten' };
      this.remember.noteChoice();
    });
  }

  private async read(
    given: File[],
    { replace = false, isSample = false, kept = [] as KeptOffer['kept'] },
  ): Promise<void> {
    await this.guarded(async () => {
      await this.ownFormats.loaded;
      const { files, kept: opened, problems } = await this.client.memory.sort(given);
      if (problems.length > 0) this.notice = { kind: 'bad-session', files: problems };
      kept = [...kept, ...opened];
      if (files.length + kept.length === 0) return;
      this.reading.begin([...files, ...kept.map(({ summary }) => summary)].map(({ name }) => name));
      this.phase = 'reading';
      if (replace && this.report) {
        await this.client.forget();
        this.clear();
      }
      this.isSample = isSample;
      const first = files.length > 0 || this.report ? null : await this.client.memory.first(kept);
      void this.places.load(); // Meanwhile: countries are asked for at the end.
      const reading = this.client.read(files, (progress) => this.reading.take(progress), kept);
      const shown = shownFirst(first, this.range, this.filter, this.timeline);
      if (shown) Object.assign(this, { ...shown, isOpening: true, phase: 'ready' });
      const end = await reading;
      if (end === 'stopped') this.phase = 'stopped';
      else await this.showAll();
    });
  }

  /** Everything that is held, counted. */
  private async showAll(): Promise<void> {
    // Of kept files figures are shown already: what questions are answered from comes first, and gives them again.
    if (this.isOpening) await this.client.prepare();
    const report = await this.client.report();
    this.range = rangeAfterReading(this.range, await this.timeline.takeCalendar(report));
    const question = ++this.asked;
    // Figures first: what is known of addresses may have to be loaded yet. A filter may be by what the user told of them.
    if (isFiltered(this.filter)) await this.places.load();
    const listed = this.places.load().then(() => this.timeline.breakdownsOf(this.range, this.filter));
    const view = await this.timeline.viewOf(this.range, this.filter);
    await this.tables.show(rangeAfterReading(this.range, report));
    this.report = report;
    // Asked anew meanwhile, where the first figures of kept files were shown already.
    if (question === this.asked) Object.assign(this, { view, recounting: false });
    if (!this.isOpening) this.breakdowns = null;
    this.isOpening = false;
    this.downloads.clear();
    this.phase = 'ready';
    const breakdowns = await listed;
    if (question !== this.asked) return;
    this.breakdowns = breakdowns;
    await this.askBeside();
    if (!this.rules.foldFurther) await this.askFoldable();
    if (!this.isSample) this.remember.keep();
  }

  /** Everything that is left after a change; the page is empty when that is nothing. */
  private async showChanged(): Promise<void> {
    this.asked++;
    this.recounting = false;
    this.foldable = null;
    await this.showAll();
    if (this.report?.files.length !== 0) return;
    this.clear();
    this.phase = 'empty';
  }

  /** Counts for the present range, filter and rules. */
  private async recount(): Promise<void> {
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
  private async askBeside(): Promise<void> {
    if (this.view) await this.timeline.show(this.view, this.filter, this.report?.lastTime ?? NaN);
    await this.client.prepare();
  }

  private async askFoldable(): Promise<void> {
    const { rules } = this;
    const foldable = await this.client.foldable();
    if (rules === this.rules) this.foldable = foldable;
  }

  private clear(): void {
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
  private async guarded(work: () => Promise<void>): Promise<void> {
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
