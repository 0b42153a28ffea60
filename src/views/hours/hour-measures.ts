/**
 * What the cells of hours by weekday count. In: a repository's page, or hours of a span. Out: a count for each hour of
 * the week, from Monday 00:00, of each kind; and all of them as cells to copy or save. An hour that a clock change cuts
 * counts as the hour in which it begins.
 */
import type { Cell } from '../../lib/delimited.ts';
import { hourOfWeek, HOURS_PER_WEEK } from '../../lib/local-time.ts';
import type { RepositoryPage } from '../../model/repository-page.ts';
import type { HourSeries } from '../../model/view.ts';

export type HourKind = 'pulls' | 'downloads' | 'versionChecks';

export interface HourMeasure {
  kind: HourKind;
  values: Uint32Array;
}

const HOURS_PER_DAY = 24;

/** Of a model, dataset or space, what it has for pulls is downloads. */
export function measuresOfPage({
  pullsByHour,
  checksByHour,
  repoType,
}: Pick<RepositoryPage, 'pullsByHour' | 'checksByHour' | 'repoType'>): HourMeasure[] {
  return [
    { kind: repoType === 'image' ? 'pulls' : 'downloads', values: pullsByHour },
    { kind: 'versionChecks', values: checksByHour },
  ];
}

/** Downloads only where there are any. zone: by whose clock; without it by UTC. */
export function measuresOfHours(
  { starts, pullsByTag, pullsByDigest, versionChecks, downloads }: HourSeries,
  zone: string | undefined,
): HourMeasure[] {
  const week = () => new Uint32Array(HOURS_PER_WEEK);
  const [pulls, checks, loads] = [week(), week(), week()];
  for (let i = 0; i < versionChecks.length; i++) {
    const hour = hourOfWeek(starts[i]! / 1000, zone);
    pulls[hour]! += pullsByTag[i]! + pullsByDigest[i]!;
    checks[hour]! += versionChecks[i]!;
    loads[hour]! += downloads[i]!;
  }
  return [
    { kind: 'pulls', values: pulls },
    { kind: 'versionChecks', values: checks },
    ...(loads.some((count) => count > 0) ? [{ kind: 'downloads' as const, values: loads }] : []),
  ];
}

/** The first of which there is any; of none, the first. */
export function firstMeasure(measures: readonly HourMeasure[]): HourMeasure {
  return measures.find(({ values }) => values.some((count) => count > 0)) ?? measures[0]!;
}

const HEADS: Record<HourKind, string> = {
  pulls: 'pulls',
  downloads: 'downloads',
  versionChecks: 'version_checks',
};

/** Weekday 1 is Monday. */
export function hourCells(measures: readonly HourMeasure[]): Cell[][] {
  return [
    ['weekday', 'hour', ...measures.map(({ kind }) => HEADS[kind])],
    ...Array.from({ length: HOURS_PER_WEEK }, (_, hour) => [
      Math.floor(hour / HOURS_PER_DAY) + 1,
      hour % HOURS_PER_DAY,
      ...measures.map(({ values }) => values[hour]!),
    ]),
  ];
}
