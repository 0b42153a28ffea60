/**
 * All actions once more, put together by repository, so that a span or filter costs one walk through memory without
 * jumps. In: Traffic. Out: entries of each repository in the order of time, and its groups of one address and agent. Made
 * when first asked for; good until rows or rules change.
 * Memory: 11.25 bytes an entry (13.25 where a repository has more than 65,536 groups), 8 a group, 8 a source.
 */
import { RowOrder } from '../lib/row-order.ts';
import { ACTION_NONE, PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { FLAG_DIGEST, FLAG_NO_CLIENT, FLAG_SIGNATURE } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import { FoundGroups } from './found-groups.ts';
import { DIGEST_BIT, KIND_MASK, SIGNATURE_BIT, unitOf } from './packed-kinds.ts';

export const SECONDS_PER_QUARTER = 900;
/** Groups that 16 bits can tell apart. */
const FEW_GROUPS = 1 << 16;

/** A name's entries are in the order of time, its groups in that of addresses; "of" tells where they begin. */
export interface ActionIndex {
  groups: number;
  /** By name: its entries are [entriesOf[name], entriesOf[name + 1]), its groups likewise. */
  entriesOf: Uint32Array;
  groupsOf: Uint32Array;
  /** By name: 1 if a look-up of a signature is among its entries. */
  hasSignatures: Uint8Array;
  /** Most groups that a name has. */
  mostGroups: number;
  /** Pairs of an address and an agent, in the order of addresses: numbers in Traffic.clients (NO_WORD: no usable address; these come last) and agents. */
  sources: number;
  client: Uint32Array;
  agent: Uint32Array;
  /** By group: its source. */
  source: Uint32Array;
  /** By group: actions of each kind, a byte for each (unitOf), which stays at its most. */
  counts: Uint32Array;
  /** Groups with more actions of a kind than a byte can tell, ascending, and all counts of each: [i * KINDS + ACTION_*]. */
  big: Uint32Array;
  bigCounts: Uint32Array;
  /** By entry: actions, and look-ups of signatures that are set aside. */
  kinds: Uint8Array;
  /** By BLOCK entries from the first on: actions of each kind, a byte for each. */
  blocks: Uint32Array;
  /** By entry: its group, counted from the first of its name. */
  group: Uint16Array | Uint32Array;
  /** By entry: its place in Traffic.order. */
  places: Uint32Array;
  /** By entry: the number in Traffic.references of what was asked for. */
  references: Uint32Array;
  /** Quarters of an hour since 1970: the first that has an entry, and by quarter from there on where it begins. */
  firstQuarter: number;
  quarterStarts: Uint32Array;
  /** By entry: one more than the number in Traffic.references of its digest (0: none); null until it is asked for. */
  digests: Uint32Array | null;
  /** By entry: 1 for a HEAD that a push made; likewise. */
  pushes: Uint8Array | null;
}

/** Entries whose sums are kept. */
export const BLOCK_SHIFT = 4;
export const BLOCK = 1 << BLOCK_SHIFT;
/** batch: about how many actions are sorted at a time. */
export function indexActions(traffic: Traffic, batch = BATCH): ActionIndex {
  const { names } = traffic;
  const entriesOf = new Uint32Array(names.size + 1);
  walkEntries(traffic, (_, own) => entriesOf[own + 1]!++);
  for (let own = 0; own < names.size; own++) entriesOf[own + 1]! += entriesOf[own]!;
  const rows = indexedRows(traffic, entriesOf);
  const { kinds, places, references } = rows;
  const found = new FoundGroups(names.size);
  const batches = batchesOf(entriesOf, batch);
  const order = new RowOrder(batches.reduce((most, [from, to]) => Math.max(most, to - from), 0));
  for (const [from, to] of batches) {
    order.start(from, to);
    // Each keeps the order of the one before: by name, then address, then agent, then time.
    order.sortBy(rows.agent, traffic.agents.size);
    order.sortBy(rows.client, traffic.clients.size + 1);
    order.sortBy(rows.name, names.size);
    found.takeBatch(rows, order.rows, to - from);
  }
  // Agents have become groups.
  const group = found.most <= FEW_GROUPS ? Uint16Array.from(rows.agent) : rows.agent;
  return {
    ...found.finish(traffic.clients.size, traffic.agents.size),
    ...{ entriesOf, kinds, places, references, group },
    blocks: sumBlocks(kinds),
    hasSignatures: rows.hasSignatures,
    ...quartersOf(traffic),
    digests: null,
    pushes: null,
  };
}

/** As many rows as fit into the processor's cache with what they are sorted by. */
const BATCH = 1 << 16;

/** Calls for each entry, in the order of time: its place and name, and its row in the table. */
export function walkEntries(
  { table, order, length, nameOf }: Traffic,
  take: (place: number, name: number, row: number) => void,
): void {
  for (let place = 0; place < length; place++) {
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    if (page.action[at] !== ACTION_NONE || page.flags[at]! & FLAG_SIGNATURE)
      take(place, nameOf[page.repository[at]!]!, row);
  }
}

function sumBlocks(kinds: Uint8Array): Uint32Array {
  const blocks = new Uint32Array(Math.ceil(kinds.length / BLOCK));
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i]! & KIND_MASK;
    if (kind !== ACTION_NONE) blocks[i >>> BLOCK_SHIFT]! += unitOf(kind);
  }
  return blocks;
}

