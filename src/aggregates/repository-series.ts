/**
 * Pulls (or downloads) of a few repositories over time, to be drawn on one chart. In: Traffic, its index of actions, full names, a span
 * and a filter. Out: a count for each day or hour and name; names that are not known have none.
 */
import type { Step } from '../lib/local-time.ts';
import { actionFilter } from '../model/action-filter.ts';
import type { Filter } from '../model/filter.ts';
import { repoNameOf } from '../model/repository-name.ts';
import { ACTION_VERSION_CHECK } from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan, RepositorySeries } from '../model/view.ts';
import { type ActionIndex, KIND_MASK } from './action-index.ts';
import { EntryFilter } from './entry-filter.ts';
import { firstEntryFrom } from './entry-search.ts';
import { TimeSteps } from './time-steps.ts';

export function repositorySeries(
  traffic: Traffic,
  index: ActionIndex,
  names: readonly string[],
  span: DaySpan,
  filter: Filter,
  step: Step,
): RepositorySeries[] {
  const steps = new TimeSteps(traffic, span, step);
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const hidesEntries = hiding?.hidesEntries ?? false;
  const { starts, entries, places } = index;
  const series = names.map((name) => ({ name, pulls: new Uint32Array(steps.count) }));
  const wanted = new Map(series.map((each) => [each.name, each]));
  for (let group = 0, last = -1, pulls: Uint32Array | undefined; group < index.groups; group++) {
    const name = index.name[group]!;
    // Groups of a name stand together.
    if (name !== last) pulls = wanted.get(repoNameOf(traffic.names.textOf(name)))?.pulls;
    last = name;
    if (!pulls || (hiding && hiding.hidesGroup(group) !== 0)) continue;
    const from = firstEntryFrom(index, starts[group]!, starts[group + 1]!, steps.from);
    const to = firstEntryFrom(index, from, starts[group + 1]!, steps.to);
    for (let i = from; i < to; i++) {
      if ((entries[i]! & KIND_MASK) <= ACTION_VERSION_CHECK) continue;
      if (hidesEntries && hiding!.hidesEntry(i) !== 0) continue;
      pulls[steps.at(places[i]!)]!++;
    }
  }
  return series;
}
