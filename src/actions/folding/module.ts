/** The folding as a WebAssembly module: one of it an instance. open-folding.ts is the way to use it. */
import { foldBatch, MOST, PLACES } from './batch.ts';
import { Integers, Times } from './columns.ts';
import { Folding } from './folding.ts';

let folding: Folding = new Folding(0, false);
/** The batch: in the module's memory, where they begin. */
export const integers: Integers = new Integers(PLACES);
export const times: Times = new Times(MOST);

export function begin(window: f64, foldFurther: i32): void {
  folding = new Folding(window, foldFurther !== 0);
}

export function fold(count: i32): void {
  foldBatch(folding, integers, times, count);
}
