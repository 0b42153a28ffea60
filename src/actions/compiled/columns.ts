/** Columns of numbers, and copies of them with more places. AssemblyScript (columns.as.ts) has its own. */

export const Integers = Int32Array;
export type Integers = Int32Array;
export const Times = Float64Array;
export type Times = Float64Array;
export const Shorts = Uint16Array;
export type Shorts = Uint16Array;
export const Bytes = Uint8Array;
export type Bytes = Uint8Array;

export function grownIntegers(column: Integers, size: i32): Integers {
  const grown = new Integers(size);
  grown.set(column);
  return grown;
}

export function grownTimes(column: Times, size: i32): Times {
  const grown = new Times(size);
  grown.set(column);
  return grown;
}
