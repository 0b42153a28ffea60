/**
 * Pulls of repositories beside those of an earlier period. In: rows of a view, and two periods that may be compared.
 * Out: numbers by row, and how many repositories have no row because they have nothing any more.
 */
import type { DashboardView, RepositoryColumns } from '../../model/view.ts';

export interface RowChanges {
  now: Float64Array;
  before: Float64Array;
  /** By which the column is sorted. */
  difference: Float64Array;
  gone: number;
}

export function rowChanges(
  rows: RepositoryColumns,
  pair: Record<'now' | 'before', Pick<DashboardView, 'repositories'>>,
): RowChanges {
  const [pullsNow, pullsBefore] = [pullsByName(pair.now.repositories), pullsByName(pair.before.repositories)];
  const columnOf = (pulls: Map<string, number>) =>
    Float64Array.from(rows.names, (_, row) => pulls.get(keyOf(rows, row)) ?? 0);
  const [now, before] = [columnOf(pullsNow), columnOf(pullsBefore)];
  let gone = 0;
  for (const [name, pulls] of pullsBefore) if (pulls > 0 && !pullsNow.get(name)) gone++;
  return { now, before, difference: now.map((pulls, row) => pulls - before[row]!), gone };
}

/** A name can be of an image and of a model. */
function keyOf({ names, types }: RepositoryColumns, row: number): string {
  return `${types[row]!} ${names[row]!}`;
}

function pullsByName(rows: RepositoryColumns): Map<string, number> {
  const { pullsByTag, pullsByDigest, downloads } = rows;
  return new Map(
    rows.names.map((_, row) => [keyOf(rows, row), pullsByTag[row]! + pullsByDigest[row]! + downloads[row]!]),
  );
}
