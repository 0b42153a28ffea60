/**
 * Who is behind the actions: counts by value of each facet. In: Traffic, its index of actions, a span and a filter.
 * Out: Breakdowns. Actions are summed by agent and by address first, since these tell all facets but the action's own.
 */
import type { WordTable } from '../lib/word-table.ts';
import { actionFilter, bitOf } from '../model/action-filter.ts';
import { USES } from '../model/agent-columns.ts';
import { ACTION_NAMES, chosenFacets, clientValue, FACETS, type Filter, kindValue } from '../model/filter.ts';
import { repoTypeOf } from '../model/repository-name.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Breakdown, Breakdowns, DaySpan, ValueCounts } from '../model/view.ts';
import { type ActionIndex, EntryFilter, firstEntryFrom, KIND_MASK } from './action-index.ts';

/** Most values that are listed of a facet. */
const LONGEST_LIST = 1000;
/** Sums stand in threes: pulls, downloads, version checks. */
const PULLS = 0;
const DOWNLOADS = 1;
const CHECKS = 2;
const WIDTH = 3;

type Counts = readonly [pulls: number, downloads: number, checks: number];
const NOTHING: Counts = [0, 0, 0];

interface Sums {
  kinds: Uint32Array;
  names: Uint32Array;
  agents: Uint32Array;
  clients: Uint32Array;
  /** Actions without a usable address. */
  noClient: Uint32Array;
  /** Hidden actions by what hides them: all bits of HiddenBy. */
  hidden: Uint32Array;
}

export function breakdowns(traffic: Traffic, index: ActionIndex, span: DaySpan, filter: Filter): Breakdowns {
  const sums = sumUp(traffic, index, span, filter);
  const { clients, versions, unknownAgents } = byClient(traffic, sums.agents);
  const kinds = new ValueTally();
  ACTION_NAMES.forEach((name, kind) => {
    if (name === '') return;
    const count = (isOfKind: boolean) => (isOfKind ? sums.kinds[kind]! : 0);
    const [isCheck, isDownload] = [kind === ACTION_VERSION_CHECK, kind === ACTION_DOWNLOAD];
    if (isDownload && count(true) === 0) return;
    kinds.add(name, [count(!isCheck && !isDownload), count(isDownload), count(isCheck)]);
  });
  return {
    pulls: sums.kinds[ACTION_PULL_BY_TAG]! + sums.kinds[ACTION_PULL_BY_DIGEST]!,
    downloads: sums.kinds[ACTION_DOWNLOAD]!,
    versionChecks: sums.kinds[ACTION_VERSION_CHECK]!,
    by: {
      action: kinds.finish(),
      client: clients,
      use: byUse(traffic, sums.agents),
      repositoryType: byType(traffic, sums.names),
      ...byAddress(traffic, sums),
    },
    versions,
    unknownAgents,
    hidden: sums.hidden.reduce((sum, count) => sum + count, 0),
    hiddenByAlone: Object.fromEntries(
      chosenFacets(filter).map((facet) => [facet, sums.hidden[bitOf(facet)]!]),
    ),
  };
}

function sumUp(traffic: Traffic, index: ActionIndex, span: DaySpan, filter: Filter): Sums {
  const sums: Sums = {
    kinds: new Uint32Array(ACTION_NAMES.length),
    names: new Uint32Array(traffic.names.size * WIDTH),
    agents: new Uint32Array(traffic.agents.size * WIDTH),
    clients: new Uint32Array(traffic.clients.size * WIDTH),
    noClient: new Uint32Array(WIDTH),
    hidden: new Uint32Array(1 << FACETS.length),
  };
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const hidesEntries = hiding?.hidesEntries ?? false;
  const { starts, entries } = index;
  const [firstPlace, endPlace] = rangeOfSpan(traffic, span);
  const [fromStart, toEnd] = [firstPlace === 0, endPlace === traffic.length];
  /** Actions of a group by ACTION_*. */
  const kinds = new Uint32Array(ACTION_NAMES.length);
  for (let group = 0; group < index.groups; group++) {
    const hidesGroup = hiding ? hiding.hidesGroup(group) : 0;
    const end = starts[group + 1]!;
    const from = fromStart ? starts[group]! : firstEntryFrom(index, starts[group]!, end, firstPlace);
    const to = toEnd ? end : firstEntryFrom(index, from, end, endPlace);
    if (hidesEntries) {
      kinds.fill(0);
      for (let i = from; i < to; i++) {
        const kind = entries[i]! & KIND_MASK;
        const hides = kind !== ACTION_NONE ? hidesGroup | hiding!.hidesEntry(i) : 0;
        if (hides === 0) kinds[kind]!++;
        else sums.hidden[hides]!++;
      }
      kinds[ACTION_NONE] = 0;
    } else countKinds(entries, from, to, kinds);
    if (hidesGroup !== 0) {
      sums.hidden[hidesGroup]! += kinds.reduce((sum, count) => sum + count, 0);
      continue;
    }
    for (let kind = 1; kind < kinds.length; kind++) sums.kinds[kind]! += kinds[kind]!;
    const checks = kinds[ACTION_VERSION_CHECK]!;
    const pulls = kinds[ACTION_PULL_BY_TAG]! + kinds[ACTION_PULL_BY_DIGEST]!;
    const counts = [pulls, kinds[ACTION_DOWNLOAD]!, checks] as const;
    if (all(counts) === 0) continue;
    addAt(sums.agents, index.agent[group]!, counts);
    addAt(sums.names, index.name[group]!, counts);
    const client = index.client[group]!;
    if (client === NO_WORD) addAt(sums.noClient, 0, counts);
    else addAt(sums.clients, client, counts);
  }
  return sums;
}

