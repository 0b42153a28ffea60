/**
 * Releases side by side, each from its own day 0. In: adoption as counted, which releases. Out: curves, the sentence's
 * numbers, and cells to take along. A day that no file covers is a gap.
 */
import { isoDay } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import type { Adoption, Release } from '../../model/adoption.ts';
import { COVERED_NOT, COVERED_PARTLY } from '../../model/view.ts';

export const MEASURES = ['share', 'pulls', 'sum'] as const;
/** Of the repository's pulls in the seven days up to that day; pulls of that day; pulls since day 0. */
export type Measure = (typeof MEASURES)[number];

/** As many as there are styles of lines. */
export const MOST_CURVES = 5;
/** Shares are of weeks: a day alone is a weekday, or too few pulls. */
const WEEK = 7;
/** Ages in days at which releases are compared in words. */
const AGES = [91, 56, 28, 14, 7];

/** Which are shown first: the newest whose day 0 is known; an older one could not be aligned. */
export function newestReleases(releases: readonly Release[]): string[] {
  return releases
    .filter(({ isFromStart }) => !isFromStart)
    .slice(0, MOST_CURVES)
    .map(({ name }) => name);
}

/** By day since day 0; null: no file covers it, or there is nothing to have a share of. */
export function curveOf(adoption: Adoption, release: Release, measure: Measure): (number | null)[] {
  const from = release.firstDay - adoption.firstDay;
  let sum = 0;
  return Array.from(release.pulls, (count, age) => {
    sum += count;
    if (adoption.covered[from + age] === COVERED_NOT) return null;
    if (measure !== 'share') return measure === 'sum' ? sum : count;
    const { pulls, all } = shareIn(adoption, release, Math.max(0, age - WEEK + 1), age);
    return all === 0 ? null : pulls / all;
  });
}

export interface ShareAt {
  name: string;
  pulls: number;
  /** Of the repository, the same days; 0: there is no share. */
  all: number;
}

export interface Told {
  newest: string;
  /** Days from and to, since day 0, over which shares are told. */
  from: number;
  to: number;
  /** The newest first; those that are not so old are missing. */
  shares: ShareAt[];
}

/** What of the chosen releases is said: shares in a week that the newest and, if there is one, another have lived. */
export function tellShares(adoption: Adoption, chosen: readonly Release[]): Told | null {
  const known = chosen.filter(({ isFromStart }) => !isFromStart);
  const newest = known[0];
  if (!newest) return null;
  const oldest = Math.max(0, ...known.slice(1).map((release) => release.pulls.length));
  const limit = Math.min(newest.pulls.length, oldest || Infinity);
  const age = AGES.find((each) => each <= limit) ?? AGES.find((each) => each <= newest.pulls.length);
  const [from, to] = age === undefined ? [0, newest.pulls.length - 1] : [age - WEEK, age - 1];
  const shares = known
    .filter(({ pulls }) => pulls.length > to)
    .map((release) => ({ name: release.name, ...shareIn(adoption, release, from, to) }));
  return { newest: newest.name, from, to, shares };
}

function shareIn(adoption: Adoption, release: Release, from: number, to: number) {
  const first = release.firstDay - adoption.firstDay;
  const sum = (counts: Uint32Array, start: number) =>
    counts.subarray(start + from, start + to + 1).reduce((total, count) => total + count, 0);
  return { pulls: sum(release.pulls, 0), all: sum(adoption.pulls, first) };
}

const COVERED_NAMES = ['no', 'partly', 'yes'];

/** A row for each release and day. */
export function adoptionCells(adoption: Adoption, chosen: readonly Release[], days: number): Cell[][] {
  return [
    ['release', 'day', 'date', 'covered', 'pulls', 'repository_pulls', 'share_7_days', 'pulls_since_day_0'],
    ...chosen.flatMap((release) => {
      const [shares, sums] = [curveOf(adoption, release, 'share'), curveOf(adoption, release, 'sum')];
      return Array.from(release.pulls.subarray(0, days), (pulls, age): Cell[] => {
        const day = release.firstDay + age - adoption.firstDay;
        const covered = adoption.covered[day]!;
        const isGap = covered === COVERED_NOT;
        return [
          ...[release.name, age, isoDay(release.firstDay + age)],
          COVERED_NAMES[isGap ? 0 : covered === COVERED_PARTLY ? 1 : 2]!,
          ...(isGap ? ['', ''] : [pulls, adoption.pulls[day]!]),
          ...[shares[age] === null ? '' : Math.round(shares[age]! * 10_000) / 10_000, sums[age] ?? ''],
        ];
      });
    }),
  ];
}
