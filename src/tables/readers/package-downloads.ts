/**
 * Daily downloads of packages, as pypistats and npm's tools write them. In: a row a day, category and package.
 * Out: counts of days. Source: pypistats' documentation (its overall figures leave mirrors out), npm's download counts.
 * Limits: with_mirrors restates without_mirrors and is left out; a file without a package column names none.
 */
import { dayOf } from '../../lib/calendar.ts';
import { LEVEL_PART } from '../../model/count-rows.ts';
import { countOf, textOf, TimeCells } from '../cells.ts';
import { headerKey, type OpenTable, type RowReader, type TableReader } from '../table-reader.ts';

const FIELDS = {
  time: ['date', 'day'],
  downloads: ['downloads'],
  package: ['package', 'packagename', 'name', 'project'],
  category: ['category'],
  share: ['percent', 'percentage'],
};

export const packageDownloads: TableReader = {
  id: 'package-downloads',
  title: 'Daily downloads of packages',
  rows: 'counts',
  meaning: 'package-downloads',
  divisible: true,
  fields: FIELDS,
  required: ['time', 'downloads'],
  fits: (header) => header.every((each) => Object.values(FIELDS).flat().includes(headerKey(each))),
  open: openPackages,
};

function openPackages({ column, counts, repository, saw, tell }: OpenTable): RowReader {
  const times = new TimeCells();
  return {
    take(cells) {
      const time = times.read(cells, column('time'));
      const downloads = countOf(cells, column('downloads'));
      // pypistats closes its table with a row of totals.
      if (/^total$/i.test(textOf(cells, column('category')))) return 'skipped';
      if (Number.isNaN(time + downloads)) return 'unreadable';
      const category = textOf(cells, column('category'));
      if (category === 'with_mirrors') {
        tell('note', 'Downloads by mirrors are left out: their rows restate those without mirrors.', '');
        return 'skipped';
      }
      const day = dayOf(time);
      const name = textOf(cells, column('package')) || repository;
      const row = counts.push(name, 'package', LEVEL_PART, [day, day], 'downloads', downloads);
      counts.label(row, { reference: category });
      saw(time);
      return 'used';
    },
  };
}
