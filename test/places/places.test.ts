import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Place } from '../../src/model/place.ts';
import { kindOfIpv4, kindOfIpv6 } from '../../src/places/address-kind.ts';
import { networkTypeOf } from '../../src/places/network-type.ts';
import { openPlaces, type Places } from '../../src/places/places.ts';
import { readPlacesFile, readSystemsFile } from '../../src/places/places-file.ts';
import { PLACES_SOURCES } from '../../src/places/sources.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
import { startsOfIpv4, startsOfIpv6, tableBytes, valuesOf } from '../helpers/open-tables.ts';

const bytes = { places: tableBytes('places'), systems: tableBytes('systems') };
const tables = readPlacesFile(bytes.places);
const systems = readSystemsFile(bytes.systems);
let places: Places;
beforeAll(() => {
  places = openPlaces(bytes.places, bytes.systems);
});

const rows = (file: string) => {
  const [head, ...lines] = readFileSync(`test/fixtures/places/${file}`, 'utf8').trimEnd().split('\n');
  const names = head!.split('\t');
  return lines.map((line) => new Map(line.split('\t').map((cell, place) => [names[place]!, cell])));
};

describe('addresses of every sort', () => {
  test.each(rows('addresses.tsv').map((row) => [row.get('address')!, row] as const))('%s', (address, row) => {
    const place = places.findText(address);
    for (const [column, value] of row)
      if (column !== 'address')
        expect([column, String(place[column as keyof Place])]).toEqual([column, value]);
  });

  test('text, bytes and numbers find the same', () => {
    const text = new TextEncoder();
    for (const [address, ...words] of [
      ['3.120.0.1', 0x03780001],
      ['2606:4700::1', 0x26064700, 0, 0, 1],
      ['::ffff:3.120.0.1', 0, 0, 0xffff, 0x03780001],
    ] as [string, number, number, number, number][]) {
      const place = places.find(address);
      const row = text.encode(`[${address}]`);
      expect(places.find(text.encode(address))).toBe(place);
      expect(places.findBytes(row, 1, row.length - 1)).toBe(place);
      expect(words.length === 4 ? places.findIpv6(...words) : places.findIpv4(words[0]!)).toBe(place);
      expect(places.columns.country[place]).toBe(places.findText(address).country);
    }
  });

  test('without the table of systems only the system is missing', () => {
    const small = openPlaces(bytes.places);
    for (const row of rows('addresses.tsv')) {
      const { system, systemBasis, organisation, ...rest } = places.findText(row.get('address')!);
      expect(small.findText(row.get('address')!)).toEqual({
        ...rest,
        system: 0,
        systemBasis: '',
        organisation: '',
      });
    }
  });

  test('places are few, however many addresses are looked up', () => {
    const small = openPlaces(bytes.places);
    const random = randomNumbers(11);
    for (let i = 0; i < 200_000; i++) small.findIpv4(Math.floor(random() * 2 ** 32));
    expect(small.columns.kind.length).toBeLessThan(6_000);
  });
});

/** Ascending addresses against values read along the table: no search, no buckets. */
function walk(starts: ArrayLike<number>, values: readonly number[]): (address: number) => number {
  let place = 0;
  return (address) => {
    while (place + 1 < starts.length && starts[place + 1]! <= address) place++;
    return values[place]!;
  };
}

