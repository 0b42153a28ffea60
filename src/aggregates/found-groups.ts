/**
 * Groups of an index of actions, as they are found. In: entries sorted by name, address and agent. Out: the group of each
 * entry, how many actions of each kind a group has, and sources: the pairs of an address and an agent.
 */
import { ACTION_KINDS as KINDS } from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import { KIND_MASK, KIND_VALUES, MOST_COUNTED, unitOf } from './packed-kinds.ts';

/** Columns by entry. */
interface SortedRows {
  name: Uint32Array;
  client: Uint32Array;
  agent: Uint32Array;
  kinds: Uint8Array;
}

/** Groups in the order in which they are found. */
export class FoundGroups {
  most = 0;
  private groups = 0;
  private client = new Uint32Array(1 << 10);
  private agent = new Uint32Array(1 << 10);
  private counts = new Uint32Array(1 << 10);
  private readonly big: number[] = [];
  private readonly bigCounts: number[] = [];
  private readonly groupsOf: Uint32Array;
  /** Of the group that is found. */
  private readonly tally = new Uint32Array(KIND_VALUES);

  constructor(names: number) {
    this.groupsOf = new Uint32Array(names + 1);
  }

  /** Entries sorted by name, address and agent. Writes their groups in place of their agents. */
  takeBatch({ name, client, agent, kinds }: SortedRows, rows: Uint32Array, count: number) {
    const { groupsOf, tally } = this;
    for (let i = 0; i < count;) {
      const first = rows[i]!;
      const [ownName, ownClient, ownAgent] = [name[first]!, client[first]!, agent[first]!];
      const local = groupsOf[ownName + 1]!++;
      for (; i < count; i++) {
        const row = rows[i]!;
        if (client[row] !== ownClient || agent[row] !== ownAgent || name[row] !== ownName) break;
        agent[row] = local;
        tally[kinds[row]! & KIND_MASK]!++;
      }
      if (local >= this.most) this.most = local + 1;
      this.push(ownClient, ownAgent);
    }
  }

  private push(client: number, agent: number): void {
    const { tally } = this;
    const group = this.groups++;
    if (group === this.client.length) this.grow(group * 2);
    this.client[group] = client;
    this.agent[group] = agent;
    let isBig = false;
    let bytes = 0;
    for (let kind = 1; kind < KINDS; kind++) {
      isBig ||= tally[kind]! > MOST_COUNTED;
      bytes += Math.min(tally[kind]!, MOST_COUNTED) * unitOf(kind);
    }
    this.counts[group] = bytes;
    if (isBig) {
      this.big.push(group);
      for (let kind = 0; kind < KINDS; kind++) this.bigCounts.push(tally[kind]!);
    }
    tally.fill(0);
  }

  private grow(size: number): void {
    const grown = (column: Uint32Array) => {
      const wide = new Uint32Array(size);
      wide.set(column);
      return wide;
    };
    this.client = grown(this.client);
    this.agent = grown(this.agent);
    this.counts = grown(this.counts);
  }

  /** clients: as many addresses there are; one more is none. */
  finish(clients: number, agents: number) {
    const { groups, groupsOf } = this;
    for (let name = 0; name + 1 < groupsOf.length; name++) groupsOf[name + 1]! += groupsOf[name]!;
    return {
      groups,
      groupsOf,
      mostGroups: this.most,
      ...sourcesOf(this.client.subarray(0, groups), this.agent.subarray(0, groups), clients, agents),
      counts: this.counts.slice(0, groups),
      big: Uint32Array.from(this.big),
      bigCounts: Uint32Array.from(this.bigCounts),
    };
  }
}

/** Numbers pairs in the order of addresses. */
function sourcesOf(clients: Uint32Array, agents: Uint32Array, noClient: number, agentCount: number) {
  const next = new Uint32Array(noClient + 2);
  for (let group = 0; group < clients.length; group++) next[clients[group]! + 1]!++;
  for (let client = 0; client <= noClient; client++) next[client + 1]! += next[client]!;
  const sorted = new Uint32Array(clients.length);
  for (let group = 0; group < clients.length; group++) sorted[next[clients[group]!]!++] = group;
  const source = new Uint32Array(clients.length);
  const [client, agent]: [number[], number[]] = [[], []];
  /** By agent: the last address it was seen with, and the number of both. */
  const seenWith = new Uint32Array(agentCount);
  const numbers = new Uint32Array(agentCount);
  for (let i = 0; i < sorted.length; i++) {
    const group = sorted[i]!;
    const [ownClient, ownAgent] = [clients[group]!, agents[group]!];
    if (seenWith[ownAgent] !== ownClient + 1) {
      seenWith[ownAgent] = ownClient + 1;
      numbers[ownAgent] = client.length;
      client.push(ownClient === noClient ? NO_WORD : ownClient);
      agent.push(ownAgent);
    }
    source[group] = numbers[ownAgent]!;
  }
  return { sources: client.length, client: Uint32Array.from(client), agent: Uint32Array.from(agent), source };
}
