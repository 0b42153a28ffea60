/**
 * Whether a file that is no log is a table. In: its first bytes, and what the log scanner made of them. Out: how to read
 * it, or what to ask the user. A log comes first: a file in which the scanner knows a line is never a table.
 */
import type { Segment } from '../model/segment.ts';
import type { TablePlan, UnknownTable } from '../model/table-file.ts';
import { headerSignature } from '../tables/column-mapping.ts';
import { looksLikeApiJson } from '../tables/read-api-json.ts';
import { lookAtTable } from '../tables/recognize-table.ts';

export type TableLook = TablePlan | { kind: 'unknown'; table: UnknownTable };

export function tableIn(
  head: Uint8Array,
  name: string,
  { linesByFormat }: Pick<Segment, 'linesByFormat'>,
): TableLook | null {
  if (looksLikeApiJson(new TextDecoder().decode(head.subarray(0, 4096)))) return { kind: 'api' };
  if (linesByFormat.some((claimed) => claimed > 0)) return null;
  const look = lookAtTable(head);
  if (!look) return null;
  if (look.format) return { kind: 'csv', format: look.format, repository: '' };
  const { delimiter, header, firstRows, guess } = look;
  // Prose with commas has no column of times or numbers.
  const hasData = header.some((_, column) => firstRows.every((row) => /^\W*\d/.test(row[column]!)));
  if (!guess || firstRows.length === 0 || !hasData) return null;
  return {
    kind: 'unknown',
    table: { key: headerSignature(header), name, delimiter, header, firstRows, guess },
  };
}
