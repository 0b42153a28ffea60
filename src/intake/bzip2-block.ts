/**
 * Blocks of a bzip2 stream. In: bytes that hold at least one whole block, or all that there are. Out: its content, which
 * is what Huffman codes, move-to-front, a sorted rotation (BWT) and runs give, undone in that order. Source: bzip2 1.0.8.
 * A content of up to OUTPUT is given only after its checksum was found right.
 */
import type { Bytes } from '../model/units.ts';
import { type HuffmanTable, LONGEST_CODE, makeTable } from './bzip2-codes.ts';

/** The bytes end within a block. */
export class Shortage extends Error {}

/** First halves of the six bytes that begin a block, and a stream's end: digits of pi and of its square root. */
const BLOCK = [0x314159, 0x265359];
const END = [0x177245, 0x385090];
const OUTPUT: Bytes = 4 << 20;
/** Symbols that are read by one table. */
const GROUP = 50;
const MOST_SELECTORS = 18002;

export class Bzip2Block {
  bytes: Uint8Array = new Uint8Array(0);
  /** Bytes used. */
  at: Bytes = 0;
  isBetweenStreams = true;
  private waiting = 0;
  private bits = 0;
  private order = new Int32Array(0);
  private streamSum = 0;
  private readonly out = new Uint8Array(OUTPUT);

  /** `give` answers false when it wants no more. */
  constructor(private readonly give: (piece: Uint8Array) => boolean) {}

  /** Whether a stream begins here. */
  isStream(): boolean {
    return [0x42, 0x5a, 0x68].every((byte, i) => this.bytes[this.at + i] === byte);
  }

  /** Reads a stream's beginning, a block, or a stream's end. Throws Shortage, or RangeError for what cannot be. */
  readNext(): void {
    if (this.isBetweenStreams) {
      this.at += 3;
      const level = this.read(8) - 0x30;
      check(level >= 1 && level <= 9);
      if (this.order.length < level * 100_000) this.order = new Int32Array(level * 100_000);
      this.isBetweenStreams = false;
      this.streamSum = 0;
    } else {
      const magic = [this.read(24), this.read(24)];
      const sum = (this.read(16) << 16) | this.read(16);
      if (isSame(magic, END)) {
        check(sum === this.streamSum);
        this.waiting = 0;
        this.isBetweenStreams = true;
      } else {
        check(isSame(magic, BLOCK));
        this.readBlock(sum);
        this.streamSum = ((this.streamSum << 1) | (this.streamSum >>> 31)) ^ sum;
      }
    }
  }

  private readBlock(sum: number): void {
    check(this.read(1) === 0);
    const origin = this.read(24);
    const used = this.readUsed();
    const tables = this.readTables(used.length + 2);
    const size = this.readSymbols(used, tables);
    check(origin < size);
    this.writeOut(origin, size, sum);
  }

  /** The bytes that occur in the block. */
  private readUsed(): Uint8Array {
    const rows = this.read(16);
    const used: number[] = [];
    for (let row = 0; row < 16; row++) {
      if ((rows & (0x8000 >> row)) === 0) continue;
      const columns = this.read(16);
      for (let column = 0; column < 16; column++) {
        if (columns & (0x8000 >> column)) used.push(row * 16 + column);
      }
    }
    check(used.length > 0);
    return Uint8Array.from(used);
  }

  /** The table of each group. */
  private readTables(symbols: number): HuffmanTable[] {
    const count = this.read(3);
    const groups = this.read(15);
    check(count >= 2 && count <= 6 && groups > 0);
    const recent = Array.from({ length: count }, (_, i) => i);
    const selectors: number[] = [];
    for (let group = 0; group < groups; group++) {
      let place = 0;
      while (this.read(1) === 1) check(++place < count);
      recent.unshift(...recent.splice(place, 1));
      // Some encoders write more than can be used.
      if (group < MOST_SELECTORS) selectors.push(recent[0]!);
    }
    const tables: HuffmanTable[] = [];
    for (let table = 0; table < count; table++) tables.push(makeTable(this.readLengths(symbols)));
    return selectors.map((selector) => tables[selector]!);
  }

