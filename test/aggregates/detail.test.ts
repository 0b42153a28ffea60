import { describe, expect, test } from 'vitest';
import { analyse, manifestLine as line, spanOf } from '../helpers/exported.ts';

const D1 = `sha256:${'1'.repeat(64)}`;
const time = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
const LOG = [
  line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'acme/web', '1.0'),
  line('2026-09-01 11:00:00', '192.0.2.2', 'HEAD', 'acme/web', '1.0'),
  line('2026-09-02 10:00:00', '192.0.2.1', 'GET', 'acme/web', `${D1}?ns=docker.io`),
  line('2026-09-02 11:00:00', '192.0.2.1', 'HEAD', 'acme/web', 'latest'),
  line('2026-09-02 12:00:00', 'unix:', 'GET', 'acme/web', '__proto__').replace('/v2/', '/repository/key/v2/'),
  line('2026-09-02 13:00:00', '192.0.2.3', 'GET', 'other', '1.0'),
];
const span = spanOf('2026-09-01', '2026-09-02');

async function detailOf(name: string, lines = LOG, of = span) {
  const analysis = await analyse([lines]);
  const { names, index } = analysis.view(of).repositories;
  return analysis.detail(index[names.indexOf(name)]!, of);
}

describe('a repository by reference', () => {
  test('has the counts, addresses and times of each', async () => {
    const { repository: _, ...detail } = await detailOf('acme/web');
    const none = {
      downloads: 0,
      isDigest: false,
      pullsByTag: 0,
      pullsByDigest: 0,
      versionChecks: 0,
      uniqueAddresses: 1,
    };
    expect(detail).toEqual({
      name: 'acme/web',
      repoType: 'image',
      // By pulls, then version checks, then reference.
      references: [
        {
          ...none,
          reference: '1.0',
          pullsByTag: 1,
          versionChecks: 1,
          uniqueAddresses: 2,
          firstSeen: time('2026-09-01 10:00:00'),
          lastSeen: time('2026-09-01 11:00:00'),
        },
        {
          ...none,
          reference: '__proto__',
          pullsByTag: 1,
          uniqueAddresses: 0,
          firstSeen: time('2026-09-02 12:00:00'),
          lastSeen: time('2026-09-02 12:00:00'),
        },
        {
          ...none,
          reference: D1,
          isDigest: true,
          pullsByDigest: 1,
          firstSeen: time('2026-09-02 10:00:00'),
          lastSeen: time('2026-09-02 10:00:00'),
        },
        {
          ...none,
          reference: 'latest',
          versionChecks: 1,
          firstSeen: time('2026-09-02 11:00:00'),
          lastSeen: time('2026-09-02 11:00:00'),
        },
      ],
      referenceCount: 4,
      prefixes: [['/repository/key', 1]],
      upstreams: [['docker.io', 1]],
    });
  });

  test('is of the span alone', async () => {
    const { references } = await detailOf('acme/web', LOG, spanOf('2026-09-01', '2026-09-01'));
    expect(references.map(({ reference }) => reference)).toEqual(['1.0']);
  });

  test('lists the first 1,000 references and counts all', async () => {
    const lines = Array.from({ length: 1003 }, (_, i) =>
      line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'a/b', `t${String(i).padStart(4, '0')}`),
    );
    const { references, referenceCount } = await detailOf('a/b', lines);
    expect(references).toHaveLength(1000);
    expect(references.at(-1)!.reference).toBe('t0999');
    expect(referenceCount).toBe(1003);
  });
});
