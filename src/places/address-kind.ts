/**
 * What sort of address: public, or one that no place in the world has. In: the numbers of an address. Out: the place
 * of its kind in ADDRESS_KINDS. Source: the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890, as updated to
 * RFC 9637), read in 2026. Limits: 6to4 (2002::/16) and Teredo (2001::/32) count as public, as the tables list them.
 */
import { ADDRESS_KINDS, type AddressKind } from '../model/place.ts';

export const PUBLIC = 0;
export const NO_ADDRESS = 1;

/** First, last and kind, the narrow before the wide that holds it. */
const IPV4: [first: number, last: number, kind: AddressKind][] = [
  [0x00000000, 0x00000000, 'unspecified'],
  [0x00000000, 0x00ffffff, 'this network'],
  [0x0a000000, 0x0affffff, 'private'],
  [0x64400000, 0x647fffff, 'carrier-grade'],
  [0x7f000000, 0x7fffffff, 'loopback'],
  [0xa9fe0000, 0xa9feffff, 'link-local'],
  [0xac100000, 0xac1fffff, 'private'],
  // Protocol assignments, and what was left of anycast 6to4.
  [0xc0000000, 0xc00000ff, 'reserved'],
  [0xc0000200, 0xc00002ff, 'documentation'],
  [0xc0586300, 0xc05863ff, 'reserved'],
  [0xc0a80000, 0xc0a8ffff, 'private'],
  [0xc6120000, 0xc613ffff, 'benchmarking'],
  [0xc6336400, 0xc63364ff, 'documentation'],
  [0xcb007100, 0xcb0071ff, 'documentation'],
  [0xe0000000, 0xefffffff, 'multicast'],
  [0xffffffff, 0xffffffff, 'broadcast'],
  [0xf0000000, 0xffffffff, 'reserved'],
];

/** Kind of each /16 that is of one kind; 255 where the list must be asked. */
const kindByTop = new Uint8Array(65_536);
const MIXED = 255;
for (const [first, last, kind] of [...IPV4].reverse()) {
  for (let top = first >>> 16; top <= last >>> 16; top++) {
    const whole = first <= top * 65_536 && last >= top * 65_536 + 65_535;
    kindByTop[top] = whole ? ADDRESS_KINDS.indexOf(kind) : MIXED;
  }
}

export function kindOfIpv4(word: number): number {
  const kind = kindByTop[word >>> 16]!;
  if (kind !== MIXED) return kind;
  const found = IPV4.find(([first, last]) => word >= first && word <= last);
  return found ? ADDRESS_KINDS.indexOf(found[2]) : PUBLIC;
}

const [UNSPECIFIED, LOOPBACK, LINK_LOCAL, DOCUMENTATION, BENCHMARKING, MULTICAST, UNIQUE_LOCAL, RESERVED] = (
  [
    'unspecified',
    'loopback',
    'link-local',
    'documentation',
    'benchmarking',
    'multicast',
    'unique local',
    'reserved',
  ] as const
).map((kind) => ADDRESS_KINDS.indexOf(kind)) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

export function kindOfIpv6(word0: number, word1: number, word2: number, word3: number): number {
  if (word0 >>> 29 === 1) {
    // 2001:db8::/32, 3fff::/20, 2001:2::/48; the rest of 2000::/3 is public.
    if (word0 === 0x20010db8 || word0 >>> 12 === 0x3fff0) return DOCUMENTATION;
    return word0 === 0x20010002 && word1 >>> 16 === 0 ? BENCHMARKING : PUBLIC;
  }
  if (word0 >>> 24 === 0xff) return MULTICAST;
  if (word0 >>> 25 === 0x7e) return UNIQUE_LOCAL;
  if (word0 >>> 22 === 0x3fa) return LINK_LOCAL;
  if (word0 === 0 && word1 === 0 && word2 === 0 && word3 <= 1) return word3 === 0 ? UNSPECIFIED : LOOPBACK;
  // Translation prefixes (64:ff9b::/96), discard, and all that nobody was given.
  return RESERVED;
}