/** `npm run tables -- --check` tries all boundaries, and a million random addresses, against the sources. */
describe('a fifth of all boundaries, and random addresses, against reading along the table', () => {
  const RANDOM = 100_000;
  const isTried = (_: unknown, place: number) => place % 5 === 0;

  test('IPv4, to the address', () => {
    const random = randomNumbers(4);
    const lists = [tables.ipv4, systems.ipv4].map((ranges) => ({
      starts: startsOfIpv4(ranges),
      values: valuesOf(ranges),
    }));
    const edges = lists.flatMap(({ starts }) =>
      [...starts.filter(isTried)].flatMap((start) => (start > 0 ? [start - 1, start] : [start])),
    );
    const others = Array.from({ length: RANDOM }, () => Math.floor(random() * 2 ** 32));
    const addresses = Float64Array.from([...edges, ...others, 0xffffffff]).sort();
    const [place, system] = lists.map(({ starts, values }) => walk(starts, values));
    let wrong = 0;
    for (const address of addresses) {
      const wanted = [place!(address), system!(address)] as const;
      if (!isRight(places.findIpv4(address), kindOfIpv4(address), wanted)) wrong++;
    }
    expect(addresses.length).toBeGreaterThan(400_000);
    expect(wrong).toBe(0);
  });

  test('IPv6, to the /64', () => {
    const lists = [tables.ipv6, systems.ipv6];
    const random = randomNumbers(6);
    const joined = lists.map((ranges) => {
      const { high, low } = startsOfIpv6(ranges);
      return BigUint64Array.from(high, (word, place) => (BigInt(word) << 32n) | BigInt(low[place]!));
    });
    const edges = joined.flatMap((starts) =>
      [...starts.filter(isTried)].flatMap((start) => [start - 1n, start]),
    );
    const others = Array.from({ length: RANDOM }, () => {
      const near = joined[0]![Math.floor(random() * joined[0]!.length)]!;
      return near + BigInt(Math.floor(random() * 2 ** 34));
    });
    const addresses = BigUint64Array.from([...edges, ...others]).sort();
    const walks = lists.map((ranges, list) => {
      const starts = joined[list]!;
      const values = valuesOf(ranges);
      let place = 0;
      return (address: bigint) => {
        while (place + 1 < starts.length && starts[place + 1]! <= address) place++;
        return values[place]!;
      };
    });
    let wrong = 0;
    for (const address of addresses) {
      const wanted = walks.map((at) => at(address)) as [number, number];
      const [first, second] = [Number(address >> 32n), Number(address & 0xffffffffn)];
      if (!isRight(places.findIpv6(first, second, 0, 1), kindOfIpv6(first, second, 0, 1), wanted)) wrong++;
    }
    expect(addresses.length).toBeGreaterThan(300_000);
    expect(wrong).toBe(0);
  });

  function isRight(place: number, kind: number, [value, system]: readonly [number, number]): boolean {
    if (kind !== 0) return place === kind;
    const { columns } = places;
    const [country, network] = [value >> 8, value & 255];
    return (
      columns.country[place] === tables.countries[country] &&
      columns.host[place] === tables.networks[network]!.host &&
      columns.type[place] === tables.networks[network]!.type &&
      columns.system[place] === systems.numbers[system] &&
      columns.organisation[place] === systems.organisations[system]
    );
  }
});

test('countries are ISO 3166-1 alpha-2, or Kosovo', () => {
  const name = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  expect(tables.countries.filter((code) => code !== '' && !/^[A-Z]{2}$/.test(code))).toEqual([]);
  expect(tables.countries.filter((code) => code !== '' && !name.of(code))).toEqual([]);
  expect(tables.countries.length).toBeGreaterThan(240);
});

test('regions of Amazon lie where Amazon says', () => {
  const wrong = rows('aws-regions.tsv').filter(
    (row) => places.findText(row.get('address')!).country !== row.get('country'),
  );
  expect(wrong).toEqual([]);
});

test('a table that is cut off, or of another format, is not opened', () => {
  expect(() => openPlaces(bytes.places.subarray(0, 100_000))).toThrow('ends too early');
  const other = bytes.places.slice();
  other.set(new TextEncoder().encode('{"format":1'), 4);
  expect(() => openPlaces(other)).toThrow('has format 1');
});

test('every source says whose it is and from when', () => {
  expect(PLACES_SOURCES.map((source) => source.package)).toEqual([
    '@ip-location-db/dbip-country',
    '@ip-location-db/asn',
  ]);
  for (const source of PLACES_SOURCES) {
    expect(source.date).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
    expect(source.licence).toBe('CC BY 4.0');
    expect(source.attribution).toContain('DB-IP');
    expect(source.link).toMatch(/^https:/);
  }
});

describe('types of networks that the rules were not made from', () => {
  const sample = rows('network-types.tsv').filter((row) => row.get('type') !== '?');
  const answers = sample.map((row) => networkTypeOf(Number(row.get('as')), row.get('organisation')!));

  test('none of them is in the list', () => {
    expect(answers.filter(({ basis }) => basis === 'list')).toEqual([]);
  });

  /** The figures that README.md of the room states. */
  test('116 of 119 answers are right, 82 of 201 networks have none', () => {
    const isRight = (place: number) => answers[place]!.type === sample[place]!.get('type');
    expect(sample).toHaveLength(201);
    expect(answers.filter(({ type }) => type === '')).toHaveLength(82);
    expect(answers.filter((_, place) => isRight(place))).toHaveLength(116);
    const wrong = sample.filter((_, place) => !isRight(place) && answers[place]!.type !== '');
    expect(wrong.map((row) => row.get('organisation'))).toEqual([
      'ISPpro Internet KG',
      'XFERNET',
      'Serverplance Bilisim Ve Telekomunikasyon Hizm. Ltd. Sti.',
    ]);
  });
});
