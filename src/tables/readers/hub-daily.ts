/**
 * Downloads by repository and day: Hugging Face's analytics, and our daily file, which has its shape.
 * In: a row a repository and day. Out: counts of days, and each repository's total once. Source: Hugging Face's
 * documentation, src/exports/daily.ts. Limits: `total` repeats on every row and is never added to anything; of an image
 * a download is a pull, so those rows mean what our own figures mean.
 */
import { dayOf } from '../../lib/calendar.ts';
import { REPO_TYPES } from '../../model/action-rows.ts';
import { LEVEL_REPOSITORY, NO_DAY } from '../../model/count-rows.ts';
import type { Day } from '../../model/units.ts';
import { countOf, textOf, TimeCells } from '../cells.ts';
import { type OpenTable, repoTypeNumber, type RowReader, type TableReader } from '../table-reader.ts';

export const hubDaily: TableReader = {
  id: 'hub-daily',
  title: 'Hugging Face daily downloads',
  rows: 'counts',
  meaning: 'by-type',
  divisible: true,
  fields: {
    type: ['repotype'],
    repository: ['reponame'],
    total: ['total'],
    time: ['timestamp'],
    downloads: ['downloads'],
  },
  required: ['type', 'repository', 'time', 'downloads'],
  open: openDaily,
};

interface Total {
  type: number;
  repository: string;
  /** As of the latest day. */
  day: Day;
  total: number;
}

function openDaily({ column, counts, saw }: OpenTable): RowReader {
  const times = new TimeCells();
  const totals = new Map<string, Total>();
  return {
    take(cells) {
      const time = times.read(cells, column('time'));
      const repository = textOf(cells, column('repository'));
      const downloads = countOf(cells, column('downloads'));
      if (Number.isNaN(time + downloads) || repository === '') return 'unreadable';
      const type = repoTypeNumber(textOf(cells, column('type')));
      const day = dayOf(time);
      const measure = REPO_TYPES[type] === 'image' ? 'pulls' : 'downloads';
      counts.push(repository, REPO_TYPES[type]!, LEVEL_REPOSITORY, [day, day], measure, downloads);
      const total = countOf(cells, column('total'));
      const key = `${type} ${repository}`;
      const known = totals.get(key);
      if (!Number.isNaN(total) && (!known || day >= known.day))
        totals.set(key, { type, repository, day, total });
      saw(time);
      return 'used';
    },
    finish() {
      for (const { type, repository, day, total } of totals.values()) {
        const asOf = [NO_DAY, day] as const;
        counts.push(repository, REPO_TYPES[type]!, LEVEL_REPOSITORY, asOf, 'running_total', total);
      }
    },
  };
}
