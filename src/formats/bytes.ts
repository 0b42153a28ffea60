/**
 * Memory for the scanner, in plain TypeScript: the fallback where WebAssembly is missing, and the check on it.
 * For WebAssembly the build replaces this file by bytes.as.ts, which has the same functions; the other files that
 * scanner.ts imports are compiled both ways. They keep to what both languages read alike: i32 and f64, no objects.
 * Addresses are plain numbers; PADDING bytes after every address that is in use may be read.
 */

/** Readable bytes beyond the end of any area, so that SIMD may read whole vectors. */
export const PADDING: i32 = 64;

let memory = new Uint8Array(1 << 24);
let top = PADDING;

/** The whole memory, for the code around the scanner; stale after the next alloc. */
export function memoryBytes(): Uint8Array {
  return memory;
}

/** Forgets everything that was allocated. */
export function resetMemory(): void {
  memory = new Uint8Array(1 << 24);
  top = PADDING;
}

/** Address of `size` fresh zero bytes, aligned to 16. Nothing is ever given back. */
export function alloc(size: i32): i32 {
  const address = top;
  top = (top + size + PADDING + 15) & -16;
  if (top + PADDING > memory.length) {
    const grown = new Uint8Array(Math.max(memory.length * 2, top + PADDING));
    grown.set(memory);
    memory = grown;
  }
  return address;
}

export function byteAt(p: i32): i32 {
  return memory[p]!;
}

/** Two bytes, little endian, any alignment. */
export function shortAt(p: i32): i32 {
  return memory[p]! | (memory[p + 1]! << 8);
}

/** Four bytes, little endian, any alignment. */
export function intAt(p: i32): i32 {
  return memory[p]! | (memory[p + 1]! << 8) | (memory[p + 2]! << 16) | (memory[p + 3]! << 24);
}

export function put8(p: i32, value: i32): void {
  memory[p] = value;
}

export function put16(p: i32, value: i32): void {
  memory[p] = value;
  memory[p + 1] = value >> 8;
}

export function put32(p: i32, value: i32): void {
  memory[p] = value;
  memory[p + 1] = value >> 8;
  memory[p + 2] = value >> 16;
  memory[p + 3] = value >> 24;
}

export function copyBytes(to: i32, from: i32, size: i32): void {
  memory.copyWithin(to, from, from + size);
}

/**
 * Copies [p, end) up to the first of two bytes; answers where that is, or `end`. Behind what it copies it may write up to
 * 15 bytes more.
 */
export function copyUpTo(to: i32, p: i32, end: i32, one: i32, other: i32): i32 {
  while (p < end && memory[p] !== one && memory[p] !== other) memory[to++] = memory[p++]!;
  return p;
}

/** The low 32 bits of a whole number below 2^53. */
export function lowBits(value: f64): i32 {
  return value | 0;
}

/** Whole part of a number of any sign, towards minus infinity. */
export function floor(value: f64): f64 {
  return Math.floor(value);
}

export function sameBytes(a: i32, b: i32, size: i32): i32 {
  for (let i: i32 = 0; i < size; i++) if (memory[a + i] !== memory[b + i]) return 0;
  return 1;
}

/** A hash of all bytes, well mixed in its low bits. Differs between this file and bytes.as.ts. */
export function hashBytes(p: i32, size: i32): i32 {
  let hash = 0x811c9dc5;
  for (let i = 0; i < size; i++) hash = Math.imul(hash ^ memory[p + i]!, 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** Address of the first such byte in [p, end), or end. */
export function findByte(p: i32, end: i32, byte: i32): i32 {
  // A native search pays only when the byte is far away; a view keeps it from going on behind the end.
  const near = p + 64 < end ? p + 64 : end;
  for (; p < near; p++) if (memory[p] === byte) return p;
  if (p === end) return end;
  const found = memory.subarray(p, end).indexOf(byte);
  return found < 0 ? end : p + found;
}

/** Address of the first byte in [p, end) that is one of two, or end. */
export function findEither(p: i32, end: i32, one: i32, other: i32): i32 {
  while (p < end && memory[p] !== one && memory[p] !== other) p++;
  return p;
}

/** Address of the first such byte in [p, end) right behind which `next` stands, even behind the end; or end. */
export function findPair(p: i32, end: i32, byte: i32, next: i32): i32 {
  while (p < end && (memory[p] !== byte || memory[p + 1] !== next)) p++;
  return p;
}

/** What findByte does, for one byte that is mostly more than a hundred bytes away. */
export function findFar(p: i32, end: i32, byte: i32): i32 {
  return findByte(p, end, byte);
}

export function countByte(p: i32, end: i32, byte: i32): i32 {
  let count = 0;
  for (; p < end; p++) if (memory[p] === byte) count++;
  return count;
}
