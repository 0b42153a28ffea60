/**
 * What classifying made, out of the table (take-actions.ts: into it again). In: the table, all its rows in order of time,
 * and each file's rows. Out: ActionRows, from the last request to the first. Limits: 4 bytes a row while it lasts; only
 * where every row that is not removed is in the order: none is set aside behind another log.
 */
import { narrow } from '../lib/narrow.ts';
import { type ActionRows, BLOCK_PLACES, MADE_HAS_GET } from '../model/kept-actions.ts';
import {
  FLAG_CHAIN_HAS_GET,
  FLAG_REMOVED,
  NO_REQUEST,
  PAGE_MASK,
  PAGE_SHIFT,
  type RequestTable,
} from '../model/request-table.ts';
import type { RequestIndex } from '../model/units.ts';

/** A file's rows: from, to. */
export type FileRows = readonly (readonly [from: RequestIndex, to: RequestIndex])[];

interface Range {
  from: RequestIndex;
  to: RequestIndex;
  file: number;
}

export class ActionsKeeper {
  /** Rows of each file that are kept. */
  readonly rows: number[] = [];
  /** Of a row its number in its file; of one that was given out, its place in the order. */
  private readonly numbers: Uint32Array;
  private readonly ranges: Range[];
  private range: Range = { from: 0, to: 0, file: 0 };
  /** By file: number of the row that was given out last. */
  private readonly last: number[];
  private place: number;

  constructor(
    private readonly table: RequestTable,
    private readonly order: Uint32Array,
    private readonly length: number,
    files: readonly FileRows[],
  ) {
    this.numbers = new Uint32Array(table.length);
    this.ranges = files.flatMap((ranges, file) => ranges.map(([from, to]) => ({ from, to, file })));
    for (const [file, ranges] of files.entries()) this.rows[file] = this.number(ranges);
    this.ranges.sort((a, b) => a.from - b.from);
    this.last = [...this.rows];
    this.place = length;
  }

  get isWhole(): boolean {
    return this.rows.reduce((sum, rows) => sum + rows, 0) === this.length;
  }

  /** null: there are no more. */
  next(): ActionRows | null {
    const { order, numbers } = this;
    const { pages } = this.table;
    const length = Math.min(BLOCK_PLACES, this.place);
    if (length === 0) return null;
    const [file, steps, next, made] = [0, 0, 0, 0].map(() => new Uint32Array(length));
    for (let i = 0; i < length; i++) {
      const place = --this.place;
      const row = order[place]!;
      const page = pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      const of = this.fileOf(row);
      const step = this.last[of]! - 1 - numbers[row]!;
      this.last[of] = numbers[row]!;
      numbers[row] = place;
      file![i] = of;
      steps![i] = (step << 1) ^ (step >> 31);
      const following = page.next[at]!;
      next![i] = following === NO_REQUEST ? 0 : numbers[following]! - place;
      made![i] = page.action[at]! | (page.flags[at]! & FLAG_CHAIN_HAS_GET ? MADE_HAS_GET : 0);
    }
    return { length, file: narrow(file!), row: narrow(steps!), next: narrow(next!), made: narrow(made!) };
  }

  /** Numbers the rows of one file; answers how many they are. */
  private number(ranges: FileRows): number {
    const { pages } = this.table;
    let count = 0;
    for (const [from, to] of ranges) {
      for (let row = from; row < to; row++) {
        if ((pages[row >>> PAGE_SHIFT]!.flags[row & PAGE_MASK]! & FLAG_REMOVED) === 0)
          this.numbers[row] = count++;
      }
    }
    return count;
  }

  /** Most rows are in the range of the one before. */
  private fileOf(row: RequestIndex): number {
    if (row >= this.range.from && row < this.range.to) return this.range.file;
    const { ranges } = this;
    let low = 0;
    let high = ranges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (ranges[middle]!.from <= row) low = middle;
      else high = middle - 1;
    }
    this.range = ranges[low]!;
    return this.range.file;
  }
}
