/**
 * Looks at a whole line by its bytes, whatever its format. In: a line, its end. Out: whether it begins like an access line,
 * is what a server says of itself, or asks for a manifest; the line without the colours of a terminal.
 */
import { byteAt, findByte, intAt, put8 } from './bytes.ts';

const NEWLINE: i32 = 0x0a;

/** Puts the line without its ANSI sequences to `to`, which may be its own place; answers the end. */
export function withoutColours(p: i32, end: i32, to: i32): i32 {
  while (p < end) {
    const byte = byteAt(p);
    if (byte === 0x1b && p + 1 < end && byteAt(p + 1) === 0x5b) {
      p += 2;
      while (p < end && (byteAt(p) < 0x40 || byteAt(p) > 0x7e)) p++;
      p++;
    } else {
      put8(to++, byte);
      p++;
    }
  }
  put8(to, NEWLINE);
  return to;
}

/** What servers say of themselves: [level] …, LEVEL: …, AH00558: …, klog's I1102 …, /docker-entrypoint.sh: … */
export function isServerMessage(p: i32, end: i32): boolean {
  const first = byteAt(p);
  if (first === 0x5b) return findByte(p, end, 0x5d) < end;
  if (first === 0x2f) return end - p > 8 && intAt(p) === 0x636f642f;
  let q = p;
  while (q < end && byteAt(q) >= 0x41 && byteAt(q) <= 0x5a) q++;
  if (q - p > 3 && q < end && byteAt(q) === 0x3a) return true;
  const letters = q - p;
  while (q < end && byteAt(q) >= 0x30 && byteAt(q) <= 0x39) q++;
  if (letters === 2 && q - p > 6 && q < end && byteAt(q) === 0x3a) return true;
  return letters === 1 && q - p === 5 && q + 3 < end && byteAt(q) === 0x20 && byteAt(q + 3) === 0x3a;
}

/** An access line begins with an address: digits and a dot or a colon, or an IPv6 address. */
export function isAddressFirst(p: i32, first: i32): boolean {
  if (first < 0x30 || first > 0x39) return first === 0x3a;
  // Numbers and not || : where the dot is differs from line to line, and guessing it wrong costs more.
  const dot = isByte(p + 1, 0x2e) | isByte(p + 2, 0x2e) | isByte(p + 3, 0x2e);
  const colon = isByte(p + 1, 0x3a) | isByte(p + 2, 0x3a) | isByte(p + 3, 0x3a) | isByte(p + 4, 0x3a);
  return (dot | colon) !== 0;
}

function isByte(p: i32, byte: i32): i32 {
  return byteAt(p) === byte ? 1 : 0;
}

/** "/manifests/" */
export function hasManifest(p: i32, end: i32): boolean {
  while (true) {
    p = findByte(p, end, 0x2f);
    if (end - p < 11) return false;
    if (intAt(p) === 0x6e616d2f && intAt(p + 4) === 0x73656669 && byteAt(p + 10) === 0x2f) return true;
    p++;
  }
}
