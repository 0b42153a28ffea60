/**
 * All actions once more, put together by who asked for what, so that a span or filter costs one walk through memory
 * without jumps. In: Traffic. Out: groups of one repository, address and agent, ordered by repository, and the actions
 * of each in the order of time. Made when first asked for; good until rows or rules change.
 */
import { RowOrder } from '../lib/row-order.ts';
import { ACTION_KINDS, ACTION_NONE, PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { FLAG_NO_CLIENT, FLAG_SIGNATURE, NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import { type Day, MILLISECONDS_PER_DAY } from '../model/units.ts';

/** An entry: ACTION_*, whether it is a look-up of a signature, and days since the first above. */
export const KIND_MASK = 7;
export const SIGNATURE_BIT = 8;
export const DAY_SHIFT = 4;
const SECONDS_PER_DAY = MILLISECONDS_PER_DAY / 1000;
/** Days of every zone begin on a quarter of an hour of UTC. */
export const SECONDS_PER_QUARTER = 900;
export const QUARTERS_PER_DAY = SECONDS_PER_DAY / SECONDS_PER_QUARTER;
/** Days that fit into 16 bits: more, and entries take twice the memory. */
const FEW_DAYS = 1 << (16 - DAY_SHIFT);

export interface ActionIndex {
  firstDay: Day;
  /** Days from the first to the last. */
  days: number;
  groups: number;
  /** By group: numbers in Traffic.names, clients (NO_WORD: no usable address) and agents. */
  name: Uint32Array;
  client: Uint32Array;
  agent: Uint32Array;
  /** By group: its entries are [starts[group], starts[group + 1]). */
  starts: Uint32Array;
  /** By group: actions of each kind, a byte for each (unitOf), which stays at its most. */
  counts: Uint32Array;
  /** Names with more entries than days can tell apart: their sums. */
  sums: Map<number, NameSums>;
  /** By entry: actions, and look-ups of signatures that are set aside. */
  entries: Uint16Array | Uint32Array;
  /** By entry: the quarter of an hour of its day. */
  quarters: Uint8Array;
  /** By entry: its place in Traffic.order. */
  places: Uint32Array;
  /** By entry: one more than the number in Traffic.references of its tag and digest (0: none); null until a filter needs them. */
  tags: Uint32Array | null;
  digests: Uint32Array | null;
  /** By entry: 1 for a HEAD that a push made; likewise. */
  pushes: Uint8Array | null;
}

/** All of a name, whoever asked. */
export interface NameSums {
  /** What entries there are, ascending, and how many of each. */
  entries: Uint32Array;
  counts: Uint32Array;
  /** By ACTION_*: the last place, -1 for none. */
  last: Int32Array;
}

/** An action in the byte of its kind. */
export const unitOf = (kind: number) => 1 << ((kind - 1) * 8);
/** A group of so many entries has exact counts. */
export const MOST_COUNTED = 255;

/** batch: about how many actions are sorted at a time. */
export function indexActions(traffic: Traffic, batch = BATCH): ActionIndex {
  const { batches, name, client, agent, entries, quarters, places } = indexedRows(traffic, batch);
  const count = places.length;
  const noClient = traffic.clients.size;
  const sortedEntries = entries.slice();
  const sortedQuarters = new Uint8Array(count);
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
      sortedQuarters[at] = quarters[row]!;
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
    days: dayOf(traffic, traffic.length - 1) - dayOf(traffic, 0) + 1,
    groups,
    name: new Uint32Array(groups),
    client: new Uint32Array(groups),
    agent: new Uint32Array(groups),
    starts: starts.slice(0, groups + 1),
    counts: new Uint32Array(groups),
    sums: new Map(),
    entries: sortedEntries,
    quarters: sortedQuarters,
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
  countGroups(index);
  sumNames(index);
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
  quarters: Uint8Array;
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
  const quarters = new Uint8Array(count);
  const next = Uint32Array.from(batches, ([from]) => from);
  const noClient = clients.size;
  for (let place = 0; place < length; place++) {
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const flags = page.flags[at]!;
    const action = page.action[at]!;
    if (action === ACTION_NONE && !(flags & FLAG_SIGNATURE)) continue;
    const second = page.seconds[at]!;
    const day = Math.floor(second / SECONDS_PER_DAY) - firstDay;
    const own = nameOf[page.repository[at]!]!;
    const to = next[batchOf[own]!]!++;
    entries[to] = (day << DAY_SHIFT) | (flags & FLAG_SIGNATURE ? SIGNATURE_BIT : 0) | action;
    name[to] = own;
    client[to] = flags & FLAG_NO_CLIENT ? noClient : page.client[at]!;
    agent[to] = page.agent[at]!;
    quarters[to] = (second % SECONDS_PER_DAY) / SECONDS_PER_QUARTER;
    places[to] = place;
  }
  return { batches, name, client, agent, entries, quarters, places };
}

type Triple = [name: Uint32Array, client: Uint32Array, agent: Uint32Array];

function countGroups({ groups, starts, entries, counts }: ActionIndex): void {
  for (let group = 0; group < groups; group++) {
    let sum = 0;
    for (let i = starts[group]!, end = starts[group + 1]!; i < end; i++) {
      const kind = entries[i]! & KIND_MASK;
      if (kind === ACTION_NONE) continue;
      const shift = (kind - 1) * 8;
      if (((sum >>> shift) & MOST_COUNTED) < MOST_COUNTED) sum += 1 << shift;
    }
    counts[group] = sum;
  }
}

function sumNames({ days, groups, name, starts, entries, places, sums }: ActionIndex): void {
  const counted = new Uint32Array(days << DAY_SHIFT);
  for (let group = 0, next = 0; group < groups; group = next) {
    while (next < groups && name[next] === name[group]) next++;
    const [from, to] = [starts[group]!, starts[next]!];
    if (to - from <= counted.length) continue;
    const last = new Int32Array(ACTION_KINDS).fill(-1);
    for (let i = from; i < to; i++) {
      const entry = entries[i]!;
      counted[entry]!++;
      if (places[i]! > last[entry & KIND_MASK]!) last[entry & KIND_MASK] = places[i]!;
    }
    const found: number[] = [];
    for (let entry = 0; entry < counted.length; entry++) if (counted[entry] !== 0) found.push(entry);
    const own = Uint32Array.from(found);
    sums.set(name[group]!, { entries: own, counts: own.map((entry) => counted[entry]!), last });
    counted.fill(0);
  }
}

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
