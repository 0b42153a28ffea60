/** Which rows the table of tags shows, in which order. In: rows, what was typed, a sort. Out: rows. */
import type { TagRow } from '../../model/repository-page.ts';
import type { Search } from '../repositories/search.ts';

export const TAG_KEYS = [
  'reference',
  'kind',
  'pulls',
  'versionChecks',
  'uniqueAddresses',
  'firstEver',
  'lastSeen',
] as const;
export type TagKey = (typeof TAG_KEYS)[number];

export interface TagSort {
  key: TagKey;
  ascending: boolean;
}

export const FIRST_TAG_SORT: TagSort = { key: 'pulls', ascending: false };

/** A second click turns the order around; names begin with a, numbers and times with the largest. */
export function nextTagSort(sort: TagSort, key: TagKey): TagSort {
  const isName = key === 'reference' || key === 'kind';
  return { key, ascending: sort.key === key ? !sort.ascending : isName };
}

/** Versions as people count them: 1.9 before 1.10. */
const names = new Intl.Collator('en', { numeric: true });

export function orderTags(rows: readonly TagRow[], search: Search, { key, ascending }: TagSort): TagRow[] {
  const sign = ascending ? 1 : -1;
  const value = (row: TagRow) => (key === 'pulls' ? pullsOf(row) : row[key]);
  return rows
    .filter(({ reference }) => search.matches(reference))
    .sort((a, b) => {
      const [one, other] = [value(a), value(b)];
      const difference = typeof one === 'string' ? names.compare(one, String(other)) : one - Number(other);
      return sign * difference || pullsOf(b) - pullsOf(a) || names.compare(a.reference, b.reference);
    });
}

/** Of a hub's repository, which has no pulls, downloads. */
export function pullsOf({ pullsByTag, pullsByDigest, downloads }: TagRow): number {
  return pullsByTag + pullsByDigest + downloads;
}
