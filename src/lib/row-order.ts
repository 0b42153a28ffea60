/**
 * Rows put in order by one key after the other. In: a range of rows, columns of keys. Out: `rows`, ascending by the key
 * of the last call, among equals by that before. A radix sort: time grows with the rows alone. Good for ranges that fit
 * into the processor's cache: it jumps about in the keys.
 */
const BITS = 11;
const DIGITS = 1 << BITS;

export class RowOrder {
  /** Good until the next call. */
  rows: Uint32Array;
  private count = 0;
  private sorted: Uint32Array;
  private readonly next = new Uint32Array(DIGITS + 1);

  /** most: of rows that a range has. */
  constructor(most: number) {
    this.rows = new Uint32Array(most);
    this.sorted = new Uint32Array(most);
  }

  /** Begins with the rows [from, to) as they stand. */
  start(from: number, to: number): void {
    this.count = to - from;
    for (let row = from; row < to; row++) this.rows[row - from] = row;
  }

  /** keys: all are below. */
  sortBy(key: Uint32Array, keys: number): void {
    for (let shift = 0; shift < 32 && (keys - 1) >>> shift > 0; shift += BITS) this.sortByDigit(key, shift);
  }

  private sortByDigit(key: Uint32Array, shift: number): void {
    const { rows, sorted, next, count } = this;
    next.fill(0);
    for (let i = 0; i < count; i++) next[((key[rows[i]!]! >>> shift) & (DIGITS - 1)) + 1]!++;
    // All have the same: nothing moves.
    if (count === 0 || next[((key[rows[0]!]! >>> shift) & (DIGITS - 1)) + 1] === count) return;
    for (let digit = 0; digit < DIGITS; digit++) next[digit + 1]! += next[digit]!;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      sorted[next[(key[row]! >>> shift) & (DIGITS - 1)]!++] = row;
    }
    this.rows = sorted;
    this.sorted = rows;
  }
}
