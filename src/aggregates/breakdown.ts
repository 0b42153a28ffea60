/**
 * Who is behind the actions: counts by value of each facet. In: Traffic, its index of actions, a span and a filter.
 * Out: Breakdowns. Actions are summed by agent and by address first (action-sums.ts), since these tell all facets but
 * the action's own.
 */
import type { WordTable } from '../lib/word-table.ts';
import { bitOf } from '../model/action-filter.ts';
import { USES } from '../model/agent-columns.ts';
import { ACTION_NAMES, chosenFacets, clientValue, type Filter, kindValue } from '../model/filter.ts';
import { repoTypeOf } from '../model/repository-name.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Breakdown, Breakdowns, DaySpan, ValueCounts } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { type ActionSums, CHECKS, DOWNLOADS, PULLS, sumActions, WIDTH } from './action-sums.ts';

/** Most values that are listed of a facet. */
const LONGEST_LIST = 1000;
type Counts = readonly [pulls: number, downloads: number, checks: number];
const NOTHING: Counts = [0, 0, 0];

export function breakdowns(traffic: Traffic, index: ActionIndex, span: DaySpan, filter: Filter): Breakdowns {
  return breakdownsOf(traffic, sumActions(traffic, index, span, filter), filter);
}

/** Of what was summed up already. */
export function breakdownsOf(traffic: Traffic, sums: ActionSums, filter: Filter): Breakdowns {
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

function byAddress(traffic: Traffic, { clients, noClient }: ActionSums) {
  const columns = traffic.describeAddresses();
  const { kinds, kindOf } = columns;
  const breakdown = (words: WordTable, wordOf: Uint32Array, namesKinds: boolean): Breakdown => {
    const byWord = new Uint32Array(words.size * WIDTH);
    const byKind = new Uint32Array(kinds.size * WIDTH);
    addByWord(clients, wordOf, byWord);
    if (namesKinds) {
      const unknown = words.find('');
      addByKind(clients, wordOf, unknown, kindOf, byKind);
      byWord.fill(0, unknown * WIDTH, (unknown + 1) * WIDTH);
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

/** There may be a million addresses: no list of three for each. */
function addByWord(clients: Uint32Array, wordOf: Uint32Array, byWord: Uint32Array): void {
  for (let at = 0, client = 0; at < clients.length; at += WIDTH, client++) {
    const to = wordOf[client]! * WIDTH;
    byWord[to + PULLS]! += clients[at + PULLS]!;
    byWord[to + DOWNLOADS]! += clients[at + DOWNLOADS]!;
    byWord[to + CHECKS]! += clients[at + CHECKS]!;
  }
}

/** Those of which no word is known. */
function addByKind(
  clients: Uint32Array,
  wordOf: Uint32Array,
  unknown: number,
  kindOf: Uint32Array,
  byKind: Uint32Array,
): void {
  for (let at = 0, client = 0; at < clients.length; at += WIDTH, client++) {
    if (wordOf[client] !== unknown) continue;
    const to = kindOf[client]! * WIDTH;
    byKind[to + PULLS]! += clients[at + PULLS]!;
    byKind[to + DOWNLOADS]! += clients[at + DOWNLOADS]!;
    byKind[to + CHECKS]! += clients[at + CHECKS]!;
  }
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
