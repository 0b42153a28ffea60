/** The folding as a WebAssembly module: one of it an instance. open-folding.ts is the way to use it. */
import { Batches } from './batch.ts';
import { Bytes, Integers, Shorts } from './columns.ts';

let batches: Batches = new Batches(0, false, false, false);
/** The batch: in the module's memory, where they begin. */
export let integers: Integers = batches.integers;
export let millis: Shorts = batches.millis;
export let bytes: Bytes = batches.bytes;

export function begin(window: f64, foldFurther: i32, separateByAgent: i32, countSignatures: i32): void {
  batches = new Batches(window, foldFurther !== 0, separateByAgent !== 0, countSignatures !== 0);
  integers = batches.integers;
  millis = batches.millis;
  bytes = batches.bytes;
}

export function classify(count: i32, firstRow: i32, holds: i32): void {
  batches.classify(count, firstRow, holds);
}

export function requestsOf(): Integers {
  return batches.requestsOf;
}

export function clients(): i32 {
  return batches.requestsOf.length;
}
