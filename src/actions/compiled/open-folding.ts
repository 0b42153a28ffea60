/** Opens a folding: the WebAssembly build where it is allowed, else JavaScript, which gives the same answers. */
import { openCompiled } from '../../lib/compiled-module.ts';
import type { CountingRules } from '../../model/counting-rules.ts';
import { Batches, BYTES, MOST, PLACES } from './batch.ts';
import base64 from './folding-module.ts?wasm';

/** The next requests: columns as batch.ts says. Good until they are classified. */
export interface Batch {
  integers: Int32Array;
  millis: Uint16Array;
  bytes: Uint8Array;
}

/** What both builds do. */
export interface Fold {
  batch(): Batch;
  /** Batches.classify. */
  classify(count: number, firstRow: number, holds: number): void;
  /** Requests by client so far; a view, good until the next batch. */
  requestsOf(): Uint32Array;
}
export type FoldRules = Pick<CountingRules, 'window' | 'foldFurther' | 'separateByAgent' | 'countSignatures'>;
export type OpenFolding = (rules: FoldRules) => Fold;

export const openInJavaScript: OpenFolding = (rules) => new PlainFold(rules);

export class PlainFold implements Fold {
  private readonly batches: Batches;

  constructor({ window, foldFurther, separateByAgent, countSignatures }: FoldRules) {
    this.batches = new Batches(window, foldFurther, separateByAgent, countSignatures);
  }

  batch(): Batch {
    return this.batches;
  }

  classify(count: number, firstRow: number, holds: number): void {
    this.batches.classify(count, firstRow, holds);
  }

  requestsOf(): Uint32Array {
    const { buffer, length } = this.batches.requestsOf;
    return new Uint32Array(buffer, 0, length);
  }
}

/** What folding-module.ts exports. */
interface Kernel {
  memory: WebAssembly.Memory;
  integers: WebAssembly.Global<'i32'>;
  millis: WebAssembly.Global<'i32'>;
  bytes: WebAssembly.Global<'i32'>;
  begin(window: number, further: number, separate: number, signatures: number): void;
  classify(count: number, firstRow: number, holds: number): void;
  requestsOf(): number;
  clients(): number;
}

export const openFolding: OpenFolding = (rules) => {
  try {
    const kernel = openCompiled<Kernel>(base64);
    const { window, foldFurther, separateByAgent, countSignatures } = rules;
    kernel.begin(window, Number(foldFurther), Number(separateByAgent), Number(countSignatures));
    return new CompiledFold(kernel);
  } catch {
    return openInJavaScript(rules);
  }
};

class CompiledFold implements Fold {
  private views: Batch;

  constructor(private readonly kernel: Kernel) {
    this.views = viewsOf(kernel);
  }

  batch(): Batch {
    // The memory has grown: it is another buffer.
    if (this.views.bytes.length === 0) this.views = viewsOf(this.kernel);
    return this.views;
  }

  classify(count: number, firstRow: number, holds: number): void {
    this.kernel.classify(count, firstRow, holds);
  }

  requestsOf(): Uint32Array {
    const { memory, requestsOf, clients } = this.kernel;
    return new Uint32Array(memory.buffer, requestsOf(), clients());
  }
}

function viewsOf({ memory, integers, millis, bytes }: Kernel): Batch {
  return {
    integers: new Int32Array(memory.buffer, integers.value, PLACES),
    millis: new Uint16Array(memory.buffer, millis.value, MOST),
    bytes: new Uint8Array(memory.buffer, bytes.value, BYTES),
  };
}
