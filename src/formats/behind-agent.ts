/**
 * What stands behind the agent of an access line, whatever its administrator added. In: bytes from behind the agent's
 * quote to the line's end. Out: `forwardedStart` and `forwardedEnd`, the quoted X-Forwarded-For; the answer's digest (rows.ts).
 *   "list" …              right behind the agent, as in nginx's main
 *   0.003 512 "list" …    behind numbers; there an address with its port is another server's
 *   … digest="sha256:…"   anywhere, with or without a name and quotes
 * Limits: of digests only sha256 is known, which is what registries answer with.
 */
import { byteAt, findByte, intAt } from './bytes.ts';
import { findStringEnd } from './distribution.ts';
import { isHostAndPort } from './captured-headers.ts';
import { readFirstAddress } from './fields/address.ts';
import { isHex } from './masks.ts';
import { setRowDigest } from './rows.ts';

const QUOTE: i32 = 0x22;
const SPACE: i32 = 0x20;
/** Bytes of sha256: and of all of a digest. */
const ALGORITHM: i32 = 7;
const DIGEST_SIZE: i32 = 71;

export let forwardedStart: i32 = 0;
export let forwardedEnd: i32 = 0;

export function readBehindAgent(p: i32, end: i32): void {
  forwardedStart = p;
  forwardedEnd = p;
  const digest = findDigest(p, end);
  if (digest > 0) setRowDigest(digest, digest + DIGEST_SIZE);
  const open = behindNumbers(p, end);
  if (open >= end || byteAt(open) !== QUOTE) return;
  const close = findStringEnd(open + 1, end);
  const isBeside = open === p + 1;
  if (!isBeside && (isHostAndPort(open + 1, close) || readFirstAddress(open + 1, close) === 0)) return;
  forwardedStart = open + 1;
  forwardedEnd = close;
}

/** Behind blanks, and words of digits and dots or a minus: sizes and times. */
function behindNumbers(p: i32, end: i32): i32 {
  while (p < end && (byteAt(p) === SPACE || (byteAt(p) >= 0x2d && byteAt(p) <= 0x39 && byteAt(p) !== 0x2f)))
    p++;
  return p;
}

/** Where a digest begins that stands for itself, or 0: one in a path or a header's own quotes is of something else. */
function findDigest(p: i32, end: i32): i32 {
  const first = p;
  while (true) {
    p = findByte(p, end, 0x3a);
    if (p === end) return 0;
    const start = p + 1 - ALGORITHM;
    if (start > first && isDigest(start, end)) {
      const before = byteAt(start - 1);
      const isQuoted = before === QUOTE && byteAt(start - 2) !== 0x5c;
      if (isQuoted || before === SPACE || before === 0x3d) return start;
    }
    p++;
  }
}

/** Whether a whole sha256 digest stands at p. */
export function isDigest(p: i32, end: i32): boolean {
  if (end - p < DIGEST_SIZE || intAt(p) !== 0x32616873 || intAt(p + 3) !== 0x3a363532) return false;
  if (isHex(p + ALGORITHM, DIGEST_SIZE - ALGORITHM) === 0) return false;
  const next = end - p > DIGEST_SIZE ? byteAt(p + DIGEST_SIZE) : SPACE;
  return next === SPACE || next === QUOTE || next === 0x2c || next === 0x5d;
}
