/**
 * What classifying made of exactly the rows of a table, into it again. In: the table, where each file's rows begin, and
 * blocks (keep-actions.ts). Out: the order of time, the columns that a classifier writes, and what it counts. Throws
 * DamagedData where they do not fit together; then all is to be classified, which writes every column anew.
 */
import { widen } from '../lib/narrow.ts';
import { DamagedData } from '../lib/packed.ts';
import { type ActionRows, BLOCK_PLACES, MADE_ACTION, MADE_HAS_GET } from '../model/kept-actions.ts';
import {
  ACTION_KINDS,
  FLAG_CHAIN_HAS_GET,
  NO_REQUEST,
  PAGE_MASK,
  PAGE_ROWS,
  PAGE_SHIFT,
  type RequestTable,
} from '../model/request-table.ts';
import { FLAG_NO_CLIENT } from '../model/segment.ts';
import type { RequestIndex } from '../model/units.ts';

/** No action: the row was not among them yet. */
const NOT_YET = 255;

/** A file's rows, and how many of its requests are no part of a download (count-hub-files.ts). */
export interface FileStart {
  file: number;
  from: RequestIndex;
  rows: number;
  uncounted: number;
}

/** All rows in order of time, and what Classifier counts of them. */
export interface TakenActions {
  order: Uint32Array<ArrayBuffer>;
  counts: Float64Array;
  requestsOf: Uint32Array<ArrayBuffer>;
  /** By file. */
  uncounted: Map<number, number>;
}

export function takeActions(
  table: RequestTable,
  clients: number,
  files: readonly FileStart[],
  blocks: Iterable<ActionRows>,
): TakenActions {
  const { length, pages } = table;
  if (files.reduce((sum, { rows }) => sum + rows, 0) !== length)
    throw new DamagedData('It is of other rows.');
  pages.forEach(({ action }, page) => action.fill(NOT_YET, 0, length - page * PAGE_ROWS));
  const order = new Uint32Array(length);
  const counts = new Float64Array(ACTION_KINDS);
  const requestsOf = new Uint32Array(Math.max(1, clients));
  const numbers = Int32Array.from(files, ({ rows }) => rows);
  const scratch = Array.from({ length: 4 }, () => new Uint32Array(BLOCK_PLACES));
  let place = length;
  for (const block of blocks) {
    const [file, steps, next, made] = columnsOf(block, place, scratch);
    for (let i = 0; i < block.length; i++) {
      const of = file![i]!;
      if (of >= files.length) throw new DamagedData('A file is missing.');
      const step = (steps![i]! >>> 1) ^ -(steps![i]! & 1);
      const number = numbers[of]! - 1 - step;
      if (!(number >= 0 && number < files[of]!.rows)) throw new DamagedData('A row is missing.');
      numbers[of] = number;
      const row = files[of]!.from + number;
      const page = pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      const action = made![i]! & MADE_ACTION;
      const following = place - 1 + next![i]!;
      if (page.action[at] !== NOT_YET || action >= ACTION_KINDS || following >= length)
        throw new DamagedData('A row points to nothing.');
      order[--place] = row;
      page.action[at] = action;
      page.next[at] = next![i] === 0 ? NO_REQUEST : order[following]!;
      if (made![i]! & MADE_HAS_GET) page.flags[at]! |= FLAG_CHAIN_HAS_GET;
      else page.flags[at]! &= ~FLAG_CHAIN_HAS_GET;
      counts[action]!++;
      if ((page.flags[at]! & FLAG_NO_CLIENT) === 0) requestsOf[page.client[at]!]!++;
    }
  }
  if (place > 0) throw new DamagedData('Rows are missing.');
  // A classifier counts actions alone.
  counts[0] = 0;
  const uncounted = new Map(files.map((each) => [each.file, each.uncounted]));
  return { order, counts, requestsOf, uncounted };
}

function columnsOf(block: ActionRows, most: number, scratch: readonly Uint32Array[]): Uint32Array[] {
  const { length, file, row, next, made } = block;
  if (!Number.isInteger(length) || length > Math.min(most, BLOCK_PLACES))
    throw new DamagedData('There are more rows than there were.');
  return [file, row, next, made].map((column, i) => {
    const wide = scratch[i]!.subarray(0, length);
    if (!widen(column, wide)) throw new DamagedData('A column is cut off.');
    return wide;
  });
}
