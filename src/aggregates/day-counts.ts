/**
 * What logs gave, as counts of days, to stand beside counts that others made. In: Traffic. Out: count rows by
 * repository, day and action; whole days; signature look-ups set aside, by repository and day. One pass.
 */
import { RowBuilder } from '../lib/column-builder.ts';
import { REPO_TYPES } from '../model/action-rows.ts';
import { COUNT_COLUMNS, type CountRows, LEVEL_PART, type Measure, MEASURES } from '../model/count-rows.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_KINDS,
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../model/request-table.ts';
import { FLAG_SIGNATURE } from '../model/segment.ts';
import type { Coverage, Traffic } from '../model/traffic.ts';
import { type Day, MILLISECONDS_PER_DAY } from '../model/units.ts';
import { COVERED_WHOLE, type DaySpan } from '../model/view.ts';

const MEASURE_OF: [action: number, measure: Measure][] = [
  [ACTION_VERSION_CHECK, 'version_checks'],
  [ACTION_PULL_BY_TAG, 'pulls_by_tag'],
  [ACTION_PULL_BY_DIGEST, 'pulls_by_digest'],
  [ACTION_DOWNLOAD, 'downloads'],
];
const SECONDS_PER_DAY = MILLISECONDS_PER_DAY / 1000;
/** More than days can be: a name and a day in one number. */
const DAYS = 1 << 21;

export interface DayCounts {
  counts: CountRows;
  whole: DaySpan[];
  setAside(repository: string, day: Day): number;
}

export function countDays({ table, order, length, nameOf, names, coverage }: Traffic): DayCounts {
  /** [action] → counts by name and day; of ACTION_NONE the signature look-ups. */
  const sums = Array.from({ length: ACTION_KINDS }, () => new Map<number, number>());
  for (let i = 0; i < length; i++) {
    const row = order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const action = page.action[at]!;
    if (action === ACTION_NONE && !(page.flags[at]! & FLAG_SIGNATURE)) continue;
    const key = nameOf[page.repository[at]!]! * DAYS + Math.floor(page.seconds[at]! / SECONDS_PER_DAY);
    const sum = sums[action]!;
    sum.set(key, (sum.get(key) ?? 0) + 1);
  }
  const rows = new RowBuilder(COUNT_COLUMNS);
  for (const [action, measure] of MEASURE_OF) {
    for (const [key, count] of sums[action]!) {
      const row = rows.next();
      const { columns } = rows;
      const name = names.textOf(Math.floor(key / DAYS));
      columns.repository[row] = rows.word(repoNameOf(name));
      columns.repoType[row] = REPO_TYPES.indexOf(repoTypeOf(name));
      columns.level[row] = LEVEL_PART;
      columns.firstDay[row] = columns.lastDay[row] = key % DAYS;
      columns.measure[row] = MEASURES.findIndex(({ id }) => id === measure);
      columns.count[row] = count;
    }
  }
  const setAside = new Map<string, number>();
  for (const [key, count] of sums[ACTION_NONE]!) {
    setAside.set(`${key % DAYS} ${names.textOf(Math.floor(key / DAYS))}`, count);
  }
  return {
    counts: rows.finish(),
    whole: wholeSpans(coverage),
    setAside: (repository, day) => setAside.get(`${day} ${repository}`) ?? 0,
  };
}

/** Runs of days that are covered from midnight to midnight. */
function wholeSpans({ days, of }: Coverage): DaySpan[] {
  const spans: DaySpan[] = [];
  for (let day = days?.first ?? 0; days && day <= days.last; day++) {
    if (of(day) !== COVERED_WHOLE) continue;
    const open = spans.at(-1);
    if (open && open.last === day - 1) open.last = day;
    else spans.push({ first: day, last: day });
  }
  return spans;
}
