/**
 * Who asks too often, in all repositories. In: Traffic, its index, a span and a filter. Out: Hammering. Whether a client
 * may have a storm or loop in a repository is told from quarters of an hour, which stand beside each other in the index;
 * only where it may, its requests are looked at (bursts.ts has the rules).
 */
import { actionFilter } from '../model/action-filter.ts';
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
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import { type ActionIndex, SECONDS_PER_QUARTER } from './action-index.ts';
import { busiestAddresses } from './busiest-addresses.ts';
import { findBursts, groupEntries } from './bursts.ts';
import { EntryFilter } from './entry-filter.ts';
import { HoursOfWeek, quartersOf } from './hours-of-week.ts';
import { referencesOf, sourcesOf } from './repository-actions.ts';
import { ShownEntries } from './shown-entries.ts';
import { describeWho } from './who.ts';
import { KIND_MASK } from './packed-kinds.ts';

const MOST_BURSTS = 2000;
/** Of fewer actions no client has a storm or loop. */
const FEWEST = Math.min(STORM_PULLS, LOOP_CHECKS);
const QUARTER = SECONDS_PER_QUARTER * 1000;
const STORM_QUARTERS = Math.ceil(STORM_WINDOW / QUARTER);
/** A loop's first waits are of LOOP_LONGEST on average, the last of them perhaps longer by the slack. */
const LOOP_QUARTERS = Math.ceil((LOOP_LONGEST * (LOOP_CHECKS - 1 + LOOP_SLACK_SHARE)) / QUARTER);

export function hammering(traffic: Traffic, index: ActionIndex, span: DaySpan, filter: Filter): Hammering {
  const chosen = actionFilter(traffic, filter);
  const shown = new ShownEntries(index, chosen && new EntryFilter(index, traffic, chosen));
  const [firstPlace, endPlace] = rangeOfSpan(traffic, span);
  const nearness = new Nearness(index);
  /** Pulls and version checks by group, two numbers each. */
  const byGroup = new Uint32Array(index.groups * 2);
  const bursts: FoundBurst[] = [];
  const hours = new HoursOfWeek(index, span.zone);
  const whoOf = describeWho(traffic);
  /** referencesOf needs it empty; it is as long as there are references, so it is used again. */
  const own = new Uint32Array(traffic.references.size);
  let [stormCount, loopCount] = [0, 0];
  for (let repository = 0; repository < traffic.names.size; repository++) {
    const entries = shown.of(repository, firstPlace, endPlace);
    if (entries.length === 0) continue;
    hours.take(entries, quartersOf(index, entries));
    countGroups(index, entries, index.groupsOf[repository]!, byGroup);
    if (entries.length < FEWEST) continue;
    const sources = sourcesOf(index, repository);
    const grouped = groupEntries(index, sources, entries);
    const suspects = grouped.wanted.filter((group) =>
      nearness.mayBurst(grouped.entries.subarray(grouped.starts[group], grouped.starts[group + 1])),
    );
    if (suspects.length === 0) continue;
    const text = traffic.names.textOf(repository);
    const asked = { repository, name: repoNameOf(text), type: repoTypeOf(text) };
    const references = referencesOf(index, grouped.entries, own);
    const { storms, loops } = findBursts(traffic, index, sources, references, grouped, suspects);
    for (let i = 0; i < references.count; i++) own[references.word[i]!] = 0;
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
  const counts = sumAddresses(index, byGroup, traffic.clients.size);
  const actions = Uint32Array.from(
    { length: index.groups },
    (_, group) => byGroup[group * 2]! + byGroup[group * 2 + 1]!,
  );
  return {
    ...{ bursts, stormCount, loopCount },
    addresses: busiestAddresses(index, counts, actions, whoOf),
    ...{ pullsByHour: hours.pulls, checksByHour: hours.checks },
    pullSources: concentrationOf(counts, 0),
    checkSources: concentrationOf(counts, 1),
  };
}

/** `at`: the first group of the entries' name. */
function countGroups(
  { kinds, group }: ActionIndex,
  entries: Uint32Array,
  at: number,
  byGroup: Uint32Array,
): void {
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    const isCheck = (kinds[entry]! & KIND_MASK) === ACTION_VERSION_CHECK;
    byGroup[(at + group[entry]!) * 2 + (isCheck ? 1 : 0)]!++;
  }
}

/** Pulls and version checks by address, two numbers each; the last pair is of actions without one. */
function sumAddresses(
  { groups, source, client }: ActionIndex,
  byGroup: Uint32Array,
  clients: number,
): Float64Array {
  const counts = new Float64Array((clients + 1) * 2);
  for (let group = 0; group < groups; group++) {
    const at = Math.min(client[source[group]!]!, clients) * 2;
    counts[at]! += byGroup[group * 2]!;
    counts[at + 1]! += byGroup[group * 2 + 1]!;
  }
  return counts;
}

function keepLargest(bursts: FoundBurst[]): void {
  bursts.sort((a, b) => b.actions - a.actions || a.from - b.from);
  bursts.length = Math.min(bursts.length, MOST_BURSTS);
}

/** Whether so many pulls or checks of a client stand so near together that there may be a storm or loop among them. */
class Nearness {
  /** The last quarters of pulls and of checks: rings. */
  private readonly rings = [new Int32Array(STORM_PULLS), new Int32Array(LOOP_CHECKS)] as const;
  private readonly taken = [0, 0] as [number, number];

  constructor(private readonly index: ActionIndex) {}

  mayBurst(entries: Uint32Array): boolean {
    this.taken.fill(0);
    const quarters = quartersOf(this.index, entries);
    for (let i = 0; i < entries.length; i++) {
      const which = (this.index.kinds[entries[i]!]! & KIND_MASK) === ACTION_VERSION_CHECK ? 1 : 0;
      const ring = this.rings[which];
      ring[this.taken[which]++ % ring.length] = quarters[i]!;
      if (this.taken[which] < ring.length) continue;
      const oldest = ring[this.taken[which] % ring.length]!;
      if (quarters[i]! - oldest <= (which === 1 ? LOOP_QUARTERS : STORM_QUARTERS)) return true;
    }
    return false;
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