/** Entries by ACTION_*, those without an action left out. Kinds are three bits, a download the highest alone: sums of each tell all. */
function countKinds(entries: ActionIndex['entries'], from: number, to: number, kinds: Uint32Array): void {
  let lower = 0;
  let upper = 0;
  let both = 0;
  let downloads = 0;
  for (let i = from; i < to; i++) {
    const entry = entries[i]!;
    lower += entry & 1;
    upper += (entry >> 1) & 1;
    both += entry & (entry >> 1) & 1;
    downloads += (entry >> 2) & 1;
  }
  kinds[ACTION_VERSION_CHECK] = lower - both;
  kinds[ACTION_PULL_BY_TAG] = upper - both;
  kinds[ACTION_PULL_BY_DIGEST] = both;
  kinds[ACTION_DOWNLOAD] = downloads;
}

function addAt(sums: Uint32Array, place: number, counts: Counts): void {
  for (let i = 0; i < WIDTH; i++) sums[place * WIDTH + i]! += counts[i]!;
}

function countsAt(sums: Uint32Array, place: number): Counts {
  const at = place * WIDTH;
  return [sums[at + PULLS]!, sums[at + DOWNLOADS]!, sums[at + CHECKS]!];
}

const all = ([pulls, downloads, checks]: Counts) => pulls + downloads + checks;

function byType(traffic: Traffic, counts: Uint32Array): Breakdown {
  const types = new ValueTally();
  for (let name = 0; name < traffic.names.size; name++) {
    const own = countsAt(counts, name);
    if (all(own) > 0) types.add(repoTypeOf(traffic.names.textOf(name)), own);
  }
  return types.finish();
}

function byUse(traffic: Traffic, counts: Uint32Array): Breakdown {
  const { useOf } = traffic.describeAgents();
  const uses = new ValueTally();
  for (const use of USES) uses.add(use, NOTHING);
  for (let agent = 0; agent * WIDTH < counts.length; agent++) {
    const own = countsAt(counts, agent);
    if (all(own) > 0) uses.add(USES[useOf[agent]!]!, own);
  }
  return uses.finish();
}

function byClient(traffic: Traffic, counts: Uint32Array) {
  const { tools, versions, toolOf, versionOf } = traffic.describeAgents();
  const clients = new ValueTally();
  const unknownAgents = new ValueTally();
  const versionsOf = new Map<string, ValueTally>();
  for (let agent = 0; agent * WIDTH < counts.length; agent++) {
    const counted = countsAt(counts, agent);
    if (all(counted) === 0) continue;
    const tool = tools.textOf(toolOf[agent]!);
    clients.add(tool, counted);
    if (tool === '') {
      unknownAgents.add(traffic.agents.textOf(agent), counted);
      continue;
    }
    let own = versionsOf.get(tool);
    if (!own) versionsOf.set(tool, (own = new ValueTally()));
    own.add(clientValue(tool, versions.textOf(versionOf[agent]!)), counted);
  }
  const listed = clients.finish();
  return {
    clients: listed,
    versions: new Map(
      listed.values.flatMap(({ value }): [string, Breakdown][] => {
        const own = versionsOf.get(value);
        return own ? [[value, own.finish(clientValue(value, ''))]] : [];
      }),
    ),
    unknownAgents: unknownAgents.finish(),
  };
}

function byAddress(traffic: Traffic, { clients, noClient }: Sums) {
  const columns = traffic.describeAddresses();
  const { kinds, kindOf } = columns;
  const breakdown = (words: WordTable, wordOf: Uint32Array, namesKinds: boolean): Breakdown => {
    const byWord = new Uint32Array(words.size * WIDTH);
    const byKind = new Uint32Array(kinds.size * WIDTH);
    const unknown = words.find('');
    for (let client = 0; client * WIDTH < clients.length; client++) {
      const isKind = namesKinds && wordOf[client] === unknown;
      const place = isKind ? kindOf[client]! : wordOf[client]!;
      addAt(isKind ? byKind : byWord, place, countsAt(clients, client));
    }
    const values = new ValueTally();
    values.addWords(words, byWord);
    values.addWords(kinds, byKind, kindValue);
    values.add('', countsAt(noClient, 0));
    return values.finish();
  };
  return {
    country: breakdown(columns.countries, columns.countryOf, true),
    cloud: breakdown(columns.hosts, columns.hostOf, true),
    networkType: breakdown(columns.types, columns.typeOf, true),
    // The user's own names stand for themselves.
    ownNetwork: breakdown(columns.networks, columns.networkOf, false),
  };
}

class ValueTally {
  private readonly counts = new Map<string, ValueCounts>();

  add(value: string, [pulls, downloads, versionChecks]: Counts): void {
    const held = this.counts.get(value);
    if (!held) this.counts.set(value, { value, pulls, downloads, versionChecks });
    else {
      held.pulls += pulls;
      held.downloads += downloads;
      held.versionChecks += versionChecks;
    }
  }

  addWords(words: WordTable, counts: Uint32Array, valueOf = (word: string) => word): void {
    for (let word = 0; word < words.size; word++) {
      const own = countsAt(counts, word);
      if (all(own) > 0) this.add(valueOf(words.textOf(word)), own);
    }
  }

  /** The unknown value is listed last, whatever its counts. */
  finish(unknown = ''): Breakdown {
    this.add(unknown, NOTHING);
    const total = (counts: ValueCounts) => counts.pulls + counts.downloads + counts.versionChecks;
    const known = [...this.counts.values()].filter(({ value }) => value !== unknown);
    known.sort((a, b) => total(b) - total(a) || b.pulls - a.pulls || (a.value < b.value ? -1 : 1));
    return {
      values: [...known.slice(0, LONGEST_LIST), this.counts.get(unknown)!],
      valueCount: this.counts.size,
    };
  }
}
