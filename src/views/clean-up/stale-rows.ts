/** Which rows of a last-use table count as no longer pulled. In: the table, days, the end of the data. Out: row numbers. */
import { isoMoment } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import { type LastUse, tagOf, WHOLE_REPOSITORY } from '../../model/last-use.ts';
import { type Day, type Milliseconds, MILLISECONDS_PER_DAY } from '../../model/units.ts';
import { COVERED_NOT, type DayCoverage } from '../../model/view.ts';

export type Listed = 'repositories' | 'tags';

export interface StaleRow {
  row: number;
  /** Whole days between the last pull and the end of the data; NaN when there is no pull. */
  days: number;
}

/** Longest unused first; what was never pulled before all others. Equal ones by name. */
export function staleRows(use: LastUse, listed: Listed, end: Milliseconds, days: number): StaleRow[] {
  const rows: StaleRow[] = [];
  for (let row = 0; row < use.length; row++) {
    if ((use.tagOf[row] === WHOLE_REPOSITORY) !== (listed === 'repositories')) continue;
    const since = Math.floor((end - use.lastPull[row]!) / MILLISECONDS_PER_DAY);
    if (!(since < days)) rows.push({ row, days: since });
  }
  return rows.sort((a, b) => lastOf(use, a) - lastOf(use, b) || a.row - b.row);
}

export function countListed(use: LastUse, listed: Listed): number {
  const repositories = use.tagOf.reduce((sum, tag) => sum + Number(tag === WHOLE_REPOSITORY), 0);
  return listed === 'repositories' ? repositories : use.length - repositories;
}

/** For a retention job: names and times as data. */
export function staleCells(use: LastUse, rows: readonly StaleRow[]): Cell[][] {
  return [
    [
      'repository',
      'tag',
      'last_pull',
      'days_since_last_pull',
      'pulls',
      'version_checks',
      'last_action',
      'last_client',
    ],
    ...rows.map(({ row, days }) => [
      use.names[use.nameOf[row]!]!,
      tagOf(use, row),
      isoMoment(use.lastPull[row]!),
      Number.isNaN(days) ? '' : days,
      use.pulls[row]!,
      use.versionChecks[row]!,
      isoMoment(use.lastAction[row]!),
      use.clients[use.clientOf[row]!]!,
    ]),
  ];
}

/** How many of the last days are before the data begins, and how many in it are covered by no file. */
export function uncoveredDays(
  coverage: DayCoverage,
  last: Day,
  days: number,
): { before: number; gaps: number } {
  const { firstDay, covered } = coverage;
  const first = last - days + 1;
  let gaps = 0;
  for (let day = Math.max(first, firstDay); day <= last; day++)
    if (covered[day - firstDay] === COVERED_NOT) gaps++;
  return { before: Math.max(0, firstDay - first), gaps };
}

function lastOf(use: LastUse, { row }: StaleRow): number {
  const time = use.lastPull[row]!;
  return Number.isNaN(time) ? -Infinity : time;
}
