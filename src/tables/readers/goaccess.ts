/** GoAccess' CSV report: figures of a whole site, panel by panel, not of repositories. It is known to be refused. */
import type { TableReader } from '../table-reader.ts';

export const goaccess: TableReader = {
  id: 'goaccess',
  title: 'GoAccess report',
  rows: 'none',
  meaning: 'none',
  divisible: false,
  fields: {},
  required: [],
  fits: (header) => header[2] === 'general' && header.includes('date_time'),
  open: ({ tell }) => {
    tell(
      'error',
      'The table is a GoAccess report, which does not name repositories.',
      'Drop the access log that the report was made of.',
    );
    return { take: () => 'skipped' };
  },
};
