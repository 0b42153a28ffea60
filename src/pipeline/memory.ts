/**
 * What this browser remembers, on the page's side. In: choices. Out: what there is to go on with, how much it takes, and
 * session files. Columns never come here: the analysis worker keeps them. Where the browser keeps nothing, all of this
 * answers that there is nothing.
 */
import { sizeBeside } from '../cache/kept-actions.ts';
import { forgetKept, listKept, loadPresent } from '../cache/kept-files.ts';
import { loadHandles, saveHandles } from '../cache/kept-handles.ts';
import { readSession } from '../cache/session-file.ts';
import { firstKnown, lastKnown } from '../lib/known-times.ts';
import type { FirstFigures, FirstQuestion } from '../model/first-figures.ts';
import type { KeptRef } from '../model/kept-file.ts';
import type { OnDisk } from '../model/on-disk.ts';
import type { Bytes, Milliseconds } from '../model/units.ts';
import type { Remembered } from './keeping-api.ts';

/** Kept at most, and at most of what the browser gives this page. */
const MOST: Bytes = 1 << 30;
const MOST_SHARE = 0.5;
/** Reading waits no longer for what is kept, and nobody longer for how much room there is. */
const SOON: Milliseconds = 500;

/** What the page showed last. */
export interface KeptOffer {
  kept: KeptRef[];
  firstTime: Milliseconds;
  lastTime: Milliseconds;
  requests: number;
  stored: Bytes;
  usedAt: Milliseconds;
}

export interface MemoryState {
  /** null: nothing. */
  offer: KeptOffer | null;
  /** All that is kept, and what the browser gives this page; null: it does not say. */
  stored: Bytes;
  quota: Bytes | null;
}

/** Files that were given: to be read, and what is in session files; and what was wrong with those. */
export interface SortedFiles {
  files: File[];
  kept: KeptRef[];
  problems: { name: string; problem: string; remedy: string }[];
}

/** The analysis worker's side. */
interface Worker {
  setRemembering(on: boolean): Promise<void>;
  remember(most: Bytes, asked: FirstQuestion | null): Promise<Remembered>;
  firstFigures(keys: readonly string[]): Promise<FirstFigures | null>;
  stopRemembering(): Promise<void>;
  session(): Promise<Blob>;
}

export class Memory {
  private isOn = false;
  /** As it was listed last; null: it never was. */
  private known: Map<string, KeptRef> | null = null;

  constructor(private readonly worker: Worker) {}

  /** Off: what there is is forgotten, and nothing is kept. */
  async setOn(on: boolean): Promise<void> {
    this.isOn = on;
    await this.worker.setRemembering(on);
    if (!on) await this.forget();
  }

  /**
   * What can be taken in place of files, as far as that is known soon: reading waits for no database. Where nothing was
   * kept when last asked, nobody is asked.
   */
  async soon(): Promise<ReadonlyMap<string, KeptRef>> {
    if (this.known?.size === 0) return this.known;
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), SOON));
    const list = await Promise.race([this.list().catch(() => null), late]);
    return list ?? this.known ?? new Map<string, KeptRef>();
  }

  /** Rejects when the database does not answer. */
  async state(): Promise<MemoryState> {
    const [list, estimate] = await Promise.all([this.list(), estimateStorage()]);
    const present = await loadPresent([...list.values()].map(({ summary }) => summary));
    const kept = present.flatMap((key) => list.get(key) ?? []);
    const summaries = kept.map(({ summary }) => summary);
    const beside = list.size > 0 ? await sizeBeside() : 0;
    const offer: KeptOffer = {
      kept,
      firstTime: firstKnown(summaries.map(({ firstTime }) => firstTime)),
      lastTime: lastKnown(summaries.map(({ lastTime }) => lastTime)),
      requests: summaries.reduce((sum, { requests }) => sum + requests, 0),
      // What is kept of files together is of those that were shown last.
      stored: summaries.reduce((sum, { stored }) => sum + stored, beside),
      usedAt: summaries.reduce((last, { usedAt }) => Math.max(last, usedAt), 0),
    };
    return {
      offer: kept.length > 0 ? offer : null,
      stored: [...list.values()].reduce((sum, { summary }) => sum + summary.stored, beside),
      quota: estimate.quota ?? null,
    };
  }

  /** What was shown of these files, until they are read; null: that is not known, or may be something else now. */
  async first(kept: readonly KeptRef[]): Promise<FirstFigures | null> {
    const keys = kept.flatMap(({ place }) => ('key' in place ? [place.key] : []));
    return keys.length === kept.length && keys.length > 0 ? this.worker.firstFigures(keys) : null;
  }

  /** Keeps what is shown, and the answer to what the page asks first; null: nothing is to be kept. */
  async remember(asked: FirstQuestion | null): Promise<Remembered | null> {
    if (!this.isOn) return null;
    const { quota = Infinity } = await estimateStorage();
    return this.worker.remember(Math.min(MOST, quota * MOST_SHARE), asked);
  }

  /** Leaves nothing of files in this browser; whether that is so. Where storage is off there never was anything. */
  async forget(): Promise<boolean> {
    await this.worker.stopRemembering();
    try {
      return ((await forgetKept()) ?? 0) === 0;
    } catch {
      // The database does not answer: what is in it is not known.
      return false;
    }
  }

  /** Where kept files are on the disk. */
  handles = (): Promise<OnDisk[]> => loadHandles();

  async saveHandles(entries: readonly OnDisk[]): Promise<void> {
    if (this.isOn) await saveHandles(entries);
  }

  session(): Promise<Blob> {
    return this.worker.session();
  }

  async sort(given: readonly File[]): Promise<SortedFiles> {
    const sorted: SortedFiles = { files: [], kept: [], problems: [] };
    for (const file of given) {
      // One that cannot be read is told about when it is read.
      const contents = await readSession(file).catch(() => null);
      if (!contents) sorted.files.push(file);
      else if ('files' in contents) sorted.kept.push(...contents.files);
      else sorted.problems.push({ name: file.name, ...contents });
    }
    return sorted;
  }

  /** All that can be taken in place of files. */
  private async list(): Promise<Map<string, KeptRef>> {
    const kept = this.isOn ? await listKept() : [];
    this.known = new Map(kept.map((summary) => [summary.key, { summary, place: { key: summary.key } }]));
    return this.known;
  }
}

async function estimateStorage(): Promise<StorageEstimate> {
  const late = new Promise<StorageEstimate>((resolve) => setTimeout(() => resolve({}), SOON));
  try {
    return await Promise.race([navigator.storage.estimate(), late]);
  } catch {
    return {};
  }
}
