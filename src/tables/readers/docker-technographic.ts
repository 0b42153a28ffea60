/**
 * What else users of a publisher's images use: Docker's technographic reports. In: a row a pair of images. Out: distinct
 * users, which are never added. Source: Docker's documentation, and a published consumer whose real files lack
 * PUBLISHER_ID, so that all columns stand one to the left.
 * Limits: percentages are not kept; the report by companies holds no counts.
 */
import { LEVEL_DETAIL, LEVEL_REPOSITORY } from '../../model/count-rows.ts';
import { MILLISECONDS_PER_DAY } from '../../model/units.ts';
import { countOf, periodOf, textOf, TimeCells } from '../cells.ts';
import type { OpenTable, RowReader, TableReader } from '../table-reader.ts';

const FIELDS = {
  granularity: ['dategranularity'],
  date: ['datereference'],
  image: ['dvppimage'],
  paired: ['pairedimage'],
  users: ['users'],
  pullers: ['totalpullers'],
};

export const technographic: TableReader = {
  id: 'docker-technographic',
  title: 'Docker Verified Publisher technographic data',
  rows: 'counts',
  meaning: 'docker-publisher',
  divisible: false,
  fields: FIELDS,
  required: ['granularity', 'date', 'image', 'paired', 'users'],
  open: openTechnographic,
};

export const technographicCompanies: TableReader = {
  id: 'docker-technographic-companies',
  title: 'Docker Verified Publisher technographic companies',
  rows: 'none',
  meaning: 'docker-publisher',
  divisible: false,
  fields: FIELDS,
  required: ['granularity', 'date', 'image', 'paired'],
  without: ['users'],
  open: ({ tell }) => {
    tell('note', 'The table lists companies and pairs of images, and counts nothing.', '');
    return { take: () => 'skipped' };
  },
};

function openTechnographic({ column, counts, saw }: OpenTable): RowReader {
  const times = new TimeCells();
  // TOTAL_PULLERS is the image's, and repeats for every pair.
  const told = new Set<string>();
  return {
    take(cells) {
      const period = periodOf(textOf(cells, column('granularity')), times.read(cells, column('date')));
      const image = textOf(cells, column('image'));
      const users = countOf(cells, column('users'));
      if (!period || image === '' || Number.isNaN(users)) return 'unreadable';
      const row = counts.push(image, 'image', LEVEL_DETAIL, period, 'paired_users', users);
      counts.label(row, { reference: textOf(cells, column('paired')) });
      const key = `${period.join()},${image}`;
      if (!told.has(key)) {
        const pullers = countOf(cells, column('pullers'));
        counts.push(image, 'image', LEVEL_REPOSITORY, period, 'unique_users', pullers);
        told.add(key);
      }
      saw(period[0] * MILLISECONDS_PER_DAY);
      saw(period[1] * MILLISECONDS_PER_DAY);
      return 'used';
    },
  };
}
