import { expect, test } from 'vitest';
import { hashAddress, newSalt, spellKept } from '../../src/model/kept-address.ts';
import { isKeptOnly, SingleAddresses } from '../../src/pipeline/single-addresses.ts';
import { addressText } from '../../src/views/text/address.ts';
import { tableBytes } from '../helpers/open-tables.ts';
import { writeMmdb } from '../helpers/write-mmdb.ts';

const tables = tableBytes('places');
const database = {
  name: 'mine.mmdb',
  bytes: new Uint8Array(
    writeMmdb([
      {
        address: [3, 120, 0, 0],
        length: 16,
        record: { autonomous_system_number: 64_496, autonomous_system_organization: 'Example\u202e Net' },
      },
    ]),
  ),
};

function opened(): SingleAddresses {
  const single = new SingleAddresses();
  single.setOrigins([tables, [database], '10.0.0.0/8 office\n129.132.0.0/16 campus']);
  return single;
}

/** As the page shows it. */
const shown = (single: SingleAddresses, address: string) =>
  addressText.facts(single.answer(address, 'known')).map(({ name, value, basis }) => [name, value, basis]);

test('each fact of an address comes with its basis, and the person’s own come first', () => {
  const single = opened();
  single.setSystems(tableBytes('systems'));
  expect(shown(single, '88.99.60.1')).toEqual([
    ['Autonomous system', 'AS24940 Hetzner Online GmbH', 'by the bundled table'],
    ['Provider', 'Hetzner', 'by this page’s list of networks'],
    ['Network type', 'Hosting', 'by this page’s list of networks'],
    ['Country', 'Germany', 'by the bundled table'],
  ]);
  expect(shown(single, '3.120.0.1')).toEqual([
    ['Autonomous system', 'AS64496 Example\\u202e Net', 'by your database'],
    ['Provider', 'not known', ''],
    ['Network type', 'not known', ''],
    ['Country', 'Germany', 'by the bundled table'],
  ]);
  expect(shown(single, '129.132.60.9')[0]).toEqual(['Your network', 'campus', 'by your ranges']);
  expect(shown(single, '10.1.2.3')).toEqual([['Your network', 'office', 'by your ranges']]);
  expect(addressText.nowhere(single.answer('10.1.2.3', 'known').place!.kind)).toBe(
    'Not a public address (private): it has no country and no network.',
  );
  expect(shown(single, 'office-proxy')).toEqual([]);
});

test('without the table of systems only a database tells them', () => {
  const single = opened();
  const facts = (address: string) => addressText.facts(single.answer(address, 'left out'));
  expect(facts('88.99.60.1').map(({ name }) => name)).toEqual(['Provider', 'Network type', 'Country']);
  expect(facts('3.120.0.1')[0]).toMatchObject({ name: 'Autonomous system', basis: 'by your database' });
  expect(shown(single, '8.8.8.8')[0]).toEqual(['Autonomous system', 'not known', '']);
  single.setSystems(tableBytes('systems'));
  expect(shown(single, '8.8.8.8')[0]![1]).toMatch(/^AS15169 Google/);
});

test('by a hash of an address nothing is looked up', () => {
  const salt = newSalt();
  const hash = hashAddress(new TextEncoder().encode('88.99.60.1'), salt);
  const word = new TextDecoder().decode(spellKept(salt.id, hash, false));
  expect(isKeptOnly(word)).toBe(true);
  expect(isKeptOnly('88.99.60.1')).toBe(false);
  expect(opened().answer(word, 'known')).toEqual({ place: null, network: '', systems: 'known' });
  const forgotten = opened();
  forgotten.setOrigins(null);
  expect(forgotten.answer('88.99.60.1', 'known').place).toBeNull();
});
