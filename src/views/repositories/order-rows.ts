/**
 * Which repositories the table shows, in which order. In: columns of a view, a search, a sort. Out: row numbers.
 * Nothing but numbers is moved, so ten thousand rows are sorted between two frames.
 */
import type { RepositoryColumns } from '../../model/view.ts';
import type { Search } from './search.ts';

export type SortKey =
  | 'name'
  | 'type'
  | 'pulls'
  | 'pullsByTag'
  | 'pullsByDigest'
  | 'versionChecks'
  | 'uniqueAddresses'
  | 'trend'
  | 'lastPull'
  /** Beside an earlier period. */
  | 'change';

export interface Sort {
  key: SortKey;
  ascending: boolean;
}

export const FIRST_SORT: Sort = { key: 'pulls', ascending: false };

/** A second click turns the order around; names begin with a, numbers with the largest. */
export function nextSort(sort: Sort, key: SortKey): Sort {
  return { key, ascending: sort.key === key ? !sort.ascending : key === 'name' || key === 'type' };
}

/** The numbers that a column is sorted by; null for names, whose order the rows already have. */
function sortValues(
  columns: RepositoryColumns,
  key: SortKey,
  differences: ArrayLike<number> | null = null,
): ArrayLike<number> | null {
  switch (key) {
    case 'name':
      return null;
    case 'change':
      return differences;
    case 'pulls':
      // A row is of one type: it has pulls, or downloads.
      return columns.pullsByTag.map(
        (count, row) => count + columns.pullsByDigest[row]! + columns.downloads[row]!,
      );
    case 'type':
      return columns.types;
    case 'trend':
      return Uint32Array.from({ length: columns.length }, (_, row) => trendPeak(columns, row).pulls);
    default:
      return columns[key];
  }
}

export function orderRows(
  columns: RepositoryColumns,
  search: Search,
  { key, ascending }: Sort,
  differences: ArrayLike<number> | null = null,
): Uint32Array {
  const rows = new Uint32Array(columns.length);
  let found = 0;
  for (let row = 0; row < columns.length; row++) if (search.matches(columns.names[row]!)) rows[found++] = row;
  const shown = rows.subarray(0, found);
  const values = sortValues(columns, key, differences);
  const sign = ascending ? 1 : -1;
  if (!values) return ascending ? shown : shown.reverse();
  // Rows come sorted by name, so equal values stay in the order of names. NaN (never pulled) is always last.
  return shown.sort((a, b) => {
    const difference = values[a]! - values[b]!;
    if (difference > 0 || difference < 0) return sign * difference;
    return Number(Number.isNaN(values[a])) - Number(Number.isNaN(values[b])) || a - b;
  });
}

/** The trend step with the most pulls. */
export function trendPeak(
  { trend, trendLength }: RepositoryColumns,
  row: number,
): { step: number; pulls: number } {
  let step = 0;
  const from = row * trendLength;
  for (let i = 1; i < trendLength; i++) if (trend[from + i]! > trend[from + step]!) step = i;
  return { step, pulls: trendLength === 0 ? 0 : trend[from + step]! };
}

/** The value that fills a whole share bar: the largest of the rows shown; 0 in columns that have no bars. */
export function highestOf(columns: RepositoryColumns, rows: Uint32Array, key: SortKey): number {
  const values = ['lastPull', 'trend', 'type', 'change'].includes(key) ? null : sortValues(columns, key);
  return values ? rows.reduce((highest, row) => Math.max(highest, values[row]!), 0) : 0;
}
