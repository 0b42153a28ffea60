import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layerPlaces } from '../../src/places/layer-places.ts';
import { Mmdb, openMmdb } from '../../src/places/mmdb.ts';
import { factsOf } from '../../src/places/mmdb-facts.ts';
import { openPlaces } from '../../src/places/places.ts';
import { tableBytes } from '../helpers/open-tables.ts';
import { type MmdbRange, type MmdbShape, type Writable, writeMmdb } from '../helpers/write-mmdb.ts';

const V6 = (...start: number[]) => [...start, ...new Array<number>(16 - start.length).fill(0)];

function open(ranges: MmdbRange[], shape: MmdbShape = {}): Mmdb {
  const opened = openMmdb(writeMmdb(ranges, shape), 'own.mmdb');
  if ('problem' in opened) throw new Error(opened.problem.reason);
  return opened.database;
}

const facts = (database: Mmdb, word: number) => {
  const record = database.recordOfIpv4(Uint32Array.of(0, 0, 0, word));
  return record < 0 ? null : factsOf(database.valueAt(record));
};

describe.each([24, 28, 32] as const)('records of %i bits', (recordBits) => {
  test.each([4, 6] as const)('a tree of IPv%i', (ipVersion) => {
    const office = { country: { iso_code: 'NL' } };
    const database = open(
      [
        { address: [192, 0, 2, 0], length: 24, record: office },
        { address: [192, 0, 2, 64], length: 26, record: { country: { iso_code: 'BE' } } },
        { address: [198, 51, 100, 7], length: 32, record: office },
      ],
      { recordBits, ipVersion },
    );
    expect(database.holdsIpv6).toBe(ipVersion === 6);
    expect(database.databaseType).toBe('Test-Country');
    expect(database.builtSeconds).toBe(1_700_000_000);
    expect(facts(database, 0xc0000200)).toEqual({ country: 'NL' });
    expect(facts(database, 0xc000023f)).toEqual({ country: 'NL' });
    expect(facts(database, 0xc0000240)).toEqual({ country: 'BE' });
    expect(facts(database, 0xc000027f)).toEqual({ country: 'BE' });
    expect(facts(database, 0xc0000280)).toEqual({ country: 'NL' });
    expect(facts(database, 0xc6336407)).toEqual({ country: 'NL' });
    for (const outside of [0, 0xc00001ff, 0xc0000300, 0xc6336406, 0xc6336408, 0xffffffff])
      expect(facts(database, outside)).toBeNull();
  });

  test('IPv6, and more nodes than 16 bits can number', () => {
    const ranges = Array.from({ length: 700 }, (_, i) => ({
      address: V6(0x20, 0x01, 0x0d, 0xb8, i >> 8, i & 255, (i * 37) & 255, (i * 101) & 255),
      length: 128,
      record: { asn: `AS${64_496 + i}` },
    }));
    const database = open(ranges, { recordBits });
    for (const { address, record } of ranges) {
      const [a, b] = [
        0x20010db8,
        ((address[4]! << 24) | (address[5]! << 16) | (address[6]! << 8) | address[7]!) >>> 0,
      ];
      expect(factsOf(database.valueAt(database.recordOfIpv6(Uint32Array.of(a, b, 0, 0))))).toEqual({
        system: Number(record.asn.slice(2)),
      });
      expect(database.recordOfIpv6(Uint32Array.of(a, b, 0, 1))).toBe(-1);
    }
  });
});

