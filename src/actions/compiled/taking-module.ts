/** The taking of rows as a WebAssembly module: an instance for each scanner. open-taking.ts is the way to use it. */
import { Bytes, Integers, Shorts } from './columns.ts';
import { Taking } from './taking.ts';

const taking: Taking = new Taking();
/** The batch: in the module's memory, where they begin. */
export const integers: Integers = taking.integers;
export const shorts: Shorts = taking.shorts;
export const bytes: Bytes = taking.bytes;

/** Where numbers of words of a kind begin, with room for `size`. */
export function numbersOf(kind: i32, size: i32): Integers {
  const numbers = taking.numbersOf(kind);
  numbers.makeRoom(size);
  return numbers.values;
}

export function take(count: i32, holds: i32): i32 {
  return taking.take(count, holds);
}

export function dropped(): i32 {
  return taking.dropped;
}
