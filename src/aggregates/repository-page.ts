/** The page of one repository. In: Traffic, its index, the repository, a span and a filter. Out: RepositoryPage. */
import type { Filter } from '../model/filter.ts';
import type { RepositoryPage } from '../model/repository-page.ts';
import { ACTION_VERSION_CHECK } from '../model/request-table.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import type { Traffic } from '../model/traffic.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type { DaySpan } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { adoptionOf } from './adoption.ts';
import { findBursts, groupEntries } from './bursts.ts';
import { concentrations } from './concentration.ts';
import { digestsWithTags } from './digest-tags.ts';
import { HoursOfWeek, quartersOf } from './hours-of-week.ts';
import { actionsOfRepository, type RepositoryActions } from './repository-actions.ts';
import { tagRows } from './tag-rows.ts';
import { KIND_MASK } from './packed-kinds.ts';

const LONGEST_LIST = 50;

export function repositoryPage(
  traffic: Traffic,
  index: ActionIndex,
  repository: RepositoryIndex,
  span: DaySpan,
  filter: Filter,
): RepositoryPage {
  const actions = actionsOfRepository(traffic, index, repository, span, filter);
  const { references, sources, shown } = actions;
  const grouped = groupEntries(index, sources, shown);
  const { storms, loops } = findBursts(traffic, index, sources, references, grouped, grouped.wanted);
  return {
    name: repoNameOf(traffic.names.textOf(repository)),
    repoType: repoTypeOf(traffic.names.textOf(repository)),
    ...tagRows(traffic, index, actions),
    ...digestsWithTags(traffic, index, actions),
    ...byHour(index, actions, span),
    ...bySource(index, actions),
    storms: storms.slice(0, LONGEST_LIST),
    stormCount: storms.length,
    loops: loops.slice(0, LONGEST_LIST),
    loopCount: loops.length,
    adoption: adoptionOf(traffic, index, actions, span.zone),
  };
}

/** By the clock of the span's zone. */
function byHour(index: ActionIndex, { shown }: RepositoryActions, { zone }: DaySpan) {
  const hours = new HoursOfWeek(index, zone);
  hours.take(shown, quartersOf(index, shown));
  return { pullsByHour: hours.pulls, checksByHour: hours.checks };
}

function bySource({ kinds, group }: ActionIndex, { shown, sources }: RepositoryActions) {
  const { address, addresses } = sources;
  /** Pulls and version checks by own number of an address, those without one last. */
  const pairs = new Float64Array((addresses + 1) * 2);
  for (let i = 0; i < shown.length; i++) {
    const entry = shown[i]!;
    const isCheck = (kinds[entry]! & KIND_MASK) === ACTION_VERSION_CHECK;
    pairs[address[group[entry]!]! * 2 + (isCheck ? 1 : 0)]!++;
  }
  return concentrations(pairs);
}
