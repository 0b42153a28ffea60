/**
 * What this browser remembers of files, and session files. In: choices, and that something new is shown. Out: state that
 * views read. Keeping waits until the page has nothing else to do; what fails is told and harms nothing.
 * It is off until it is switched on: what is known of a kept address does not follow a new database or network.
 */
import type { Client } from '../pipeline/client.ts';
import type { FirstQuestion } from '../model/first-figures.ts';
import type { DaySpan } from '../model/view.ts';
import { isoDay } from '../lib/calendar.ts';
import type { DownloadState } from './downloads.svelte.ts';
import { handOver } from './hand-over.ts';
import { readStored, writeStored } from './stored.ts';

const KEY = 'pullscope-remember';
/** Keeping begins after this at the latest, also on a busy page. */
const LATEST = 3000;
/** A database that does not answer is asked again after these. */
const PAUSES = [1000, 4000, 15_000, 60_000];

type MemoryState = Awaited<ReturnType<Client['memory']['state']>>;
export type KeptOffer = NonNullable<MemoryState['offer']>;

export class Remember {
  isOn = $state(readStored(KEY) === 'on');
  /** null: not known yet. */
  state = $state.raw<MemoryState | null>(null);
  /** How keeping went; null: it is going on, or nothing was to be kept. */
  outcome = $state<'kept' | 'full' | 'refused' | null>(null);
  isKeeping = $state(false);
  sessionFile = $state.raw<DownloadState | null>(null);
  private readonly client: Client;
  private asked = 0;

  /** first: how the page asks for all time now. */
  constructor(
    client: Client,
    private readonly first: () => FirstQuestion | null,
  ) {
    this.client = client;
    void this.load();
  }

  /** What the page showed last, to go on with. */
  get offer(): KeptOffer | null {
    return this.state?.offer ?? null;
  }

  /** What is shown is to be kept, when there is time. */
  keep(): void {
    if (!this.isOn) return;
    const question = ++this.asked;
    whenIdle(() => void this.keepNow(question));
  }

  async setOn(on: boolean): Promise<void> {
    this.asked++;
    this.isOn = on;
    writeStored(KEY, on ? 'on' : null);
    this.outcome = null;
    await this.client.memory.setOn(on);
    await this.refresh();
  }

  /** Whether nothing is left. */
  async forget(): Promise<boolean> {
    this.asked++;
    this.outcome = null;
    this.sessionFile = null;
    const isEmpty = await this.client.memory.forget();
    await this.refresh();
    return isEmpty;
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
    if (this.isOn) await this.client.memory.setOn(true);
    for (const pause of PAUSES) {
      await this.refresh();
      // Kept, changed or forgotten meanwhile: then it was asked anew.
      if (this.state || this.asked > 0) return;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  private async keepNow(question: number): Promise<void> {
    if (question !== this.asked) return;
    this.isKeeping = true;
    // What goes wrong with keeping must not take the figures away.
    const remembered = await this.client.memory.remember(this.first()).catch(() => null);
    if (question !== this.asked) return;
    this.isKeeping = false;
    this.outcome = remembered && remembered.files > 0 ? remembered.outcome : null;
    this.sessionFile = null;
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    this.state = await this.client.memory.state().catch(() => null);
  }
}

function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: LATEST });
  else setTimeout(work);
}
