/**
 * Numbers for triples of numbers, each below 2^32, counted from 0. Open addressing; a slot holds its whole triple, so
 * that finding one costs a single jump through memory.
 */
const WIDTH = 4;

export class TripleNumbers {
  size = 0;
  private slotCount = 1 << 12;
  /** Of each slot: number + 1 (0: free), and the triple. */
  private slots = new Uint32Array(this.slotCount * WIDTH);

  numberOf(a: number, b: number, c: number): number {
    const { slots } = this;
    let at = this.slotFor(a, b, c);
    while (slots[at] !== 0) {
      if (slots[at + 1] === a && slots[at + 2] === b && slots[at + 3] === c) return slots[at]! - 1;
      at = (at + WIDTH) & (slots.length - 1);
    }
    slots[at] = ++this.size;
    slots[at + 1] = a;
    slots[at + 2] = b;
    slots[at + 3] = c;
    if (this.size * 2 > this.slotCount) this.grow();
    return this.size - 1;
  }

  /** Number of a triple that is there, or −1. */
  find(a: number, b: number, c: number): number {
    const { slots } = this;
    let at = this.slotFor(a, b, c);
    while (slots[at] !== 0) {
      if (slots[at + 1] === a && slots[at + 2] === b && slots[at + 3] === c) return slots[at]! - 1;
      at = (at + WIDTH) & (slots.length - 1);
    }
    return -1;
  }

  /** All triples as columns, by their numbers. */
  columns(): [first: Uint32Array, second: Uint32Array, third: Uint32Array] {
    const columns = [1, 2, 3].map(() => new Uint32Array(this.size));
    for (let at = 0; at < this.slots.length; at += WIDTH) {
      const number = this.slots[at]! - 1;
      if (number >= 0) columns.forEach((column, i) => (column[number] = this.slots[at + 1 + i]!));
    }
    return columns as [Uint32Array, Uint32Array, Uint32Array];
  }

  private slotFor(a: number, b: number, c: number): number {
    return (hash(a, b, c) & (this.slotCount - 1)) * WIDTH;
  }

  private grow(): void {
    const old = this.slots;
    this.slotCount *= 4;
    this.slots = new Uint32Array(this.slotCount * WIDTH);
    for (let from = 0; from < old.length; from += WIDTH) {
      if (old[from] === 0) continue;
      let at = this.slotFor(old[from + 1]!, old[from + 2]!, old[from + 3]!);
      while (this.slots[at] !== 0) at = (at + WIDTH) & (this.slots.length - 1);
      this.slots.set(old.subarray(from, from + WIDTH), at);
    }
  }
}

function hash(a: number, b: number, c: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
