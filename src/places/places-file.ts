/**
 * The bundled tables as they lie in their files, unpacked. In: bytes of places.bin (or systems.bin), without gzip.
 * Out: ranges and what their values stand for. Written by compile/build-tables.ts.
 */
import type { Basis, NetworkType } from '../model/place.ts';
import { ByteReader, type PackedIpv4, type PackedIpv6, takeIpv4, takeIpv6 } from './packed-ranges.ts';

export interface PlacesNetwork {
  host: string;
  type: NetworkType;
  typeBasis: Basis;
}

/** 1: countries and networks in ranges of their own. */
export const PLACES_FORMAT = 2;

/** Value 0 of each list is "nothing known". */
export interface PlacesHeader {
  format: typeof PLACES_FORMAT;
  countries: string[];
  networks: PlacesNetwork[];
}

export interface SystemsHeader {
  format: typeof PLACES_FORMAT;
  /** Distances from number to number, ascending; the ranges' value 1 is the first. */
  numbers: number[];
  organisations: string[];
}

/** Values are a country and a network: a plane each. */
export interface PlacesTables {
  countries: string[];
  networks: PlacesNetwork[];
  ipv4: PackedIpv4;
  ipv6: PackedIpv6;
}

/** Values are systems: three planes. */
export interface SystemsTables {
  /** Value 0: none, number 0. */
  numbers: number[];
  organisations: string[];
  ipv4: PackedIpv4;
  ipv6: PackedIpv6;
}

export function readPlacesFile(bytes: Uint8Array): PlacesTables {
  const { header, rest } = readHeader<PlacesHeader>(bytes);
  const { countries, networks } = header;
  return { countries, networks, ipv4: takeIpv4(rest, 2), ipv6: takeIpv6(rest, 2) };
}

export function readSystemsFile(bytes: Uint8Array): SystemsTables {
  const { header, rest } = readHeader<SystemsHeader>(bytes);
  let number = 0;
  return {
    numbers: [0, ...header.numbers.map((distance) => (number += distance))],
    organisations: ['', ...header.organisations],
    ipv4: takeIpv4(rest, 3),
    ipv6: takeIpv6(rest, 3),
  };
}

function readHeader<Header extends { format: number }>(
  bytes: Uint8Array,
): { header: Header; rest: ByteReader } {
  const rest = new ByteReader(bytes);
  const header = JSON.parse(new TextDecoder().decode(rest.take(rest.u32()))) as Header;
  if (header.format !== PLACES_FORMAT)
    throw new Error(`The table of places has format ${header.format}; this page reads ${PLACES_FORMAT}.`);
  return { header, rest };
}
