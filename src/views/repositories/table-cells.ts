/** The repository table as cells, to copy or save: rows as they are ordered, numbers and days as data. */
import { dayOf, isoDay } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import { REPO_TYPES } from '../../model/action-rows.ts';
import type { RepositoryColumns } from '../../model/view.ts';

const HEADS = [
  'repository',
  'pulls',
  'pulls_by_tag',
  'pulls_by_digest',
  'version_checks',
  'unique_ip_addresses',
  'last_pull',
];

/** rows: places in the columns. The day of a last pull is by UTC; empty where there is none. */
export function repositoryCells(columns: RepositoryColumns, rows: Uint32Array): Cell[][] {
  // Where all are images, the columns are theirs alone.
  const hasHubs = columns.downloads.some((count) => count > 0);
  const cells: Cell[][] = [hasHubs ? [...HEADS, 'repository_type', 'downloads'] : HEADS];
  for (const row of rows) {
    const lastPull = columns.lastPull[row]!;
    cells.push([
      columns.names[row]!,
      columns.pullsByTag[row]! + columns.pullsByDigest[row]!,
      columns.pullsByTag[row]!,
      columns.pullsByDigest[row]!,
      columns.versionChecks[row]!,
      columns.uniqueAddresses[row]!,
      Number.isNaN(lastPull) ? '' : isoDay(dayOf(lastPull)),
      ...(hasHubs ? [REPO_TYPES[columns.types[row]!]!, columns.downloads[row]!] : []),
    ]);
  }
  return cells;
}
