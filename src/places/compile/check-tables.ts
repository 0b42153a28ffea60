/**
 * Compares look-ups with the sources, address by address. In: both tables, the sources as they were read. Out: how many
 * addresses agreed; throws at the first that does not. Every first and last address of every range, the addresses
 * beside them, and a million random ones of each version. IPv6 is compared at the first address of a /64.
 */
import { kindOfIpv4, kindOfIpv6, PUBLIC } from '../address-kind.ts';
import { networkTypeOf } from '../network-type.ts';
import { openPlaces } from '../places.ts';
import { providerOf } from '../providers.ts';
import type { SourceRange } from './read-ranges.ts';

const RANDOM = 1_000_000;

interface Sources {
  countries: { ipv4: SourceRange[]; ipv6: SourceRange[] };
  systems: { ipv4: SourceRange[]; ipv6: SourceRange[] };
  names: Map<string, string>;
}

export function checkTables(placesBytes: Uint8Array, systemsBytes: Uint8Array, sources: Sources): string {
  const places = openPlaces(placesBytes, systemsBytes);
  const expected = new Map<string, { host: string; type: string }>();
  const networkOf = (system: string) => {
    const { type } = networkTypeOf(Number(system), sources.names.get(system)!);
    const network = { host: providerOf(Number(system)), type };
    expected.set(system, network);
    return network;
  };

  const { columns } = places;
  /** address: of IPv4, or the upper half of one of IPv6. */
  function compare(address: bigint, version: 4 | 6, country: string, system: string): void {
    const high = Number(address >> 32n);
    const low = Number(address & 0xffffffffn);
    const isPublic = (version === 4 ? kindOfIpv4(low) : kindOfIpv6(high, low, 0, 0)) === PUBLIC;
    const place = version === 4 ? places.findIpv4(low) : places.findIpv6(high, low, 0, 0);
    const network = isPublic && system !== '' ? (expected.get(system) ?? networkOf(system)) : NO_NETWORK;
    const isRight =
      columns.country[place] === (isPublic ? country : '') &&
      columns.host[place] === network.host &&
      columns.type[place] === network.type &&
      columns.system[place] === (isPublic ? Number(system) : 0) &&
      columns.organisation[place] === (isPublic ? (sources.names.get(system) ?? '') : '') &&
      (columns.kind[place] === 'public') === isPublic;
    if (isRight) return;
    const got = JSON.stringify(places.place(place));
    throw new Error(
      `IPv${version} ${address.toString(16)}: the sources say ${country} ${system}, the tables ${got}`,
    );
  }

  const counts = ([4, 6] as const).map((version) => {
    const key = `ipv${version}` as const;
    const addresses = addressesToTry(version, [...sources.countries[key], ...sources.systems[key]]);
    const shift = version === 4 ? 0n : 64n;
    const countries = walk(sources.countries[key], shift);
    const systems = walk(sources.systems[key], shift);
    for (const address of addresses) compare(address, version, countries(address), systems(address));
    return `IPv${version}: ${addresses.length} addresses`;
  });
  return `The tables agree with their sources. ${counts.join(', ')}.`;
}

const NO_NETWORK = { host: '', type: '' };

/** Ascending. */
function addressesToTry(version: 4 | 6, ranges: SourceRange[]): BigUint64Array {
  const shift = version === 4 ? 0n : 64n;
  const end = version === 4 ? 1n << 32n : 1n << 64n;
  const all = new BigUint64Array(ranges.length * 4 + RANDOM);
  let count = 0;
  for (const { first, last } of ranges) {
    const [begin, stop] = [first >> shift, last >> shift];
    for (const at of [begin - 1n, begin, stop, stop + 1n]) if (at >= 0n && at < end) all[count++] = at;
  }
  const word = () => BigInt(Math.floor(Math.random() * 2 ** 32));
  for (let i = 0; i < RANDOM; i++) {
    // Half of the IPv6 addresses lie in a range of the source: of those drawn at random, hardly one would.
    const range = ranges[Math.floor(Math.random() * ranges.length)]!;
    const first = range.first >> shift;
    const inside = first + (((word() << 32n) | word()) % ((range.last >> shift) - first + 1n));
    all[count++] = version === 4 ? word() : i % 2 ? inside : (word() << 32n) | word();
  }
  return all.subarray(0, count).sort();
}

/** The value at ascending addresses: read along the source, no search and no table of ours. */
function walk(ranges: SourceRange[], shift: bigint): (address: bigint) => string {
  let place = 0;
  return (short) => {
    const address = short << shift;
    while (place < ranges.length && ranges[place]!.last < address) place++;
    const range = ranges[place];
    return range && range.first <= address ? range.value : '';
  };
}
