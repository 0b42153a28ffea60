/**
 * Who asks too often. In: the actions of a repository. Out: pull storms and check loops, by these rules:
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
import { ACTION_VERSION_CHECK } from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Milliseconds } from '../model/units.ts';
import type { ActionIndex } from './action-index.ts';
import type { RepositoryReferences, RepositorySources } from './repository-actions.ts';
import { KIND_MASK } from './packed-kinds.ts';

/** Entries of clients, [starts[group], starts[group + 1]) of each, in the order of time; only where there are enough. */
export interface GroupedEntries {
  entries: Uint32Array;
  starts: Uint32Array;
  /** Groups that have any. */
  wanted: number[];
}

/** Of some groups; references: of their entries at least. */
export function findBursts(
  traffic: Traffic,
  index: ActionIndex,
  sources: RepositorySources,
  references: RepositoryReferences,
  { entries, starts }: GroupedEntries,
  groups: readonly number[],
): { storms: Storm[]; loops: Loop[] } {
  const storms: Storm[] = [];
  const loops: Loop[] = [];
  const rows = new RowsOfGroup(traffic, index, references);
  for (const group of groups) {
    for (const { own, isCheck, times } of rows.of(entries.subarray(starts[group]!, starts[group + 1]!))) {
      const named = {
        source: { client: sources.client[group]!, agent: sources.agent[group]! },
        reference: traffic.references.textOf(references.word[own]!),
        isDigest: references.isDigest[own] !== 0,
      };
      if (isCheck) for (const loop of loopsIn(times)) loops.push({ ...named, ...loop });
      else for (const storm of stormsIn(times)) storms.push({ ...named, ...storm });
    }
  }
  const byActions = (a: Storm | Loop, b: Storm | Loop) => b.actions - a.actions || a.from - b.from;
  return { storms: storms.sort(byActions), loops: loops.sort(byActions) };
}

/** Times of a group's pulls, or checks, of one reference; where there are enough of them. */
class RowsOfGroup {
  /** By row (own number of a reference, twice, and 1 for checks): entries, and where the next time goes. */
  private readonly counts: Uint32Array;
  private readonly next: Uint32Array;
  private times = new Float64Array(1 << 10);

  constructor(
    private readonly traffic: Traffic,
    private readonly index: ActionIndex,
    private readonly references: RepositoryReferences,
  ) {
    this.counts = new Uint32Array(references.count * 2);
    this.next = new Uint32Array(references.count * 2);
  }

  /** Times are good until the next call. */
  of(entries: Uint32Array): { own: number; isCheck: boolean; times: Float64Array }[] {
    const { counts, next } = this;
    if (this.times.length < entries.length) this.times = new Float64Array(entries.length * 2);
    for (let i = 0; i < entries.length; i++) counts[this.rowOf(entries[i]!)]!++;
    const rows: number[] = [];
    let used = 0;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i]!;
      const row = this.rowOf(entry);
      const count = counts[row]!;
      if (count === 0) continue;
      counts[row] = 0;
      next[row] = NO_ROW;
      if (count < (row & 1 ? LOOP_CHECKS : STORM_PULLS)) continue;
      rows.push(row, used, used + count);
      next[row] = used;
      used += count;
    }
    if (used > 0) this.takeTimes(entries);
    const found: { own: number; isCheck: boolean; times: Float64Array }[] = [];
    for (let i = 0; i < rows.length; i += 3) {
      const times = this.times.subarray(rows[i + 1], rows[i + 2]);
      found.push({ own: rows[i]! >>> 1, isCheck: (rows[i]! & 1) !== 0, times });
    }
    return found;
  }

  private takeTimes(entries: Uint32Array): void {
    const { table, order } = this.traffic;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i]!;
      const row = this.rowOf(entry);
      const at = this.next[row]!;
      if (at === NO_ROW) continue;
      this.times[at] = table.time(order[this.index.places[entry]!]!);
      this.next[row] = at + 1;
    }
  }

  private rowOf(entry: number): number {
    const { references, kinds } = this.index;
    const isCheck = (kinds[entry]! & KIND_MASK) === ACTION_VERSION_CHECK ? 1 : 0;
    return this.references.own[references[entry]!]! * 2 + isCheck;
  }
}

const NO_ROW = 0xffffffff;

/** shown: entries of the repository, in the order of time. */
export function groupEntries(
  { group }: ActionIndex,
  { groups, client }: RepositorySources,
  shown: Uint32Array,
): GroupedEntries {
  const fewest = Math.min(STORM_PULLS, LOOP_CHECKS);
  const starts = new Uint32Array(groups + 1);
  for (let i = 0; i < shown.length; i++) starts[group[shown[i]!]! + 1]!++;
  const isWanted = new Uint8Array(groups);
  const wanted: number[] = [];
  for (let own = 0; own < groups; own++) {
    const count = starts[own + 1]!;
    starts[own + 1] = starts[own]!;
    if (count < fewest || client[own] === NO_WORD) continue;
    isWanted[own] = 1;
    wanted.push(own);
    starts[own + 1]! += count;
  }
  const next = starts.slice();
  const entries = new Uint32Array(starts[groups]!);
  for (let i = 0; i < shown.length; i++) {
    const entry = shown[i]!;
    const own = group[entry]!;
    if (isWanted[own] !== 0) entries[next[own]!++] = entry;
  }
  return { entries, starts, wanted };
}

interface Run {
  from: Milliseconds;
  to: Milliseconds;
  actions: number;
}

/** Stretches of ascending times in which every time is one of STORM_PULLS of each other. */
export function stormsIn(times: ArrayLike<Milliseconds>): (Run & { peak: number })[] {
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
export function loopsIn(times: ArrayLike<Milliseconds>): (Run & { interval: Milliseconds })[] {
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
