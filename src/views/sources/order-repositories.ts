/** The table of repositories of all sources. In: rows, a search, a type, an order. Out: the rows to show. */
import type { RepoType } from '../../model/action-rows.ts';
import type { SourceRepository } from '../../model/sources-view.ts';
import type { Search } from '../repositories/search.ts';

export type Order = 'name' | 'count' | 'stated' | 'checks' | 'lastDay';

export function orderRepositories(
  rows: readonly SourceRepository[],
  search: Search,
  repoType: RepoType | null,
  order: Order,
): SourceRepository[] {
  const found = rows.filter(
    (row) => (repoType === null || row.repoType === repoType) && search.matches(row.name),
  );
  const byName = (a: SourceRepository, b: SourceRepository) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
  if (order === 'name') return found.sort(byName);
  return found.sort((a, b) => (b[order] ?? -1) - (a[order] ?? -1) || byName(a, b));
}

/** Types that rows have, in the order of the rows. */
export function typesOf(rows: readonly SourceRepository[]): RepoType[] {
  return [...new Set(rows.map(({ repoType }) => repoType))];
}
