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
import type { ActionIndex } from './action-index.ts';
import { EntryFilter } from './entry-filter.ts';
import { ShownEntries } from './shown-entries.ts';
import { TimeSteps } from './time-steps.ts';
import { KIND_MASK } from './packed-kinds.ts';

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
  const series = names.map((name) => ({ name, pulls: new Uint32Array(steps.count) }));
  const wanted = new Map(series.map((each) => [each.name, each.pulls]));
  const found = new ShownEntries(index, hiding);
  for (let name = 0; name < traffic.names.size; name++) {
    const pulls = wanted.get(repoNameOf(traffic.names.textOf(name)));
    if (!pulls) continue;
    for (const i of found.of(name, steps.from, steps.to))
      if ((index.kinds[i]! & KIND_MASK) > ACTION_VERSION_CHECK) pulls[steps.at(index.places[i]!)]!++;
  }
  return series;
}
