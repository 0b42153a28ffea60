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
import { BOTH_SLOT, GroupKinds, KIND_SLOT, slotHides, SLOTS, TAG_SLOT } from './group-kinds.ts';

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

/** Adds an action to what tells who it was by; client: NO_WORD for none. Its name is not counted. */
export function addSource(sums: ActionSums, kind: number, client: number, agent: number): void {
  const place = PLACE_OF[kind]!;
  sums.agents[agent * WIDTH + place]!++;
  if (client === NO_WORD) sums.noClient[place]!++;
  else sums.clients[client * WIDTH + place]!++;
}

/** Adds what names have: [name * ACTION_KINDS + ACTION_*]. */
export function addNames(sums: ActionSums, actions: Uint32Array): void {
  for (let at = 0; at < actions.length; at++) {
    const kind = at % KINDS;
    sums.kinds[kind]! += actions[at]!;
    if (kind > 0) sums.names[((at - kind) / KINDS) * WIDTH + PLACE_OF[kind]!]! += actions[at]!;
  }
}

/** How many clients have an action. */
export function clientsOf({ clients }: ActionSums): number {
  let count = 0;
  for (let at = 0; at < clients.length; at += WIDTH)
    if (clients[at + PULLS]! + clients[at + DOWNLOADS]! + clients[at + CHECKS]! > 0) count++;
  return count;
}

export function sumActions(traffic: Traffic, index: ActionIndex, span: DaySpan, filter: Filter): ActionSums {
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const kinds = new GroupKinds(traffic, index, span, hiding);
  const sums = noActions(traffic);
  /** By source. */
  const [pullsAndChecks, downloads] = [new Uint32Array(index.sources * 2), new Uint32Array(index.sources)];
  for (let name = 0; name < traffic.names.size; name++) {
    if (!kinds.fill(name)) continue;
    const [first, end] = [index.groupsOf[name]!, index.groupsOf[name + 1]!];
    if (hiding) sumHidden(kinds.counts, kinds.hides, end - first, sums.hidden);
    const { source } = index;
    const ofName = sumSources(kinds.counts, kinds.hides, source, first, end, pullsAndChecks, downloads);
    ofName.forEach((count, kind) => {
      sums.kinds[kind]! += count;
      sums.names[name * WIDTH + PLACE_OF[kind]!]! += count;
    });
  }
  sums.hidden.forEach((count, hides) => {
    sums.hidden[hides] = hides === 0 ? 0 : count + kinds.hidden[hides]!;
  });
  spreadSources(sums, index, pullsAndChecks, downloads);
  return sums;
}

function sumHidden(counts: Uint32Array, hides: Uint16Array, groups: number, hidden: Uint32Array): void {
  const [byTag, byBoth, byKind] = [TAG_SLOT, BOTH_SLOT, KIND_SLOT].map(slotHides) as [number, number, number];
  for (let group = 0, at = 0; group < groups; group++, at += SLOTS) {
    const own = hides[group]!;
    hidden[own]! += counts[at + 1]! + counts[at + 2]! + counts[at + 3]! + counts[at + 4]!;
    hidden[own | byTag]! += counts[at + TAG_SLOT]!;
    hidden[own | byBoth]! += counts[at + BOTH_SLOT]!;
    hidden[own | byKind]! += counts[at + KIND_SLOT]!;
  }
}

/** Adds what groups [first, end) of a name show to their sources. Answers counts by ACTION_*. */
function sumSources(
  counts: Uint32Array,
  hides: Uint16Array,
  source: Uint32Array,
  first: number,
  end: number,
  pullsAndChecks: Uint32Array,
  downloadsOf: Uint32Array,
): number[] {
  let [allChecks, allByTag, allByDigest, allDownloads] = [0, 0, 0, 0];
  for (let group = first, i = 0, at = 0; group < end; group++, i++, at += SLOTS) {
    const checks = counts[at + ACTION_VERSION_CHECK]!;
    const byTag = counts[at + ACTION_PULL_BY_TAG]!;
    const byDigest = counts[at + ACTION_PULL_BY_DIGEST]!;
    const downloads = counts[at + ACTION_DOWNLOAD]!;
    if (hides[i] !== 0 || (checks | byTag | byDigest | downloads) === 0) continue;
    allChecks += checks;
    allByTag += byTag;
    allByDigest += byDigest;
    allDownloads += downloads;
    const own = source[group]! * 2;
    pullsAndChecks[own]! += byTag + byDigest;
    pullsAndChecks[own + 1]! += checks;
    // Registries of images have none.
    if (downloads !== 0) downloadsOf[source[group]!]! += downloads;
  }
  return [0, allChecks, allByTag, allByDigest, allDownloads];
}

/** Sums of sources as those of their agents and addresses. */
function spreadSources(
  { agents, clients, noClient }: ActionSums,
  { client, agent, sources }: ActionIndex,
  pullsAndChecks: Uint32Array,
  downloads: Uint32Array,
): void {
  for (let source = 0; source < sources; source++) {
    const pulls = pullsAndChecks[source * 2]!;
    const checks = pullsAndChecks[source * 2 + 1]!;
    const ofAgent = agent[source]! * WIDTH;
    agents[ofAgent + PULLS]! += pulls;
    agents[ofAgent + CHECKS]! += checks;
    agents[ofAgent + DOWNLOADS]! += downloads[source]!;
    const own = client[source]!;
    const addresses = own === NO_WORD ? noClient : clients;
    const ofAddress = own === NO_WORD ? 0 : own * WIDTH;
    addresses[ofAddress + PULLS]! += pulls;
    addresses[ofAddress + CHECKS]! += checks;
    addresses[ofAddress + DOWNLOADS]! += downloads[source]!;
  }
}
