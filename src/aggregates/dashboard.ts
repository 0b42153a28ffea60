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
import type { DashboardView, DaySpan, Figures, HourSeries, RepositoryColumns } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { EntryFilter } from './entry-filter.ts';
import { NameCounter } from './name-counter.ts';
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
  const series = seriesOf(perDay);
  const repositories = repositoriesWithActions(traffic, sums);
  return {
    span,
    figures: { ...figuresOf(series, repositories), uniqueAddresses },
    series: {
      firstDay: span.first,
      ...series,
      covered: coveredSteps(traffic, stepStarts(span, 'day')),
    },
    ...(step === 'hour' && { hours: hoursOf(traffic, sums) }),
    repositories,
    signatureLookUps,
  };
}

/** Of counts by step and kind. */
function seriesOf(counts: Uint32Array) {
  const ofKind = (kind: number) =>
    Uint32Array.from({ length: counts.length / KINDS }, (_, at) => counts[at * KINDS + kind]!);
  return {
    pullsByTag: ofKind(ACTION_PULL_BY_TAG),
    pullsByDigest: ofKind(ACTION_PULL_BY_DIGEST),
    versionChecks: ofKind(ACTION_VERSION_CHECK),
    downloads: ofKind(ACTION_DOWNLOAD),
  };
}

function figuresOf(
  series: ReturnType<typeof seriesOf>,
  { downloads, types }: RepositoryColumns,
): Omit<Figures, 'uniqueAddresses'> {
  const total = (column: Uint32Array) => column.reduce((sum, count) => sum + count, 0);
  const [pullsByTag, pullsByDigest] = [total(series.pullsByTag), total(series.pullsByDigest)];
  const ofType = (type: RepoType) =>
    downloads.reduce((sum, count, row) => (REPO_TYPES[types[row]!] === type ? sum + count : sum), 0);
  return {
    pulls: pullsByTag + pullsByDigest,
    pullsByTag,
    pullsByDigest,
    versionChecks: total(series.versionChecks),
    models: ofType('model'),
    datasets: ofType('dataset'),
    spaces: ofType('space'),
  };
}

function hoursOf(traffic: Traffic, { steps: { starts }, perStep }: ViewSums): HourSeries {
  return {
    starts: starts.map((second) => second * 1000),
    ...seriesOf(perStep),
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
