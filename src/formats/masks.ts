/**
 * Bytes that part a line, sought many at a time, in plain TypeScript. In: bytes. Out: where lines and quoted strings end,
 * where a request target does. For WebAssembly the build replaces this file by masks.as.ts (SIMD), as it does bytes.ts.
 * There 64 bytes are looked at together, so up to PADDING bytes behind the end may be read.
 */
import { byteAt, findEither } from './bytes.ts';

/** What scanTarget found besides the end: the last slash before anything special, or -1. */
export let targetLastSlash: i32 = 0;
/** Where the first of % ? # \ or of the bytes below these stands, newlines among them: it needs a second look. 0: nowhere. */
export let targetSpecial: i32 = 0;

/** End of a request target that begins at p: the first blank or quote before end, else end. */
export function scanTarget(p: i32, end: i32): i32 {
  targetLastSlash = -1;
  targetSpecial = 0;
  for (; p < end; p++) {
    const byte = byteAt(p);
    if (byte === 0x2f) targetLastSlash = p;
    else if (byte === 0x20 || byte === 0x22) return p;
    else if (byte <= 0x25 || byte === 0x3f || byte === 0x5c) {
      targetSpecial = p;
      return findEither(p, end, 0x20, 0x22);
    }
  }
  return end;
}

/** Whether the `size` bytes at p are four numbers up to 255 of at most three digits, with dots between. */
export function isIpv4(p: i32, size: i32): i32 {
  if (size < 7 || size > 15) return 0;
  let dots: i32 = 0;
  let digits: i32 = 0;
  let value: i32 = 0;
  for (const end = p + size; p < end; p++) {
    const byte = byteAt(p);
    if (byte === 0x2e) {
      if (digits === 0 || value > 255) return 0;
      dots++;
      digits = 0;
      value = 0;
    } else {
      const digit = byte - 0x30;
      if (digit < 0 || digit > 9 || digits === 3) return 0;
      value = value * 10 + digit;
      digits++;
    }
  }
  return dots === 3 && digits > 0 && value <= 255 ? 1 : 0;
}

/** Whether the `size` bytes at p are all hexadecimal digits. */
export function isHex(p: i32, size: i32): i32 {
  for (const end = p + size; p < end; p++) {
    const byte = byteAt(p);
    const letter = byte | 0x20;
    if (!((byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66))) return 0;
  }
  return 1;
}

/** The first quote or newline of [p, end), or end. */
export function findHeadEnd(p: i32, end: i32): i32 {
  return findEither(p, end, 0x22, 0x0a);
}

/** Status and size of the line, when plainAgent has found its agent. */
export const plainStatus: i32 = 0;
export const plainWritten: i32 = 0;

/**
 * Where the agent begins of a line that goes on behind its target, at p, as most lines do: … HTTP/1.1" 200 1609 "-" "agent.
 * 0: it is to be read byte by byte, as here all lines are.
 */
export function plainAgent(_p: i32, _end: i32): i32 {
  return 0;
}
