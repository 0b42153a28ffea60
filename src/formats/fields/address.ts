/**
 * Client addresses. In: bytes of one address or of an X-Forwarded-For list. Out: `addressStart` and `addressEnd` of
 * the bare address: no port, no brackets, no ::ffff:, no zone, IPv6 in lower case. Anything else is no address.
 */
import { alloc, findByte, put8, byteAt, intAt } from '../bytes.ts';
import { isIpv4 } from '../masks.ts';

export let addressStart: i32 = 0;
export let addressEnd: i32 = 0;

/** IPv6 addresses are written here in lower case. */
let lowered: i32 = 0;
const LONGEST_IPV6: i32 = 45;
/** With brackets, zone and port; what is longer is not looked through, however often it is asked about. */
const LONGEST_ADDRESS: i32 = 128;

export function initAddress(): void {
  lowered = alloc(LONGEST_IPV6);
}

/** The first valid address of a comma-separated list; 1 when there is one. */
export function readFirstAddress(p: i32, end: i32): i32 {
  while (p < end) {
    const comma = findByte(p, end, 0x2c);
    let start = p;
    let stop = comma;
    while (start < stop && byteAt(start) === 0x20) start++;
    while (stop > start && byteAt(stop - 1) === 0x20) stop--;
    if (readAddress(start, stop)) return 1;
    p = comma + 1;
  }
  return 0;
}

/** One address, perhaps with a port, in brackets or IPv4 mapped; 1 when it is one. */
export function readAddress(p: i32, end: i32): i32 {
  if (readIpv4(p, end)) return 1;
  if (p >= end || end - p > LONGEST_ADDRESS) return 0;
  if (byteAt(p) === 0x5b) {
    const bracket = findByte(p, end, 0x5d);
    return bracket < end ? readBare(p + 1, bracket) : 0;
  }
  const colon = findByte(p, end, 0x3a);
  if (colon === end) return 0;
  // One colon only: an IPv4 address with its port.
  if (findByte(colon + 1, end, 0x3a) === end) return readIpv4(p, colon);
  if (readBare(p, end)) return 1;
  // IPv6 with its port behind a last colon, as HAProxy and uvicorn write it; five digits are no group.
  const last = lastColon(p, end);
  return last > p && end - last === 6 && isPort(last + 1, end) ? readBare(p, last) : 0;
}

/** An address and its port, without brackets: the last colon always parts them. */
export function readAddressAndPort(p: i32, end: i32): i32 {
  const last = lastColon(p, end);
  if (p >= end || byteAt(p) === 0x5b || last < p || !isPort(last + 1, end)) return readAddress(p, end);
  return readBare(p, last) || readAddress(p, end) ? 1 : 0;
}

/** Where the last colon stands, or before p. */
export function lastColon(p: i32, end: i32): i32 {
  let last = end - 1;
  while (last >= p && byteAt(last) !== 0x3a) last--;
  return last;
}

function isPort(p: i32, end: i32): boolean {
  if (p === end || end - p > 5) return false;
  for (; p < end; p++) if (byteAt(p) < 0x30 || byteAt(p) > 0x39) return false;
  return true;
}

function readBare(p: i32, end: i32): i32 {
  // ::ffff:192.0.2.1
  if (end - p >= 14 && (intAt(p) | 0x20200000) === 0x66663a3a && (intAt(p + 3) | 0x00202020) === 0x3a666666) {
    if (readIpv4(p + 7, end)) return 1;
  }
  return findByte(p, end, 0x3a) === end ? readIpv4(p, end) : readIpv6(p, end);
}

function readIpv4(p: i32, end: i32): i32 {
  if (isIpv4(p, end - p) === 0) return 0;
  addressStart = p;
  addressEnd = end;
  return 1;
}

function readIpv6(p: i32, end: i32): i32 {
  const zone = findByte(p, end, 0x25);
  end = zone;
  if (end - p < 2 || end - p > LONGEST_IPV6) return 0;
  let groups: i32 = 0;
  let digits: i32 = 0;
  let gaps: i32 = 0;
  for (let i = p; i < end; i++) {
    let byte = byteAt(i);
    if (byte === 0x3a) {
      if (i + 1 < end && byteAt(i + 1) === 0x3a) {
        gaps++;
        if (i > p && digits === 0) return 0;
        put8(lowered + (i - p), byte);
        i++;
      } else if (digits === 0 || i + 1 === end) return 0;
      if (digits > 0) groups++;
      digits = 0;
    } else if (byte === 0x2e) {
      // Ends in dotted decimals: two groups' worth.
      let begin = i;
      while (begin > p && byteAt(begin - 1) !== 0x3a) begin--;
      if (readIpv4(begin, end) === 0) return 0;
      for (; i < end; i++) put8(lowered + (i - p), byteAt(i));
      groups += 2;
      digits = 0;
      break;
    } else {
      if (byte >= 0x41 && byte <= 0x46) byte += 0x20;
      const isHex = (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
      if (!isHex || digits === 4) return 0;
      digits++;
    }
    put8(lowered + (i - p), byte);
  }
  if (digits > 0) groups++;
  if (gaps > 1 || groups > 8 || (gaps === 0 && groups !== 8) || (gaps === 1 && groups === 8)) return 0;
  addressStart = lowered;
  addressEnd = lowered + (end - p);
  return 1;
}
