/** Tables of sources as cells, to copy or save: numbers and days (UTC) as data; empty where nothing is known. */
import { isoDay } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import type { ReconcileRow } from '../../model/resolved-counts.ts';
import type { SourceRepository } from '../../model/sources-view.ts';

export function sourceRepositoryCells(
  rows: readonly SourceRepository[],
  nameOf: (source: number) => string,
): Cell[][] {
  return [
    [
      ...['repository', 'repository_type', 'meaning', 'measure', 'count', 'stated_total', 'version_checks'],
      ...['last_day', 'sources'],
    ],
    ...rows.map(({ name, repoType, meaning, measure, count, stated, checks, lastDay, sources }): Cell[] => [
      ...[name, repoType, meaning, measure, count, stated ?? '', checks ?? ''],
      ...[lastDay === null ? '' : isoDay(lastDay), sources.map(nameOf).join('; ')],
    ]),
  ];
}

/** names: of the two sources. */
export function reconcileCells(rows: readonly ReconcileRow[], names: readonly [string, string]): Cell[][] {
  return [
    ['repository', 'first_day', 'last_day', 'measure', ...names, 'difference', 'reasons'],
    ...rows.map(({ repository, first, last, measure, a, b, difference, reasons }): Cell[] => [
      ...[repository, isoDay(first), isoDay(last), measure, a, b, difference, reasons.join('; ')],
    ]),
  ];
}
