/**
 * What this browser remembers of files, and session files. In: choices, and that something new is shown. Out: state that
 * views read. Keeping waits until the page has nothing else to do; what fails is told and harms nothing.
 * It is on unless switched off: whoever may open this browser may open the logs too, which say more than what is kept.
 * Pages opened from disk may share one storage, whoever made them: there it is off unless switched on.
 */
import type { Client } from '../pipeline/client.ts';
import type { FirstQuestion } from '../model/first-figures.ts';
import type { DaySpan } from '../model/view.ts';
import { isoDay } from '../lib/calendar.ts';
import { DiskFiles } from './disk-files.svelte.ts';
import type { DownloadState } from './downloads.svelte.ts';
import { handOver } from './hand-over.ts';
import { readStored, writeStored } from './stored.ts';

const KEY = 'pullscope-remember';
/** Keeping begins after this at the latest, also on a busy page. */
const LATEST = 3000;
/** A database that does not answer is asked again after these. */
const PAUSES = [1000, 4000, 15_000, 60_000];
/** Files that are given wait no longer for what there is to go on with. */
const SOON = 1000;
const FAILED = { outcome: 'refused', files: 1 } as const;

type MemoryState = Awaited<ReturnType<Client['memory']['state']>>;
export type KeptOffer = NonNullable<MemoryState['offer']>;

export class Remember {
  isOn = $state(readChoice());
  /** null: not known yet. */
  state = $state.raw<MemoryState | null>(null);
  /** How keeping went; null: it is going on, or is off; nothing: there is nothing to keep. */
  outcome = $state<'kept' | 'full' | 'refused' | 'nothing' | null>(null);
  isKeeping = $state(false);
  sessionFile = $state.raw<DownloadState | null>(null);
  /** Until it is known what there is to go on with, or nobody waits for it any longer; null: that is so. */
  unknown: Promise<void> | null = null;
  readonly disk: DiskFiles;
  private readonly client: Client;
  private asked = 0;

  /** first: how the page asks for all time now. */
  constructor(
    client: Client,
    private readonly first: () => FirstQuestion | null,
  ) {
    this.client = client;
    this.disk = new DiskFiles(client);
    void this.load();
  }

  /** What the page showed last, to go on with. */
  get offer(): KeptOffer | null {
    return this.state?.offer ?? null;
  }

  /** What is shown is to be kept, when there is time. */
  keep(): void {
    if (!this.isOn) return;
    this.isKeeping = true;
    const question = ++this.asked;
    whenIdle(() => void this.keepNow(question));
  }

  async setOn(on: boolean): Promise<void> {
    this.asked++;
    this.isOn = on;
    this.noteChoice();
    Object.assign(this, { outcome: null, isKeeping: false });
    // Some browsers ask the person, so only one who has just asked for it.
    if (on) void globalThis.navigator?.storage?.persist?.().catch(() => false);
    await this.client.memory.setOn(on);
    await this.refresh();
  }

  /** Whether nothing is left. */
  async forget(): Promise<boolean> {
    this.asked++;
    Object.assign(this, { outcome: null, isKeeping: false, sessionFile: null });
    this.disk.forget();
    const isEmpty = await this.client.memory.forget();
    await this.refresh();
    return isEmpty;
  }

  /** All settings are forgotten: whether anything is to be kept from now on stays. */
  noteChoice(): void {
    writeStored(KEY, this.isOn === isOnAtFirst() ? null : this.isOn ? 'on' : 'off');
  }

  async saveSession(days: DaySpan | null, files: number): Promise<void> {
    this.sessionFile = { step: 'working' };
    try {
      const span = days ? `_${isoDay(days.first)}_${isoDay(days.last)}` : '';
      const name = `pullscope${span}.pulls`;
      handOver(name, await this.client.memory.session());
      this.sessionFile = { step: 'done', name, rows: files, left: 0 };
    } catch (error) {
      this.sessionFile = { step: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  private async load(): Promise<void> {
    if (this.isOn) {
      void this.client.memory.setOn(true);
      const late = new Promise<void>((resolve) => setTimeout(resolve, SOON));
      this.unknown = Promise.race([this.refresh(), late]).then(() => void (this.unknown = null));
      await this.unknown;
      if (this.state) return;
    }
    for (const pause of PAUSES) {
      await this.refresh();
      // Kept, changed or forgotten meanwhile: then it was asked anew.
      if (this.state || this.asked > 0) return;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  private async keepNow(question: number): Promise<void> {
    if (question !== this.asked) return;
    // What goes wrong with keeping must not take the figures away.
    const remembered = await this.client.memory.remember(this.first()).catch(() => FAILED);
    if (question !== this.asked) return;
    this.isKeeping = false;
    this.outcome = remembered && remembered.files > 0 ? remembered.outcome : 'nothing';
    this.sessionFile = null;
    await this.refresh();
    if (this.isOn && question === this.asked) await this.disk.keep(this.offer?.kept ?? []);
  }

  private async refresh(): Promise<void> {
    this.state = await this.client.memory.state().catch(() => null);
    // Nobody waits for it.
    void this.disk.show(this.offer?.kept ?? []);
  }
}

function isOnAtFirst(): boolean {
  return typeof location === 'undefined' || location.protocol !== 'file:';
}

function readChoice(): boolean {
  const chosen = readStored(KEY);
  return chosen === null ? isOnAtFirst() : chosen === 'on';
}

function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: LATEST });
  else setTimeout(work);
}
