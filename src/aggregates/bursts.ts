/**
 * Who asks too often. In: the actions of a repository, by client. Out: pull storms and check loops, by these rules:
 *  storm: one client pulls the same tag or digest STORM_PULLS times within STORM_WINDOW;
 *  loop: one client checks the same tag LOOP_CHECKS times in a row, each as long after the one before as the others.
 * A client is an address with a user agent; actions without a usable address are nobody's.
 */
import {
  LOOP_CHECKS,
  LOOP_LONGEST,
  LOOP_SLACK,
  LOOP_SLACK_SHARE,
  type Loop,
  type Storm,
  STORM_PULLS,
  STORM_WINDOW,
} from '../model/repository-page.ts';
import { ACTION_VERSION_CHECK, PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { FLAG_DIGEST, NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Milliseconds } from '../model/units.ts';
import type { RepositoryActions } from './repository-actions.ts';

export function findBursts(
  { table, references }: Traffic,
  actions: RepositoryActions,
): { storms: Storm[]; loops: Loop[] } {
  const storms: Storm[] = [];
  const loops: Loop[] = [];
  const fewest = Math.min(STORM_PULLS, LOOP_CHECKS);
  for (let group = 0; group < actions.groups; group++) {
    const [from, to] = [actions.starts[group]!, actions.starts[group + 1]!];
    const client = actions.client[group]!;
    if (to - from < fewest || client === NO_WORD) continue;
    /** By reference. */
    const pulls = new Map<number, Milliseconds[]>();
    const checks = new Map<number, Milliseconds[]>();
    const digests = new Set<number>();
    for (let i = from; i < to; i++) {
      const row = actions.rows[i]!;
      const page = table.pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      const reference = page.reference[at]!;
      if (page.flags[at]! & FLAG_DIGEST) digests.add(reference);
      const times = page.action[at] === ACTION_VERSION_CHECK ? checks : pulls;
      const held = times.get(reference);
      if (held) held.push(table.time(row));
      else times.set(reference, [table.time(row)]);
    }
    const source = { client, agent: actions.agent[group]! };
    const named = (reference: number) => ({
      source,
      reference: references.textOf(reference),
      isDigest: digests.has(reference),
    });
    for (const [reference, times] of pulls)
      storms.push(...stormsIn(times).map((storm) => ({ ...named(reference), ...storm })));
    for (const [reference, times] of checks)
      loops.push(...loopsIn(times).map((loop) => ({ ...named(reference), ...loop })));
  }
  const byActions = (a: Storm | Loop, b: Storm | Loop) => b.actions - a.actions || a.from - b.from;
  return { storms: storms.sort(byActions), loops: loops.sort(byActions) };
}

interface Run {
  from: Milliseconds;
  to: Milliseconds;
  actions: number;
}

/** Stretches of ascending times in which every time is one of STORM_PULLS of each other. */
export function stormsIn(times: readonly Milliseconds[]): (Run & { peak: number })[] {
  const found: (Run & { peak: number })[] = [];
  let last = -1;
  for (let end = 0, start = 0; end < times.length; end++) {
    while (times[end]! - times[start]! >= STORM_WINDOW) start++;
    const within = end - start + 1;
    if (within < STORM_PULLS) continue;
    const storm = found.at(-1);
    if (storm && start <= last) {
      storm.to = times[end]!;
      storm.actions += end - last;
      storm.peak = Math.max(storm.peak, within);
    } else found.push({ from: times[start]!, to: times[end]!, actions: within, peak: within });
    last = end;
  }
  return found;
}

/** Stretches of ascending times that are equally far apart. */
export function loopsIn(times: readonly Milliseconds[]): (Run & { interval: Milliseconds })[] {
  const found: (Run & { interval: Milliseconds })[] = [];
  for (let start = 0; start + LOOP_CHECKS <= times.length;) {
    let end = start + 1;
    // The mean so far: a slow drift is still a loop, and no single wait decides.
    const mean = () => (times[end]! - times[start]!) / (end - start);
    const isSteady = () => {
      const wait = times[end + 1]! - times[end]!;
      return Math.abs(wait - mean()) <= slackOf(mean());
    };
    while (end + 1 < times.length && mean() <= LOOP_LONGEST && isSteady()) end++;
    const actions = end - start + 1;
    const interval = mean();
    const isLoop = actions >= LOOP_CHECKS && interval <= LOOP_LONGEST && interval > 0;
    const before = found.at(-1);
    // A check that failed or was late breaks a row, and the same loop goes on behind it.
    if (isLoop && before && Math.abs(before.interval - interval) <= slackOf(interval)) {
      before.to = times[end]!;
      before.actions += actions;
    } else if (isLoop) found.push({ from: times[start]!, to: times[end]!, actions, interval });
    start = isLoop ? end + 1 : Math.max(start + 1, end);
  }
  return found.map((loop) => ({ ...loop, interval: Math.round(loop.interval) }));
}

const slackOf = (interval: Milliseconds) => Math.max(LOOP_SLACK, interval * LOOP_SLACK_SHARE);
