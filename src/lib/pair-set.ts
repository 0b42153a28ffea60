/** A set of pairs of numbers, each from 0 to 2^32 − 2: open addressing over two columns, no object a pair. */
export class PairSet {
  size = 0;
  private first: Uint32Array;
  private second: Uint32Array;

  constructor(expected = 1024) {
    let slots = 1024;
    while (slots < expected * 2) slots *= 2;
    this.first = new Uint32Array(slots);
    this.second = new Uint32Array(slots);
  }

  /** Adds a pair; true when it was not in the set. */
  add(a: number, b: number): boolean {
    const mask = this.first.length - 1;
    let slot = hash(a, b) & mask;
    for (;;) {
      const held = this.first[slot]!;
      if (held === 0) break;
      if (held === a + 1 && this.second[slot] === b) return false;
      slot = (slot + 1) & mask;
    }
    this.first[slot] = a + 1;
    this.second[slot] = b;
    this.size++;
    if (this.size * 2 > this.first.length) this.grow();
    return true;
  }

  private grow(): void {
    const { first, second } = this;
    this.first = new Uint32Array(first.length * 2);
    this.second = new Uint32Array(first.length * 2);
    const mask = this.first.length - 1;
    for (let i = 0; i < first.length; i++) {
      if (first[i] === 0) continue;
      let slot = hash(first[i]! - 1, second[i]!) & mask;
      while (this.first[slot] !== 0) slot = (slot + 1) & mask;
      this.first[slot] = first[i]!;
      this.second[slot] = second[i]!;
    }
  }
}

function hash(a: number, b: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
