/**
 * All actions once more, put together by who asked for what, so that a span or filter costs one walk through memory
 * without jumps. In: Traffic. Out: groups of one repository, address and agent, ordered by repository, and the actions
 * of each in the order of time. Made when first asked for; good until rows or rules change.
 */
import { TripleNumbers } from '../lib/triple-numbers.ts';
import { ACTION_NONE, PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { digestOfAction } from '../model/action-digest.ts';
import type { ActionFilter, HiddenBy, Masks } from '../model/action-filter.ts';
import { FLAG_DIGEST, FLAG_NO_CLIENT, FLAG_SIGNATURE, NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import { type Day, MILLISECONDS_PER_DAY } from '../model/units.ts';

/** An entry: ACTION_*, whether it is a look-up of a signature, and days since the first above. */
export const KIND_MASK = 7;
export const SIGNATURE_BIT = 8;
export const DAY_SHIFT = 4;
const SECONDS_PER_DAY = MILLISECONDS_PER_DAY / 1000;
/** Days that fit into 16 bits: more, and entries take twice the memory. */
const FEW_DAYS = 1 << (16 - DAY_SHIFT);
const NOT_INDEXED = 0xffffffff;

export interface ActionIndex {
  firstDay: Day;
  groups: number;
  /** By group: numbers in Traffic.names, clients (NO_WORD: no usable address) and agents. */
  name: Uint32Array;
  client: Uint32Array;
  agent: Uint32Array;
  /** By group: its entries are [starts[group], starts[group + 1]). */
  starts: Uint32Array;
  /** By entry: actions, and look-ups of signatures that are set aside. */
  entries: Uint16Array | Uint32Array;
  /** By entry: its place in Traffic.order. */
  places: Uint32Array;
  /** By entry: numbers in Traffic.references of its tag and digest (NO_WORD: none); null until a filter needs them. */
  tags: Uint32Array | null;
  digests: Uint32Array | null;
}

export function indexActions(traffic: Traffic): ActionIndex {
  const triples = new TripleNumbers();
  const groupOf = groupPlaces(traffic, triples);
  const [name, client, agent] = triples.columns();
  const order = orderByName(name, traffic.names.size);
  const sizes = new Uint32Array(triples.size);
  for (let place = 0; place < groupOf.length; place++) {
    if (groupOf[place] !== NOT_INDEXED) sizes[groupOf[place]!]!++;
  }
  /** By group as they came: where its next entry goes. */
  const next = new Uint32Array(triples.size);
  const starts = new Uint32Array(triples.size + 1);
  order.forEach((group, place) => {
    next[group] = starts[place]!;
    starts[place + 1] = starts[place]! + sizes[group]!;
  });
  const firstDay = dayOf(traffic, 0);
  const count = starts[triples.size]!;
  const areFew = dayOf(traffic, traffic.length - 1) - firstDay < FEW_DAYS;
  const index: ActionIndex = {
    firstDay,
    groups: triples.size,
    name: order.map((group) => name[group]!),
    client: order.map((group) => client[group]!),
    agent: order.map((group) => agent[group]!),
    starts,
    entries: areFew ? new Uint16Array(count) : new Uint32Array(count),
    places: new Uint32Array(count),
    tags: null,
    digests: null,
  };
  fill(index, traffic, groupOf, next);
  return index;
}

/** The group of each place in the order of time, numbered as they come. */
function groupPlaces({ table, order, length, nameOf }: Traffic, triples: TripleNumbers): Uint32Array {
  const groupOf = new Uint32Array(length);
  for (let place = 0; place < length; place++) {
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const flags = page.flags[at]!;
    if (page.action[at] === ACTION_NONE && !(flags & FLAG_SIGNATURE)) {
      groupOf[place] = NOT_INDEXED;
      continue;
    }
    const client = flags & FLAG_NO_CLIENT ? NO_WORD : page.client[at]!;
    groupOf[place] = triples.numberOf(nameOf[page.repository[at]!]!, client, page.agent[at]!);
  }
  return groupOf;
}

/** Groups ascending by name. */
function orderByName(name: Uint32Array, names: number): Uint32Array {
  const next = new Uint32Array(names + 1);
  for (const each of name) next[each + 1]!++;
  for (let each = 0; each < names; each++) next[each + 1]! += next[each]!;
  const order = new Uint32Array(name.length);
  name.forEach((each, group) => (order[next[each]!++] = group));
  return order;
}

/** Day of a place in the order of time. */
function dayOf({ table, order, length }: Traffic, place: number): Day {
  if (length === 0) return 0;
  const row = order[place]!;
  return Math.floor(table.pages[row >>> PAGE_SHIFT]!.seconds[row & PAGE_MASK]! / SECONDS_PER_DAY);
}

/** Entries of each group in the order of time: a counting sort. */
function fill(index: ActionIndex, traffic: Traffic, groupOf: Uint32Array, next: Uint32Array): void {
  const { table, order, length } = traffic;
  const { entries, places, firstDay } = index;
  for (let place = 0; place < length; place++) {
    const group = groupOf[place]!;
    if (group === NOT_INDEXED) continue;
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const day = Math.floor(page.seconds[at]! / SECONDS_PER_DAY) - firstDay;
    const signature = page.flags[at]! & FLAG_SIGNATURE ? SIGNATURE_BIT : 0;
    const to = next[group]!++;
    entries[to] = (day << DAY_SHIFT) | signature | page.action[at]!;
    places[to] = place;
  }
}

/** By entry, the tag (NO_WORD: it is asked for by digest): made when a filter first asks for it. */
function tagsOf(index: ActionIndex, { table, order }: Traffic): Uint32Array {
  return (index.tags ??= Uint32Array.from(index.places, (place) => {
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    return page.flags[at]! & FLAG_DIGEST ? NO_WORD : page.reference[at]!;
  }));
}

/** By entry, the digest, likewise. */
function digestsOf(index: ActionIndex, { table, order }: Traffic): Uint32Array {
  return (index.digests ??= Uint32Array.from(index.places, (place) => digestOfAction(table, order[place]!)));
}

/** Of the entries [from, to) of a group, the first that is not before a place in the order of time. */
export function firstEntryFrom({ places }: ActionIndex, from: number, to: number, place: number): number {
  // Most spans begin before the group does.
  if (from === to || places[from]! >= place) return from;
  let low = from + 1;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What hides entries of an index, group by group. */
export class EntryFilter {
  /** Whether entries of a group differ at all. */
  readonly hidesEntries: boolean;
  private readonly tags: Uint32Array | null;
  private readonly digests: Uint32Array | null;

  constructor(
    private readonly index: ActionIndex,
    traffic: Traffic,
    private readonly filter: ActionFilter,
  ) {
    this.tags = filter.tags && tagsOf(index, traffic);
    this.digests = filter.digests && digestsOf(index, traffic);
    this.hidesEntries = filter.byKind.some((hidden) => hidden !== 0) || !!filter.tags || !!filter.digests;
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

  /** What hides an entry besides. */
  hidesEntry(entry: number): HiddenBy {
    const { tags, digests } = this.filter;
    let hidden = this.filter.byKind[this.index.entries[entry]! & KIND_MASK]!;
    if (tags) hidden |= wordOr(tags, this.tags![entry]!);
    if (digests) hidden |= wordOr(digests, this.digests![entry]!);
    return hidden;
  }
}

function wordOr({ byWord, none }: Masks, word: number): HiddenBy {
  return word === NO_WORD ? none : byWord[word]!;
}