test('every random set of ranges gives what the last range that holds an address says', () => {
  const range = fc.record({ address: fc.nat(0xffffffff), length: fc.integer({ min: 1, max: 32 }) });
  fc.assert(
    fc.property(
      fc.array(range, { minLength: 1, maxLength: 20 }),
      fc.array(fc.nat(0xffffffff)),
      (drawn, addresses) => {
        // Wide before narrow: the writer lets later ranges split earlier ones.
        const ranges = [...drawn].sort((a, b) => a.length - b.length);
        const database = open(
          ranges.map(({ address, length }, number) => ({
            address: [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255],
            length,
            record: { asn: `AS${number + 1}` },
          })),
        );
        const holds = ({ address, length }: (typeof ranges)[number], word: number) =>
          Math.floor(address / 2 ** (32 - length)) === Math.floor(word / 2 ** (32 - length));
        for (const word of [...addresses, ...ranges.map(({ address }) => address)]) {
          const last = ranges.findLastIndex((one) => holds(one, word));
          expect(facts(database, word)).toEqual(last < 0 ? null : { system: last + 1 });
        }
      },
    ),
  );
});

test('values of every type and size are read', () => {
  const long = 'n'.repeat(400);
  const record: Writable = {
    long,
    middle: 'm'.repeat(100),
    yes: true,
    no: false,
    list: ['a', { b: 'c' }],
    count: 4_000_000_000,
  };
  const database = open([{ address: [192, 0, 2, 0], length: 24, record }]);
  expect(database.valueAt(database.recordOfIpv4(Uint32Array.of(0, 0, 0, 0xc0000201)))).toEqual(
    new Map<string, unknown>([
      ['long', long],
      ['middle', 'm'.repeat(100)],
      ['yes', true],
      ['no', false],
      ['list', ['a', new Map([['b', 'c']])]],
      ['count', 4_000_000_000],
    ]),
  );
});

test.each<[string, Writable, object]>([
  [
    'GeoLite2 Country',
    { country: { iso_code: 'NL' }, registered_country: { iso_code: 'US' } },
    { country: 'NL' },
  ],
  ['GeoLite2 Country, registered only', { registered_country: { iso_code: 'US' } }, { country: 'US' }],
  ['GeoLite2 City', { city: { names: { en: 'Delft' } }, country: { iso_code: 'NL' } }, { country: 'NL' }],
  [
    'GeoLite2 ASN, DB-IP ASN Lite',
    { autonomous_system_number: 64_496, autonomous_system_organization: 'Example' },
    { system: 64_496, organisation: 'Example' },
  ],
  [
    'GeoIP2 Enterprise',
    { country: { iso_code: 'NL' }, traits: { user_type: 'college', autonomous_system_number: 64_496 } },
    { country: 'NL', system: 64_496, type: 'education' },
  ],
  ['IPinfo Country', { country: 'NL', country_name: 'Netherlands' }, { country: 'NL' }],
  [
    'IPinfo Lite',
    {
      country: 'Netherlands',
      country_code: 'NL',
      asn: 'AS64496',
      as_name: 'Example',
      as_domain: 'example.com',
    },
    { country: 'NL', system: 64_496, organisation: 'Example' },
  ],
  [
    'IPinfo Core',
    { geo: { country_code: 'NL' }, as: { asn: 'AS64496', name: 'Example', type: 'government' } },
    { country: 'NL', system: 64_496, organisation: 'Example', type: 'business' },
  ],
  ['IPinfo ASN', { asn: 'AS64496', name: 'Example', type: 'hosting' }, { system: 64_496, type: 'hosting' }],
  ['ip-location-db', { country_code: 'nl' }, { country: 'NL' }],
  ['nothing of use', { city: 'Delft', country: 'Netherlands', asn: 'none', type: 'aquarium' }, {}],
  ['a record that is a word', 'NL', {}],
])('the layout of %s', (_, record, expected) => {
  const database = open([{ address: [192, 0, 2, 0], length: 24, record }]);
  expect(facts(database, 0xc0000201)).toEqual(expected);
});

