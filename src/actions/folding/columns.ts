/** Columns that grow: copies with more places. */

export function grownIntegers(column: Int32Array, size: i32): Int32Array {
  const grown = new Int32Array(size);
  grown.set(column);
  return grown;
}

export function grownTimes(column: Float64Array, size: i32): Float64Array {
  const grown = new Float64Array(size);
  grown.set(column);
  return grown;
}
