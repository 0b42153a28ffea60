/**
 * A summary's rows with those of tables. In: rows of logs, counts of tables. Out: rows, sorted by code points.
 * Limits: tables hold no addresses, so how many distinct ones are behind a row that they are part of is not known (NaN).
 */
import { ACTION_KINDS } from '../model/request-table.ts';
import type { ReferenceCount } from '../model/reference-counts.ts';
import type { SummaryLevel } from '../model/view.ts';
import { compareCodePoints, splitName } from './name-parts.ts';

export interface SummaryRow {
  keys: string[];
  /** Distinct addresses, then actions by ACTION_*. */
  counts: number[];
}

export function compareKeys(a: SummaryRow, b: SummaryRow): number {
  for (let i = 0; i < a.keys.length; i++) {
    const difference = compareCodePoints(a.keys[i]!, b.keys[i]!);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function withTables(
  ofLogs: readonly SummaryRow[],
  ofTables: readonly ReferenceCount[],
  level: SummaryLevel,
): SummaryRow[] {
  const rows = new Map(
    ofLogs.map(({ keys, counts }) => [JSON.stringify(keys), { keys, counts: [...counts] }]),
  );
  for (const { repository, reference, action, count } of ofTables) {
    if (count === 0) continue;
    const [namespace, name] = splitName(repository);
    const keys =
      level === 'namespace'
        ? [namespace]
        : level === 'repository'
          ? [namespace, name]
          : [namespace, name, reference];
    const key = JSON.stringify(keys);
    const row = rows.get(key) ?? { keys, counts: new Array<number>(ACTION_KINDS).fill(0) };
    rows.set(key, row);
    row.counts[0] = NaN;
    row.counts[action]! += count;
  }
  return [...rows.values()].sort(compareKeys);
}