describe('files that are none', () => {
  const good = writeMmdb([{ address: [192, 0, 2, 0], length: 24, record: { country: 'NL' } }]);
  const reasonOf = (bytes: Uint8Array) => {
    const opened = openMmdb(bytes, 'own.mmdb');
    return 'problem' in opened ? opened.problem.reason : '';
  };

  test.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(), 'it has no MaxMind DB metadata'],
    ['text', new TextEncoder().encode('{"ip":"192.0.2.1"}'), 'it has no MaxMind DB metadata'],
    ['its first half', good.subarray(0, good.length / 2), 'it has no MaxMind DB metadata'],
    ['its second half', good.subarray(good.length / 2), 'it is cut off'],
    ['without the end', good.subarray(0, good.length - 5), 'its data end too early'],
  ])('%s', (_, bytes, reason) => {
    expect(reasonOf(bytes)).toBe(`own.mmdb is not a readable MaxMind DB file: ${reason}.`);
    const opened = openMmdb(bytes, 'own.mmdb');
    expect(opened).toMatchObject({ problem: { severity: 'error', file: 'own.mmdb', line: 0 } });
    expect('problem' in opened && opened.problem.remedy).toContain('.mmdb');
  });

  test('no damage hangs or breaks the look-up', () => {
    const base = openPlaces(tableBytes('places'));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const bytes = good.slice();
          for (const [at, value] of changes) bytes[at] = value;
          const opened = openMmdb(bytes, 'own.mmdb');
          if ('problem' in opened) return;
          const places = layerPlaces(base, opened.database);
          for (const address of ['3.120.0.1', '192.0.2.1', '2606:4700::1'])
            expect(places.findText(address).kind).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('layered over the bundled tables', () => {
  const base = openPlaces(tableBytes('places'), tableBytes('systems'));
  const bundled = base.findText('3.120.0.1');
  const layered = (record: Writable) =>
    layerPlaces(base, open([{ address: [3, 120, 0, 0], length: 16, record }])).findText('3.120.0.1');

  test('outside of the database the tables answer', () => {
    const places = layerPlaces(
      base,
      open([{ address: [8, 0, 0, 0], length: 8, record: { country_code: 'NL' } }]),
    );
    expect(places.findText('3.120.0.1')).toEqual(bundled);
    expect(places.findText('2a01:4f8::1')).toEqual(base.findText('2a01:4f8::1'));
    expect(places.findText('office').kind).toBe('no address');
    expect(places.findText('8.8.8.8').country).toBe('NL');
  });

  test('a country replaces the country alone', () => {
    expect(layered({ country: { iso_code: 'NL' } })).toEqual({
      ...bundled,
      country: 'NL',
      countryBasis: 'database',
    });
  });

  test('a system brings its provider and type', () => {
    expect(
      layered({ autonomous_system_number: 24_940, autonomous_system_organization: 'Hetzner Online' }),
    ).toEqual({
      ...bundled,
      systemBasis: 'database',
      host: 'Hetzner',
      system: 24_940,
      organisation: 'Hetzner Online',
    });
    expect(layered({ asn: 'AS64496', as_name: 'Example University' })).toEqual({
      ...bundled,
      systemBasis: 'database',
      host: '',
      hostBasis: '',
      type: 'education',
      typeBasis: 'name rule',
      system: 64_496,
      organisation: 'Example University',
    });
  });

  test('a type of its own stands before rules', () => {
    expect(layered({ asn: 'AS64496', as_name: 'Example University', as_type: 'isp' })).toMatchObject({
      type: 'isp',
      typeBasis: 'database',
    });
  });

  test('the last of several databases wins', () => {
    const ranges = (code: string) =>
      open([{ address: [3, 120, 0, 0], length: 16, record: { country_code: code } }]);
    const places = layerPlaces(layerPlaces(base, ranges('NL')), ranges('BE'));
    expect(places.findText('3.120.0.1').country).toBe('BE');
    expect(places.findText('3.121.0.1')).toEqual(base.findText('3.121.0.1'));
  });

  test('private stays private', () => {
    const places = layerPlaces(
      base,
      open([{ address: [10, 0, 0, 0], length: 8, record: { country_code: 'NL' } }]),
    );
    expect(places.findText('10.1.2.3')).toEqual(base.findText('10.1.2.3'));
  });
});
