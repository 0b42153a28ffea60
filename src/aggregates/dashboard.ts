/**
 * The dashboard's numbers for a span of days. In: Traffic, its index of actions and a filter. Out: headline figures,
 * actions per day (and hour), and a row for each repository. Distinct addresses are counted exactly.
 */
import { type Step, stepStarts } from '../lib/local-time.ts';
import { actionFilter } from '../model/action-filter.ts';
import type { Filter } from '../model/filter.ts';
import { REPO_TYPES, type RepoType } from '../model/action-rows.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_KINDS as KINDS,
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DashboardView, DaySpan, HourSeries, RepositoryColumns } from '../model/view.ts';
import {
  type ActionIndex,
  DAY_SHIFT,
  EntryFilter,
  firstEntryFrom,
  KIND_MASK,
  SIGNATURE_BIT,
} from './action-index.ts';
import { cellAt, countByDay, countByStep, lastPullOf } from './count-cells.ts';
import { TimeSteps } from './time-steps.ts';

/** Most steps of a repository's trend. */
const TREND_STEPS = 60;
export const NO_PLACE = 0xffffffff;

/** Sums by step (a day or an hour), and by repository (its number in `names`). */
export interface ViewSums {
  steps: TimeSteps;
  days: number;
  /** Days of a step of the trend, and steps. */
  trendDays: number;
  trendLength: number;
  /** By step of time, the step of the trend. */
  trendOf: Uint8Array;
  /** [step * KINDS + ACTION_*] */
  perStep: Uint32Array;
  /** [name * KINDS + ACTION_*] */
  actions: Uint32Array;
  addresses: Uint32Array;
  /** Place of the last pull in the order of time; NO_PLACE when there is none. */
  lastPull: Uint32Array;
  trend: Uint32Array;
}

export function dashboardView(
  traffic: Traffic,
  index: ActionIndex,
  span: DaySpan,
  filter: Filter,
  step: Step = 'day',
): DashboardView {
  const sums = newSums(traffic, span, step);
  const { steps, perStep, trendLength, trendOf } = sums;
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const hidesEntries = hiding?.hidesEntries ?? false;
  const { starts, entries, places } = index;
  /** A cell is a step of the span, and the bits of an entry below its day. By UTC days it is the entry minus this. */
  const firstCell = (span.first - index.firstDay) * (1 << DAY_SHIFT);
  const hasUtcDays = step === 'day' && span.zone === undefined;
  const cells = new Uint32Array(steps.count << DAY_SHIFT);
  const [fromStart, toEnd] = [steps.from === 0, steps.to === traffic.length];
  /** Name + 1 of the last group with an action from this address: groups of a name stand together. */
  const lastName = new Uint32Array(traffic.clients.size);
  let uniqueAddresses = 0;
  let signatureLookUps = 0;

  function tally(name: number, cell: number, count: number): void {
    if (cell & SIGNATURE_BIT) signatureLookUps += count;
    const kind = cell & KIND_MASK;
    if (kind === ACTION_NONE) return;
    const at = cell >> DAY_SHIFT;
    perStep[at * KINDS + kind]! += count;
    sums.actions[name * KINDS + kind]! += count;
    if (kind !== ACTION_VERSION_CHECK) sums.trend[name * trendLength + trendOf[at]!]! += count;
  }

  for (let group = 0, next = 0; group < index.groups; group = next) {
    const name = index.name[group]!;
    while (next < index.groups && index.name[next] === name) next++;
    // A busy repository's actions are counted by cell first, which is one step for each; others have fewer than cells.
    const isBusy = starts[next]! - starts[group]! > cells.length;
    for (let own = group; own < next; own++) {
      if (hiding && hiding.hidesGroup(own) !== 0) continue;
      const end = starts[own + 1]!;
      const from = fromStart ? starts[own]! : firstEntryFrom(index, starts[own]!, end, steps.from);
      const to = toEnd ? end : firstEntryFrom(index, from, end, steps.to);
      let kinds = 0;
      if (isBusy && !hidesEntries) {
        if (hasUtcDays) kinds = countByDay(entries, from, to, firstCell, cells);
        else kinds = countByStep(index, steps, from, to, cells);
      } else {
        for (let i = from; i < to; i++) {
          if (hidesEntries && hiding!.hidesEntry(i) !== 0) continue;
          const cell = hasUtcDays ? entries[i]! - firstCell : cellAt(entries[i]!, steps, places[i]!);
          kinds |= cell & KIND_MASK;
          if (isBusy) cells[cell]!++;
          else tally(name, cell, 1);
        }
      }
      if (kinds > ACTION_VERSION_CHECK && isLater(places[to - 1]!, sums.lastPull[name]!)) {
        const last = lastPullOf(entries, from, to, hidesEntries ? hiding : null);
        if (isLater(places[last]!, sums.lastPull[name]!)) sums.lastPull[name] = places[last]!;
      }
      const client = index.client[own]!;
      if (kinds === 0 || client === NO_WORD || lastName[client] === name + 1) continue;
      if (lastName[client] === 0) uniqueAddresses++;
      lastName[client] = name + 1;
      sums.addresses[name]!++;
    }
    if (!isBusy) continue;
    for (let cell = 0; cell < cells.length; cell++) {
      if (cells[cell] !== 0) tally(name, cell, cells[cell]!);
      cells[cell] = 0;
    }
  }
  return viewOf(traffic, span, step, sums, uniqueAddresses, signatureLookUps);
}

const isLater = (place: number, before: number) => before === NO_PLACE || place > before;

