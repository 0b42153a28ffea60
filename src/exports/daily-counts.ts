/**
 * Daily, where tables are held: downloads by repository and day, in the shape of Hugging Face's analytics. In: resolved
 * counts. Out: rows. `total` is what the hub states, where it states more than the days in the data come to. What a file
 * of this shape says is said again: its days, zeros too, and no other days; so such a file comes back as it was.
 * Limits: counts of weeks and months, and those without a date, are of no day, and those of other meanings are no
 * downloads: they are left out.
 */
import { wordOf } from '../lib/column-builder.ts';
import { REPO_TYPES, type RepoType } from '../model/action-rows.ts';
import { LEVEL_REPOSITORY, MEASURES, NO_DAY } from '../model/count-rows.ts';
import type { Resolution } from '../model/resolved-counts.ts';
import type { Coverage } from '../model/traffic.ts';
import type { Day } from '../model/units.ts';
import { COVERED_NOT, type DaySpan } from '../model/view.ts';
import type { RowSource } from './csv.ts';
import { byTypeAndName, DAILY_TYPES as TYPES, dailySource } from './daily.ts';
import type { Style } from './style.ts';

const MEANINGS = new Set(['registry-actions', 'hub-downloads']);
const DOWNLOADS = new Set(['pulls', 'downloads']);

/** Tables, resolved with the logs' own counts. */
export interface CountedDays {
  resolution: Resolution;
  /** Days of all sources that are not of the daily shape. */
  daysElsewhere: Coverage;
  /** The numbers of those that are. */
  ofDailyShape: ReadonlySet<number>;
}

interface Repository {
  repoType: RepoType;
  name: string;
  stated: number;
  days: Map<Day, number>;
  /** Days of a file of this shape. */
  told: Set<Day>;
  /** Other sources tell of it too: a day that they cover and do not tell is one without downloads. */
  hasOthers: boolean;
}

export function openDailyCounts(
  { resolution, daysElsewhere, ofDailyShape }: CountedDays,
  { first, last }: DaySpan,
  style: Style,
): RowSource {
  const repositories = repositoriesOf(resolution, ofDailyShape).map((repository) => {
    const { repoType, name, stated, days } = repository;
    const sum = [...days.values()].reduce((all, downloads) => all + downloads, 0);
    const shown = daysOf(repository, daysElsewhere).filter((day) => day >= first && day <= last);
    const rows = shown.map((day): [Day, number] => [day, days.get(day) ?? 0]);
    return { repoType, name, total: Math.max(stated, sum), days: rows };
  });
  return dailySource(repositories, style);
}

/** The days that have a row, in order. */
function daysOf({ days, told, hasOthers }: Repository, coverage: Coverage): Day[] {
  const rows = new Set(told);
  for (const [day, downloads] of days) if (downloads > 0) rows.add(day);
  const [first, last] = [[...rows].reduce(lower, Infinity), [...rows].reduce(higher, -Infinity)];
  for (let day = first; hasOthers && day <= last; day++) {
    if (days.has(day) || coverage.of(day) !== COVERED_NOT) rows.add(day);
  }
  return [...rows].sort((a, b) => a - b);
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
    const day = columns.firstDay[row]!;
    if (!isKnown || day === NO_DAY || day !== columns.lastDay[row]) left++;
  }
  return left;
}

/** By type and name. */
function repositoriesOf(
  { rows: { columns, length, words }, sourceSets }: Resolution,
  ofDailyShape: ReadonlySet<number>,
): Repository[] {
  const found = new Map<string, Repository>();
  for (let row = 0; row < length; row++) {
    const measure = MEASURES[columns.measure[row]!]!;
    const repoType = REPO_TYPES[columns.repoType[row]!]!;
    const meaning = wordOf(words, columns.meaning[row]!);
    if (!TYPES.includes(repoType) || !MEANINGS.has(meaning) || columns.level[row] !== LEVEL_REPOSITORY)
      continue;
    const name = wordOf(words, columns.repository[row]!);
    const key = `${repoType} ${name}`;
    const known = found.get(key) ?? {
      ...{ repoType, name, stated: 0, hasOthers: false },
      ...{ days: new Map<Day, number>(), told: new Set<Day>() },
    };
    found.set(key, known);
    if (measure.id === 'running_total') known.stated = Math.max(known.stated, columns.count[row]!);
    const day = columns.firstDay[row]!;
    if (!DOWNLOADS.has(measure.id) || day === NO_DAY || day !== columns.lastDay[row]) continue;
    known.days.set(day, (known.days.get(day) ?? 0) + columns.count[row]!);
    if (sourceSets[columns.sources[row]!]!.some((source) => ofDailyShape.has(source))) known.told.add(day);
    else known.hasOthers = true;
  }
  return [...found.values()].sort(byTypeAndName);
}
