/** What JavaScript and AssemblyScript (integers.as.ts) write differently. */

/** The low 32 bits of a product. */
export function multiply(a: i32, b: i32): i32 {
  return Math.imul(a, b);
}

/** A whole number of 32 bits, as one without a sign. */
export function unsigned(a: i32): f64 {
  return a >>> 0;
}
