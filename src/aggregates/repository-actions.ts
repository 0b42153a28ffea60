/**
 * The actions of one repository that are shown. In: Traffic, its index, the repository, a span (null: all time) and a
 * filter. Out: rows of
 * the request table, in groups of one client (an address with a user agent), each in the order of time.
 */
import { actionFilter } from '../model/action-filter.ts';
import type { Filter } from '../model/filter.ts';
import { ACTION_NONE } from '../model/request-table.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type { DaySpan } from '../model/view.ts';
import { type ActionIndex, KIND_MASK } from './action-index.ts';
import { EntryFilter } from './entry-filter.ts';

export interface RepositoryActions {
  rows: Uint32Array;
  /** By group: its rows are [starts[group], starts[group + 1]). Groups without rows are among them. */
  groups: number;
  starts: Uint32Array;
  /** Numbers in Traffic.clients (NO_WORD: no usable address) and agents. */
  client: Uint32Array;
  agent: Uint32Array;
}

export function actionsOfRepository(
  traffic: Traffic,
  index: ActionIndex,
  repository: RepositoryIndex,
  span: DaySpan | null,
  filter: Filter,
): RepositoryActions {
  const [first, end] = groupsOf(index, repository);
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const [from, to] = span ? rangeOfSpan(traffic, span) : [0, traffic.length];
  const { starts, entries, places } = index;
  const rows = new Uint32Array(starts[end]! - starts[first]!);
  const ownStarts = new Uint32Array(end - first + 1);
  let used = 0;
  for (let group = first; group < end; group++) {
    const isHidden = hiding !== null && hiding.hidesGroup(group) !== 0;
    for (let i = starts[group]!; i < starts[group + 1]! && !isHidden; i++) {
      const place = places[i]!;
      if (place < from || place >= to || (entries[i]! & KIND_MASK) === ACTION_NONE) continue;
      if (hiding?.hidesEntries && hiding.hidesEntry(i) !== 0) continue;
      rows[used++] = traffic.order[place]!;
    }
    ownStarts[group - first + 1] = used;
  }
  return {
    rows: rows.subarray(0, used),
    groups: end - first,
    starts: ownStarts,
    client: index.client.subarray(first, end),
    agent: index.agent.subarray(first, end),
  };
}

/** The groups of a repository stand together, ascending: [first, end). */
function groupsOf({ name, groups }: ActionIndex, repository: RepositoryIndex): [number, number] {
  const from = (wanted: number) => {
    let low = 0;
    let high = groups;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (name[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [from(repository), from(repository + 1)];
}
