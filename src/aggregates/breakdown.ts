/**
 * Who is behind the actions: counts by value of each facet. In: Traffic, its index of actions, a span and a filter.
 * Out: Breakdowns. Actions are summed by agent and by address first, since these tell all facets but the action's own.
 */
import type { WordTable } from '../lib/word-table.ts';
import { actionFilter, bitOf } from '../model/action-filter.ts';
import { USES } from '../model/agent-columns.ts';
import { ACTION_NAMES, chosenFacets, clientValue, FACETS, type Filter, kindValue } from '../model/filter.ts';
import {
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Breakdown, Breakdowns, DaySpan, ValueCounts } from '../model/view.ts';
import { type ActionIndex, DAY_SHIFT, EntryFilter, firstEntryFrom, KIND_MASK } from './action-index.ts';

/** Most values that are listed of a facet. */
const LONGEST_LIST = 1000;
/** Sums stand in pairs: pulls, then version checks. */
const PULLS = 0;
const CHECKS = 1;

interface Sums {
  kinds: Uint32Array;
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
    const isCheck = kind === ACTION_VERSION_CHECK;
    if (name !== '') kinds.add(name, isCheck ? 0 : sums.kinds[kind]!, isCheck ? sums.kinds[kind]! : 0);
  });
  return {
    pulls: sums.kinds[ACTION_PULL_BY_TAG]! + sums.kinds[ACTION_PULL_BY_DIGEST]!,
    versionChecks: sums.kinds[ACTION_VERSION_CHECK]!,
    by: {
      action: kinds.finish(),
      client: clients,
      use: byUse(traffic, sums.agents),
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
    agents: new Uint32Array(traffic.agents.size * 2),
    clients: new Uint32Array(traffic.clients.size * 2),
    noClient: new Uint32Array(2),
    hidden: new Uint32Array(1 << FACETS.length),
  };
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const hidesEntries = hiding?.hidesEntries ?? false;
  const { starts, entries } = index;
  const firstEntry = (span.first - index.firstDay) * (1 << DAY_SHIFT);
  const endEntry = (span.last + 1 - index.firstDay) * (1 << DAY_SHIFT);
  const isWholeSpan = endEntry > index.lastEntry;
  /** Actions of a group by ACTION_*. */
  const kinds = new Uint32Array(ACTION_NAMES.length);
  for (let group = 0; group < index.groups; group++) {
    const hidesGroup = hiding ? hiding.hidesGroup(group) : 0;
    const end = starts[group + 1]!;
    const from = firstEntryFrom(entries, starts[group]!, end, firstEntry);
    const to = isWholeSpan ? end : firstEntryFrom(entries, from, end, endEntry);
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
    if (pulls + checks === 0) continue;
    const agent = index.agent[group]! * 2;
    sums.agents[agent + PULLS]! += pulls;
    sums.agents[agent + CHECKS]! += checks;
    const client = index.client[group]!;
    const column = client === NO_WORD ? sums.noClient : sums.clients;
    const at = client === NO_WORD ? 0 : client * 2;
    column[at + PULLS]! += pulls;
    column[at + CHECKS]! += checks;
  }
  return sums;
}

/** Entries by ACTION_*, those without an action left out. Kinds are two bits: the sums of each bit tell all three. */
function countKinds(entries: ActionIndex['entries'], from: number, to: number, kinds: Uint32Array): void {
  let lower = 0;
  let upper = 0;
  let both = 0;
  for (let i = from; i < to; i++) {
    const entry = entries[i]!;
    lower += entry & 1;
    upper += (entry >> 1) & 1;
    both += entry & (entry >> 1) & 1;
  }
  kinds[ACTION_VERSION_CHECK] = lower - both;
  kinds[ACTION_PULL_BY_TAG] = upper - both;
  kinds[ACTION_PULL_BY_DIGEST] = both;
}

function byUse(traffic: Traffic, counts: Uint32Array): Breakdown {
  const { useOf } = traffic.describeAgents();
  const uses = new ValueTally();
  for (const use of USES) uses.add(use, 0, 0);
  for (let agent = 0; agent * 2 < counts.length; agent++) {
    const [pulls, checks] = [counts[agent * 2 + PULLS]!, counts[agent * 2 + CHECKS]!];
    if (pulls + checks > 0) uses.add(USES[useOf[agent]!]!, pulls, checks);
  }
  return uses.finish();
}

function byClient(traffic: Traffic, counts: Uint32Array) {
  const { tools, versions, toolOf, versionOf } = traffic.describeAgents();
  const clients = new ValueTally();
  const unknownAgents = new ValueTally();
  const versionsOf = new Map<string, ValueTally>();
  for (let agent = 0; agent * 2 < counts.length; agent++) {
    const [pulls, checks] = [counts[agent * 2 + PULLS]!, counts[agent * 2 + CHECKS]!];
    if (pulls + checks === 0) continue;
    const tool = tools.textOf(toolOf[agent]!);
    clients.add(tool, pulls, checks);
    if (tool === '') {
      unknownAgents.add(traffic.agents.textOf(agent), pulls, checks);
      continue;
    }
    let own = versionsOf.get(tool);
    if (!own) versionsOf.set(tool, (own = new ValueTally()));
    own.add(clientValue(tool, versions.textOf(versionOf[agent]!)), pulls, checks);
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
    const byWord = new Uint32Array(words.size * 2);
    const byKind = new Uint32Array(kinds.size * 2);
    const unknown = words.find('');
    for (let client = 0; client * 2 < clients.length; client++) {
      const isKind = namesKinds && wordOf[client] === unknown;
      const column = isKind ? byKind : byWord;
      const at = (isKind ? kindOf[client]! : wordOf[client]!) * 2;
      column[at + PULLS]! += clients[client * 2 + PULLS]!;
      column[at + CHECKS]! += clients[client * 2 + CHECKS]!;
    }
    const values = new ValueTally();
    values.addWords(words, byWord);
    values.addWords(kinds, byKind, kindValue);
    values.add('', noClient[PULLS]!, noClient[CHECKS]!);
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

  add(value: string, pulls: number, versionChecks: number): void {
    const held = this.counts.get(value);
    if (!held) this.counts.set(value, { value, pulls, versionChecks });
    else {
      held.pulls += pulls;
      held.versionChecks += versionChecks;
    }
  }

  addWords(words: WordTable, counts: Uint32Array, valueOf = (word: string) => word): void {
    for (let word = 0; word < words.size; word++) {
      const [pulls, checks] = [counts[word * 2 + PULLS]!, counts[word * 2 + CHECKS]!];
      if (pulls + checks > 0) this.add(valueOf(words.textOf(word)), pulls, checks);
    }
  }

  /** The unknown value is listed last, whatever its counts. */
  finish(unknown = ''): Breakdown {
    this.add(unknown, 0, 0);
    const all = (counts: ValueCounts) => counts.pulls + counts.versionChecks;
    const known = [...this.counts.values()].filter(({ value }) => value !== unknown);
    known.sort((a, b) => all(b) - all(a) || b.pulls - a.pulls || (a.value < b.value ? -1 : 1));
    return {
      values: [...known.slice(0, LONGEST_LIST), this.counts.get(unknown)!],
      valueCount: this.counts.size,
    };
  }
}
