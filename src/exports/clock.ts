/** Moments as a raw file writes them. In: seconds since 1970. Out: bytes, of which neighbouring rows share most. */
import { isoDay } from '../lib/calendar.ts';

const SECONDS_PER_DAY = 86_400;

/** Timestamps: YYYY-MM-DD HH:MM:SS. */
export class Clock {
  readonly timestamp = new TextEncoder().encode('1970-01-01 00:00:00');
  readonly day = this.timestamp.subarray(0, 10);
  private today = 0;

  set(second: number): void {
    const day = Math.floor(second / SECONDS_PER_DAY);
    if (day !== this.today) {
      this.today = day;
      new TextEncoder().encodeInto(isoDay(day), this.day);
    }
    const rest = second - day * SECONDS_PER_DAY;
    this.twoDigits(11, Math.floor(rest / 3600));
    this.twoDigits(14, Math.floor(rest / 60) % 60);
    this.twoDigits(17, rest % 60);
  }

  private twoDigits(at: number, value: number): void {
    this.timestamp[at] = 0x30 + Math.floor(value / 10);
    this.timestamp[at + 1] = 0x30 + (value % 10);
  }
}
