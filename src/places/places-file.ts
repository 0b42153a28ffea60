/**
 * The bundled tables as they lie in their files, unpacked. In: bytes of places.bin (or systems.bin), without gzip.
 * Out: ranges and what their values stand for. Written by compile/build-tables.ts.
 */
import type { Basis, NetworkType } from '../model/place.ts';
import { ByteReader, unpackRanges } from './packed-ranges.ts';
import type { RangeColumns } from './range-table.ts';

export interface PlacesNetwork {
  host: string;
  type: NetworkType;
  typeBasis: Basis;
}

/** Value 0 of each list is "nothing known". */
export interface PlacesHeader {
  format: 1;
  countries: string[];
  networks: PlacesNetwork[];
}

interface SystemsHeader {
  format: 1;
  /** Distances from number to number, ascending; the ranges' value 1 is the first. */
  numbers: number[];
  organisations: string[];
}

export interface PlacesTables {
  countries: string[];
  networks: PlacesNetwork[];
  countryOfIpv4: RangeColumns;
  countryOfIpv6: RangeColumns;
  networkOfIpv4: RangeColumns;
  networkOfIpv6: RangeColumns;
}

export interface SystemsTables {
  /** Value 0: none, number 0. */
  numbers: number[];
  organisations: string[];
  systemOfIpv4: RangeColumns;
  systemOfIpv6: RangeColumns;
}

export function readPlacesFile(bytes: Uint8Array): PlacesTables {
  const { header, rest } = readHeader<PlacesHeader>(bytes);
  return {
    countries: header.countries,
    networks: header.networks,
    countryOfIpv4: unpackRanges(rest, 4, 1),
    countryOfIpv6: unpackRanges(rest, 6, 1),
    networkOfIpv4: unpackRanges(rest, 4, 1),
    networkOfIpv6: unpackRanges(rest, 6, 1),
  };
}

export function readSystemsFile(bytes: Uint8Array): SystemsTables {
  const { header, rest } = readHeader<SystemsHeader>(bytes);
  let number = 0;
  return {
    numbers: [0, ...header.numbers.map((distance) => (number += distance))],
    organisations: ['', ...header.organisations],
    systemOfIpv4: unpackRanges(rest, 4, 3),
    systemOfIpv6: unpackRanges(rest, 6, 3),
  };
}

function readHeader<Header extends { format: number }>(
  bytes: Uint8Array,
): { header: Header; rest: ByteReader } {
  const rest = new ByteReader(bytes);
  const header = JSON.parse(new TextDecoder().decode(rest.take(rest.u32()))) as Header;
  if (header.format !== 1)
    throw new Error(`The table of places has format ${header.format}; this page reads 1.`);
  return { header, rest };
}
