/**
 * All rows of a table that cannot be read. In: a table that is held. Out: the rows as they are written, in order, each
 * with a line break. Limits: of a row, its first 64 Ki characters.
 */
import type { Content } from '../intake/content.ts';
import type { TablePlan } from '../model/table-file.ts';
import { readRows } from './parse-table.ts';
import type { TakeLine } from './unreadable-lines.ts';

/** A table that is held, and how it is read. */
export interface HeldTable {
  content: Content;
  plan: TablePlan;
}

const LONGEST_KEPT = 64 << 10;
const encoder = new TextEncoder();

export async function findUnreadableRows({ content, plan }: HeldTable, take: TakeLine): Promise<void> {
  const whole = { content, plan, index: 0, start: 0, end: content.blob.size };
  const { problem } = await readRows(
    whole,
    () => {},
    (row) => void take(encoder.encode(`${row.slice(0, LONGEST_KEPT)}\n`)),
  );
  if (problem) throw new Error(problem.reason);
}
