/**
 * All actions once more, put together by who asked for what, so that a span or filter costs one walk through memory
 * without jumps. In: Traffic. Out: groups of one repository, address and agent, ordered by repository, and the actions
 * of each in the order of time. Made when first asked for; good until rows or rules change.
 */
import { RowOrder } from '../lib/row-order.ts';
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
  /** By entry: 1 for a HEAD that a push made; likewise. */
  pushes: Uint8Array | null;
}

/** batch: about how many actions are sorted at a time. */
export function indexActions(traffic: Traffic, batch = BATCH): ActionIndex {
  const { batches, name, client, agent, entries, places } = indexedRows(traffic, batch);
  const count = places.length;
  const noClient = traffic.clients.size;
  const sortedEntries = entries.slice();
  const sortedPlaces = new Uint32Array(count);
  const order = new RowOrder(batches.reduce((most, [from, to]) => Math.max(most, to - from), 0));
  /** By group: its first entry, and the row of that. */
  const starts = new Uint32Array(count + 1);
  const firstRows = new Uint32Array(count);
  let groups = 0;
  for (const [from, to] of batches) {
    order.start(from, to);
    // Each keeps the order of the one before: by name, then address, then agent, then time.
    order.sortBy(agent, traffic.agents.size);
    order.sortBy(client, noClient + 1);
    order.sortBy(name, traffic.names.size);
    const { rows } = order;
    let before = -1;
    for (let at = from; at < to; at++) {
      const row = rows[at - from]!;
      sortedEntries[at] = entries[row]!;
      sortedPlaces[at] = places[row]!;
      const isSame =
        before >= 0 &&
        client[row] === client[before] &&
        agent[row] === agent[before] &&
        name[row] === name[before];
      if (!isSame) {
        starts[groups] = at;
        firstRows[groups++] = row;
      }
      before = row;
    }
  }
  starts[groups] = count;
  const index: ActionIndex = {
    firstDay: dayOf(traffic, 0),
    groups,
    name: new Uint32Array(groups),
    client: new Uint32Array(groups),
    agent: new Uint32Array(groups),
    starts: starts.slice(0, groups + 1),
    entries: sortedEntries,
    places: sortedPlaces,
    tags: null,
    digests: null,
    pushes: null,
  };
  for (let group = 0; group < groups; group++) {
    const row = firstRows[group]!;
    index.name[group] = name[row]!;
    index.client[group] = client[row] === noClient ? NO_WORD : client[row]!;
    index.agent[group] = agent[row]!;
  }
  return index;
}

/** As many rows as fit into the processor's cache with what they are sorted by. */
const BATCH = 1 << 16;

/** What is indexed, in batches of names that follow each other; within a batch in the order of time. */
interface IndexedRows {
  batches: [from: number, to: number][];
  name: Uint32Array;
  /** One more than there are: no usable address. */
  client: Uint32Array;
  agent: Uint32Array;
  entries: ActionIndex['entries'];
  places: Uint32Array;
}

function indexedRows(traffic: Traffic, batch: number): IndexedRows {
  const { table, order, length, nameOf, clients } = traffic;
  const { batches, batchOf, count } = planBatches(traffic, batch);
  const firstDay = dayOf(traffic, 0);
  const areFew = dayOf(traffic, length - 1) - firstDay < FEW_DAYS;
  const [name, client, agent] = [1, 2, 3].map(() => new Uint32Array(count)) as Triple;
  const places = new Uint32Array(count);
  const entries = areFew ? new Uint16Array(count) : new Uint32Array(count);
  const next = Uint32Array.from(batches, ([from]) => from);
  const noClient = clients.size;
  for (let place = 0; place < length; place++) {
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const flags = page.flags[at]!;
    const action = page.action[at]!;
    if (action === ACTION_NONE && !(flags & FLAG_SIGNATURE)) continue;
    const day = Math.floor(page.seconds[at]! / SECONDS_PER_DAY) - firstDay;
    const own = nameOf[page.repository[at]!]!;
    const to = next[batchOf[own]!]!++;
    entries[to] = (day << DAY_SHIFT) | (flags & FLAG_SIGNATURE ? SIGNATURE_BIT : 0) | action;
    name[to] = own;
    client[to] = flags & FLAG_NO_CLIENT ? noClient : page.client[at]!;
    agent[to] = page.agent[at]!;
    places[to] = place;
  }
  return { batches, name, client, agent, entries, places };
}

