/** Actions of tables, which stand beside those of logs. */
import type { ActionRows } from './action-rows.ts';

/** Actions of a table, and which of them count: other sources may tell the same ones. */
export interface CountedActions {
  rows: ActionRows;
  counts: (row: number) => boolean;
}
