/**
 * The dashboard's numbers for a span of days. In: Traffic. Out: headline figures, actions per day, and a row for each
 * repository. One pass over the span's requests in time order; distinct addresses are counted exactly.
 */
import { PairSet } from '../lib/pair-set.ts';
import {
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../model/request-table.ts';
import { FLAG_NO_CLIENT, FLAG_SIGNATURE } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import { MILLISECONDS_PER_DAY } from '../model/units.ts';
import type { DashboardView, DaySpan, RepositoryColumns } from '../model/view.ts';
import { rangeOfSpan } from '../model/time-range.ts';

/** Most steps of a repository's trend. */
const TREND_STEPS = 60;
const SECONDS_PER_DAY = MILLISECONDS_PER_DAY / 1000;

/** Sums by repository (its number in `names`), filled in one pass. */
interface Sums {
  /** [kind][name] */
  actions: Uint32Array[];
  addresses: Uint32Array;
  lastPull: Float64Array;
  trend: Uint32Array;
}

export function dashboardView(traffic: Traffic, span: DaySpan): DashboardView {
  const { table, order, nameOf, names } = traffic;
  const [from, to] = rangeOfSpan(traffic, span);
  const days = span.last - span.first + 1;
  const trendDays = Math.ceil(days / TREND_STEPS);
  const trendLength = Math.ceil(days / trendDays);
  const perDay = [0, 1, 2, 3].map(() => new Uint32Array(days));
  const sums: Sums = {
    actions: [0, 1, 2, 3].map(() => new Uint32Array(names.size)),
    addresses: new Uint32Array(names.size),
    lastPull: new Float64Array(names.size).fill(NaN),
    trend: new Uint32Array(names.size * trendLength),
  };
  const addresses = new PairSet();
  const seen = new Uint8Array(traffic.clients.size);
  let uniqueAddresses = 0;
  let signatureLookUps = 0;
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const flags = page.flags[at]!;
    if (flags & FLAG_SIGNATURE) signatureLookUps++;
    const action = page.action[at]!;
    if (action === ACTION_NONE) continue;
    const second = page.seconds[at]!;
    const day = ((second / SECONDS_PER_DAY) | 0) - span.first;
    const name = nameOf[page.repository[at]!]!;
    perDay[action]![day]!++;
    sums.actions[action]![name]!++;
    if (action !== ACTION_VERSION_CHECK) {
      sums.lastPull[name] = second * 1000 + page.millis[at]!;
      sums.trend[name * trendLength + ((day / trendDays) | 0)]!++;
    }
    if (flags & FLAG_NO_CLIENT) continue;
    const client = page.client[at]!;
    if (seen[client] === 0) {
      seen[client] = 1;
      uniqueAddresses++;
    }
    if (addresses.add(name, client)) sums.addresses[name]!++;
  }
  const total = (action: number) => perDay[action]!.reduce((sum, count) => sum + count, 0);
  const pullsByTag = total(ACTION_PULL_BY_TAG);
  const pullsByDigest = total(ACTION_PULL_BY_DIGEST);
  return {
    span,
    figures: {
      pulls: pullsByTag + pullsByDigest,
      pullsByTag,
      pullsByDigest,
      versionChecks: total(ACTION_VERSION_CHECK),
      uniqueAddresses,
    },
    series: {
      firstDay: span.first,
      pullsByTag: perDay[ACTION_PULL_BY_TAG]!,
      pullsByDigest: perDay[ACTION_PULL_BY_DIGEST]!,
      versionChecks: perDay[ACTION_VERSION_CHECK]!,
      covered: Uint8Array.from({ length: days }, (_, day) => traffic.coverage.of(span.first + day)),
    },
    repositories: repositoriesWithActions(traffic, sums, trendLength, trendDays),
    signatureLookUps,
  };
}

/** The repositories that have an action, by name. */
function repositoriesWithActions(
  { names }: Traffic,
  { actions, addresses, lastPull, trend }: Sums,
  trendLength: number,
  trendDays: number,
): RepositoryColumns {
  const index: number[] = [];
  for (let name = 0; name < names.size; name++) {
    if (actions.some((counts) => counts[name]! > 0)) index.push(name);
  }
  index.sort((a, b) => (names.textOf(a) < names.textOf(b) ? -1 : 1));
  const pick = (column: Uint32Array) => Uint32Array.from(index, (name) => column[name]!);
  const trends = new Uint32Array(index.length * trendLength);
  index.forEach((name, i) => {
    trends.set(trend.subarray(name * trendLength, (name + 1) * trendLength), i * trendLength);
  });
  return {
    length: index.length,
    index: Uint32Array.from(index),
    names: index.map((name) => names.textOf(name)),
    pullsByTag: pick(actions[ACTION_PULL_BY_TAG]!),
    pullsByDigest: pick(actions[ACTION_PULL_BY_DIGEST]!),
    versionChecks: pick(actions[ACTION_VERSION_CHECK]!),
    uniqueAddresses: pick(addresses),
    lastPull: Float64Array.from(index, (name) => lastPull[name]!),
    trend: trends,
    trendLength,
    trendDays,
  };
}
