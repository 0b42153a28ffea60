/**
 * What each table is to be read as. In: facts of files, and whom to ask about tables that no reader knows. Out: the same
 * facts with a plan; a table about which nothing was said is skipped. Asks once for each header.
 */
import type { AskColumns, ChosenColumns, TablePlan, UnknownTable } from '../model/table-file.ts';
import { mappedFormat } from '../tables/column-mapping.ts';
import type { FileFacts } from './look-at-file.ts';
import type { TableLook } from './look-at-table.ts';

export async function settleTables(facts: readonly FileFacts[], ask: AskColumns): Promise<void> {
  const answers = new Map<string, ChosenColumns | null>();
  for (const each of facts) {
    if (each.table && !givesRequests(each.table)) each.firstTime = Infinity;
    if (each.table?.kind !== 'unknown' || each.state !== 'log') continue;
    const { table } = each.table;
    if (!answers.has(table.key)) answers.set(table.key, await ask(table));
    each.table = planOf(table, answers.get(table.key)!);
    if (each.table && givesRequests(each.table)) each.firstTime = -Infinity;
    if (each.table) continue;
    each.state = 'skipped';
    each.problems.push({
      severity: 'note',
      ...{ file: table.name, line: 0 },
      reason: `${table.name} is a table that this page does not know, and its columns were not chosen.`,
      remedy: 'Drop it again to choose them.',
    });
  }
}

/** Requests that are merged with those of logs; nothing need wait for other tables. */
function givesRequests(table: TableLook): boolean {
  return table.kind === 'csv' && table.format.rows === 'requests';
}

function planOf({ header, delimiter }: UnknownTable, chosen: ChosenColumns | null): TablePlan | null {
  const format = chosen && mappedFormat(header, chosen.mapping, delimiter);
  return format && { kind: 'csv', format, repository: chosen.repository };
}

/** What a table's kind is called, and whether it gives requests for the table of requests; null: the file is no table. */
export function titleOf({ table }: FileFacts): string | null {
  if (!table || table.kind === 'unknown') return null;
  return table.kind === 'api' ? 'Docker DVP Data API' : table.format.title;
}
