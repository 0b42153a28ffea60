/**
 * Totals that somebody noted down day after day (a hub's pull_count). In: a column a repository, or points one by one.
 * Out: the differences between neighbouring points, as counts of the days between them.
 * Limits: a total that falls is a reset: what was counted between is not known, so it counts 0 and is marked.
 */
import { dayOf, isoDay } from '../../lib/calendar.ts';
import { FLAG_RESET, LEVEL_REPOSITORY, NO_DAY } from '../../model/count-rows.ts';
import { type Milliseconds, MILLISECONDS_PER_DAY } from '../../model/units.ts';
import { countOf, parseTime, textOf } from '../cells.ts';
import { headerKey, type OpenTable, type RowReader, type TableReader } from '../table-reader.ts';

const DATE = ['date', 'day', 'time', 'timestamp', 'datetime'];
/** Headers of measures: no repository is called so. */
const MEASURED = /^(counts?|downloads?|pulls?|total|value|installs?|unique\w*|percent\w*)$/;
const MOST_RESETS = 0.2;

export const runningTotals: TableReader = {
  id: 'running-totals',
  title: 'Running totals, a column a repository',
  rows: 'counts',
  meaning: 'docker-pull-count',
  divisible: false,
  fields: { time: DATE },
  required: ['time'],
  fits: fitsRunningTotals,
  open: openRunningTotals,
};

/** Dates in the first column, whole numbers in all others, which seldom fall. */
function fitsRunningTotals(header: string[], rows: string[][]): boolean {
  if (header.length < 2 || rows.length === 0 || !DATE.includes(headerKey(header[0]!))) return false;
  const names = header.slice(1);
  if (names.some((name) => name.trim() === '' || MEASURED.test(headerKey(name)))) return false;
  let steps = 0;
  let falls = 0;
  for (let column = 1; column < header.length; column++) {
    let previous = NaN;
    for (const row of rows) {
      const total = countOf(row, column < row.length ? column : -1);
      if (Number.isNaN(total) && textOf(row, column < row.length ? column : -1) !== '') return false;
      if (!Number.isNaN(total + previous)) steps++;
      if (total < previous) falls++;
      previous = Number.isNaN(total) ? previous : total;
    }
  }
  if (rows.some((row) => Number.isNaN(parseTime(textOf(row, 0))))) return false;
  return falls <= steps * MOST_RESETS && (steps >= 2 || names.every((name) => name.includes('/')));
}

function openRunningTotals(table: OpenTable): RowReader {
  const { header } = table.format;
  const time = table.column('time');
  const differences = new Differences();
  return {
    take(cells) {
      const when = parseTime(textOf(cells, time));
      if (Number.isNaN(when)) return 'unreadable';
      cells.forEach((cell, column) => {
        if (column === time || cell === '') return;
        const total = countOf(cells, column);
        if (!Number.isNaN(total)) differences.add(header[column]!.trim(), when, total);
      });
      table.saw(when);
      return 'used';
    },
    finish: () => differences.finish(table),
  };
}

/** Gathers points, in any order of time. */
export class Differences {
  private readonly points = new Map<string, [time: Milliseconds, total: number][]>();

  add(repository: string, time: Milliseconds, total: number): void {
    const points = this.points.get(repository) ?? [];
    points.push([time, total]);
    this.points.set(repository, points);
  }

  finish({ counts, tell }: OpenTable): void {
    const resets: string[] = [];
    for (const [repository, points] of this.points) {
      points.sort(([a], [b]) => a - b);
      for (let i = 1; i < points.length; i++) {
        const [from, before] = points[i - 1]!;
        const [to, after] = points[i]!;
        // Totals are noted around midnight: those of 23:59 and of 00:05 end the same day.
        const first = dayOf(from + MILLISECONDS_PER_DAY / 2);
        const last = Math.max(first, dayOf(to + MILLISECONDS_PER_DAY / 2) - 1);
        const difference = Math.max(0, after - before);
        const row = counts.push(repository, 'image', LEVEL_REPOSITORY, [first, last], 'pulls', difference);
        if (after < before) {
          counts.rows.columns.flags[row] = FLAG_RESET;
          resets.push(`${repository} on ${isoDay(dayOf(to))}`);
        }
      }
      const [time, total] = points[points.length - 1]!;
      const asOf = [NO_DAY, dayOf(time)] as const;
      counts.push(repository, 'image', LEVEL_REPOSITORY, asOf, 'running_total', total);
    }
    if (resets.length === 0) return;
    const more = resets.length > 3 ? `, and ${resets.length - 3} more` : '';
    tell(
      'warning',
      `A running total fell: ${resets.slice(0, 3).join(', ')}${more}.`,
      'What was pulled between such rows is not known and counts 0.',
    );
  }
}
