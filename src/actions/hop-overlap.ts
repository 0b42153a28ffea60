/**
 * How much of the traffic in two files is the same. In: the requests of each in a sample, in order of time. Out: the
 * share of the smaller one's that have a partner in the other, and whether that makes the two one traffic.
 *
 * Partners: method, repository name (prefixes may differ between hops) and reference are equal, and the times differ by
 * at most TOLERANCE; each request has one partner at most. Where both files show user agents, the programs (the first
 * word) are equal too: a proxy hands the agent on, a pull-through cache asks by itself and is no hop. The table holds
 * only requests whose status counts, so statuses need no comparison.
 *
 * Two replicas behind a balancer can look alike: a cluster rolls out, and each of them is asked for the same tag in the
 * same seconds. What tells them apart: (a) where both show three addresses or more, partners must have the same address,
 * unless one shows less than half as many as the other, because it sees proxies; (b) where addresses tell nothing, nearly
 * all requests must have a partner; (c) the share that is left by chance, measured with one file moved by half a block
 * of time, is taken off. Limits: replicas that hide their clients and are asked for the same at the same moments, each as
 * often, look like two hops; two hops that both hide their clients and are asked for one tag all the time are not found.
 */
import type { Milliseconds } from '../model/units.ts';

/** Clocks differ, and one hop may log the beginning of a request, the other its end, in whole seconds. */
export const TOLERANCE: Milliseconds = 2000;
/** More of the smaller file's requests than this have a partner. */
export const ENOUGH = 0.6;
/** Where addresses tell nothing. */
const NEARLY_ALL = 0.95;
/** Fewer requests than this tell nothing. */
export const FEWEST = 8;
/** Fewer addresses than this do not tell clients apart. */
const FEWEST_CLIENTS = 3;

/** No user agent; that of Harbor's core, which asks for its clients in its own name. */
export const NO_PROGRAM = 0;
export const OWN_PROGRAM = 1;

/** Requests of one file in the sample, one column a fact. */
export interface HopSample {
  /** Ascending. */
  times: Milliseconds[];
  /** Method, name and reference, as one number. */
  keys: number[];
  clients: number[];
  /** Program of the user agent, or NO_PROGRAM or OWN_PROGRAM. */
  programs: number[];
  /** When the block of time begins that the request is in. */
  blocks: Milliseconds[];
  /** How many the file shows in all of the time that both cover. */
  requests: number;
  /** How many ask for a tag. */
  tags: number;
  /** How many lines are of a registry's own logger. */
  loggerLines: number;
  /** How much the lines tell beyond what partners share: user agents, parts of a second. */
  details: number;
  /** Distinct usable addresses. */
  addresses: Set<number>;
}

export function emptySample(): HopSample {
  return {
    times: [],
    keys: [],
    clients: [],
    programs: [],
    blocks: [],
    requests: 0,
    tags: 0,
    loggerLines: 0,
    details: 0,
    addresses: new Set(),
  };
}

/** Share of the smaller one's requests that have a partner; null: the two are not the same traffic. */
export function overlapOf(a: HopSample, b: HopSample, block: Milliseconds): number | null {
  const smaller = Math.min(a.times.length, b.times.length);
  if (smaller < FEWEST) return null;
  const [few, many] = [a.addresses.size, b.addresses.size].sort((x, y) => x - y) as [number, number];
  const seesProxies = few * 2 <= many;
  const withAddress = !seesProxies && few >= FEWEST_CLIENTS;
  const names = nameKeys([a, b], withAddress, hasAgents(a) && hasAgents(b));
  const shareOf = (moved: HopSample, keys: number[]) =>
    countPartners(names[0]!, a.times, keys, moved.times) / smaller;
  const share = shareOf(b, names[1]!);
  const addressesTell = seesProxies || withAddress;
  if (share <= (addressesTell ? ENOUGH : NEARLY_ALL)) return null;
  const shifted = shift(b, names[1]!, block);
  const chance = shareOf(shifted.sample, shifted.keys);
  // Of what chance leaves open, or, where it is the only witness, of all.
  return share - chance > ENOUGH * (addressesTell ? 1 - chance : 1) ? share : null;
}

/**
 * The greatest number of pairs, one of each side, with equal keys and times at most TOLERANCE apart. Times ascend. The
 * earliest free partner is always right: whoever comes later can reach at least as late ones.
 */
export function countPartners(
  keysA: number[],
  timesA: Milliseconds[],
  keysB: number[],
  timesB: Milliseconds[],
): number {
  /** First of side A with a key that is not used or past, and the one after each. */
  const heads = new Map<number, number>();
  const next = new Int32Array(keysA.length).fill(-1);
  for (let i = keysA.length - 1; i >= 0; i--) {
    next[i] = heads.get(keysA[i]!) ?? -1;
    heads.set(keysA[i]!, i);
  }
  let pairs = 0;
  for (let j = 0; j < keysB.length; j++) {
    let i = heads.get(keysB[j]!) ?? -1;
    while (i >= 0 && timesA[i]! < timesB[j]! - TOLERANCE) i = next[i]!;
    if (i >= 0 && timesA[i]! <= timesB[j]! + TOLERANCE) {
      pairs++;
      i = next[i]!;
    }
    heads.set(keysB[j]!, i);
  }
  return pairs;
}

/** Numbers for what must be equal, the same in all samples. */
function nameKeys(samples: HopSample[], withAddress: boolean, withAgent: boolean): number[][] {
  const [byKey, byClient, byProgram] = [new Map(), new Map(), new Map()] as Map<number, number>[];
  return samples.map(({ keys, clients, programs }) =>
    keys.map((key, i) => {
      let number = numberOf(byKey!, key);
      // A sample has fewer than 2 to the 21st keys, so these are exact.
      if (withAddress) number = numberOf(byClient!, number * 2 ** 32 + clients[i]!);
      return withAgent ? numberOf(byProgram!, number * 2 ** 32 + programs[i]!) : number;
    }),
  );
}

function numberOf(numbers: Map<number, number>, key: number): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

/** Whether the agents are those of the clients. */
const hasAgents = ({ programs }: HopSample) =>
  programs.some((program) => program > NO_PROGRAM) && !programs.includes(OWN_PROGRAM);

/** The requests moved by half a block inside of their blocks, so that their number in each stays the same. */
function shift(
  sample: HopSample,
  keys: number[],
  block: Milliseconds,
): { sample: HopSample; keys: number[] } {
  const moved = sample.times.map((time, i) => {
    const start = sample.blocks[i]!;
    return start + ((time - start + block / 2) % block);
  });
  const order = [...moved.keys()].sort((i, j) => moved[i]! - moved[j]!);
  return {
    sample: { ...sample, times: order.map((i) => moved[i]!) },
    keys: order.map((i) => keys[i]!),
  };
}
