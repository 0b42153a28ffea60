/** Opens a scanner's way into the table: the WebAssembly build where it is allowed, else JavaScript, which does the same. */
import { openCompiled } from '../../lib/compiled-module.ts';
import { BYTES, PLACES, SHORTS, Taking } from './taking.ts';
import base64 from './taking-module.ts?wasm';

/** The next requests: columns as taking.ts says. Good until they are taken. */
export interface Given {
  integers: Int32Array;
  shorts: Uint16Array;
  bytes: Uint8Array;
}

/** What both builds do. */
export interface RowTaker {
  batch(): Given;
  /** Common numbers of the scanner's first `size` words of a kind; a view, good until there are more. */
  numbersOf(kind: number, size: number): Int32Array;
  /** Taking.take. */
  take(count: number, holds: number): number;
  /** How many of the last batch do not count by their status. */
  dropped(): number;
}

export class PlainTaker implements RowTaker {
  private readonly taking = new Taking();

  batch(): Given {
    return this.taking;
  }

  numbersOf(kind: number, size: number): Int32Array {
    const numbers = this.taking.numbersOf(kind);
    numbers.makeRoom(size);
    return numbers.values.subarray(0, size);
  }

  take(count: number, holds: number): number {
    return this.taking.take(count, holds);
  }

  dropped(): number {
    return this.taking.dropped;
  }
}

/** What taking-module.ts exports. */
interface Kernel {
  memory: WebAssembly.Memory;
  integers: WebAssembly.Global<'i32'>;
  shorts: WebAssembly.Global<'i32'>;
  bytes: WebAssembly.Global<'i32'>;
  numbersOf(kind: number, size: number): number;
  take(count: number, holds: number): number;
  dropped(): number;
}

export function openTaking(): RowTaker {
  try {
    return new CompiledTaker(openCompiled<Kernel>(base64));
  } catch {
    return new PlainTaker();
  }
}

class CompiledTaker implements RowTaker {
  private views: Given;

  constructor(private readonly kernel: Kernel) {
    this.views = viewsOf(kernel);
  }

  batch(): Given {
    // The memory has grown: it is another buffer.
    if (this.views.bytes.length === 0) this.views = viewsOf(this.kernel);
    return this.views;
  }

  numbersOf(kind: number, size: number): Int32Array {
    const address = this.kernel.numbersOf(kind, size);
    return new Int32Array(this.kernel.memory.buffer, address, size);
  }

  take(count: number, holds: number): number {
    return this.kernel.take(count, holds);
  }

  dropped(): number {
    return this.kernel.dropped();
  }
}

function viewsOf({ memory, integers, shorts, bytes }: Kernel): Given {
  return {
    integers: new Int32Array(memory.buffer, integers.value, PLACES),
    shorts: new Uint16Array(memory.buffer, shorts.value, SHORTS),
    bytes: new Uint8Array(memory.buffer, bytes.value, BYTES),
  };
}
