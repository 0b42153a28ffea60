/**
 * The addresses with most actions. In: an index, pulls and version checks by address, what is shown. Out: the first few,
 * with what is known of them. Only their groups are walked through again.
 */
import type { BusyAddress, Who } from '../model/hammering.ts';
import type { Source } from '../model/repository-page.ts';
import type { ActionIndex } from './action-index.ts';
import type { ShownEntries } from './shown-entries.ts';

const MOST_ADDRESSES = 50;

/** counts: two numbers for each address, and two for actions without one. */
export function busiestAddresses(
  index: ActionIndex,
  counts: Float64Array,
  shown: Pick<ShownEntries, 'hidesGroup' | 'has'>,
  whoOf: (source: Source) => Who,
): BusyAddress[] {
  const actionsOf = (client: number) => counts[client * 2]! + counts[client * 2 + 1]!;
  const busiest = firstByCount(counts.length / 2 - 1, actionsOf);
  const seen = new Map(
    busiest.map((client) => [client, { agents: new Map<number, number>(), names: new Set() }]),
  );
  for (let group = 0; group < index.groups; group++) {
    const own = seen.get(index.client[group]!);
    if (!own || shown.hidesGroup(group)) continue;
    let actions = 0;
    for (let i = index.starts[group]!, end = index.starts[group + 1]!; i < end; i++)
      if (shown.has(i)) actions++;
    if (actions === 0) continue;
    const agent = index.agent[group]!;
    own.agents.set(agent, (own.agents.get(agent) ?? 0) + actions);
    own.names.add(index.name[group]!);
  }
  return busiest.map((client) => {
    const { agents, names } = seen.get(client)!;
    const [agent] = [...agents].reduce((most, each) => (each[1] > most[1] ? each : most));
    const source = { client, agent };
    return {
      ...{ source, who: whoOf(source), agents: agents.size, repositories: names.size },
      ...{ pulls: counts[client * 2]!, versionChecks: counts[client * 2 + 1]! },
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
