import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAddressText, words } from '../../src/places/address.ts';
import { ADDRESS_KINDS } from '../../src/model/place.ts';
import { kindOfIpv4, kindOfIpv6 } from '../../src/places/address-kind.ts';

const read = (text: string) => [readAddressText(text), ...Array.from(words, (word) => word.toString(16))];
const isAddress = (text: string) => readAddressText(text) !== 0;

test.each([
  ['192.0.2.1', 4, '0', '0', '0', 'c0000201'],
  ['255.255.255.255', 4, '0', '0', '0', 'ffffffff'],
  ['192.000.002.001', 4, '0', '0', '0', 'c0000201'],
  ['::ffff:192.0.2.1', 4, '0', '0', '0', 'c0000201'],
  ['::FFFF:c000:201', 4, '0', '0', '0', 'c0000201'],
  ['::192.0.2.1', 6, '0', '0', '0', 'c0000201'],
  ['64:ff9b::192.0.2.1', 6, '64ff9b', '0', '0', 'c0000201'],
  ['::', 6, '0', '0', '0', '0'],
  ['::1', 6, '0', '0', '0', '1'],
  ['1::', 6, '10000', '0', '0', '0'],
  ['2001:db8::8:800:200c:417a', 6, '20010db8', '0', '80800', '200c417a'],
  ['2001:DB8:1:2:3:4:5:6', 6, '20010db8', '10002', '30004', '50006'],
  ['1:2:3:4:5:6:7::', 6, '10002', '30004', '50006', '70000'],
  ['fe80::1%eth0', 6, 'fe800000', '0', '0', '1'],
])('%s is read', (text, ...expected) => {
  const [version, ...got] = read(text);
  expect([version, ...got]).toEqual([
    expected[0],
    ...(expected.slice(1) as string[]).map((hex) => Number.parseInt(hex, 16).toString(16)),
  ]);
});

test.each([
  '',
  '-',
  '192.0.2',
  '192.0.2.1.5',
  '192.0.2.256',
  '192.0.2.',
  '.192.0.2',
  '192..0.2',
  '1921.0.2.1',
  '192.0.2.1:80',
  '192.0.2.1/24',
  ' 192.0.2.1',
  'office',
  ':',
  ':::',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '1::2::3',
  '12345::',
  '2001:db8::g',
  '[::1]',
  ':1::2',
  '2001:db8:',
  '::ffff:192.0.2',
  '1:2:3:4:5:6:7:192.0.2.1',
  '::ffff:192.0.2.256',
  `${'1'.repeat(200)}`,
  '192.0.2.1é',
])('“%s” is no address', (text) => {
  expect(isAddress(text)).toBe(false);
});

test('what is written is read again, in every shortening', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 }),
      (groups) => {
        const full = groups.map((group) => group.toString(16)).join(':');
        const [version, ...got] = read(full);
        const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
        expect(version).toBe(mapped ? 4 : 6);
        for (let from = 0; from < 8; from++)
          for (let to = from + 1; to <= 8 && groups.slice(from, to).every((group) => group === 0); to++) {
            const hex = (part: number[]) => part.map((group) => group.toString(16)).join(':');
            expect(read(`${hex(groups.slice(0, from))}::${hex(groups.slice(to))}`)).toEqual([
              version,
              ...got,
            ]);
          }
      },
    ),
  );
});

const kindOf = (text: string) => {
  const version = readAddressText(text);
  const [a, b, c, d] = [...words] as [number, number, number, number];
  return ADDRESS_KINDS[version === 4 ? kindOfIpv4(d) : kindOfIpv6(a, b, c, d)];
};

/** First and last address of each special range, and the neighbours that are not in it. */
test.each([
  ['unspecified', '0.0.0.0', '0.0.0.0', null, null],
  ['this network', '0.0.0.1', '0.255.255.255', null, '1.0.0.0'],
  ['private', '10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['carrier-grade', '100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['loopback', '127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['link-local', '169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['private', '172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['reserved', '192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['documentation', '192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['reserved', '192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['private', '192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['benchmarking', '198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['documentation', '198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['documentation', '203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['multicast', '224.0.0.0', '239.255.255.255', '223.255.255.255', null],
  ['reserved', '240.0.0.0', '255.255.255.254', null, null],
  ['broadcast', '255.255.255.255', '255.255.255.255', null, null],
  ['unspecified', '::', '::', null, null],
  ['loopback', '::1', '::1', null, null],
  ['reserved', '::2', '1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null, '2000::'],
  ['benchmarking', '2001:2::', '2001:2:0:ffff:ffff:ffff:ffff:ffff', '2001:1:ffff::', '2001:2:1::'],
  ['documentation', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db7:ffff::', '2001:db9::'],
  ['documentation', '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', '3ffe:ffff::', '3fff:1000::'],
  ['unique local', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null, null],
  ['link-local', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null, null],
  ['multicast', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', null, null],
] as const)('%s from %s to %s', (kind, first, last, before, after) => {
  expect([kindOf(first), kindOf(last)]).toEqual([kind, kind]);
  for (const beside of [before, after]) if (beside !== null) expect(kindOf(beside)).toBe('public');
});
