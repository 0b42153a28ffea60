/**
 * Tables of words in WebAssembly: what WordTable does, for dictionaries of many words. In and out: as of WordTable. Where
 * WebAssembly is missing, the tables are plain ones. Tables that are opened together share a memory, which goes with them.
 */
import { openCompiled } from '../compiled-module.ts';
import { WordTable } from '../word-table.ts';
import base64 from './intern.as.ts?wasm';

/** What intern.as.ts exports. */
interface Kernel {
  memory: WebAssembly.Memory;
  open(): number;
  scratch(size: number): number;
  count(table: number): number;
  bytesAt(table: number, number: number): number;
  sizeOf(table: number, number: number): number;
  internAll(table: number, bytes: number, ends: number, words: number): void;
  find(table: number, bytes: number, size: number): number;
}

/** Bytes of words that are handed over at a time, unless one is longer. */
const MOST_BYTES = 1 << 18;
const MOST_WORDS = 1 << 14;

/** Opens tables that share a memory. */
export function openTables(count: number): WordTable[] {
  const kernel = openKernel();
  return Array.from({ length: count }, () => (kernel ? new CompiledTable(kernel) : new WordTable()));
}

function openKernel(): Kernel | null {
  try {
    return openCompiled(base64);
  } catch {
    return null;
  }
}

class CompiledTable extends WordTable {
  private readonly table: number;

  constructor(private readonly kernel: Kernel) {
    super();
    this.table = kernel.open();
  }

  override get size(): number {
    return this.kernel.count(this.table);
  }

  override intern(source: Uint8Array, start: number, end: number): number {
    const { kernel } = this;
    const place = kernel.scratch(4 + end - start) >>> 0;
    const given = new Uint8Array(kernel.memory.buffer, place);
    given.set(source.subarray(start, end), 4);
    new DataView(given.buffer).setUint32(place, end - start, true);
    kernel.internAll(this.table, place + 4, place, 1);
    return new DataView(kernel.memory.buffer).getUint32(place, true);
  }

  override internAll(source: Uint8Array, ends: Uint32Array, numbers: Uint32Array, at: number): void {
    const { kernel } = this;
    for (let first = 0, from = 0; first < ends.length;) {
      let last = first;
      while (last < ends.length && last - first < MOST_WORDS && ends[last]! - from <= MOST_BYTES) last++;
      if (last === first) last++;
      const to = ends[last - 1]!;
      const size = (last - first) * 4;
      const place = kernel.scratch(size + to - from) >>> 0;
      const { buffer } = kernel.memory;
      const given = new Uint32Array(buffer, place, last - first);
      for (let i = first; i < last; i++) given[i - first] = ends[i]! - from;
      new Uint8Array(buffer, place + size).set(source.subarray(from, to));
      kernel.internAll(this.table, place + size, place, last - first);
      // Memory may have grown: then it is another buffer.
      numbers.set(new Uint32Array(kernel.memory.buffer, place, last - first), at + first);
      first = last;
      from = to;
    }
  }

  override findBytes(source: Uint8Array): number {
    const place = this.kernel.scratch(source.length) >>> 0;
    new Uint8Array(this.kernel.memory.buffer, place).set(source);
    return this.kernel.find(this.table, place, source.length);
  }

  override bytesOf(number: number): Uint8Array {
    const { memory, bytesAt, sizeOf } = this.kernel;
    return new Uint8Array(memory.buffer, bytesAt(this.table, number) >>> 0, sizeOf(this.table, number) >>> 0);
  }
}
