/**
 * Storms and loops of all repositories. In: Traffic, its index, places in the order of time, what hides entries. Out: them,
 * by repository. Whether a client may have one is told from quarters of an hour, which stand beside each other in the
 * index; only where it may, its requests are looked at (bursts.ts has the rules).
 */
import type { ActionFilter } from '../model/action-filter.ts';
import {
  type Loop,
  LOOP_CHECKS,
  LOOP_LONGEST,
  LOOP_SLACK_SHARE,
  type Storm,
  STORM_PULLS,
  STORM_WINDOW,
} from '../model/repository-page.ts';
import { repoTypeOf } from '../model/repository-name.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { RepositoryIndex } from '../model/units.ts';
import { type ActionIndex, SECONDS_PER_QUARTER } from './action-index.ts';
import { findBursts, groupEntries } from './bursts.ts';
import type { EntryFilter } from './entry-filter.ts';
import { quartersOf } from './hours-of-week.ts';
import { KIND_MASK } from './packed-kinds.ts';
import { referencesOf, sourcesOf } from './repository-actions.ts';
import { ShownEntries } from './shown-entries.ts';

/** One loop on each of many machines: of more, only the largest are held. */
const MOST_HELD = 50_000;
/** Of fewer actions no client has a storm or loop. */
const FEWEST = Math.min(STORM_PULLS, LOOP_CHECKS);
const QUARTER = SECONDS_PER_QUARTER * 1000;
const STORM_QUARTERS = Math.ceil(STORM_WINDOW / QUARTER);
/** A loop's first waits are of LOOP_LONGEST on average, the last of them perhaps longer by the slack. */
const LOOP_QUARTERS = Math.ceil((LOOP_LONGEST * (LOOP_CHECKS - 1 + LOOP_SLACK_SHARE)) / QUARTER);

export type Burst = { repository: RepositoryIndex } & (
  ({ kind: 'storm' } & Storm) | ({ kind: 'loop' } & Loop)
);

export interface AllBursts {
  /** Those of a repository together; all of them if `isWhole`. */
  bursts: Burst[];
  isWhole: boolean;
  stormCount: number;
  loopCount: number;
}

export function allBursts(
  traffic: Traffic,
  index: ActionIndex,
  [from, to]: [from: number, to: number],
  hiding: EntryFilter | null,
): AllBursts {
  const shown = new ShownEntries(index, hiding);
  const nearness = new Nearness(index);
  /** referencesOf needs it empty; it is as long as there are references, so it is used again. */
  const own = new Uint32Array(traffic.references.size);
  const found: AllBursts = { bursts: [], isWhole: true, stormCount: 0, loopCount: 0 };
  for (let repository = 0; repository < traffic.names.size; repository++) {
    const entries = shown.of(repository, from, to);
    if (entries.length < FEWEST) continue;
    const sources = sourcesOf(index, repository);
    const grouped = groupEntries(index, sources, entries);
    const suspects = grouped.wanted.filter((group) =>
      nearness.mayBurst(grouped.entries.subarray(grouped.starts[group], grouped.starts[group + 1])),
    );
    if (suspects.length === 0) continue;
    const references = referencesOf(index, grouped.entries, own);
    const { storms, loops } = findBursts(traffic, index, sources, references, grouped, suspects);
    for (let i = 0; i < references.count; i++) own[references.word[i]!] = 0;
    found.stormCount += storms.length;
    found.loopCount += loops.length;
    for (const storm of storms) found.bursts.push({ kind: 'storm', repository, ...storm });
    for (const loop of loops) found.bursts.push({ kind: 'loop', repository, ...loop });
    if (found.bursts.length <= MOST_HELD) continue;
    found.bursts = largest(found.bursts, MOST_HELD / 2);
    found.isWhole = false;
  }
  return found;
}

/** Most actions first. */
export function largest(bursts: readonly Burst[], most: number): Burst[] {
  return [...bursts].sort((a, b) => b.actions - a.actions || a.from - b.from).slice(0, most);
}

/**
 * Those that a filter leaves of all; null: that cannot be told of them. All requests of a burst have the client, the
 * reference and the kind of action in common, so a filter by these hides them together.
 */
export function shownBursts(traffic: Traffic, all: AllBursts, filter: ActionFilter | null): AllBursts | null {
  if (!filter) return all;
  const { byKind, names, clients, agents, tags } = filter;
  if (!all.isWhole || filter.digests || filter.pushes) return null;
  const bursts = all.bursts.filter((burst) => {
    const { repository, source, reference, isDigest } = burst;
    if (byKind[actionOf(traffic, burst)] !== 0) return false;
    if (names && names.byWord[repository] !== 0) return false;
    if (clients && clients.byWord[source.client] !== 0) return false;
    if (agents && agents.byWord[source.agent] !== 0) return false;
    return !tags || (isDigest ? tags.none : tags.byWord[traffic.references.find(reference)]) === 0;
  });
  const stormCount = bursts.filter(({ kind }) => kind === 'storm').length;
  return { bursts, isWhole: true, stormCount, loopCount: bursts.length - stormCount };
}

function actionOf({ names }: Traffic, { kind, repository, isDigest }: Burst): number {
  if (kind === 'loop') return ACTION_VERSION_CHECK;
  if (isDigest) return ACTION_PULL_BY_DIGEST;
  return repoTypeOf(names.textOf(repository)) === 'image' ? ACTION_PULL_BY_TAG : ACTION_DOWNLOAD;
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
