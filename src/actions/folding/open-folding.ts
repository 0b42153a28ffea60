/** Opens a folding: the WebAssembly build where it is allowed, else JavaScript, which gives the same answers. */
import { foldBatch, MOST, PLACES } from './batch.ts';
import { Folding } from './folding.ts';
import base64 from './module.ts?wasm';

/** The next requests: columns as batch.ts says. Good until they are folded. */
export interface Batch {
  integers: Int32Array;
  times: Float64Array;
}

/** What both builds do. */
export interface Fold {
  batch(): Batch;
  /** Folds the first `count` requests of the batch; answers what Folding.push says of each. */
  fold(count: number): Int32Array;
}
export type OpenFolding = (window: number, foldFurther: boolean) => Fold;

export const openInJavaScript: OpenFolding = (window, foldFurther) => new PlainFold(window, foldFurther);

export class PlainFold implements Fold {
  private readonly folding: Folding;
  readonly integers = new Int32Array(PLACES);
  readonly times = new Float64Array(MOST);

  constructor(window: number, foldFurther: boolean) {
    this.folding = new Folding(window, foldFurther);
  }

  batch(): Batch {
    return this;
  }

  fold(count: number): Int32Array {
    foldBatch(this.folding, this.integers, this.times, count);
    return this.integers;
  }
}

/** What module.ts exports. */
interface Kernel {
  memory: WebAssembly.Memory;
  integers: WebAssembly.Global<'i32'>;
  times: WebAssembly.Global<'i32'>;
  begin(window: number, further: number): void;
  fold(count: number): void;
}

let compiled: WebAssembly.Module | null = null;

export const openFolding: OpenFolding = (window, foldFurther) => {
  try {
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(base64), (each) => each.charCodeAt(0)));
    const { exports } = new WebAssembly.Instance(compiled, { env: { abort } });
    const kernel = exports as unknown as Kernel;
    kernel.begin(window, foldFurther ? 1 : 0);
    return new CompiledFold(kernel);
  } catch {
    // No WebAssembly, or a policy that forbids it.
    return openInJavaScript(window, foldFurther);
  }
};

class CompiledFold implements Fold {
  private views: Batch;

  constructor(private readonly kernel: Kernel) {
    this.views = viewsOf(kernel);
  }

  batch(): Batch {
    // The memory has grown: it is another buffer.
    if (this.views.times.length === 0) this.views = viewsOf(this.kernel);
    return this.views;
  }

  fold(count: number): Int32Array {
    this.kernel.fold(count);
    return this.batch().integers;
  }
}

function viewsOf({ memory, integers, times }: Kernel): Batch {
  return {
    integers: new Int32Array(memory.buffer, integers.value, PLACES),
    times: new Float64Array(memory.buffer, times.value, MOST),
  };
}

/** Called where there is no more memory. */
function abort(): never {
  throw new RangeError('The folding has no more memory.');
}