  private readLengths(symbols: number): Uint8Array {
    const lengths = new Uint8Array(symbols);
    let length = this.read(5);
    for (let symbol = 0; symbol < symbols; symbol++) {
      check(length >= 1 && length <= LONGEST_CODE);
      while (this.read(1) === 1) {
        length += this.read(1) === 0 ? 1 : -1;
        check(length >= 1 && length <= LONGEST_CODE);
      }
      lengths[symbol] = length;
    }
    return lengths;
  }

  /** Undoes Huffman codes and move-to-front: fills `order` with bytes and answers their number. */
  private readSymbols(used: Uint8Array, tables: HuffmanTable[]): number {
    const { order } = this;
    const recent = used.slice();
    const last = used.length + 1;
    let size = 0;
    let run = 0;
    let weight = 1;
    for (let read = 0; ; read++) {
      const table = tables[Math.floor(read / GROUP)];
      check(table !== undefined);
      const symbol = this.readSymbol(table!);
      if (symbol <= 1) {
        // Two symbols are the digits, 1 and 2, of a number in base 2.
        run += weight * (symbol + 1);
        weight *= 2;
        check(run <= order.length);
        continue;
      }
      check(size + run + 1 <= order.length || symbol === last);
      if (run > 0) {
        check(size + run <= order.length);
        order.fill(recent[0]!, size, size + run);
        size += run;
        run = 0;
        weight = 1;
      }
      if (symbol === last) return size;
      const byte = recent[symbol - 1]!;
      recent.copyWithin(1, 0, symbol - 1);
      recent[0] = byte;
      order[size++] = byte;
    }
  }

  private readSymbol({ limits, bases, symbols, shortest }: HuffmanTable): number {
    let length = shortest;
    let code = this.read(length);
    while (code > limits[length]!) {
      check(++length <= LONGEST_CODE);
      code = (code << 1) | this.read(1);
    }
    const symbol = symbols[code - bases[length]!];
    check(symbol !== undefined);
    return symbol!;
  }

  /** Undoes the rotation and the runs: four equal bytes are followed by the number of further ones. */
  private writeOut(origin: number, size: number, wanted: number): void {
    const { order, out } = this;
    const starts = new Uint32Array(257);
    for (let i = 0; i < size; i++) starts[(order[i]! & 0xff) + 1]!++;
    for (let byte = 0; byte < 256; byte++) starts[byte + 1]! += starts[byte]!;
    for (let i = 0; i < size; i++) order[starts[order[i]! & 0xff]!++]! |= i << 8;
    let written = 0;
    let sum = -1;
    let last = -1;
    let equal = 0;
    let next = order[origin]! >> 8;
    for (let i = 0; i < size; i++) {
      const entry = order[next]!;
      const byte = entry & 0xff;
      next = entry >> 8;
      let times = 1;
      if (equal === 4) {
        times = byte;
        equal = 0;
      } else {
        equal = byte === last ? equal + 1 : 1;
        last = byte;
      }
      for (; times > 0; times--) {
        out[written++] = last;
        sum = (sum << 8) ^ SUMS[(sum >>> 24) ^ last]!;
        if (written === OUTPUT) {
          if (!this.give(out)) return;
          written = 0;
        }
      }
    }
    check(~sum === wanted);
    if (written > 0) this.give(out.subarray(0, written));
  }

  /** The next bits, at most 24. */
  private read(count: number): number {
    while (this.waiting < count) {
      if (this.at >= this.bytes.length) throw new Shortage();
      this.bits = (this.bits << 8) | this.bytes[this.at++]!;
      this.waiting += 8;
    }
    this.waiting -= count;
    return (this.bits >>> this.waiting) & ((1 << count) - 1);
  }
}

const SUMS = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  return sum;
});

const isSame = (magic: number[], wanted: number[]) => magic[0] === wanted[0] && magic[1] === wanted[1];

function check(isRight: boolean): void {
  if (!isRight) throw new RangeError('Not bzip2.');
}
