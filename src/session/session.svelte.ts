/**
 * What is held, and what the person chose of it. In: files and choices. Out: state that views read, most of it from
 * shown.svelte.ts, which asks for what is shown. The only place that has the client read.
 */
import { type Client, DEFAULT_USE_RULES, type SourceChanges } from '../pipeline/client.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import { isFiltered } from '../model/filter.ts';
import { AddressPlaces, sortDatabases } from './address-places.svelte.ts';
import { type LeftOut, type Notice, noticeOfMissing, noticeOfTaking } from './notice.ts';
import { keptBeside } from './kept-beside.ts';
import { OwnFormats } from './own-formats.svelte.ts';
import { rangeAfterReading } from './range.ts';
import { type KeptOffer, Remember } from './remember.svelte.ts';
import { loadSample } from './sample.ts';
import { allTime, shownFirst } from './show-first.ts';
import { Shown } from './shown.svelte.ts';
import { forgetStored } from './stored.ts';
import { UseRules } from './use-rules.svelte.ts';

export { type Client, DEFAULT_USE_RULES, type Notice };

export class Session extends Shown {
  readonly places: AddressPlaces;
  readonly ownFormats: OwnFormats;
  readonly useRules: UseRules;
  readonly remember: Remember;
  private opened = Promise.resolve();

  constructor(client: Client) {
    super(client);
    this.places = new AddressPlaces(
      client,
      (change) => this.changed(change),
      () => this.change({}),
    );
    this.useRules = new UseRules(client, (change) => this.changed(change));
    this.ownFormats = new OwnFormats(
      client,
      (own) => this.change({ own }),
      async () => {
        if (this.report) this.report = await this.client.report();
      },
      () => (this.notice = { kind: 'bad-link' }),
    );
    this.remember = new Remember(client, () => allTime(this.report, this.timeline));
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
      Object.assign(this, { phase: 'reading', isDrawn: false });
      if (replace && this.report) {
        await this.client.forget();
        this.clear();
      }
      this.isSample = isSample;
      const first = files.length > 0 || this.report ? null : await this.client.memory.first(kept);
      this.client.fetchPlaces();
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
    // A filter may be by what the user told of addresses.
    if (isFiltered(this.filter)) await this.places.load();
    const view = await this.timeline.viewOf(this.range, this.filter);
    await this.tables.show(rangeAfterReading(this.range, report));
    this.report = report;
    // Asked anew meanwhile, where the first figures of kept files were shown already.
    if (question === this.asked) Object.assign(this, { view, recounting: false });
    if (!this.isOpening) this.breakdowns = null;
    this.isOpening = false;
    this.downloads.clear();
    this.phase = 'ready';
    // Figures first: to open the tables of addresses takes the analysis a while.
    await this.places.load();
    const breakdowns = await this.timeline.breakdownsOf(this.range, this.filter);
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

  private async askFoldable(): Promise<void> {
    const { rules } = this;
    const foldable = await this.client.foldable();
    if (rules === this.rules) this.foldable = foldable;
  }
}
