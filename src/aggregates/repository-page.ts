/** The page of one repository. In: Traffic, its index, the repository, a span and a filter. Out: RepositoryPage. */
import { clockAt } from '../lib/local-time.ts';
import { type Filter, isFiltered, NO_FILTER } from '../model/filter.ts';
import type { Concentration, RepositoryPage } from '../model/repository-page.ts';
import { ACTION_VERSION_CHECK, PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import { NO_WORD } from '../model/segment.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type { DaySpan } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { adoptionOf } from './adoption.ts';
import { findBursts } from './bursts.ts';
import { digestsWithTags } from './digest-tags.ts';
import { actionsOfRepository, type RepositoryActions } from './repository-actions.ts';
import { tagRows } from './tag-rows.ts';

const LONGEST_LIST = 50;
const SECONDS_PER_HOUR = 3600;
const HOURS_PER_DAY = 24;
const DAYS_PER_WEEK = 7;
/** 1 January 1970 was a Thursday: so many days after its week's Monday. */
const FIRST_DAY = 3;
/** Sums stand in pairs: pulls, then version checks. */
const PULLS = 0;
const CHECKS = 1;

export function repositoryPage(
  traffic: Traffic,
  index: ActionIndex,
  repository: RepositoryIndex,
  span: DaySpan,
  filter: Filter,
): RepositoryPage {
  const all = actionsOfRepository(traffic, index, repository, null, NO_FILTER);
  const ofAllDays = isFiltered(filter) ? actionsOfRepository(traffic, index, repository, null, filter) : all;
  const [from, to] = rangeOfSpan(traffic, span);
  const isWhole = from === 0 && to === traffic.length;
  const actions = isWhole ? ofAllDays : actionsOfRepository(traffic, index, repository, span, filter);
  const { storms, loops } = findBursts(traffic, actions);
  return {
    name: repoNameOf(traffic.names.textOf(repository)),
    repoType: repoTypeOf(traffic.names.textOf(repository)),
    ...tagRows(traffic, actions, all),
    ...digestsWithTags(traffic, actions),
    ...byHour(traffic, actions, span),
    ...bySource(traffic, actions),
    storms: storms.slice(0, LONGEST_LIST),
    stormCount: storms.length,
    loops: loops.slice(0, LONGEST_LIST),
    loopCount: loops.length,
    adoption: adoptionOf(traffic, ofAllDays, all, span.zone),
  };
}

/** By the clock of the span's zone. */
function byHour({ table }: Traffic, { rows }: RepositoryActions, { zone }: DaySpan) {
  const pullsByHour = new Uint32Array(DAYS_PER_WEEK * HOURS_PER_DAY);
  const checksByHour = pullsByHour.slice();
  for (const row of rows) {
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const { day, second } = clockAt(page.seconds[at]!, zone);
    const weekday = (day + FIRST_DAY) % DAYS_PER_WEEK;
    const hour = weekday * HOURS_PER_DAY + Math.floor(second / SECONDS_PER_HOUR);
    (page.action[at] === ACTION_VERSION_CHECK ? checksByHour : pullsByHour)[hour]!++;
  }
  return { pullsByHour, checksByHour };
}

function bySource({ table }: Traffic, { rows, groups, starts, client }: RepositoryActions) {
  /** By address. */
  const sums = new Map<number, [pulls: number, checks: number]>();
  for (let group = 0; group < groups; group++) {
    const own = sums.get(client[group]!) ?? [0, 0];
    sums.set(client[group]!, own);
    for (let i = starts[group]!; i < starts[group + 1]!; i++) {
      const row = rows[i]!;
      const action = table.pages[row >>> PAGE_SHIFT]!.action[row & PAGE_MASK];
      own[action === ACTION_VERSION_CHECK ? CHECKS : PULLS]++;
    }
  }
  const withoutAddress = sums.get(NO_WORD) ?? [0, 0];
  sums.delete(NO_WORD);
  const concentration = (which: 0 | 1): Concentration => {
    const counts = Float64Array.from(sums.values(), (each) => each[which])
      .filter((count) => count > 0)
      .sort()
      .reverse();
    const top = (most: number) => counts.subarray(0, most).reduce((sum, count) => sum + count, 0);
    return {
      total: top(Infinity) + withoutAddress[which],
      sources: counts.length,
      top: [top(1), top(10), top(100)],
      withoutAddress: withoutAddress[which],
    };
  };
  return { pullSources: concentration(PULLS), checkSources: concentration(CHECKS) };
}
