import { expect, test } from 'vitest';
import { csvOf } from '../../src/lib/delimited.ts';
import { repositoryCells } from '../../src/views/repositories/table-cells.ts';

test('rows come as they are ordered, a repository without a pull has no last pull', () => {
  const columns = {
    length: 2,
    index: Uint32Array.of(4, 7),
    names: ['=acme/a', 'acme/b'],
    types: Uint8Array.of(0, 1),
    downloads: Uint32Array.of(0, 0),
    pullsByTag: Uint32Array.of(3, 0),
    pullsByDigest: Uint32Array.of(2, 0),
    versionChecks: Uint32Array.of(9, 1),
    uniqueAddresses: Uint32Array.of(4, 1),
    lastPull: Float64Array.of(Date.UTC(2026, 9, 31, 23, 59, 59), NaN),
    trend: new Uint32Array(2),
    trendLength: 1,
    trendDays: 1,
  };
  expect(csvOf(repositoryCells(columns, Uint32Array.of(1, 0))).split('\r\n')).toEqual([
    'repository,pulls,pulls_by_tag,pulls_by_digest,version_checks,unique_ip_addresses,last_pull',
    'acme/b,0,0,0,1,1,',
    "'=acme/a,5,3,2,9,4,2026-10-31",
    '',
  ]);
  const mixed = { ...columns, downloads: Uint32Array.of(0, 7) };
  expect(repositoryCells(mixed, Uint32Array.of(1)).map((cells) => cells.slice(-3))).toEqual([
    ['last_pull', 'repository_type', 'downloads'],
    ['', 'model', 7],
  ]);
});
