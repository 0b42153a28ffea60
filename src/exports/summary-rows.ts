/**
 * A summary's rows with those of tables. In: rows of logs, counts of tables. Out: rows, sorted by code points.
 * Limits: tables hold no addresses, so how many distinct ones are behind a row that they are part of is not known (NaN).
 */
import {
  ACTION_KINDS,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import type { ReferenceCount } from '../model/reference-counts.ts';
import type { SummaryLevel } from '../model/view.ts';
import { compareCodePoints, splitName } from './name-parts.ts';

export interface SummaryRow {
  keys: string[];
  /** Distinct addresses, then actions by ACTION_*. */
  counts: number[];
}

/** Whether a row is of an image: one of a model, dataset or space tells distinct addresses alone. */
export function tellsImages({ counts }: SummaryRow): boolean {
  return counts[ACTION_VERSION_CHECK]! + counts[ACTION_PULL_BY_TAG]! + counts[ACTION_PULL_BY_DIGEST]! > 0;
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
  const rows = ofLogs.map(({ keys, counts }): SummaryRow => ({ keys, counts: [...counts] }));
  // A model may have an image's name; tables add to images.
  const ofImages = new Map(rows.filter(tellsImages).map((row) => [JSON.stringify(row.keys), row]));
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
    let row = ofImages.get(key);
    if (!row) {
      row = { keys, counts: new Array<number>(ACTION_KINDS).fill(0) };
      ofImages.set(key, row);
      rows.push(row);
    }
    row.counts[0] = NaN;
    row.counts[action]! += count;
  }
  return rows.sort(compareKeys);
}
