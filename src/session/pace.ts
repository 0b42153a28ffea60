/**
 * How fast reading goes. In: where it stands, now and then. Out: lines a second and seconds left, both smoothed, so
 * that the numbers can be read. No time left is told in the first three seconds: it would be a guess.
 */
import type { Bytes, Milliseconds } from '../model/units.ts';

const QUIET_FIRST: Milliseconds = 3000;
/** Weight of the newest measurement after one second; at first each has its share of the time. */
const FRESHNESS = 0.3;

export interface Pace {
  linesPerSecond: number;
  /** null: too early to tell. */
  secondsLeft: number | null;
}

interface Standing {
  bytesRead: Bytes;
  bytesTotal: Bytes;
  linesRead: number;
  elapsed: Milliseconds;
}

export class Pacer {
  private before = { bytesRead: 0, linesRead: 0, elapsed: 0 };
  private lineRate = NaN;
  private byteRate = NaN;

  measure({ bytesRead, bytesTotal, linesRead, elapsed }: Standing): Pace {
    const seconds = (elapsed - this.before.elapsed) / 1000;
    if (seconds > 0) {
      const weight = Math.max(1 - (1 - FRESHNESS) ** seconds, (seconds * 1000) / elapsed);
      this.lineRate = blend(this.lineRate, (linesRead - this.before.linesRead) / seconds, weight);
      this.byteRate = blend(this.byteRate, (bytesRead - this.before.bytesRead) / seconds, weight);
      this.before = { bytesRead, linesRead, elapsed };
    }
    const tells = elapsed >= QUIET_FIRST && this.byteRate > 0;
    return {
      linesPerSecond: Number.isNaN(this.lineRate) ? 0 : this.lineRate,
      secondsLeft: tells ? Math.max(0, bytesTotal - bytesRead) / this.byteRate : null,
    };
  }
}

function blend(old: number, fresh: number, weight: number): number {
  return Number.isNaN(old) ? fresh : old + (fresh - old) * weight;
}
