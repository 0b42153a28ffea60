/**
 * The addresses with most actions. In: an index, pulls and version checks by address, and actions by group. Out: the
 * first few, with what is known of them.
 */
import type { BusyAddress, Who } from '../model/hammering.ts';
import type { Source } from '../model/repository-page.ts';
import type { ActionIndex } from './action-index.ts';

const MOST_ADDRESSES = 50;

/** counts: two numbers for each address, and two for actions without one; actions: shown, by group. */
export function busiestAddresses(
  index: ActionIndex,
  counts: Float64Array,
  actions: Uint32Array,
  whoOf: (source: Source) => Who,
): BusyAddress[] {
  const { groupsOf, source, client, agent } = index;
  const actionsOf = (own: number) => counts[own * 2]! + counts[own * 2 + 1]!;
  const busiest = firstByCount(counts.length / 2 - 1, actionsOf);
  const seen = new Map(
    busiest.map((own) => [own, { agents: new Map<number, number>(), names: new Set<number>() }]),
  );
  for (let name = 0; name + 1 < groupsOf.length; name++) {
    for (let group = groupsOf[name]!; group < groupsOf[name + 1]!; group++) {
      if (actions[group] === 0) continue;
      const own = seen.get(client[source[group]!]!);
      if (!own) continue;
      const ownAgent = agent[source[group]!]!;
      own.agents.set(ownAgent, (own.agents.get(ownAgent) ?? 0) + actions[group]!);
      own.names.add(name);
    }
  }
  return busiest.map((own) => {
    const { agents, names } = seen.get(own)!;
    const [ownAgent] = [...agents].reduce((most, each) => (each[1] > most[1] ? each : most));
    const asking = { client: own, agent: ownAgent };
    return {
      ...{ source: asking, who: whoOf(asking), agents: agents.size, repositories: names.size },
      ...{ pulls: counts[own * 2]!, versionChecks: counts[own * 2 + 1]! },
    };
  });
}

/** The numbers below `size` with the highest counts, the highest first; those without a count are left out. */
function firstByCount(size: number, countOf: (number: number) => number): number[] {
  const first: number[] = [];
  for (let number = 0; number < size; number++) {
    const count = countOf(number);
    if (count === 0 || (first.length === MOST_ADDRESSES && count <= countOf(first.at(-1)!))) continue;
    let place = first.length;
    while (place > 0 && countOf(first[place - 1]!) < count) place--;
    first.splice(place, 0, number);
    first.length = Math.min(first.length, MOST_ADDRESSES);
  }
  return first;
}
