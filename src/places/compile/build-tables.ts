/**
 * Writes the tables. In: boundaries of countries and of autonomous systems. Out: the bytes that places.ts and
 * systems.ts open: the length of a header, the header as JSON, packed ranges of IPv4 and of IPv6.
 */
import { networkTypeOf } from '../network-type.ts';
import { ByteWriter, packRanges } from '../packed-ranges.ts';
import type { PlacesHeader, PlacesNetwork } from '../places-file.ts';
import { providerOf } from '../providers.ts';
import { type Boundary, mapBoundaries } from './read-ranges.ts';

export interface Boundaries {
  ipv4: Boundary[];
  ipv6: Boundary[];
}

export function buildPlaces(
  countries: Boundaries,
  systems: Boundaries,
  names: Map<string, string>,
): Uint8Array {
  const networkOf = (system: string): string =>
    system === '' ? '' : describe(Number(system), names.get(system)!);
  const networks = {
    ipv4: mapBoundaries(systems.ipv4, networkOf),
    ipv6: mapBoundaries(systems.ipv6, networkOf),
  };
  const countryCodes = valuesByCount(countries);
  const networkKeys = valuesByCount(networks);
  const header: PlacesHeader = {
    format: 1,
    countries: countryCodes,
    networks: networkKeys.map((key): PlacesNetwork => {
      if (key === '') return { host: '', type: '', typeBasis: '' };
      return JSON.parse(key) as PlacesNetwork;
    }),
  };
  return assemble(header, [
    pack(countries.ipv4, countryCodes, 1),
    pack(countries.ipv6, countryCodes, 1),
    pack(networks.ipv4, networkKeys, 1),
    pack(networks.ipv6, networkKeys, 1),
  ]);
}

function describe(system: number, organisation: string): string {
  const host = providerOf(system);
  const { type, basis } = networkTypeOf(system, organisation);
  return host === '' && type === '' ? '' : JSON.stringify({ host, type, typeBasis: basis });
}

/** Every system with its organisation's name: the larger file, for who wants names. */
export function buildSystems(systems: Boundaries, names: Map<string, string>): Uint8Array {
  // In order of number, because neighbours in number are neighbours in the world, with names alike.
  const numbers = ['', ...[...names.keys()].sort((a, b) => Number(a) - Number(b))];
  const header = {
    format: 1,
    numbers: numbers.slice(1).map((number, place, all) => Number(number) - Number(all[place - 1] ?? 0)),
    organisations: numbers.slice(1).map((number) => names.get(number)!),
  };
  return assemble(header, [pack(systems.ipv4, numbers, 3), pack(systems.ipv6, numbers, 3)]);
}

/** '' first: value 0 is "nothing known" in every table. */
function valuesByCount({ ipv4, ipv6 }: Boundaries): string[] {
  const counts = new Map<string, number>();
  for (const { value } of [...ipv4, ...ipv6]) counts.set(value, (counts.get(value) ?? 0) + 1);
  counts.delete('');
  const values = [
    '',
    ...[...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([value]) => value),
  ];
  if (values.length > 256) throw new Error(`${values.length} values do not fit into a byte each.`);
  return values;
}

function pack(boundaries: Boundary[], values: string[], planes: number): Uint8Array {
  const numbers = new Map(values.map((value, number) => [value, number]));
  return packRanges(
    boundaries.map(({ start }) => start),
    boundaries.map(({ value }) => numbers.get(value)!),
    planes,
  );
}

function assemble(header: object, sections: Uint8Array[]): Uint8Array {
  const out = new ByteWriter();
  const json = new TextEncoder().encode(JSON.stringify(header));
  out.u32(json.length);
  out.append(json);
  for (const section of sections) out.append(section);
  return out.done();
}
