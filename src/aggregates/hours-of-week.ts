/**
 * When in the week it is asked. In: entries of an index, one by one, and a zone (none: UTC). Out: pulls and version checks
 * by hour of the week, from Monday 00:00. What hour a quarter of an hour is in is looked up once for each day.
 */
import { clockAt } from '../lib/local-time.ts';
import { type ActionIndex, DAY_SHIFT, QUARTERS_PER_DAY, SECONDS_PER_QUARTER } from './action-index.ts';

const HOURS_PER_DAY = 24;
const DAYS_PER_WEEK = 7;
const SECONDS_PER_HOUR = 3600;
/** 1 January 1970 was a Thursday: so many days after its week's Monday. */
const FIRST_DAY = 3;

export class HoursOfWeek {
  readonly pulls = new Uint32Array(DAYS_PER_WEEK * HOURS_PER_DAY);
  readonly checks = this.pulls.slice();
  private readonly hourOf: Uint8Array;

  constructor(
    private readonly index: ActionIndex,
    zone: string | undefined,
  ) {
    this.hourOf = new Uint8Array(index.days * QUARTERS_PER_DAY);
    for (let at = 0; at < this.hourOf.length; at++) {
      const { day, second } = clockAt((index.firstDay * QUARTERS_PER_DAY + at) * SECONDS_PER_QUARTER, zone);
      const hour = Math.floor(second / SECONDS_PER_HOUR);
      this.hourOf[at] = ((day + FIRST_DAY) % DAYS_PER_WEEK) * HOURS_PER_DAY + hour;
    }
  }

  take(entry: number, isCheck: boolean): void {
    const { entries, quarters } = this.index;
    const hour = this.hourOf[(entries[entry]! >>> DAY_SHIFT) * QUARTERS_PER_DAY + quarters[entry]!]!;
    (isCheck ? this.checks : this.pulls)[hour]!++;
  }
}
