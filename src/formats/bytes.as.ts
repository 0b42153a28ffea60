/**
 * Memory for the scanner in WebAssembly (AssemblyScript): linear memory and SIMD in place of typed arrays.
 * Same functions as bytes.ts, which describes them.
 */

export const PADDING: i32 = 64;

let top: i32 = 0;

export function resetMemory(): void {
  // A module instance is used once; nothing to forget.
}

export function alloc(size: i32): i32 {
  if (top === 0) top = ((<i32>__heap_base + 15) & -16) + PADDING;
  const address = top;
  top = (top + size + PADDING + 15) & -16;
  const missing = ((top + PADDING + 0xffff) >>> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return address;
}

export function byteAt(p: i32): i32 {
  return <i32>load<u8>(p);
}

export function shortAt(p: i32): i32 {
  return <i32>load<u16>(p);
}

export function intAt(p: i32): i32 {
  return load<i32>(p);
}

export function put8(p: i32, value: i32): void {
  store<u8>(p, <u8>value);
}

export function put16(p: i32, value: i32): void {
  store<u16>(p, <u16>value);
}

export function put32(p: i32, value: i32): void {
  store<i32>(p, value);
}

export function copyBytes(to: i32, from: i32, size: i32): void {
  memory.copy(to, from, size);
}

export function copyUpTo(to: i32, p: i32, end: i32, one: i32, other: i32): i32 {
  const first = i8x16.splat(<i8>one);
  const second = i8x16.splat(<i8>other);
  while (p < end) {
    const bytes = v128.load(p);
    v128.store(to, bytes);
    const mask = i8x16.bitmask(v128.or(i8x16.eq(bytes, first), i8x16.eq(bytes, second)));
    if (mask !== 0) {
      const found = p + ctz(mask);
      return found < end ? found : end;
    }
    p += 16;
    to += 16;
  }
  return end;
}

export function lowBits(value: f64): i32 {
  return <i32>(<i64>value);
}

export function floor(value: f64): f64 {
  return Math.floor(value);
}

export function sameBytes(a: i32, b: i32, size: i32): i32 {
  if (size >= 16) {
    // The last 16 bytes, some of which were compared before.
    const last = size - 16;
    for (let i: i32 = 0; i < last; i += 16)
      if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return 0;
    return v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last))) ? 0 : 1;
  }
  // Bytes beyond the end do not count; PADDING makes them readable.
  const equal = i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b)));
  const wanted = (1 << size) - 1;
  return (equal & wanted) === wanted ? 1 : 0;
}

export function hashBytes(p: i32, size: i32): i32 {
  // Two lanes, so that one multiplication need not wait for the other.
  let even: u64 = 0x9e3779b97f4a7c15 ^ (<u64>size);
  let odd: u64 = 0xc2b2ae3d27d4eb4f;
  let i: i32 = 0;
  while (i + 16 <= size) {
    even = (even ^ load<u64>(p + i)) * 0xff51afd7ed558ccd;
    odd = (odd ^ load<u64>(p + i + 8)) * 0x9fb21c651e98df25;
    even ^= even >> 32;
    odd ^= odd >> 32;
    i += 16;
  }
  if (i + 8 <= size) {
    even = (even ^ load<u64>(p + i)) * 0xff51afd7ed558ccd;
    even ^= even >> 32;
    i += 8;
  }
  const rest = size - i;
  if (rest > 0) odd = (odd ^ (load<u64>(p + i) << ((64 - (rest << 3)) as u64))) * 0x9fb21c651e98df25;
  odd ^= odd >> 32;
  return <i32>(((even ^ odd) * 0xc4ceb9fe1a85ec53) >> 32);
}

export function findByte(p: i32, end: i32, byte: i32): i32 {
  const wanted = i8x16.splat(<i8>byte);
  while (p < end) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(p), wanted));
    if (mask !== 0) {
      const found = p + ctz(mask);
      return found < end ? found : end;
    }
    p += 16;
  }
  return end;
}

export function findEither(p: i32, end: i32, one: i32, other: i32): i32 {
  const first = i8x16.splat(<i8>one);
  const second = i8x16.splat(<i8>other);
  while (p < end) {
    const bytes = v128.load(p);
    const mask = i8x16.bitmask(v128.or(i8x16.eq(bytes, first), i8x16.eq(bytes, second)));
    if (mask !== 0) {
      const found = p + ctz(mask);
      return found < end ? found : end;
    }
    p += 16;
  }
  return end;
}

export function findPair(p: i32, end: i32, byte: i32, next: i32): i32 {
  const first = i8x16.splat(<i8>byte);
  const second = i8x16.splat(<i8>next);
  while (p < end) {
    const mask = i8x16.bitmask(v128.and(i8x16.eq(v128.load(p), first), i8x16.eq(v128.load(p, 1), second)));
    if (mask !== 0) {
      const found = p + ctz(mask);
      return found < end ? found : end;
    }
    p += 16;
  }
  return end;
}

export function findFar(p: i32, end: i32, byte: i32): i32 {
  const wanted = i8x16.splat(<i8>byte);
  while (p < end) {
    const a = i8x16.eq(v128.load(p), wanted);
    const b = i8x16.eq(v128.load(p, 16), wanted);
    const c = i8x16.eq(v128.load(p, 32), wanted);
    const d = i8x16.eq(v128.load(p, 48), wanted);
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      const low: u64 = (<u64>(i8x16.bitmask(a) | (i8x16.bitmask(b) << 16))) & 0xffffffff;
      const high: u64 = <u64>(i8x16.bitmask(c) | (i8x16.bitmask(d) << 16));
      const found = p + <i32>ctz(low | (high << 32));
      return found < end ? found : end;
    }
    p += 64;
  }
  return end;
}

export function countByte(p: i32, end: i32, byte: i32): i32 {
  const wanted = i8x16.splat(<i8>byte);
  let count: i32 = 0;
  while (p + 16 <= end) {
    count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(p), wanted)));
    p += 16;
  }
  for (; p < end; p++) if (<i32>load<u8>(p) === byte) count++;
  return count;
}
