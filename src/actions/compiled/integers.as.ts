/** What integers.ts does, in AssemblyScript. */

export function multiply(a: i32, b: i32): i32 {
  return a * b;
}

export function unsigned(a: i32): f64 {
  return <f64>(<u32>a);
}
