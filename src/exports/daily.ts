/**
 * Daily: downloads by repository and day, in the shape of Hugging Face's analytics. In: Traffic. Out: rows.
 * A span's file holds the rows of the all-time file whose day lies in the span; `total` is over all days in the data, of what
 * the filter shows.
 */
import { isoDay } from '../lib/calendar.ts';
import type { RepoType } from '../model/action-rows.ts';
import { actionFilter } from '../model/action-filter.ts';
import type { Filter } from '../model/filter.ts';
import { ACTION_NONE, ACTION_VERSION_CHECK, PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import type { Coverage, Traffic } from '../model/traffic.ts';
import type { Day } from '../model/units.ts';
import { COVERED_NOT, type DaySpan } from '../model/view.ts';
import { csvCell, type RowSource } from './csv.ts';
import { compareCodePoints } from './name-parts.ts';
import { columnsIn, type Style } from './style.ts';

const COLUMNS = ['repoType', 'repoName', 'total', 'timestamp', 'downloads'];
/** The types that the shape has, in its order. */
export const DAILY_TYPES: readonly RepoType[] = ['image', 'model', 'dataset', 'space'];
const SECONDS_PER_DAY = 86_400;

/** By number in Traffic.names, by day. */
type DownloadsByRepository = Map<number, Map<Day, number>>;

interface NamedRepository {
  repoType: RepoType;
  name: string;
}

/** What the file holds of one repository. */
export interface DailyRows extends NamedRepository {
  total: number;
  days: [day: Day, downloads: number][];
}

export function openDaily(
  traffic: Traffic,
  span: DaySpan,
  style: Style,
  downloads: DownloadsByRepository,
): RowSource {
  const names = [...downloads]
    .map(([number, days]) => {
      const word = traffic.names.textOf(number);
      return { repoType: repoTypeOf(word), name: repoNameOf(word), days };
    })
    .sort(byTypeAndName);
  const repositories = names.map(({ repoType, name, days }): DailyRows => {
    const total = [...days.values()].reduce((sum, downloads) => sum + downloads, 0);
    return { repoType, name, total, days: daysShown(days, span, traffic.coverage) };
  });
  return dailySource(repositories, style);
}

export function byTypeAndName(a: NamedRepository, b: NamedRepository): number {
  return (
    DAILY_TYPES.indexOf(a.repoType) - DAILY_TYPES.indexOf(b.repoType) || compareCodePoints(a.name, b.name)
  );
}

/** Every day from the first to the last with a download that lies in the span; empty ones where they are covered. */
function daysShown(days: Map<Day, number>, span: DaySpan, coverage: Coverage): DailyRows['days'] {
  let [first, last] = [Infinity, -Infinity];
  for (const [day, downloads] of days) {
    if (downloads === 0) continue;
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  const shown: DailyRows['days'] = [];
  for (let day = Math.max(first, span.first); day <= Math.min(last, span.last); day++) {
    if (days.has(day) || coverage.of(day) !== COVERED_NOT) shown.push([day, days.get(day) ?? 0]);
  }
  return shown;
}

export function dailySource(repositories: readonly DailyRows[], style: Style): RowSource {
  // Spreadsheets take no T and no zone for a time.
  const timeOf = (day: Day) => isoDay(day) + (style.isForSpreadsheet ? ' 00:00:00' : 'T00:00:00.000Z');
  return {
    columns: columnsIn(style, COLUMNS),
    rows: repositories.reduce((sum, { days }) => sum + days.length, 0),
    left: 0,
    *write(writer) {
      for (const { repoType, name, total, days } of repositories) {
        const [type, cell] = [csvCell(repoType, style), csvCell(name, style)];
        for (const [day, downloads] of days) {
          writer.cell(type);
          writer.cell(cell);
          writer.number(total);
          writer.cell(csvCell(timeOf(day), style));
          writer.number(downloads);
          writer.endRow();
          if (writer.isFull) yield;
        }
      }
    },
  };
}

/** Downloads (of an image, pulls by tag and by digest) of each repository, by day. */
export function downloadsByRepository(traffic: Traffic, filter: Filter): DownloadsByRepository {
  const { table, order, length, nameOf } = traffic;
  const hiding = actionFilter(traffic, filter);
  const repositories = new Map<number, Map<number, number>>();
  for (let i = 0; i < length; i++) {
    const row = order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const action = page.action[at]!;
    if (action === ACTION_NONE || action === ACTION_VERSION_CHECK) continue;
    if (hiding && hiding.hides(page, at, row) !== 0) continue;
    const name = nameOf[page.repository[at]!]!;
    const day = Math.floor(page.seconds[at]! / SECONDS_PER_DAY);
    const days = repositories.get(name) ?? new Map<number, number>();
    days.set(day, (days.get(day) ?? 0) + 1);
    repositories.set(name, days);
  }
  return repositories;
}
