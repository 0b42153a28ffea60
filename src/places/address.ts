/**
 * The text of an address to its numbers. In: a string, or the bytes of one as a log holds it. Out: the version, and
 * `words` (IPv4 in the last alone), until the next call. IPv4-mapped IPv6 (::ffff:192.0.2.1) is read as IPv4.
 * No port, no brackets, no prefix; a zone (%eth0) is passed over. What an octet may look like: `readIpv4`.
 */
export type AddressVersion = 0 | 4 | 6;

/** An array rather than variables, because a variable of 32 unsigned bits is an object each time it is set. */
export const words = new Uint32Array(4);

const encoder = new TextEncoder();
/** The longest text read: IPv6 with dotted decimals (45) and a zone. */
const scratch = new Uint8Array(128);

/** Version 0: not an address. */
export function readAddressText(text: string): AddressVersion {
  const { read, written } = encoder.encodeInto(text, scratch);
  return read === text.length ? readAddressBytes(scratch, 0, written) : 0;
}

export function readAddressBytes(bytes: Uint8Array, start: number, end: number): AddressVersion {
  words[0] = words[1] = words[2] = 0;
  return readIpv4(bytes, start, end) ? 4 : readIpv6(bytes, start, end);
}

/** Four decimals of one to three digits into the last word; zeros in front are allowed, and read as decimal. */
function readIpv4(bytes: Uint8Array, start: number, end: number): boolean {
  let value = 0;
  let octet = 0;
  let dots = 0;
  // Of the octet. How long it is, is asked at its end alone: most bytes cost a comparison or two.
  let begin = start;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    const digit = (byte - 0x30) >>> 0;
    if (digit <= 9) octet = (octet * 10 + digit) | 0;
    else if (byte === 0x2e && isOctet(octet, i - begin) && ++dots <= 3) {
      value = (value << 8) | octet;
      octet = 0;
      begin = i + 1;
    } else return false;
  }
  words[3] = (value << 8) | octet;
  return dots === 3 && isOctet(octet, end - begin);
}

function isOctet(value: number, digits: number): boolean {
  return digits > 0 && digits <= 3 && value <= 255;
}

const groups = new Uint16Array(8);
const NO_DIGIT = 16;
/** Value of each byte as a hexadecimal digit. */
const digits = new Uint8Array(256).fill(NO_DIGIT);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  for (const spelling of [digit, digit.toUpperCase()]) digits[spelling.charCodeAt(0)] = value;
}

function readIpv6(bytes: Uint8Array, start: number, end: number): AddressVersion {
  let count = 0;
  let gap = -1;
  let at = start;
  if (bytes[at] === 0x3a) {
    if (bytes[at + 1] !== 0x3a || at + 1 >= end) return 0;
    gap = 0;
    at += 2;
  }
  while (at < end && bytes[at] !== 0x25) {
    let value = 0;
    let i = at;
    for (; i < end; i++) {
      const digit = digits[bytes[i]!]!;
      if (digit === NO_DIGIT) break;
      value = (value << 4) | digit;
    }
    if (i < end && bytes[i] === 0x2e) return readDottedEnd(bytes, at, end, count, gap);
    if (i === at || i - at > 4 || count === 8) return 0;
    groups[count++] = value;
    if (i === end || bytes[i] === 0x25) break;
    if (bytes[i] !== 0x3a) return 0;
    at = i + 1;
    if (at < end && bytes[at] === 0x3a) {
      if (gap >= 0) return 0;
      gap = count;
      at++;
    } else if (at === end || bytes[at] === 0x25) return 0;
  }
  return spread(count, gap);
}

function readDottedEnd(
  bytes: Uint8Array,
  at: number,
  end: number,
  count: number,
  gap: number,
): AddressVersion {
  let stop = at;
  while (stop < end && bytes[stop] !== 0x25) stop++;
  if (count > 6 || !readIpv4(bytes, at, stop)) return 0;
  groups[count] = words[3]! >>> 16;
  groups[count + 1] = words[3]! & 0xffff;
  return spread(count + 2, gap);
}

/** Puts zeros where :: stood. */
function spread(count: number, gap: number): AddressVersion {
  if (gap < 0 ? count !== 8 : count > 7) return 0;
  if (gap >= 0) {
    // By hand: calling copyWithin and fill costs more than all the rest.
    let to = 8;
    for (let from = count; from > gap;) groups[--to] = groups[--from]!;
    while (to > gap) groups[--to] = 0;
  }
  for (let i = 0; i < 4; i++) words[i] = (groups[i * 2]! << 16) | groups[i * 2 + 1]!;
  if (words[0] !== 0 || words[1] !== 0 || words[2] !== 0xffff) return 6;
  words[2] = 0;
  return 4;
}
