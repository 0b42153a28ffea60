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
import type { ActionIndex } from './action-index.ts';
import { EntryFilter, pushesOf } from './entry-filter.ts';
import { entriesBetween } from './entry-search.ts';
import { GroupKinds, SLOTS } from './group-kinds.ts';
import { KIND_MASK, SIGNATURE_BIT } from './packed-kinds.ts';

/** Entries at a time. */
const CHUNK = 1 << 12;

export function noiseCounts(
  traffic: Traffic,
  index: ActionIndex,
  span: DaySpan,
  filter: Filter,
): NoiseCounts {
  const chosen = actionFilter(traffic, withAllNoise(filter));
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const groupKinds = new GroupKinds(traffic, index, span, hiding);
  const pushes = traffic.ownPushes().size > 0 ? pushesOf(index, traffic) : null;
  const { useOf } = traffic.describeAgents();
  const { groupsOf, source, agent, kinds, group } = index;
  const [firstPlace, endPlace] = rangeOfSpan(traffic, span);
  /** By place in USES. */
  const byUse = new Uint32Array(USES.length);
  const wordHides = new Uint16Array(CHUNK);
  let signatures = 0;
  let ownPushes = 0;
  for (let name = 0; name < traffic.names.size; name++) {
    if (!groupKinds.fill(name)) continue;
    const { counts, hides } = groupKinds;
    const [first, end] = [groupsOf[name]!, groupsOf[name + 1]!];
    for (let own = first, at = 0; own < end; own++, at += SLOTS) {
      if (hides[own - first] !== 0) continue;
      const actions = counts[at + 1]! + counts[at + 2]! + counts[at + 3]! + counts[at + 4]!;
      byUse[useOf[agent[source[own]!]!]!]! += actions;
    }
    if (!pushes && index.hasSignatures[name] === 0) continue;
    const [from, to] = entriesBetween(index, name, firstPlace, endPlace);
    for (let i = from; i < to; i++) {
      if (hiding && (i - from) % CHUNK === 0) hiding.fillWords(i, Math.min(to, i + CHUNK), wordHides);
      const kind = kinds[i]!;
      if (hiding && (wordHides[(i - from) % CHUNK]! | hides[group[i]!]! | hiding.byKind[kind]!) !== 0)
        continue;
      if (kind & SIGNATURE_BIT) signatures++;
      if (pushes && (kind & KIND_MASK) !== ACTION_NONE) ownPushes += pushes[i]!;
    }
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