type Triple = [name: Uint32Array, client: Uint32Array, agent: Uint32Array];

/** Which names stand together in a batch; a name is never divided. */
function planBatches({ table, order, length, nameOf, names }: Traffic, batch: number) {
  const sizes = new Uint32Array(names.size);
  for (let place = 0; place < length; place++) {
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    if (page.action[at] !== ACTION_NONE || page.flags[at]! & FLAG_SIGNATURE)
      sizes[nameOf[page.repository[at]!]!]!++;
  }
  const batches: [from: number, to: number][] = [];
  const batchOf = new Uint32Array(names.size);
  let count = 0;
  sizes.forEach((size, name) => {
    const last = batches.at(-1);
    if (last && last[1] - last[0] + size <= batch) last[1] += size;
    else batches.push([count, count + size]);
    batchOf[name] = batches.length - 1;
    count += size;
  });
  return { batches, batchOf, count };
}

/** Day of a place in the order of time. */
function dayOf({ table, order, length }: Traffic, place: number): Day {
  if (length === 0) return 0;
  const row = order[place]!;
  return Math.floor(table.pages[row >>> PAGE_SHIFT]!.seconds[row & PAGE_MASK]! / SECONDS_PER_DAY);
}

/** By entry, the tag (NO_WORD: it is asked for by digest): made when a filter first asks for it. */
function tagsOf(index: ActionIndex, { table, order }: Traffic): Uint32Array {
  return (index.tags ??= index.places.map((place) => {
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    return page.flags[at]! & FLAG_DIGEST ? NO_WORD : page.reference[at]!;
  }));
}

/** By entry, the digest, likewise. */
function digestsOf(index: ActionIndex, { table, order }: Traffic): Uint32Array {
  return (index.digests ??= index.places.map((place) => digestOfAction(table, order[place]!)));
}

/** By entry, whether a push made it, likewise. */
export function pushesOf(index: ActionIndex, { order, ownPushes }: Traffic): Uint8Array {
  const rows = ownPushes();
  return (index.pushes ??= Uint8Array.from(index.places, (place) => (rows.has(order[place]!) ? 1 : 0)));
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
  /** Whether entries of a group differ at all; and whether they do by more than their actions. */
  readonly hidesEntries: boolean;
  readonly hidesWords: boolean;
  private readonly tags: Uint32Array | null;
  private readonly digests: Uint32Array | null;
  private readonly pushes: Uint8Array | null;

  constructor(
    private readonly index: ActionIndex,
    traffic: Traffic,
    private readonly filter: ActionFilter,
  ) {
    this.tags = filter.tags && tagsOf(index, traffic);
    this.digests = filter.digests && digestsOf(index, traffic);
    // Where nothing was pushed, there is nothing to tell apart, unless it is all that is wanted.
    const tellsPushes = filter.pushes && (filter.pushes.rows.size > 0 || filter.pushes.others !== 0);
    this.pushes = tellsPushes ? pushesOf(index, traffic) : null;
    this.hidesWords = filter.tags !== null || filter.digests !== null || this.pushes !== null;
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
    const { tags, digests } = this.filter;
    let hidden = this.filter.byKind[this.index.entries[entry]! & KIND_MASK]!;
    if (tags) hidden |= wordOr(tags, this.tags![entry]!);
    if (digests) hidden |= wordOr(digests, this.digests![entry]!);
    if (this.pushes) hidden |= this.pushes[entry] ? this.filter.pushes!.own : this.filter.pushes!.others;
    return hidden;
  }
}

function wordOr({ byWord, none }: Masks, word: number): HiddenBy {
  return word === NO_WORD ? none : byWord[word]!;
}
