/**
 * Daily: downloads by repository and day, in the shape of Hugging Face's analytics. In: Traffic. Out: CSV.
 * A span's file holds the rows of the all-time file whose day lies in the span; `total` is over all days in the data, of what
 * the filter shows.
 */
import { isoDay } from '../lib/calendar.ts';
import type { RepoType } from '../model/action-rows.ts';
import { actionFilter } from '../model/action-filter.ts';
import type { Filter } from '../model/filter.ts';
import { ACTION_NONE, ACTION_VERSION_CHECK, PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import type { Traffic } from '../model/traffic.ts';
import { COVERED_NOT, type ExportRequest } from '../model/view.ts';
import { csvCell, CsvWriter } from './csv.ts';
import { compareCodePoints } from './name-parts.ts';

export const DAILY_HEADER = 'repoType,repoName,total,timestamp,downloads';
/** The types that the shape has, in its order. */
export const DAILY_TYPES: readonly RepoType[] = ['image', 'model', 'dataset', 'space'];
const SECONDS_PER_DAY = 86_400;

export function writeDaily(traffic: Traffic, { span, filter }: ExportRequest): CsvWriter {
  const writer = new CsvWriter(DAILY_HEADER);
  const names = [...downloadsByRepository(traffic, filter)]
    .map(([name, days]) => {
      const word = traffic.names.textOf(name);
      return { repoType: repoTypeOf(word), name: repoNameOf(word), days };
    })
    .sort(
      (a, b) =>
        DAILY_TYPES.indexOf(a.repoType) - DAILY_TYPES.indexOf(b.repoType) ||
        compareCodePoints(a.name, b.name),
    );
  for (const { repoType, name, days } of names) {
    const type = csvCell(repoType);
    const cell = csvCell(name);
    const total = [...days.values()].reduce((sum, downloads) => sum + downloads, 0);
    const [first, last] = [Math.min(...days.keys()), Math.max(...days.keys())];
    for (let day = Math.max(first, span.first); day <= Math.min(last, span.last); day++) {
      const downloads = days.get(day) ?? 0;
      if (downloads === 0 && traffic.coverage.of(day) === COVERED_NOT) continue;
      writer.cell(type);
      writer.cell(cell);
      writer.number(total);
      writer.cell(csvCell(`${isoDay(day)}T00:00:00.000Z`));
      writer.number(downloads);
      writer.endRow();
    }
  }
  return writer;
}

/** Downloads (of an image, pulls by tag and by digest) of each repository, by day. */
function downloadsByRepository(traffic: Traffic, filter: Filter): Map<number, Map<number, number>> {
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
