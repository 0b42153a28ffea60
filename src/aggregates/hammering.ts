/**
 * Who asks too often, in all repositories. In: Traffic, its index, a span and a filter. Out: Hammering. Whether a client
 * may have a storm or loop in a repository is told from quarters of an hour, which stand beside each other in the index;
 * only where it may, its requests are looked at (bursts.ts has the rules).
 */
import type { Filter } from '../model/filter.ts';
import type { FoundBurst, Hammering } from '../model/hammering.ts';
import {
  type Concentration,
  LOOP_CHECKS,
  LOOP_LONGEST,
  LOOP_SLACK_SHARE,
  STORM_PULLS,
  STORM_WINDOW,
} from '../model/repository-page.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import { ACTION_VERSION_CHECK } from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import {
  type ActionIndex,
  DAY_SHIFT,
  KIND_MASK,
  QUARTERS_PER_DAY,
  SECONDS_PER_QUARTER,
} from './action-index.ts';
import { busiestAddresses } from './busiest-addresses.ts';
import { findBursts } from './bursts.ts';
import { HoursOfWeek } from './hours-of-week.ts';
import { ShownEntries } from './shown-entries.ts';
import { describeWho } from './who.ts';

const MOST_BURSTS = 2000;
/** Of fewer actions no client has a storm or loop. */
const FEWEST = Math.min(STORM_PULLS, LOOP_CHECKS);
const QUARTER = SECONDS_PER_QUARTER * 1000;
const STORM_QUARTERS = Math.ceil(STORM_WINDOW / QUARTER);
/** A loop's first waits are of LOOP_LONGEST on average, the last of them perhaps longer by the slack. */
const LOOP_QUARTERS = Math.ceil((LOOP_LONGEST * (LOOP_CHECKS - 1 + LOOP_SLACK_SHARE)) / QUARTER);

export function hammering(traffic: Traffic, index: ActionIndex, span: DaySpan, filter: Filter): Hammering {
  const shown = new ShownEntries(traffic, index, span, filter);
  const nearness = new Nearness(index);
  /** Pulls and version checks by address, two numbers each; the last pair is of actions without one. */
  const counts = new Float64Array((traffic.clients.size + 1) * 2);
  const bursts: FoundBurst[] = [];
  const hours = new HoursOfWeek(index, span.zone);
  const whoOf = describeWho(traffic);
  let [stormCount, loopCount] = [0, 0];
  for (let first = 0, end = 0; first < index.groups; first = end) {
    const repository = index.name[first]!;
    const suspects: number[] = [];
    for (end = first; end < index.groups && index.name[end] === repository; end++) {
      if (shown.hidesGroup(end)) continue;
      const client = index.client[end]!;
      const at = (client === NO_WORD ? traffic.clients.size : client) * 2;
      const [from, to] = [index.starts[end]!, index.starts[end + 1]!];
      const mayBurst = to - from >= FEWEST && client !== NO_WORD;
      nearness.start();
      for (let i = from; i < to; i++) {
        if (!shown.has(i)) continue;
        const isCheck = (index.entries[i]! & KIND_MASK) === ACTION_VERSION_CHECK;
        counts[at + Number(isCheck)]!++;
        hours.take(i, isCheck);
        if (mayBurst) nearness.take(i, isCheck);
      }
      if (nearness.isBurst) suspects.push(end);
    }
    if (suspects.length === 0) continue;
    const text = traffic.names.textOf(repository);
    const asked = { repository, name: repoNameOf(text), type: repoTypeOf(text) };
    const { storms, loops } = findBursts(traffic, shown.actionsOf(suspects));
    stormCount += storms.length;
    loopCount += loops.length;
    const known = (burst: (typeof storms)[number] | (typeof loops)[number]) => ({
      ...asked,
      who: whoOf(burst.source),
    });
    for (const storm of storms) bursts.push({ kind: 'storm', ...storm, ...known(storm) });
    for (const loop of loops) bursts.push({ kind: 'loop', ...loop, ...known(loop) });
    // One loop on each of many machines: no more is held than twice what is handed out.
    if (bursts.length > 2 * MOST_BURSTS) keepLargest(bursts);
  }
  keepLargest(bursts);
  return {
    ...{ bursts, stormCount, loopCount },
    addresses: busiestAddresses(index, counts, shown, whoOf),
    ...{ pullsByHour: hours.pulls, checksByHour: hours.checks },
    pullSources: concentrationOf(counts, 0),
    checkSources: concentrationOf(counts, 1),
  };
}

function keepLargest(bursts: FoundBurst[]): void {
  bursts.sort((a, b) => b.actions - a.actions || a.from - b.from);
  bursts.length = Math.min(bursts.length, MOST_BURSTS);
}

/** Whether so many pulls or checks of a client stand so near together that there may be a storm or loop among them. */
class Nearness {
  isBurst = false;
  /** The last quarters of pulls and of checks: rings. */
  private readonly rings = [new Int32Array(STORM_PULLS), new Int32Array(LOOP_CHECKS)] as const;
  private readonly taken = [0, 0] as [number, number];

  constructor(private readonly index: ActionIndex) {}

  start(): void {
    this.isBurst = false;
    this.taken.fill(0);
  }

  take(entry: number, isCheck: boolean): void {
    if (this.isBurst) return;
    const { entries, quarters } = this.index;
    const which = isCheck ? 1 : 0;
    const ring = this.rings[which];
    const quarter = (entries[entry]! >>> DAY_SHIFT) * QUARTERS_PER_DAY + quarters[entry]!;
    ring[this.taken[which]++ % ring.length] = quarter;
    if (this.taken[which] < ring.length) return;
    const oldest = ring[this.taken[which] % ring.length]!;
    this.isBurst = quarter - oldest <= (isCheck ? LOOP_QUARTERS : STORM_QUARTERS);
  }
}

function concentrationOf(counts: Float64Array, which: 0 | 1): Concentration {
  const withoutAddress = counts[counts.length - 2 + which]!;
  const own: number[] = [];
  for (let at = which; at < counts.length - 2; at += 2) if (counts[at]! > 0) own.push(counts[at]!);
  const ranked = Float64Array.from(own).sort().reverse();
  const top = (most: number) => ranked.subarray(0, most).reduce((sum, count) => sum + count, 0);
  return {
    total: top(Infinity) + withoutAddress,
    sources: ranked.length,
    top: [top(1), top(10), top(100)],
    withoutAddress,
  };
}
