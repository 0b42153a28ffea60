/**
 * When in the week it is asked. In: entries of an index in the order of time, and a zone (none: UTC). Out: pulls and
 * version checks by hour of the week, from Monday 00:00. Clocks change on quarters of an hour: each is looked up once.
 */
import { hourOfWeek, HOURS_PER_WEEK } from '../lib/local-time.ts';
import { ACTION_VERSION_CHECK } from '../model/request-table.ts';
import { type ActionIndex, SECONDS_PER_QUARTER } from './action-index.ts';
import { KIND_MASK } from './packed-kinds.ts';

export class HoursOfWeek {
  readonly pulls = new Uint32Array(HOURS_PER_WEEK);
  readonly checks = this.pulls.slice();
  /** By quarter since the index's first: one more than its hour; 0: not looked up yet. */
  private readonly hours: Uint8Array;

  constructor(
    private readonly index: ActionIndex,
    private readonly zone: string | undefined,
  ) {
    this.hours = new Uint8Array(index.quarterStarts.length);
  }

  /** quarters: of each entry, quarterOf. */
  take(entries: Uint32Array, quarters: Uint32Array): void {
    const { pulls, checks } = this;
    const { kinds } = this.index;
    for (let i = 0; i < entries.length; i++) {
      const isCheck = (kinds[entries[i]!]! & KIND_MASK) === ACTION_VERSION_CHECK;
      (isCheck ? checks : pulls)[this.hourOf(quarters[i]!)]!++;
    }
  }

  /** By entry of the index: its hour. */
  ofEntries(): Uint8Array {
    const { entriesOf, places, quarterStarts } = this.index;
    const hours = new Uint8Array(places.length);
    for (let name = 0; name + 1 < entriesOf.length; name++) {
      let end = 0;
      let hour = 0;
      for (let i = entriesOf[name]!, quarter = 0; i < entriesOf[name + 1]!; i++) {
        if (places[i]! >= end) {
          while (quarterStarts[quarter + 1]! <= places[i]!) quarter++;
          end = quarterStarts[quarter + 1]!;
          hour = this.hourOf(quarter);
        }
        hours[i] = hour;
      }
    }
    return hours;
  }

  private hourOf(quarter: number): number {
    const known = this.hours[quarter]!;
    if (known !== 0) return known - 1;
    const hour = hourOfWeek((this.index.firstQuarter + quarter) * SECONDS_PER_QUARTER, this.zone);
    this.hours[quarter] = hour + 1;
    return hour;
  }
}

/** Of entries in the order of time: quarters of an hour since the index's first. */
export function quartersOf({ places, quarterStarts }: ActionIndex, entries: Uint32Array): Uint32Array {
  const quarters = new Uint32Array(entries.length);
  if (entries.length === 0) return quarters;
  // The last that begins where the first entry is, or before.
  let [low, high] = [0, quarterStarts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (quarterStarts[middle]! <= places[entries[0]!]!) low = middle;
    else high = middle - 1;
  }
  for (let i = 0, quarter = low; i < entries.length; i++) {
    const place = places[entries[i]!]!;
    while (quarterStarts[quarter + 1]! <= place) quarter++;
    quarters[i] = quarter;
  }
  return quarters;
}
