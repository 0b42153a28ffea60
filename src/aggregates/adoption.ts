/**
 * How releases of a repository were taken up. In: Traffic, its actions of all days with and without the filter, by whose
 * clock days begin. Out: pulls of each release by day since anybody first pulled it, beside all pulls of the repository.
 * Limits: only pulls by tag tell a release. Tags that move between releases (latest, 1) are left out, as are trials
 * (rc, beta) of a version line; each tag on its own has them.
 */
import { dayStart } from '../lib/local-time.ts';
import { compareParsed, type Version } from '../lib/version.ts';
import type { Adoption, Release } from '../model/adoption.ts';
import { ACTION_PULL_BY_TAG, ACTION_VERSION_CHECK } from '../model/request-table.ts';
import type { Coverage, Traffic } from '../model/traffic.ts';
import type { Day, Milliseconds } from '../model/units.ts';
import { COVERED_NOT } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import type { RepositoryActions } from './repository-actions.ts';
import { factsOfTag } from './tag-names.ts';
import { TimeSteps } from './time-steps.ts';
import { KIND_MASK } from './packed-kinds.ts';

/** The newest of them; more nobody picks from. */
const LONGEST_LIST = 60;

interface Growing extends Release {
  /** What it is ordered by; none comes last. */
  version: Version | null;
  /** Its tags, as the repository's own numbers. */
  own: number[];
}

export function adoptionOf(
  traffic: Traffic,
  index: ActionIndex,
  actions: RepositoryActions,
  zone: string | undefined,
): Adoption {
  const { firstDay, covered } = coveredDays(traffic.coverage, zone);
  const span = { first: firstDay, last: firstDay + covered.length - 1, ...(zone !== undefined && { zone }) };
  const steps = new TimeSteps(traffic, span, 'day');
  const lines = new Map<string, Growing>();
  const tags = new Map<string, Growing>();
  for (const [own, entry] of firstPulls(index, actions)) {
    const tag = traffic.references.textOf(actions.references.word[own]!);
    const day = steps.at(index.places[entry]!);
    const { isExact, version, line } = factsOfTag(tag);
    if (isExact) found(tags, tag, version, tag, own, day);
    if (line) found(lines, line.name, line.version, tag, own, day);
  }
  const [newestLines, newestTags] = [newest(lines), newest(tags)];
  const pulls = countPulls(index, actions, steps, [...newestLines, ...newestTags]);
  return {
    ...{ firstDay, covered, pulls },
    lines: newestLines.map((release) => finished(release, firstDay)),
    lineCount: lines.size,
    tags: newestTags.map((release) => finished(release, firstDay)),
    tagCount: tags.size,
  };
}

/** Counts pulls of each release, and answers all of the repository by day. */
function countPulls(
  { kinds, references, places }: ActionIndex,
  { ofAllDays, references: ours }: RepositoryActions,
  steps: TimeSteps,
  releases: Growing[],
): Uint32Array {
  /** By own number of a tag: the releases that its pulls belong to. */
  const releasesOf: Growing[][] = [];
  for (const release of releases) {
    release.pulls = new Uint32Array(steps.count - release.firstDay);
    for (const own of release.own) (releasesOf[own] ??= []).push(release);
  }
  const pulls = new Uint32Array(steps.count);
  for (let i = 0; i < ofAllDays.length; i++) {
    const entry = ofAllDays[i]!;
    const kind = kinds[entry]! & KIND_MASK;
    if (kind <= ACTION_VERSION_CHECK) continue;
    const day = steps.at(places[entry]!);
    pulls[day]!++;
    if (kind !== ACTION_PULL_BY_TAG) continue;
    const own = releasesOf[ours.own[references[entry]!]!];
    if (own) for (const release of own) release.pulls[day - release.firstDay]!++;
  }
  return pulls;
}

/** Adds a tag to the release of that name. Its day is counted from the first of the files until all are there. */
function found(
  releases: Map<string, Growing>,
  name: string,
  version: Version | null,
  tag: string,
  own: number,
  day: Day,
): void {
  let release = releases.get(name);
  if (!release) {
    const pulls = new Uint32Array(0);
    release = { name, version, own: [], tags: [], firstDay: day, isFromStart: false, pulls };
    releases.set(name, release);
  }
  release.tags.push(tag);
  release.own.push(own);
  release.firstDay = Math.min(release.firstDay, day);
}

/** Tags (the repository's own numbers) and the entries that pulled them first. */
function firstPulls({ kinds, references }: ActionIndex, { all, references: ours }: RepositoryActions) {
  const isFound = new Uint8Array(ours.count);
  const first: [own: number, entry: number][] = [];
  for (let i = 0; i < all.length; i++) {
    const entry = all[i]!;
    if ((kinds[entry]! & KIND_MASK) !== ACTION_PULL_BY_TAG) continue;
    const own = ours.own[references[entry]!]!;
    if (isFound[own] !== 0) continue;
    isFound[own] = 1;
    first.push([own, entry]);
  }
  return first;
}

/** Every day that has a part in the files, by the zone's clock. */
function coveredDays({ days, between }: Coverage, zone: string | undefined) {
  const of = (day: Day) => between(milliseconds(day), milliseconds(day + 1));
  const milliseconds = (day: Day): Milliseconds => dayStart(day, zone) * 1000;
  if (!days) return { firstDay: 0, covered: new Uint8Array(0) };
  // A zone's day begins up to a day before or after that of UTC.
  let [first, last] = [days.first - 1, days.last + 1];
  while (of(first) === COVERED_NOT) first++;
  while (of(last) === COVERED_NOT) last--;
  const covered = Uint8Array.from({ length: last - first + 1 }, (_, i) => of(first + i));
  return { firstDay: first, covered };
}

/** By version, the newest first; those without one (days, commits) after them, the latest to come first. */
function newest(releases: Map<string, Growing>): Growing[] {
  return [...releases.values()]
    .sort(
      (a, b) =>
        Number(b.version !== null) - Number(a.version !== null) ||
        (a.version && b.version ? compareParsed(b.version, a.version) : 0) ||
        b.firstDay - a.firstDay ||
        (a.name < b.name ? -1 : 1),
    )
    .slice(0, LONGEST_LIST);
}

function finished({ version: _, own: __, ...release }: Growing, firstDay: Day): Release {
  return {
    ...release,
    tags: release.tags.sort(),
    firstDay: release.firstDay + firstDay,
    isFromStart: release.firstDay === 0,
  };
}
