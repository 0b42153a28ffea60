/**
 * Who asks too often, in all repositories. In: Traffic, its index, a span and a filter. Out: Hammering. What does not
 * depend on the filter is kept: all storms and loops of a span, of which most filters only hide some, and hours.
 */
import { type ActionFilter, actionFilter } from '../model/action-filter.ts';
import type { Filter } from '../model/filter.ts';
import type { Hammering } from '../model/hammering.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { type AllBursts, allBursts, largest, shownBursts } from './all-bursts.ts';
import { busiestAddresses } from './busiest-addresses.ts';
import { concentrations } from './concentration.ts';
import { EntryFilter } from './entry-filter.ts';
import { GroupKinds, SLOTS } from './group-kinds.ts';
import { WeekHours } from './week-hours.ts';
import { describeWho } from './who.ts';

const MOST_BURSTS = 2000;

/** For one index. */
export class Hammerings {
  private readonly hours: WeekHours;
  /** All of the span that was asked for last. */
  private known: { range: string; all: AllBursts } | null = null;

  constructor(private readonly index: ActionIndex) {
    this.hours = new WeekHours(index);
  }

  of(traffic: Traffic, span: DaySpan, filter: Filter): Hammering {
    const { index } = this;
    const chosen = actionFilter(traffic, filter);
    const hiding = chosen && new EntryFilter(index, traffic, chosen);
    const range = rangeOfSpan(traffic, span);
    const { bursts, stormCount, loopCount } = this.bursts(traffic, range, chosen, hiding);
    const whoOf = describeWho(traffic);
    const { byAddress, byGroup } = countSources(traffic, index, span, hiding);
    return {
      bursts: largest(bursts, MOST_BURSTS).map((burst) => {
        const text = traffic.names.textOf(burst.repository);
        return { ...burst, name: repoNameOf(text), type: repoTypeOf(text), who: whoOf(burst.source) };
      }),
      ...{ stormCount, loopCount },
      addresses: busiestAddresses(index, byAddress, byGroup, whoOf),
      ...this.hours.of(traffic, span, range, hiding),
      ...concentrations(byAddress),
    };
  }

  private bursts(
    traffic: Traffic,
    range: [from: number, to: number],
    chosen: ActionFilter | null,
    hiding: EntryFilter | null,
  ): AllBursts {
    if (this.known?.range !== range.join())
      this.known = { range: range.join(), all: allBursts(traffic, this.index, range, null) };
    return shownBursts(traffic, this.known.all, chosen) ?? allBursts(traffic, this.index, range, hiding);
  }
}

/** Pulls and version checks by address, two numbers each, the last pair of actions without one; and actions by group. */
function countSources(traffic: Traffic, index: ActionIndex, span: DaySpan, hiding: EntryFilter | null) {
  const { groups, groupsOf, source, client } = index;
  const groupKinds = new GroupKinds(traffic, index, span, hiding);
  const { counts, hides } = groupKinds;
  const { size } = traffic.clients;
  const byAddress = new Float64Array((size + 1) * 2);
  const byGroup = new Uint32Array(groups);
  for (let name = 0; name < traffic.names.size; name++) {
    if (!groupKinds.fill(name)) continue;
    const [first, end] = [groupsOf[name]!, groupsOf[name + 1]!];
    for (let group = first, at = 0; group < end; group++, at += SLOTS) {
      if (hides[group - first] !== 0) continue;
      const pulls =
        counts[at + ACTION_PULL_BY_TAG]! +
        counts[at + ACTION_PULL_BY_DIGEST]! +
        counts[at + ACTION_DOWNLOAD]!;
      const checks = counts[at + ACTION_VERSION_CHECK]!;
      const own = Math.min(client[source[group]!]!, size) * 2;
      byGroup[group] = pulls + checks;
      byAddress[own]! += pulls;
      byAddress[own + 1]! += checks;
    }
  }
  return { byAddress, byGroup };
}
