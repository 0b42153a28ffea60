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
  const { kinds, hidden } = sums;
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const looksAtEach = hiding !== null && hiding.hidesWords;
  const { starts, entries } = index;
  const { units, mask, range } = unitsOf(traffic, index, span);
  for (let group = 0; group < index.groups; group++) {
    const hidesGroup = hiding === null ? 0 : hiding.hidesGroup(group);
    let at = starts[group]!;
    let end = starts[group + 1]!;
    if (range !== null) {
      at = firstEntryFrom(index, at, end, range[0]);
      end = firstEntryFrom(index, at, end, range[1]);
    }
    let checks = 0;
    let byTag = 0;
    let byDigest = 0;
    let downloads = 0;
    for (; at < end; at += MOST_UNITS) {
      const stop = Math.min(end, at + MOST_UNITS);
      const sum = looksAtEach
        ? sumShown(index, units, mask, at, stop, hiding, hidesGroup, hidden)
        : sumUnits(entries, units, mask, at, stop);
      checks += sum & 255;
      byTag += (sum >>> 8) & 255;
      byDigest += (sum >>> 16) & 255;
      downloads += sum >>> 24;
    }
    if (checks + byTag + byDigest + downloads === 0) continue;
    if (hidesGroup !== 0 || (hiding !== null && hiding.hidesEntries)) {
      // What hides single entries was asked above; what hides all of a kind is asked here.
      const hides = (kind: number) => hidesGroup | (looksAtEach ? 0 : hiding!.hidesKind(kind));
      const shown = (kind: number, count: number) => {
        const bits = hides(kind);
        if (bits === 0) return count;
        hidden[bits]! += count;
        return 0;
      };
      checks = shown(ACTION_VERSION_CHECK, checks);
      byTag = shown(ACTION_PULL_BY_TAG, byTag);
      byDigest = shown(ACTION_PULL_BY_DIGEST, byDigest);
      downloads = shown(ACTION_DOWNLOAD, downloads);
      if (checks + byTag + byDigest + downloads === 0) continue;
    }
    kinds[ACTION_VERSION_CHECK]! += checks;
    kinds[ACTION_PULL_BY_TAG]! += byTag;
    kinds[ACTION_PULL_BY_DIGEST]! += byDigest;
    kinds[ACTION_DOWNLOAD]! += downloads;
    const client = index.client[group]!;
    const pulls = byTag + byDigest;
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

/** A unit of each action, in bytes of its own; so many of them make a number of 31 bits at most. */
const MOST_UNITS = 127;
const unitOf = (kind: number) => 1 << ((kind - 1) * 8);

interface Units {
  /** By entry and `mask`: the unit of its action; 0: it is none, or not in the span. */
  units: Uint32Array;
  mask: number;
  /** Places of the span in the order of time, where they must be looked at. */
  range: [from: number, to: number] | null;
}

/** Of days by UTC, an entry alone tells whether it lies in the span. */
function unitsOf(traffic: Traffic, index: ActionIndex, span: DaySpan): Units {
  const [from, to] = rangeOfSpan(traffic, span);
  const isAll = from === 0 && to === traffic.length;
  const isToldByDay = !isAll && span.zone === undefined && index.entries instanceof Uint16Array;
  const mask = isToldByDay ? 0xffff : KIND_MASK;
  const units = new Uint32Array(mask + 1);
  const [first, last] = isToldByDay ? [span.first - index.firstDay, span.last - index.firstDay] : [0, 0];
  for (let day = Math.max(0, first); day <= last && day << DAY_SHIFT <= mask; day++) {
    for (let kind = 1; kind < KINDS; kind++)
      for (const signature of [0, SIGNATURE_BIT])
        units[((day << DAY_SHIFT) | signature | kind) & mask] = unitOf(kind);
  }
  return { units, mask, range: isAll || isToldByDay ? null : [from, to] };
}

function sumUnits(
  entries: ActionIndex['entries'],
  units: Uint32Array,
  mask: number,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += units[entries[at]! & mask]!;
  return sum;
}

/** The same, where a filter looks at each. What it hides goes to `hidden`. */
function sumShown(
  { entries }: ActionIndex,
  units: Uint32Array,
  mask: number,
  from: number,
  to: number,
  hiding: EntryFilter,
  hidesGroup: HiddenBy,
  hidden: Uint32Array,
): number {
  let sum = 0;
  for (let at = from; at < to; at++) {
    const unit = units[entries[at]! & mask]!;
    if (unit === 0) continue;
    const hides = hiding.hidesEntry(at);
    if (hides === 0) sum += unit;
    else hidden[hides | hidesGroup]!++;
  }
  return sum;
}
