import { expect, test } from 'vitest';
import { csvOf } from '../../src/lib/delimited.ts';
import { referenceCells } from '../../src/views/repositories/reference-cells.ts';
import { reconcileCells, sourceRepositoryCells } from '../../src/views/sources/table-cells.ts';

const DAY = Date.UTC(2026, 8, 1) / 86_400_000;

test('tags and digests of a repository, of a hub its files', () => {
  const row = {
    ...{
      reference: '=1.0',
      isDigest: false,
      pullsByTag: 3,
      pullsByDigest: 0,
      versionChecks: 2,
      downloads: 0,
    },
    ...{ uniqueAddresses: 2, firstSeen: Date.UTC(2026, 8, 1, 1), lastSeen: Date.UTC(2026, 8, 2, 2) },
  };
  expect(csvOf(referenceCells([row], false)).split('\r\n')).toEqual([
    'reference,pulls_by_tag,pulls_by_digest,version_checks,unique_ip_addresses,first_seen,last_seen',
    "'=1.0,3,0,2,2,2026-09-01T01:00:00Z,2026-09-02T02:00:00Z",
    '',
  ]);
  expect(referenceCells([{ ...row, downloads: 7 }], true).map((cells) => cells[1])).toEqual(['downloads', 7]);
});

test('repositories of sources: what is not known is empty, not 0', () => {
  const row = {
    ...{
      name: 'acme/api',
      repoType: 'image' as const,
      meaning: 'docker',
      level: 0,
      measure: 'pulls' as const,
    },
    ...{ count: 0, checks: null, stated: null, lastDay: DAY, trend: new Uint32Array(1), sources: [0, 1] },
  };
  expect(sourceRepositoryCells([row], (source) => ['a.csv', 'b.csv'][source]!)[1]).toEqual([
    ...['acme/api', 'image', 'docker', 'pulls', 0, '', '', '2026-09-01', 'a.csv; b.csv'],
  ]);
});

test('two sources side by side', () => {
  const row = {
    ...{
      repository: 'acme/api',
      first: DAY,
      last: DAY,
      measure: 'pulls' as const,
      a: 5,
      b: 3,
      difference: -2,
    },
    reasons: ['missing-hours' as const, 'folding' as const],
  };
  expect(reconcileCells([row], ['logs', 'hub.csv'])).toEqual([
    ['repository', 'first_day', 'last_day', 'measure', 'logs', 'hub.csv', 'difference', 'reasons'],
    ['acme/api', '2026-09-01', '2026-09-01', 'pulls', 5, 3, -2, 'missing-hours; folding'],
  ]);
});
