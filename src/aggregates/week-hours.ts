/**
 * When in the week all repositories are asked. In: an index, a zone, what hides entries, places in the order of time. Out:
 * pulls and version checks by hour of the week. The hour of each entry is kept, a byte each, for one zone at a time.
 */
import { HOURS_PER_WEEK } from '../lib/local-time.ts';
import { ACTION_KINDS as KINDS, ACTION_NONE, ACTION_VERSION_CHECK } from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { GROUP_BIT, SHOWN_VALUES } from './count-entries.ts';
import type { EntryFilter } from './entry-filter.ts';
import { entriesBetween } from './entry-search.ts';
import { HoursOfWeek } from './hours-of-week.ts';
import { KIND_MASK, KIND_VALUES } from './packed-kinds.ts';
import { fillGroupBits } from './seen-groups.ts';

/** Entries at a time. */
const CHUNK = 1 << 14;
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
    const laneOf = lanes(hiding);
    const hides = new Uint16Array(index.mostGroups);
    const groupBits = new Uint8Array(index.mostGroups);
    const wordHides = new Uint16Array(CHUNK);
    const sums = new Uint32Array(HOURS_PER_WEEK << WIDTH_SHIFT);
    for (let name = 0; name < traffic.names.size; name++) {
      const [first, end] = [index.groupsOf[name]!, index.groupsOf[name + 1]!];
      if (hiding?.hidesGroups) {
        hiding.fillGroups(name, first, end, hides);
        if (fillGroupBits(hides, end - first, groupBits) === end - first) continue;
      }
      const [begin, stop] = entriesBetween(index, name, from, to);
      for (let at = begin; at < stop; at += CHUNK) {
        const last = Math.min(stop, at + CHUNK);
        if (hiding?.hidesWords) hiding.fillWords(at, last, wordHides);
        countHours(index, laneOf, groupBits, wordHides, hourOf, at, last, sums);
      }
    }
    const ofLane = (lane: number) =>
      Uint32Array.from({ length: HOURS_PER_WEEK }, (_, hour) => sums[(hour << WIDTH_SHIFT) + lane]!);
    return { pullsByHour: ofLane(PULLS), checksByHour: ofLane(CHECKS) };
  }
}

/** By bits of an entry. */
function lanes(hiding: EntryFilter | null): Uint8Array {
  return Uint8Array.from({ length: SHOWN_VALUES }, (_, bits) => {
    const kind = bits & KIND_MASK;
    if (kind === ACTION_NONE || kind >= KINDS || bits & GROUP_BIT) return 0;
    if (hiding && hiding.byKind[bits % KIND_VALUES] !== 0) return 0;
    return kind === ACTION_VERSION_CHECK ? CHECKS : PULLS;
  });
}

/** No branch: nothing foretells what is hidden. */
function countHours(
  { kinds, group }: ActionIndex,
  laneOf: Uint8Array,
  groupBits: Uint8Array,
  wordHides: Uint16Array,
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