/** Places where quarters of an hour begin: clocks of all zones change on one. */
function quartersOf({ table, order, length }: Traffic) {
  const quarterOf = (place: number) => {
    const row = order[place]!;
    return Math.floor(table.pages[row >>> PAGE_SHIFT]!.seconds[row & PAGE_MASK]! / SECONDS_PER_QUARTER);
  };
  if (length === 0) return { firstQuarter: 0, quarterStarts: new Uint32Array(1) };
  const firstQuarter = quarterOf(0);
  const quarterStarts = new Uint32Array(quarterOf(length - 1) - firstQuarter + 2).fill(length);
  for (let place = 0, next = 0; place < length; place++) {
    const quarter = quarterOf(place) - firstQuarter;
    while (next <= quarter) quarterStarts[next++] = place;
  }
  return { firstQuarter, quarterStarts };
}

/** Columns by entry. */
interface IndexedRows extends Pick<ActionIndex, 'kinds' | 'places' | 'references' | 'hasSignatures'> {
  name: Uint32Array;
  /** One more than there are: no usable address. */
  client: Uint32Array;
  /** In the end its group. */
  agent: Uint32Array;
}

function indexedRows(traffic: Traffic, entriesOf: Uint32Array): IndexedRows {
  const count = entriesOf[traffic.names.size]!;
  const column = () => new Uint32Array(count);
  const [name, client, agent, places, references] = [column(), column(), column(), column(), column()];
  const kinds = new Uint8Array(count);
  const hasSignatures = new Uint8Array(traffic.names.size);
  const noClient = traffic.clients.size;
  const next = entriesOf.slice();
  walkEntries(traffic, (place, own, row) => {
    const page = traffic.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const flags = page.flags[at]!;
    const to = next[own]!++;
    if (flags & FLAG_SIGNATURE) hasSignatures[own] = 1;
    kinds[to] =
      page.action[at]! |
      (flags & FLAG_SIGNATURE ? SIGNATURE_BIT : 0) |
      (flags & FLAG_DIGEST ? DIGEST_BIT : 0);
    name[to] = own;
    client[to] = flags & FLAG_NO_CLIENT ? noClient : page.client[at]!;
    agent[to] = page.agent[at]!;
    places[to] = place;
    references[to] = page.reference[at]!;
  });
  return { kinds, places, references, hasSignatures, name, client, agent };
}

/** Ranges of entries that are sorted at a time; a name is never divided. */
function batchesOf(entriesOf: Uint32Array, batch: number): [from: number, to: number][] {
  const batches: [from: number, to: number][] = [];
  for (let name = 0, from = 0; name + 1 < entriesOf.length; name++) {
    const next = entriesOf[Math.min(name + 2, entriesOf.length - 1)]!;
    const to = entriesOf[name + 1]!;
    if (to === from || (next - from <= batch && name + 2 < entriesOf.length)) continue;
    batches.push([from, to]);
    from = to;
  }
  return batches;
}
