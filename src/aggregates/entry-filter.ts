/**
 * What hides entries of an index of actions. In: the index, Traffic and a filter. Out: for each group the facets that
 * hide all of it; for entries those that tell them apart. Tags and digests are looked up when a filter first asks.
 */
import type { ActionFilter, HiddenBy, Masks } from '../model/action-filter.ts';
import { digestOfAction } from '../model/action-digest.ts';
import { PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { FLAG_DIGEST, NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import { type ActionIndex, KIND_MASK } from './action-index.ts';

/** By entry, the tag: made when a filter first asks for it. */
function tagsOf(index: ActionIndex, { table, order }: Traffic): Uint32Array {
  if (index.tags) return index.tags;
  const { places } = index;
  const tags = new Uint32Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const row = order[places[i]!]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    tags[i] = page.flags[at]! & FLAG_DIGEST ? 0 : page.reference[at]! + 1;
  }
  index.tags = tags;
  return tags;
}

/** By entry, the digest, likewise. */
function digestsOf(index: ActionIndex, { table, order }: Traffic): Uint32Array {
  if (index.digests) return index.digests;
  const { places } = index;
  const digests = new Uint32Array(places.length);
  // NO_WORD and one more is 0 in 32 bits.
  for (let i = 0; i < places.length; i++) digests[i] = digestOfAction(table, order[places[i]!]!) + 1;
  index.digests = digests;
  return digests;
}

/** By entry, whether a push made it, likewise. */
export function pushesOf(index: ActionIndex, { order, ownPushes }: Traffic): Uint8Array {
  if (index.pushes) return index.pushes;
  const rows = ownPushes();
  const { places } = index;
  index.pushes = new Uint8Array(places.length);
  for (let i = 0; i < places.length; i++) if (rows.has(order[places[i]!]!)) index.pushes[i] = 1;
  return index.pushes;
}

/** Facts of entries that hide some of them. */
interface Fact {
  /** By entry. */
  facts: Uint32Array | Uint8Array;
  /** By fact: what hides it. */
  hiddenBy: Uint16Array;
}

export class EntryFilter {
  /** Whether entries of a group differ at all; and whether they do by more than their actions. */
  readonly hidesEntries: boolean;
  readonly hidesWords: boolean;
  /** Whether groups are hidden as a whole. */
  readonly hidesGroups: boolean;
  private readonly facts: readonly Fact[];

  constructor(
    private readonly index: ActionIndex,
    traffic: Traffic,
    private readonly filter: ActionFilter,
  ) {
    const { tags, digests, pushes } = filter;
    const facts: Fact[] = [];
    if (tags) facts.push({ facts: tagsOf(index, traffic), hiddenBy: noneFirst(tags) });
    if (digests) facts.push({ facts: digestsOf(index, traffic), hiddenBy: noneFirst(digests) });
    // Where nothing was pushed, there is nothing to tell apart, unless it is all that is wanted.
    if (pushes && (pushes.rows.size > 0 || pushes.others !== 0))
      facts.push({
        facts: pushesOf(index, traffic),
        hiddenBy: Uint16Array.of(pushes.others, pushes.own),
      });
    this.facts = facts;
    this.hidesWords = facts.length > 0;
    this.hidesGroups = filter.names !== null || filter.clients !== null || filter.agents !== null;
    this.hidesEntries = this.hidesWords || filter.byKind.some((hidden) => hidden !== 0);
  }

  /** What hides all entries of a group. */
  hidesGroup(group: number): HiddenBy {
    const { name, client, agent } = this.index;
    const { names, clients, agents } = this.filter;
    let hidden = 0;
    if (names) hidden |= names.byWord[name[group]!]!;
    if (agents) hidden |= agents.byWord[agent[group]!]!;
    if (clients) hidden |= client[group] === NO_WORD ? clients.none : clients.byWord[client[group]!]!;
    return hidden;
  }

  /** What hides all entries with an action. */
  hidesKind(kind: number): HiddenBy {
    return this.filter.byKind[kind]!;
  }

  /** What hides an entry besides. */
  hidesEntry(entry: number): HiddenBy {
    let hidden = this.filter.byKind[this.index.entries[entry]! & KIND_MASK]!;
    for (const { facts, hiddenBy } of this.facts) hidden |= hiddenBy[facts[entry]!]!;
    return hidden;
  }

  /** The same of the groups [first, end), for as many as are asked: hides[group - first]. */
  fillGroups(first: number, end: number, hides: Uint16Array): void {
    const { name, client, agent } = this.index;
    const { names, clients, agents } = this.filter;
    hides.fill(0, 0, end - first);
    if (names) addHiding(name, first, end, names.byWord, hides);
    if (agents) addHiding(agent, first, end, agents.byWord, hides);
    if (!clients) return;
    const { byWord, none } = clients;
    for (let group = first; group < end; group++) {
      const own = client[group]!;
      hides[group - first]! |= own === NO_WORD ? none : byWord[own]!;
    }
  }

  /** What hides entries [from, to) besides their group and action. */
  fillWords(from: number, to: number, hides: Uint16Array): void {
    hides.fill(0, 0, to - from);
    for (const { facts, hiddenBy } of this.facts) addHiding(facts, from, to, hiddenBy, hides);
  }
}

function addHiding(
  words: Uint32Array | Uint8Array,
  from: number,
  to: number,
  hiddenBy: Uint16Array,
  hides: Uint16Array,
): void {
  for (let i = from; i < to; i++) hides[i - from]! |= hiddenBy[words[i]!]!;
}

/** Facts are one more than words. */
function noneFirst({ byWord, none }: Masks): Uint16Array {
  const hiddenBy = new Uint16Array(byWord.length + 1);
  hiddenBy[0] = none;
  hiddenBy.set(byWord, 1);
  return hiddenBy;
}
