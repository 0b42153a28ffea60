/** What masks.ts does, in AssemblyScript: 64 bytes at a time, as masks with a bit for each byte. */
import { findEither } from './bytes.ts';

class Mask {
  /** A bit for each byte that is not 0, the first one lowest. */
  @inline
  static of(a: v128, b: v128, c: v128, d: v128): u64 {
    const low = <u32>(i8x16.bitmask(a) | (i8x16.bitmask(b) << 16));
    const high = <u32>(i8x16.bitmask(c) | (i8x16.bitmask(d) << 16));
    return (<u64>low) | ((<u64>high) << 32);
  }

  @inline
  static equal(a: v128, b: v128, c: v128, d: v128, byte: i8): u64 {
    const wanted = i8x16.splat(byte);
    return Mask.of(i8x16.eq(a, wanted), i8x16.eq(b, wanted), i8x16.eq(c, wanted), i8x16.eq(d, wanted));
  }

  /** All bits before the lowest that is set. */
  @inline
  static before(mask: u64): u64 {
    return (mask & (0 - mask)) - 1;
  }
}

export let targetLastSlash: i32 = 0;
export let targetSpecial: i32 = 0;

class Target {
  /** What ends a target or is special: up to %, and ? and \. */
  @inline
  static isOdd(bytes: v128): v128 {
    return v128.or(
      i8x16.eq(i8x16.min_u(bytes, i8x16.splat(0x25)), bytes),
      v128.or(i8x16.eq(bytes, i8x16.splat(0x3f)), i8x16.eq(bytes, i8x16.splat(0x5c))),
    );
  }
}

export function scanTarget(p: i32, end: i32): i32 {
  targetLastSlash = -1;
  targetSpecial = 0;
  for (; p < end; p += 64) {
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(p, 32);
    const d = v128.load(p, 48);
    let odd = Mask.of(Target.isOdd(a), Target.isOdd(b), Target.isOdd(c), Target.isOdd(d));
    if (end - p < 64) odd |= (1 as u64) << ((end - p) as u64);
    // All of them when nothing is odd here.
    const slashes = Mask.equal(a, b, c, d, 0x2f) & Mask.before(odd);
    if (slashes !== 0) targetLastSlash = p + 63 - <i32>clz(slashes);
    if (odd === 0) continue;
    const found = p + <i32>ctz(odd);
    if (found >= end) return end;
    const byte = load<u8>(found);
    if (byte === 0x20 || byte === 0x22) return found;
    targetSpecial = found;
    return findEither(found, end, 0x20, 0x22);
  }
  return end;
}

export function isIpv4(p: i32, size: i32): i32 {
  if (size < 7 || size > 15) return 0;
  const bytes = v128.load(p);
  const all = (1 << size) - 1;
  const dots = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0x2e))) & all;
  const digits = i8x16.bitmask(i8x16.le_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(9))) & all;
  if ((dots | digits) !== all || popcnt(dots) !== 3) return 0;
  const starts = (dots << 1) | 1;
  // Where three digits stand, and four.
  const threes = digits & (digits >> 1) & (digits >> 2);
  const fours = threes & (digits >> 3);
  const twos = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0x32)));
  const fives = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0x35)));
  const overTwo = i8x16.bitmask(i8x16.gt_s(bytes, i8x16.splat(0x32)));
  const overFive = i8x16.bitmask(i8x16.gt_s(bytes, i8x16.splat(0x35)));
  const over255 = overTwo | (twos & ((overFive >> 1) | ((fives >> 1) & (overFive >> 2))));
  return (starts & ~digits) | fours | (threes & over255) ? 0 : 1;
}

export function isHex(p: i32, size: i32): i32 {
  for (const end = p + size; p < end; p += 16) {
    const bytes = v128.load(p);
    const digits = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(0x30)), i8x16.splat(10));
    const letters = i8x16.lt_u(
      i8x16.sub(v128.or(bytes, i8x16.splat(0x20)), i8x16.splat(0x61)),
      i8x16.splat(6),
    );
    const others = ~i8x16.bitmask(v128.or(digits, letters)) & 0xffff;
    if (others !== 0) return p + ctz(others) >= end ? 1 : 0;
  }
  return 1;
}

export function findHeadEnd(p: i32, end: i32): i32 {
  for (; p < end; p += 64) {
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(p, 32);
    const d = v128.load(p, 48);
    const stops = Mask.of(Head.isEnd(a), Head.isEnd(b), Head.isEnd(c), Head.isEnd(d));
    if (stops === 0) continue;
    const found = p + <i32>ctz(stops);
    return found < end ? found : end;
  }
  return end;
}

class Head {
  @inline
  static isEnd(bytes: v128): v128 {
    return v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x0a)));
  }
}

export let plainStatus: i32 = 0;
export let plainWritten: i32 = 0;

class Rest {
  @inline
  static isQuote(bytes: v128): v128 {
    return v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c)));
  }

  /** Value of up to eight digits, or a negative number when there are other bytes among them. */
  @inline
  static number(p: i32, size: i32): i32 {
    const shift = (64 - (size << 3)) as u64;
    const digits = ((load<u64>(p) ^ 0x3030303030303030) << shift) as u64;
    if (((digits + 0x7676767676767676) | digits) & 0x8080808080808080) return -1;
    const pairs = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
    const fours = (pairs * 100 + (pairs >> 16)) & 0x0000ffff0000ffff;
    return <i32>((fours * 10000 + (fours >> 32)) & 0xffffffff);
  }
}

export function plainAgent(p: i32, end: i32): i32 {
  let quotes = Mask.of(
    Rest.isQuote(v128.load(p)),
    Rest.isQuote(v128.load(p, 16)),
    Rest.isQuote(v128.load(p, 32)),
    Rest.isQuote(v128.load(p, 48)),
  );
  const close = p + <i32>ctz(quotes);
  quotes &= quotes - 1;
  const open = p + <i32>ctz(quotes);
  // From the quote on: "-" "
  if (open + 5 > end || load<u32>(open) !== 0x20222d22 || load<u8>(open + 4) !== 0x22) return 0;
  const digits = open - close - 7;
  if (digits < 1 || digits > 8 || load<u16>(close) !== 0x2022) return 0;
  if (load<u8>(close + 5) !== 0x20 || load<u8>(open - 1) !== 0x20) return 0;
  plainStatus = Rest.number(close + 2, 3);
  plainWritten = Rest.number(close + 6, digits);
  return plainStatus < 100 || plainWritten < 0 ? 0 : open + 5;
}
