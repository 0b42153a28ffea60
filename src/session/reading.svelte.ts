/** A reading, as the page shows it. In: progress as the workers tell it. Out: share and pace. */
import type { ReadProgress } from '../model/view.ts';
import { type Pace, Pacer } from './pace.ts';

const NO_PACE: Pace = { linesPerSecond: 0, secondsLeft: null };

/** How far reading is. */
export class Reading {
  /** Names of the files being read, before the first progress comes. */
  names = $state.raw<string[]>([]);
  progress = $state.raw<ReadProgress | null>(null);
  pace = $state.raw<Pace>(NO_PACE);
  readonly share = $derived(
    this.progress && this.progress.bytesTotal > 0
      ? Math.min(1, this.progress.bytesRead / this.progress.bytesTotal)
      : 0,
  );
  private pacer = new Pacer();

  begin(names: string[]): void {
    this.pacer = new Pacer();
    this.progress = null;
    this.pace = NO_PACE;
    this.names = names;
  }

  take(progress: ReadProgress): void {
    this.progress = progress;
    this.pace = this.pacer.measure(progress);
  }
}
