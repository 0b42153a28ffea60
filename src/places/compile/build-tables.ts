/**
 * Writes the tables. In: boundaries of countries and of autonomous systems. Out: the bytes that
 * places-file.ts reads: the length of a header, the header as JSON, packed ranges of IPv4 and of IPv6.
 */
import { networkTypeOf } from '../network-type.ts';
import { ByteWriter, packIpv4, packIpv6 } from '../packed-ranges.ts';
import { PLACES_FORMAT, type PlacesHeader, type PlacesNetwork, type SystemsHeader } from '../places-file.ts';
import { providerOf } from '../providers.ts';
import { type Boundary, joinBoundaries, mapBoundaries } from './read-ranges.ts';

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
    format: PLACES_FORMAT,
    countries: countryCodes,
    networks: networkKeys.map((key): PlacesNetwork => {
      if (key === '') return { host: '', type: '', typeBasis: '' };
      return JSON.parse(key) as PlacesNetwork;
    }),
  };
  // A plane each, so that a look-up costs one search.
  const numbers = numbersOf(countryCodes, networkKeys);
  return assemble(header, {
    ipv4: joinBoundaries(countries.ipv4, networks.ipv4, numbers),
    ipv6: joinBoundaries(countries.ipv6, networks.ipv6, numbers),
    planes: 2,
  });
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
  const header: SystemsHeader = {
    format: PLACES_FORMAT,
    numbers: numbers.slice(1).map((number, place, all) => Number(number) - Number(all[place - 1] ?? 0)),
    organisations: numbers.slice(1).map((number) => names.get(number)!),
  };
  const places = new Map(numbers.map((number, place) => [number, place]));
  const withPlaces = (boundaries: Boundary[]) =>
    boundaries.map(({ start, value }) => ({ start, value: places.get(value)! }));
  return assemble(header, { ipv4: withPlaces(systems.ipv4), ipv6: withPlaces(systems.ipv6), planes: 3 });
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

/** The number of a country and a network together. */
function numbersOf(countries: string[], networks: string[]) {
  const [country, network] = [countries, networks].map(
    (values) => new Map(values.map((value, number) => [value, number])),
  );
  return (...[code, key]: [string, string]) => country!.get(code)! * 256 + network!.get(key)!;
}

interface Packable {
  ipv4: Boundary<number>[];
  ipv6: Boundary<number>[];
  /** Bytes of a value. */
  planes: number;
}

function assemble(header: object, { ipv4, ipv6, planes }: Packable): Uint8Array {
  const out = new ByteWriter();
  const json = new TextEncoder().encode(JSON.stringify(header));
  out.u32(json.length);
  out.append(json);
  const values = (boundaries: Boundary<number>[]) => boundaries.map(({ value }) => value);
  const starts = (boundaries: Boundary<number>[]) => boundaries.map(({ start }) => start);
  out.append(packIpv4(starts(ipv4).map(Number), values(ipv4), planes));
  out.append(packIpv6(starts(ipv6), values(ipv6), planes));
  return out.done();
}