export function newSums(traffic: Traffic, span: DaySpan, step: Step): ViewSums {
  const { names } = traffic;
  const steps = new TimeSteps(traffic, span, step);
  const days = span.last - span.first + 1;
  const trendDays = Math.ceil(days / TREND_STEPS);
  const trendLength = Math.ceil(days / trendDays);
  return {
    steps,
    days,
    trendDays,
    trendLength,
    trendOf: Uint8Array.from(steps.dayOf, (day) => Math.floor(day / trendDays)),
    perStep: new Uint32Array(steps.count * KINDS),
    actions: new Uint32Array(names.size * KINDS),
    addresses: new Uint32Array(names.size),
    lastPull: new Uint32Array(names.size).fill(NO_PLACE),
    trend: new Uint32Array(names.size * trendLength),
  };
}

/** What is shown of sums. */
export function viewOf(
  traffic: Traffic,
  span: DaySpan,
  step: Step,
  sums: ViewSums,
  uniqueAddresses: number,
  signatureLookUps: number,
): DashboardView {
  const { days, perStep, steps } = sums;
  const perDay = new Uint32Array(days * KINDS);
  perStep.forEach((count, at) => {
    perDay[steps.dayOf[Math.floor(at / KINDS)]! * KINDS + (at % KINDS)]! += count;
  });
  const seriesOf = (counts: Uint32Array) => (kind: number) =>
    Uint32Array.from({ length: counts.length / KINDS }, (_, at) => counts[at * KINDS + kind]!);
  const series = seriesOf(perDay);
  const total = (column: Uint32Array) => column.reduce((sum, count) => sum + count, 0);
  const pullsByTag = series(ACTION_PULL_BY_TAG);
  const pullsByDigest = series(ACTION_PULL_BY_DIGEST);
  const versionChecks = series(ACTION_VERSION_CHECK);
  const repositories = repositoriesWithActions(traffic, sums);
  const ofType = (type: RepoType) =>
    repositories.downloads.reduce(
      (sum, count, row) => (REPO_TYPES[repositories.types[row]!] === type ? sum + count : sum),
      0,
    );
  return {
    span,
    figures: {
      pulls: total(pullsByTag) + total(pullsByDigest),
      pullsByTag: total(pullsByTag),
      pullsByDigest: total(pullsByDigest),
      versionChecks: total(versionChecks),
      models: ofType('model'),
      datasets: ofType('dataset'),
      spaces: ofType('space'),
      uniqueAddresses,
    },
    series: {
      firstDay: span.first,
      pullsByTag,
      pullsByDigest,
      versionChecks,
      downloads: series(ACTION_DOWNLOAD),
      covered: coveredSteps(traffic, stepStarts(span, 'day')),
    },
    ...(step === 'hour' && { hours: hoursOf(traffic, steps, seriesOf(perStep)) }),
    repositories,
    signatureLookUps,
  };
}

function hoursOf(traffic: Traffic, { starts }: TimeSteps, series: (kind: number) => Uint32Array): HourSeries {
  return {
    starts: starts.map((second) => second * 1000),
    pullsByTag: series(ACTION_PULL_BY_TAG),
    pullsByDigest: series(ACTION_PULL_BY_DIGEST),
    versionChecks: series(ACTION_VERSION_CHECK),
    downloads: series(ACTION_DOWNLOAD),
    covered: coveredSteps(traffic, starts),
  };
}

function coveredSteps({ coverage }: Traffic, starts: Float64Array): Uint8Array {
  return Uint8Array.from({ length: starts.length - 1 }, (_, step) =>
    coverage.between(starts[step]! * 1000, starts[step + 1]! * 1000),
  );
}

/** The repositories that have an action, by name. */
function repositoriesWithActions(
  { names, order, table }: Traffic,
  { actions, addresses, lastPull, trend, trendLength, trendDays }: ViewSums,
): RepositoryColumns {
  const index: number[] = [];
  for (let name = 0; name < names.size; name++) {
    const from = name * KINDS;
    if (actions.subarray(from + 1, from + KINDS).some((count) => count > 0)) index.push(name);
  }
  const shown = new Map(index.map((name) => [name, repoNameOf(names.textOf(name))]));
  const typeOf = (name: number) => REPO_TYPES.indexOf(repoTypeOf(names.textOf(name)));
  index.sort((a, b) => {
    const [one, other] = [shown.get(a)!, shown.get(b)!];
    return one === other ? typeOf(a) - typeOf(b) : one < other ? -1 : 1;
  });
  const counts = (kind: number) => Uint32Array.from(index, (name) => actions[name * KINDS + kind]!);
  const trends = new Uint32Array(index.length * trendLength);
  index.forEach((name, i) => {
    trends.set(trend.subarray(name * trendLength, (name + 1) * trendLength), i * trendLength);
  });
  return {
    length: index.length,
    index: Uint32Array.from(index),
    names: index.map((name) => shown.get(name)!),
    types: Uint8Array.from(index, typeOf),
    pullsByTag: counts(ACTION_PULL_BY_TAG),
    pullsByDigest: counts(ACTION_PULL_BY_DIGEST),
    versionChecks: counts(ACTION_VERSION_CHECK),
    downloads: counts(ACTION_DOWNLOAD),
    uniqueAddresses: Uint32Array.from(index, (name) => addresses[name]!),
    lastPull: Float64Array.from(index, (name) =>
      lastPull[name] === NO_PLACE ? NaN : table.time(order[lastPull[name]!]!),
    ),
    trend: trends,
    trendLength,
    trendDays,
  };
}
