/**
 * When in the week all repositories are asked. In: an index, a zone, what hides entries, places in the order of time. Out:
 * pulls and version checks by hour of the week. The hour of each entry is kept, a byte each, for one zone at a time.
 */
import { HOURS_PER_WEEK } from '../lib/local-time.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import type { EntryFilter } from './entry-filter.ts';
import { EntryLanes } from './entry-lanes.ts';
import { entriesBetween } from './entry-search.ts';
import { HoursOfWeek } from './hours-of-week.ts';

/** Numbers of an hour: of what is hidden, pulls, version checks. */
const WIDTH_SHIFT = 2;
const PULLS = 1;
const CHECKS = 2;

export class WeekHours {
  private known: { zone: string | undefined; hourOf: Uint8Array } | null = null;

  constructor(private readonly index: ActionIndex) {}

  of(
    traffic: Traffic,
    { zone }: DaySpan,
    [from, to]: [from: number, to: number],
    hiding: EntryFilter | null,
  ) {
    const { index } = this;
    if (!this.known || this.known.zone !== zone)
      this.known = { zone, hourOf: new HoursOfWeek(index, zone).ofEntries() };
    const { hourOf } = this.known;
    const lanes = new EntryLanes(index, hiding, { pulls: PULLS, checks: CHECKS });
    const sums = new Uint32Array(HOURS_PER_WEEK << WIDTH_SHIFT);
    for (let name = 0; name < traffic.names.size; name++) {
      if (!lanes.takeName(name)) continue;
      const [begin, stop] = entriesBetween(index, name, from, to);
      lanes.inChunks(begin, stop, (at, last) => countHours(index, lanes, hourOf, at, last, sums));
    }
    const ofLane = (lane: number) =>
      Uint32Array.from({ length: HOURS_PER_WEEK }, (_, hour) => sums[(hour << WIDTH_SHIFT) + lane]!);
    return { pullsByHour: ofLane(PULLS), checksByHour: ofLane(CHECKS) };
  }
}

function countHours(
  { kinds, group }: ActionIndex,
  { laneOf, groupBits, wordHides }: EntryLanes,
  hourOf: Uint8Array,
  from: number,
  to: number,
  sums: Uint32Array,
): void {
  for (let i = from; i < to; i++) {
    // All ones where nothing hides it.
    const lane = laneOf[kinds[i]! | groupBits[group[i]!]!]! & ((wordHides[i - from]! - 1) >> 31);
    sums[(hourOf[i]! << WIDTH_SHIFT) + lane]!++;
  }
}
