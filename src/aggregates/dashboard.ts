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
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DashboardView, DaySpan, HourSeries, RepositoryColumns } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { EntryFilter } from './entry-filter.ts';
import { NameCounter } from './name-counter.ts';
import type { TimeSteps } from './time-steps.ts';
import { newSums, NO_PLACE, type ViewSums } from './view-sums.ts';

export function dashboardView(
  traffic: Traffic,
  index: ActionIndex,
  span: DaySpan,
  filter: Filter,
  step: Step = 'day',
): DashboardView {
  const sums = newSums(traffic, span, step);
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const counter = new NameCounter(traffic, index, sums, hiding);
  for (let name = 0; name < traffic.names.size; name++) counter.count(name);
  return viewOf(traffic, span, step, sums, counter.uniqueAddresses, counter.signatureLookUps);
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
    let count = 0;
    for (let at = name * KINDS + 1; at < (name + 1) * KINDS; at++) count += actions[at]!;
    if (count > 0) index.push(name);
  }
  /** By name. */
  const shown = new Array<string>(names.size);
  for (const name of index) shown[name] = repoNameOf(names.textOf(name));
  const typeOf = (name: number) => REPO_TYPES.indexOf(repoTypeOf(names.textOf(name)));
  index.sort((a, b) => {
    const one = shown[a]!;
    const other = shown[b]!;
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
    names: index.map((name) => shown[name]!),
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
