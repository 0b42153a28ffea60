/** A few of many whole numbers, one bit for each that there is. */
export class RowSet {
  size = 0;
  private readonly bits: Uint8Array;

  /** `limit`: all numbers are below it. */
  constructor(limit: number) {
    this.bits = new Uint8Array(Math.ceil(limit / 8));
  }

  add(row: number): void {
    const bit = 1 << (row & 7);
    if (this.bits[row >>> 3]! & bit) return;
    this.bits[row >>> 3]! |= bit;
    this.size++;
  }

  has(row: number): boolean {
    return (this.bits[row >>> 3]! & (1 << (row & 7))) !== 0;
  }
}
