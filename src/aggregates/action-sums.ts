/**
 * Actions summed by what tells their facets. In: Traffic, its index, a span and a filter; or actions one by one. Out:
 * pulls, downloads and version checks of each name, agent and address, and what hides the others.
 */
import { actionFilter } from '../model/action-filter.ts';
import { FACETS, type Filter } from '../model/filter.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_KINDS as KINDS,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { EntryFilter } from './entry-filter.ts';
import { GroupKinds } from './group-kinds.ts';

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

/** Groups at a time. */
const GROUPS = 1 << 9;

export function sumActions(traffic: Traffic, index: ActionIndex, span: DaySpan, filter: Filter): ActionSums {
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const kinds = new GroupKinds(traffic, index, span, hiding);
  // In place: sums keep their shape.
  const sums = noActions(traffic);
  sums.hidden = kinds.hidden;
  /** What hides all of a kind, where that was not asked yet. */
  const hidesKind = Uint16Array.from({ length: KINDS }, (_, kind) =>
    hiding && !kinds.isShown ? hiding.hidesKind(kind) : 0,
  );
  const hidesGroups = new Uint16Array(GROUPS);
  const counts = new Uint32Array(GROUPS * KINDS);
  for (let first = 0; first < index.groups; first += GROUPS) {
    const end = Math.min(index.groups, first + GROUPS);
    hiding?.fillGroups(first, end, hidesGroups);
    kinds.fill(first, end, hidesGroups, counts);
    for (let kind = 1; hiding && kind < KINDS; kind++) {
      if (hidesKind[kind] !== 0 || hiding.hidesGroups)
        hideCounts(counts, end - first, hidesGroups, hidesKind[kind]!, kind, sums.hidden);
    }
    addCounts(sums, index, first, end, counts);
  }
  return sums;
}

/** Moves what is hidden, without a branch: hidden groups come in no order. */
function hideCounts(
  counts: Uint32Array,
  groups: number,
  hidesGroups: Uint16Array,
  hidesKind: number,
  kind: number,
  hidden: Uint32Array,
): void {
  for (let group = 0, at = kind; group < groups; group++, at += KINDS) {
    const hides = hidesGroups[group]! | hidesKind;
    const count = counts[at]!;
    // All ones where nothing hides it.
    const shown = count & ((hides - 1) >> 31);
    counts[at] = shown;
    hidden[hides]! += count - shown;
  }
}

function addCounts(
  { kinds, names, agents, clients, noClient }: ActionSums,
  index: ActionIndex,
  first: number,
  end: number,
  counts: Uint32Array,
): void {
  const { name, agent, client } = index;
  let [allChecks, allByTag, allByDigest, allDownloads] = [0, 0, 0, 0];
  for (let group = first, at = 0; group < end; group++, at += KINDS) {
    const checks = counts[at + ACTION_VERSION_CHECK]!;
    const byTag = counts[at + ACTION_PULL_BY_TAG]!;
    const byDigest = counts[at + ACTION_PULL_BY_DIGEST]!;
    const downloads = counts[at + ACTION_DOWNLOAD]!;
    if ((checks | byTag | byDigest | downloads) === 0) continue;
    allChecks += checks;
    allByTag += byTag;
    allByDigest += byDigest;
    allDownloads += downloads;
    const pulls = byTag + byDigest;
    const address = client[group]!;
    const isKnown = address !== NO_WORD;
    const ofName = name[group]! * WIDTH;
    const ofAgent = agent[group]! * WIDTH;
    const ofAddress = isKnown ? address * WIDTH : 0;
    const addresses = isKnown ? clients : noClient;
    names[ofName + PULLS]! += pulls;
    names[ofName + CHECKS]! += checks;
    agents[ofAgent + PULLS]! += pulls;
    agents[ofAgent + CHECKS]! += checks;
    addresses[ofAddress + PULLS]! += pulls;
    addresses[ofAddress + CHECKS]! += checks;
    // Registries of images have none.
    if (downloads === 0) continue;
    names[ofName + DOWNLOADS]! += downloads;
    agents[ofAgent + DOWNLOADS]! += downloads;
    addresses[ofAddress + DOWNLOADS]! += downloads;
  }
  kinds[ACTION_VERSION_CHECK]! += allChecks;
  kinds[ACTION_PULL_BY_TAG]! += allByTag;
  kinds[ACTION_PULL_BY_DIGEST]! += allByDigest;
  kinds[ACTION_DOWNLOAD]! += allDownloads;
}
