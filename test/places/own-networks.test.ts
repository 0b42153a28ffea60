import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_LABEL, parseOwnNetworks } from '../../src/places/own-networks.ts';

const lookUp = (text: string) => {
  const { networks } = parseOwnNetworks(text);
  return (address: string) => {
    const label = networks.find(address);
    return label === NO_LABEL ? null : networks.labels[label]!;
  };
};

test('every way to write a range', () => {
  const text = [
    '# our networks',
    '10.0.0.0/8 office',
    '192.0.2.0-192.0.2.40, CI runners   # a comment',
    '192.0.2.64 - 192.0.2.127\tlab',
    '198.51.100.7;one machine',
    '',
    '2001:db8::/32 lab',
    '2001:db8:1::1-2001:db8:1::ff  team #7',
    '203.0.113.9/24 masked',
    '::ffff:198.51.100.9 mapped',
  ].join('\r\n');
  expect(parseOwnNetworks(text).problems).toEqual([]);
  expect(parseOwnNetworks(text).networks.labels).toEqual([
    'office',
    'CI runners',
    'lab',
    'one machine',
    'team',
    'masked',
    'mapped',
  ]);
  const labelOf = lookUp(text);
  expect(
    Object.fromEntries(
      [
        '9.255.255.255',
        '10.0.0.0',
        '10.255.255.255',
        '11.0.0.0',
        '192.0.1.255',
        '192.0.2.0',
        '192.0.2.40',
        '192.0.2.41',
        '192.0.2.100',
        '198.51.100.7',
        '::ffff:198.51.100.7',
        '198.51.100.8',
        '198.51.100.9',
        '203.0.113.0',
        '2001:db8::1',
        '2001:db8:1::1',
        '2001:db8:1::100',
        '2001:db9::',
        '::',
        'office',
      ].map((address) => [address, labelOf(address)]),
    ),
  ).toEqual({
    '9.255.255.255': null,
    '10.0.0.0': 'office',
    '10.255.255.255': 'office',
    '11.0.0.0': null,
    '192.0.1.255': null,
    '192.0.2.0': 'CI runners',
    '192.0.2.40': 'CI runners',
    '192.0.2.41': null,
    '192.0.2.100': 'lab',
    '198.51.100.7': 'one machine',
    '::ffff:198.51.100.7': 'one machine',
    '198.51.100.8': null,
    '198.51.100.9': 'mapped',
    '203.0.113.0': 'masked',
    '2001:db8::1': 'lab',
    '2001:db8:1::1': 'team',
    '2001:db8:1::100': 'lab',
    '2001:db9::': null,
    '::': null,
    office: null,
  });
});

test('a range of all addresses holds the first and the last', () => {
  const labelOf = lookUp('::/0 all\n0.0.0.0/0 all of IPv4');
  expect(
    ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '0.0.0.0', '255.255.255.255'].map(labelOf),
  ).toEqual(['all', 'all', 'all of IPv4', 'all of IPv4']);
});

test('numbers and bytes find what text finds', () => {
  const { networks } = parseOwnNetworks('192.0.2.0/24 a\n2001:db8::/32 b');
  expect(networks.findIpv4(0xc0000201)).toBe(0);
  expect(networks.findIpv6(0x20010db8, 1, 2, 3)).toBe(1);
  expect(networks.findIpv6(0, 0, 0xffff, 0xc0000201)).toBe(0);
  expect(networks.find(new TextEncoder().encode('2001:db8::5'))).toBe(1);
});

test('no text, no network', () => {
  const { networks, problems } = parseOwnNetworks('');
  expect([networks.labels, problems, networks.find('10.0.0.1')]).toEqual([[], [], NO_LABEL]);
});

describe('lines that name no network', () => {
  test.each([
    ['office', 'it does not begin with an address or a range'],
    ['10.0.0.0/8', 'the range has no name'],
    ['10.0.0.0/8   # office', 'the range has no name'],
    ['10.0.0.0/33 office', '/33 is longer than an IPv4 address'],
    ['2001:db8::/129 lab', '/129 is longer than an IPv6 address'],
    ['10.0.0/8 office', 'it does not begin with an address or a range'],
    ['10.0.0.256 office', 'it does not begin with an address or a range'],
    ['192.0.2.9-192.0.2.1 CI', 'its end is before its start'],
    ['192.0.2.9-2001:db8:: CI', 'one end is IPv4, the other IPv6'],
    ['192.0.2.9- CI', 'it does not begin with an address or a range'],
  ])('%s', (line, reason) => {
    const { networks, problems } = parseOwnNetworks(`198.51.100.0/24 good\n${line}\n203.0.113.0/24 good too`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', line: 2 });
    expect(problems[0]!.reason).toContain(reason);
    expect(problems[0]!.remedy).toContain('10.0.0.0/8 office');
    expect(networks.labels).toEqual(['good', 'good too']);
    expect([networks.find('198.51.100.1'), networks.find('203.0.113.1')]).toEqual([0, 1]);
  });
});

test('the narrowest range wins, of equal ones the later', () => {
  const range = fc
    .tuple(fc.nat(400), fc.nat(120), fc.nat(5))
    .map(([first, size, label]) => ({ first, last: first + size, label: `n${label}` }));
  const dotted = (number: number) => `192.0.${2 + (number >> 8)}.${number & 255}`;
  fc.assert(
    fc.property(fc.array(range, { maxLength: 25 }), (ranges) => {
      const text = ranges
        .map(({ first, last, label }) => `${dotted(first)}-${dotted(last)} ${label}`)
        .join('\n');
      const labelOf = lookUp(text);
      for (let address = 0; address < 540; address++) {
        let best: (typeof ranges)[number] | null = null;
        for (const one of ranges) {
          if (one.first > address || one.last < address) continue;
          if (best === null || one.last - one.first <= best.last - best.first) best = one;
        }
        expect(labelOf(dotted(address))).toBe(best?.label ?? null);
      }
    }),
    { numRuns: 60 },
  );
});
