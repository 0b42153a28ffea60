/**
 * What switches against noise hide, or would hide. In: Traffic, its index of actions, a span and a filter. Out: counts
 * of each, under the filter's other choices: they stay the same whichever of the switches are on.
 */
import { actionFilter } from '../model/action-filter.ts';
import { USES } from '../model/agent-columns.ts';
import type { Filter } from '../model/filter.ts';
import { NOISE_USES, type NoiseCounts, withAllNoise } from '../model/noise.ts';
import { ACTION_NONE } from '../model/request-table.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import { type ActionIndex, KIND_MASK, SIGNATURE_BIT } from './action-index.ts';
import { EntryFilter, pushesOf } from './entry-filter.ts';
import { firstEntryFrom } from './entry-search.ts';

export function noiseCounts(
  traffic: Traffic,
  index: ActionIndex,
  span: DaySpan,
  filter: Filter,
): NoiseCounts {
  const chosen = actionFilter(traffic, withAllNoise(filter));
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const hidesEntries = hiding?.hidesEntries ?? false;
  const pushes = traffic.ownPushes().size > 0 ? pushesOf(index, traffic) : null;
  const { useOf } = traffic.describeAgents();
  const { starts, entries } = index;
  const [firstPlace, endPlace] = rangeOfSpan(traffic, span);
  /** By place in USES. */
  const byUse = new Uint32Array(USES.length);
  let signatures = 0;
  let ownPushes = 0;
  for (let group = 0; group < index.groups; group++) {
    if (hiding && hiding.hidesGroup(group) !== 0) continue;
    const end = starts[group + 1]!;
    const from = firstEntryFrom(index, starts[group]!, end, firstPlace);
    const to = endPlace === traffic.length ? end : firstEntryFrom(index, from, end, endPlace);
    let actions = 0;
    for (let i = from; i < to; i++) {
      if (hidesEntries && hiding!.hidesEntry(i) !== 0) continue;
      const entry = entries[i]!;
      if (entry & SIGNATURE_BIT) signatures++;
      if ((entry & KIND_MASK) === ACTION_NONE) continue;
      actions++;
      if (pushes) ownPushes += pushes[i]!;
    }
    byUse[useOf[index.agent[group]!]!]! += actions;
  }
  const ofUse = (noise: keyof typeof NOISE_USES) => byUse[USES.indexOf(NOISE_USES[noise])]!;
  return {
    actions: byUse.reduce((sum, count) => sum + count, 0),
    signatures,
    mirrors: ofUse('mirrors'),
    scanners: ofUse('scanners'),
    ci: ofUse('ci'),
    ownPushes,
  };
}
