/**
 * Daily, where tables are held: downloads by repository and day, in the shape of Hugging Face's analytics. In: resolved
 * counts. Out: CSV. `total` is what the hub states, where it states more than the days in the data come to.
 * Limits: counts of weeks and months are of no day, and those of other meanings are no downloads: they are left out.
 */
import { isoDay } from '../lib/calendar.ts';
import { wordOf } from '../lib/column-builder.ts';
import { REPO_TYPES, type RepoType } from '../model/action-rows.ts';
import { LEVEL_REPOSITORY, MEASURES } from '../model/count-rows.ts';
import type { Resolution } from '../model/resolved-counts.ts';
import type { Coverage } from '../model/traffic.ts';
import type { Day } from '../model/units.ts';
import { COVERED_NOT, type DaySpan } from '../model/view.ts';
import { csvCell, CsvWriter } from './csv.ts';
import { DAILY_HEADER, DAILY_TYPES as TYPES } from './daily.ts';
import { compareCodePoints } from './name-parts.ts';

const MEANINGS = new Set(['registry-actions', 'hub-downloads']);
const DOWNLOADS = new Set(['pulls', 'downloads']);

interface Repository {
  repoType: RepoType;
  name: string;
  stated: number;
  days: Map<Day, number>;
}

export function writeDailyCounts(resolution: Resolution, coverage: Coverage, span: DaySpan): CsvWriter {
  const writer = new CsvWriter(DAILY_HEADER);
  for (const { repoType, name, stated, days } of repositoriesOf(resolution)) {
    const [type, cell] = [csvCell(repoType), csvCell(name)];
    const sum = [...days.values()].reduce((all, downloads) => all + downloads, 0);
    const counted = [...days].filter(([, downloads]) => downloads > 0).map(([day]) => day);
    const [first, last] = [counted.reduce(lower, Infinity), counted.reduce(higher, -Infinity)];
    for (let day = Math.max(first, span.first); day <= Math.min(last, span.last); day++) {
      const downloads = days.get(day) ?? 0;
      if (downloads === 0 && !days.has(day) && coverage.of(day) === COVERED_NOT) continue;
      writer.cell(type);
      writer.cell(cell);
      writer.number(Math.max(stated, sum));
      writer.cell(csvCell(`${isoDay(day)}T00:00:00.000Z`));
      writer.number(downloads);
      writer.endRow();
    }
  }
  return writer;
}

const lower = (a: number, b: number) => Math.min(a, b);
const higher = (a: number, b: number) => Math.max(a, b);

/** How many counts of downloads or pulls are in no such file. */
export function countNotDaily({ rows: { columns, length, words } }: Resolution): number {
  let left = 0;
  for (let row = 0; row < length; row++) {
    if (MEASURES[columns.measure[row]!]!.kind !== 'added' || columns.count[row] === 0) continue;
    const isKnown =
      MEANINGS.has(wordOf(words, columns.meaning[row]!)) &&
      TYPES.includes(REPO_TYPES[columns.repoType[row]!]!);
    if (!isKnown || columns.firstDay[row] !== columns.lastDay[row]) left++;
  }
  return left;
}

/** By type and name, those with a download. */
function repositoriesOf({ rows: { columns, length, words } }: Resolution): Repository[] {
  const found = new Map<string, Repository>();
  for (let row = 0; row < length; row++) {
    const measure = MEASURES[columns.measure[row]!]!;
    const repoType = REPO_TYPES[columns.repoType[row]!]!;
    const meaning = wordOf(words, columns.meaning[row]!);
    if (!TYPES.includes(repoType) || !MEANINGS.has(meaning) || columns.level[row] !== LEVEL_REPOSITORY)
      continue;
    const name = wordOf(words, columns.repository[row]!);
    const key = `${repoType} ${name}`;
    const known = found.get(key) ?? { repoType, name, stated: 0, days: new Map<Day, number>() };
    found.set(key, known);
    if (measure.id === 'running_total') known.stated = Math.max(known.stated, columns.count[row]!);
    const day = columns.firstDay[row]!;
    if (!DOWNLOADS.has(measure.id) || day !== columns.lastDay[row]) continue;
    known.days.set(day, (known.days.get(day) ?? 0) + columns.count[row]!);
  }
  return [...found.values()].sort(
    (a, b) => TYPES.indexOf(a.repoType) - TYPES.indexOf(b.repoType) || compareCodePoints(a.name, b.name),
  );
}
