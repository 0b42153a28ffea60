/**
 * Headers that HAProxy captured, in braces with | between them: which is which is told by their shape. In: the field
 * CAPTURED. Out: the fields FORWARDED and AGENT; an agent is decoded into a buffer of its own.
 */
import { alloc, byteAt, findByte, put8 } from './bytes.ts';
import { readFirstAddress } from './fields/address.ts';
import { hexByte } from './fields/registry-path.ts';
import { AGENT, FORWARDED, setField } from './line-fields.ts';

/** An agent that had to be decoded. */
const LONGEST_AGENT: i32 = 8192;
let agentBytes: i32 = 0;
let agentBytesEnd: i32 = 0;

export function initCaptured(): void {
  agentBytes = alloc(LONGEST_AGENT);
}

/**
 * Addresses among captured headers are X-Forwarded-For (one with a port is a Host), the longest of the others with a
 * slash is the agent.
 */
export function splitCaptured(p: i32, end: i32): void {
  let longest: i32 = 0;
  while (p <= end) {
    const stop = findByte(p, end, 0x7c);
    if (isHostAndPort(p, stop)) {
      p = stop + 1;
      continue;
    }
    if (readFirstAddress(p, stop)) setField(FORWARDED, p, stop, 0);
    else if (stop - p > longest && findByte(p, stop, 0x2f) < stop) {
      longest = stop - p;
      if (longest <= LONGEST_AGENT && findByte(p, stop, 0x23) === stop)
        setField(AGENT, p, stop, 1000 - longest);
      else {
        decodeHashes(p, stop);
        setField(AGENT, agentBytes, agentBytesEnd, 1000 - longest);
      }
    }
    p = stop + 1;
  }
}

/** 192.0.2.1:5000 or [2001:db8::1]:5000: the registry as clients name it. Forwarded addresses have no port. */
export function isHostAndPort(p: i32, end: i32): boolean {
  let digits = end;
  while (digits > p && byteAt(digits - 1) >= 0x30 && byteAt(digits - 1) <= 0x39) digits--;
  if (digits === end || digits < p + 2 || byteAt(digits - 1) !== 0x3a) return false;
  if (byteAt(digits - 2) === 0x5d) return byteAt(p) === 0x5b;
  for (; p < digits - 1; p++) if (byteAt(p) === 0x3a || byteAt(p) === 0x2c) return false;
  return true;
}

/** HAProxy writes what it would not print as # and two hexadecimal digits. */
function decodeHashes(p: i32, end: i32): void {
  if (end - p > LONGEST_AGENT) end = p + LONGEST_AGENT;
  let to = agentBytes;
  while (p < end) {
    const code = byteAt(p) === 0x23 && p + 2 < end ? hexByte(p + 1) : -1;
    put8(to++, code < 0 ? byteAt(p) : code);
    p += code < 0 ? 1 : 3;
  }
  agentBytesEnd = to;
}
