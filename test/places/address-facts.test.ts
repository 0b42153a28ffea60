import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { WordTable } from '../../src/lib/word-table.ts';
import { KnownPlaces } from '../../src/places/address-facts.ts';
import { parseOwnNetworks } from '../../src/places/own-networks.ts';
import { openPlaces } from '../../src/places/places.ts';

const places = openPlaces(gunzipSync(readFileSync('src/places/tables/places.bin.gz')));

/** An address of each sort, as raw.csv would show it, and what its panel would say. */
const EXPECTED: Record<string, string[]> = {
  '3.120.10.4': ['DE', 'Amazon Web Services', 'hosting', '', ''],
  '88.99.60.1': ['DE', 'Hetzner', 'hosting', '', ''],
  '129.132.60.9': ['CH', '', 'education', '', ''],
  '84.158.16.2': ['DE', '', 'isp', '', 'home'],
  '10.20.0.3': ['', '', '', 'private', 'office'],
  '203.0.113.9': ['', '', '', 'documentation', ''],
  '100.64.1.1': ['', '', '', 'carrier-grade', ''],
  '2a01:4f8:c0c:1::1': ['DE', 'Hetzner', 'hosting', '', ''],
  unknown: ['', '', '', 'no address', ''],
};

test('each address of a dictionary gets its columns, those that come later as well', () => {
  const { networks } = parseOwnNetworks('10.0.0.0/8 office\n84.158.0.0/16 home');
  const facts = new KnownPlaces(places, networks);
  const clients = new WordTable();
  const addresses = Object.keys(EXPECTED);
  for (const address of addresses.slice(0, 2)) clients.internText(address);
  facts.columnsOf(clients);
  for (const address of addresses) clients.internText(address);
  const columns = facts.columnsOf(clients);
  const found = addresses.map((address, i) => [
    address,
    [
      columns.countries.textOf(columns.countryOf[i]!),
      columns.hosts.textOf(columns.hostOf[i]!),
      columns.types.textOf(columns.typeOf[i]!),
      columns.kinds.textOf(columns.kindOf[i]!),
      columns.networks.textOf(columns.networkOf[i]!),
    ],
  ]);
  expect(Object.fromEntries(found)).toEqual(EXPECTED);
});
