/**
 * Actions summed by what tells their facets. In: Traffic, its index, a span and a filter; or actions one by one. Out:
 * pulls, downloads and version checks of each name, agent and address, and what hides the others.
 */
import { actionFilter, type HiddenBy } from '../model/action-filter.ts';
import { FACETS, type Filter } from '../model/filter.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_KINDS as KINDS,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import {
  type ActionIndex,
  DAY_SHIFT,
  EntryFilter,
  firstEntryFrom,
  KIND_MASK,
  SIGNATURE_BIT,
} from './action-index.ts';

/** Sums stand in threes. */
export const PULLS = 0;
export const DOWNLOADS = 1;
export const CHECKS = 2;
export const WIDTH = 3;

/** By ACTION_*, its place among the three. */
const PLACE_OF = new Uint8Array(KINDS);
PLACE_OF[ACTION_VERSION_CHECK] = CHECKS;
PLACE_OF[ACTION_DOWNLOAD] = DOWNLOADS;

export interface ActionSums {
  /** By ACTION_*. */
  kinds: Uint32Array;
  /** By number in Traffic, times WIDTH. */
  names: Uint32Array;
  agents: Uint32Array;
  clients: Uint32Array;
  /** Actions without a usable address. */
  noClient: Uint32Array;
  /** Hidden actions by what hides them: all bits of HiddenBy. */
  hidden: Uint32Array;
}

export function noActions({ names, agents, clients }: Traffic): ActionSums {
  return {
    kinds: new Uint32Array(KINDS),
    names: new Uint32Array(names.size * WIDTH),
    agents: new Uint32Array(agents.size * WIDTH),
    clients: new Uint32Array(clients.size * WIDTH),
    noClient: new Uint32Array(WIDTH),
    hidden: new Uint32Array(1 << FACETS.length),
  };
}

/** client: NO_WORD for none. */
export function addAction(sums: ActionSums, kind: number, name: number, client: number, agent: number): void {
  const place = PLACE_OF[kind]!;
  sums.kinds[kind]!++;
  sums.names[name * WIDTH + place]!++;
  sums.agents[agent * WIDTH + place]!++;
  if (client === NO_WORD) sums.noClient[place]!++;
  else sums.clients[client * WIDTH + place]!++;
}

export function sumActions(traffic: Traffic, index: ActionIndex, span: DaySpan, filter: Filter): ActionSums {
  const sums = noActions(traffic);
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const { starts, entries } = index;
  const counter = new EntryCounter(traffic, index, span);
  const { counts } = counter;
  for (let group = 0; group < index.groups; group++) {
    const hidesGroup = hiding ? hiding.hidesGroup(group) : 0;
    const [from, to] = [starts[group]!, starts[group + 1]!];
    if (hiding?.hidesEntries) counter.countShown(from, to, hiding, hidesGroup, sums.hidden);
    else counter.count(entries, from, to);
    const checks = counts[ACTION_VERSION_CHECK]!;
    const byTag = counts[ACTION_PULL_BY_TAG]!;
    const byDigest = counts[ACTION_PULL_BY_DIGEST]!;
    const downloads = counts[ACTION_DOWNLOAD]!;
    const pulls = byTag + byDigest;
    const all = pulls + checks + downloads;
    if (all === 0) continue;
    if (hidesGroup !== 0) {
      sums.hidden[hidesGroup]! += all;
      continue;
    }
    sums.kinds[ACTION_VERSION_CHECK]! += checks;
    sums.kinds[ACTION_PULL_BY_TAG]! += byTag;
    sums.kinds[ACTION_PULL_BY_DIGEST]! += byDigest;
    sums.kinds[ACTION_DOWNLOAD]! += downloads;
    const client = index.client[group]!;
    addThree(sums.agents, index.agent[group]!, pulls, downloads, checks);
    addThree(sums.names, index.name[group]!, pulls, downloads, checks);
    if (client === NO_WORD) addThree(sums.noClient, 0, pulls, downloads, checks);
    else addThree(sums.clients, client, pulls, downloads, checks);
  }
  return sums;
}

function addThree(sums: Uint32Array, place: number, pulls: number, downloads: number, checks: number): void {
  const at = place * WIDTH;
  sums[at + PULLS]! += pulls;
  sums[at + DOWNLOADS]! += downloads;
  sums[at + CHECKS]! += checks;
}

/** Bits of a unit for each action; four of them make 31, so that sums stay small integers. */
const UNIT_BITS = 8;
const MOST_UNITS = 127;
const unitOf = (kind: number) => 1 << ((kind - 1) * UNIT_BITS);

/** Counts a group's actions in a span. Of days by UTC, an entry alone tells whether it lies in the span. */
class EntryCounter {
  /** Of the last group, by ACTION_*. */
  readonly counts = new Uint32Array(KINDS);
  /** By entry and `mask`: 1 in the byte of its action; 0: it is none, or not in the span. */
  private readonly units: Uint32Array;
  private readonly mask: number;
  /** Places of the span in the order of time, where they must be looked at. */
  private readonly range: [from: number, to: number] | null;

  constructor(
    traffic: Traffic,
    private readonly index: ActionIndex,
    span: DaySpan,
  ) {
    const [from, to] = rangeOfSpan(traffic, span);
    const isAll = from === 0 && to === traffic.length;
    const isToldByDay = !isAll && span.zone === undefined && index.entries instanceof Uint16Array;
    this.range = isAll || isToldByDay ? null : [from, to];
    this.mask = isToldByDay ? 0xffff : KIND_MASK;
    this.units = new Uint32Array(this.mask + 1);
    const [first, last] = isToldByDay ? [span.first - index.firstDay, span.last - index.firstDay] : [0, 0];
    for (let day = Math.max(0, first); day <= last && day << DAY_SHIFT <= this.mask; day++) {
      for (let kind = 1; kind < KINDS; kind++)
        for (const signature of [0, SIGNATURE_BIT])
          this.units[((day << DAY_SHIFT) | signature | kind) & this.mask] = unitOf(kind);
    }
  }

  /** The entries [from, to) of a group. */
  count(entries: ActionIndex['entries'], from: number, to: number): void {
    const { counts, units, mask } = this;
    if (this.range) [from, to] = this.within(from, to);
    counts.fill(0);
    for (let at = from; at < to;) {
      const stop = Math.min(to, at + MOST_UNITS);
      let sum = 0;
      for (; at < stop; at++) sum += units[entries[at]! & mask]!;
      for (let kind = 1; kind < KINDS; kind++) {
        counts[kind]! += sum & 255;
        sum >>>= UNIT_BITS;
      }
    }
  }

  /** The same, where a filter looks at each. Hidden ones go to `hidden`, unless their whole group is. */
  countShown(from: number, to: number, hiding: EntryFilter, hidesGroup: HiddenBy, hidden: Uint32Array): void {
    const { counts, units, mask } = this;
    const { entries } = this.index;
    if (this.range) [from, to] = this.within(from, to);
    counts.fill(0);
    for (let at = from; at < to; at++) {
      const entry = entries[at]!;
      if (units[entry & mask] === 0) continue;
      const hides = hiding.hidesEntry(at);
      if (hides === 0) counts[entry & KIND_MASK]!++;
      else hidden[hides | hidesGroup]!++;
    }
  }

  private within(from: number, to: number): [from: number, to: number] {
    const begin = firstEntryFrom(this.index, from, to, this.range![0]);
    return [begin, firstEntryFrom(this.index, begin, to, this.range![1])];
  }
}
