/**
 * How releases of a repository were taken up. In: Traffic, its actions of all days with and without the filter, by whose
 * clock days begin. Out: pulls of each release by day since anybody first pulled it, beside all pulls of the repository.
 * Limits: only pulls by tag tell a release. Tags that move between releases (latest, 1) are left out, as are trials
 * (rc, beta) of a version line; each tag on its own has them.
 */
import { clockAt, dayStart } from '../lib/local-time.ts';
import { compareVersions, isPreRelease } from '../lib/version.ts';
import type { Adoption, Release } from '../model/adoption.ts';
import { ACTION_PULL_BY_TAG, ACTION_VERSION_CHECK, PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import type { Coverage, Traffic } from '../model/traffic.ts';
import type { Day, Milliseconds } from '../model/units.ts';
import { COVERED_NOT } from '../model/view.ts';
import type { RepositoryActions } from './repository-actions.ts';
import { isExactTag, type NamedLine, versionLine, versionOfTag } from './tag-names.ts';

/** The newest of them; more nobody picks from. */
const LONGEST_LIST = 60;

interface Growing extends Release {
  /** What it is ordered by: '' comes last. */
  version: string;
}

/** counted: what the filter shows, of all days; all: without a filter. */
export function adoptionOf(
  traffic: Traffic,
  counted: RepositoryActions,
  all: RepositoryActions,
  zone: string | undefined,
): Adoption {
  const { firstDay, covered } = coveredDays(traffic.coverage, zone);
  const dayOf = (second: number) => clockAt(second, zone).day - firstDay;
  const lines = new Map<string, Growing>();
  const tags = new Map<string, Growing>();
  /** By reference: the releases that its pulls belong to. */
  const releasesOf = new Map<number, Growing[]>();
  for (const [reference, second] of firstPulls(traffic, all)) {
    const tag = traffic.references.textOf(reference);
    const day = dayOf(second);
    const own: Growing[] = [];
    if (isExactTag(tag)) own.push(found(tags, { name: tag, version: versionOfTag(tag) }, tag, day));
    const line = isPreRelease(versionOfTag(tag)) ? null : versionLine(tag);
    if (line) own.push(found(lines, line, tag, day));
    releasesOf.set(reference, own);
  }
  for (const release of [...lines.values(), ...tags.values()])
    release.pulls = new Uint32Array(covered.length - release.firstDay);
  const pulls = new Uint32Array(covered.length);
  for (const row of counted.rows) {
    const page = traffic.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    if (page.action[at]! <= ACTION_VERSION_CHECK) continue;
    const day = dayOf(page.seconds[at]!);
    pulls[day]!++;
    if (page.action[at] !== ACTION_PULL_BY_TAG) continue;
    for (const release of releasesOf.get(page.reference[at]!)!) release.pulls[day - release.firstDay]!++;
  }
  return {
    ...{ firstDay, covered, pulls },
    lines: newest(lines, firstDay),
    lineCount: lines.size,
    tags: newest(tags, firstDay),
    tagCount: tags.size,
  };
}

/** The release of that name, with one more tag. Its day is counted from the first of the files until all are there. */
function found(releases: Map<string, Growing>, { name, version }: NamedLine, tag: string, day: Day): Growing {
  let release = releases.get(name);
  if (!release) {
    release = { name, version, tags: [], firstDay: day, isFromStart: false, pulls: new Uint32Array(0) };
    releases.set(name, release);
  }
  release.tags.push(tag);
  release.firstDay = Math.min(release.firstDay, day);
  return release;
}

/** By reference: the second of its first pull by tag. */
function firstPulls({ table }: Traffic, { rows }: RepositoryActions): Map<number, number> {
  const first = new Map<number, number>();
  for (const row of rows) {
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    if (page.action[at] !== ACTION_PULL_BY_TAG) continue;
    const before = first.get(page.reference[at]!);
    const second = page.seconds[at]!;
    if (before === undefined || second < before) first.set(page.reference[at]!, second);
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
function newest(releases: Map<string, Growing>, firstDay: Day): Release[] {
  return [...releases.values()]
    .sort(
      (a, b) =>
        Number(b.version !== '') - Number(a.version !== '') ||
        compareVersions(b.version, a.version) ||
        b.firstDay - a.firstDay ||
        (a.name < b.name ? -1 : 1),
    )
    .slice(0, LONGEST_LIST)
    .map(({ version: _, ...release }) => ({
      ...release,
      tags: release.tags.sort(),
      firstDay: release.firstDay + firstDay,
      isFromStart: release.firstDay === 0,
    }));
}
