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
  ACTION_NONE,
  FLAG_CHAIN_HAS_GET,
  NO_REQUEST,
  PAGE_MASK,
  PAGE_ROWS,
  PAGE_SHIFT,
  type RequestPage,
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
  /** By file: number of the row that came last. */
  const numbers = Int32Array.from(files, ({ rows }) => rows);
  const scratch = Array.from({ length: 4 }, () => new Uint32Array(BLOCK_PLACES));
  let place = length;
  for (const block of blocks) {
    const [file, rows, next, made] = columnsOf(block, place, scratch);
    toRows(files, numbers, file!, rows!);
    place -= block.length;
    const part = order.subarray(place, place + block.length);
    part.set(rows!);
    part.reverse();
    toFollowing(order, place + block.length - 1, next!);
    for (let from = 0; from < block.length;) {
      const number = rows![from]! >>> PAGE_SHIFT;
      let to = from + 1;
      while (to < block.length && rows![to]! >>> PAGE_SHIFT === number) to++;
      const ofPage = [rows!, next!, made!].map((column) => column.subarray(from, to));
      put(pages[number]!, ofPage as [Uint32Array, Uint32Array, Uint32Array], counts, requestsOf);
      from = to;
    }
  }
  if (place > 0) throw new DamagedData('Rows are missing.');
  // A classifier counts actions alone.
  counts[ACTION_NONE] = 0;
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

/** In place of the steps come the rows. */
function toRows(
  files: readonly FileStart[],
  numbers: Int32Array,
  file: Uint32Array,
  steps: Uint32Array,
): void {
  for (let i = 0; i < steps.length; i++) {
    const of = file[i]!;
    if (of >= numbers.length) throw new DamagedData('A file is missing.');
    const { from, rows } = files[of]!;
    const number = numbers[of]! - 1 - ((steps[i]! >>> 1) ^ -(steps[i]! & 1));
    if (!(number >= 0 && number < rows)) throw new DamagedData('A row is missing.');
    numbers[of] = number;
    steps[i] = from + number;
  }
}

/** In place of how far away the next request of a chain is comes its row. The last of the places comes first. */
function toFollowing(order: Uint32Array, lastPlace: number, next: Uint32Array): void {
  for (let i = 0; i < next.length; i++) {
    const following = lastPlace - i + next[i]!;
    if (following >= order.length) throw new DamagedData('A chain goes on nowhere.');
    next[i] = next[i] === 0 ? NO_REQUEST : order[following]!;
  }
}

/** Writes rows of one page. A small loop, which a browser gets fast soon. */
function put(
  { action, next, flags, client }: RequestPage,
  [rows, following, made]: [Uint32Array, Uint32Array, Uint32Array],
  counts: Float64Array,
  requestsOf: Uint32Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const at = rows[i]! & PAGE_MASK;
    const became = made[i]! & MADE_ACTION;
    if (action[at] !== NOT_YET || became >= ACTION_KINDS) throw new DamagedData('A row is there twice.');
    action[at] = became;
    next[at] = following[i]!;
    const own = flags[at]! & ~FLAG_CHAIN_HAS_GET;
    flags[at] = made[i]! & MADE_HAS_GET ? own | FLAG_CHAIN_HAS_GET : own;
    counts[became]!++;
    if ((own & FLAG_NO_CLIENT) === 0) requestsOf[client[at]!]!++;
  }
}
