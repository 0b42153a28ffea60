import { describe, expect, test } from 'vitest';
import { analyse, csvText, exported, manifestLine as line, spanOf } from '../helpers/exported.ts';

/** spec/outputs.md, "Summary: one row per namespace, repository and reference". */
const COUNTS = 'unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks';
const D1 = `sha256:${'1'.repeat(64)}`;

/** Three addresses, two namespaces and a name without one; 192.0.2.1 is everywhere. */
const LOG = [
  line('2026-09-01 10:00:00', '192.0.2.1', 'HEAD', 'acme/web', '1.0'),
  line('2026-09-01 10:00:01', '192.0.2.1', 'GET', 'acme/web', D1),
  line('2026-09-01 10:01:00', '192.0.2.1', 'HEAD', 'acme/web', '1.0'),
  line('2026-09-01 10:02:00', '192.0.2.2', 'HEAD', 'acme/web', '1.0'),
  line('2026-09-01 10:03:00', '192.0.2.1', 'GET', 'acme/web', D1),
  line('2026-09-01 10:04:00', '192.0.2.1', 'GET', 'acme/web/worker', '1.0'),
  line('2026-09-01 10:05:00', '192.0.2.3', 'HEAD', 'acme/web/worker', '1.0'),
  line('2026-09-02 10:00:00', '192.0.2.1', 'GET', 'busybox', 'latest'),
  line('2026-09-02 10:00:10', '192.0.2.1', 'GET', 'busybox', 'latest'),
  // The same reference of another repository is another row.
  line('2026-09-02 10:01:00', '192.0.2.2', 'GET', 'zoo/busybox', 'latest'),
  // No usable address: counted as an action, not as an address.
  line('2026-09-02 10:02:00', 'unix:', 'GET', 'zoo/busybox', 'latest'),
];

describe('summary', () => {
  test('by reference', async () => {
    const { text, rows, name } = await exported(await analyse([LOG]), 'summary');
    expect(text).toBe(
      csvText(
        `namespace,repository,reference,${COUNTS}`,
        ',busybox,latest,1,2,0,0',
        'acme,web,1.0,2,1,0,2',
        `acme,web,${D1},1,0,1,0`,
        'acme,web/worker,1.0,2,1,0,1',
        'zoo,busybox,latest,1,2,0,0',
      ),
    );
    expect({ rows, name }).toEqual({ rows: 5, name: 'all_summary_all.csv' });
  });

  test('by repository: unique addresses are no sum of the rows by reference', async () => {
    const { text, rows } = await exported(await analyse([LOG]), 'summary', { level: 'repository' });
    expect(text).toBe(
      csvText(
        `namespace,repository,${COUNTS}`,
        ',busybox,1,2,0,0',
        'acme,web,2,1,1,2',
        'acme,web/worker,2,1,0,1',
        'zoo,busybox,1,2,0,0',
      ),
    );
    expect(rows).toBe(4);
  });

  test('by namespace: unique addresses are no sum of the rows by repository', async () => {
    const { text, rows } = await exported(await analyse([LOG]), 'summary', { level: 'namespace' });
    expect(text).toBe(csvText(`namespace,${COUNTS}`, ',1,2,0,0', 'acme,3,2,1,3', 'zoo,1,2,0,0'));
    expect(rows).toBe(3);
  });

  test('of a span counts addresses anew', async () => {
    const analysis = await analyse([
      [
        line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'a/b', '1'),
        line('2026-09-02 10:00:00', '192.0.2.1', 'GET', 'a/b', '1'),
        line('2026-09-02 10:00:00', '192.0.2.2', 'GET', 'a/b', '1'),
      ],
    ]);
    const of = async (first: string, last: string) =>
      (await exported(analysis, 'summary', { span: spanOf(first, last), spanKind: 'span' })).text.split(
        '\r\n',
      )[1];
    expect(await of('2026-09-01', '2026-09-01')).toBe('a,b,1,1,1,0,0');
    expect(await of('2026-09-02', '2026-09-02')).toBe('a,b,1,2,2,0,0');
    expect(await of('2026-09-01', '2026-09-02')).toBe('a,b,1,2,3,0,0');
  });

  test('counts a repository once, whatever prefix it is asked for under', async () => {
    const through = (text: string) => text.replace('/v2/', '/artifactory/api/docker/key/v2/');
    const request = line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'a/b', '1');
    const { text } = await exported(await analyse([[request, through(request)]]), 'summary');
    expect(text).toBe(csvText(`namespace,repository,reference,${COUNTS}`, 'a,b,1,1,2,0,0'));
  });

  test('is in code point order, column by column', async () => {
    // U+FF5E is below U+1F40B, though its UTF-16 unit is above that one's first; "a" stands before "a-b", "a/b" apart.
    const names = ['\u{1f40b}/x', '\uff5e/x', 'a-b/x', 'a/z', 'a/b/c', 'a/B', 'Z/x', '\u00e9/x', 'plain'];
    const lines = names.flatMap((name) => [
      line('2026-09-01 10:00:00', '192.0.2.1', 'GET', encodeURI(name), '\uff5e'),
      line('2026-09-01 10:00:00', '192.0.2.1', 'GET', encodeURI(name), '\u{1f40b}'),
    ]);
    const { text } = await exported(await analyse([lines]), 'summary');
    const expected = [',plain', 'Z,x', 'a,B', 'a,b/c', 'a,z', 'a-b,x', '\u00e9,x', '\uff5e,x', '\u{1f40b},x'];
    expect(text.split('\r\n').slice(1, -1)).toEqual(
      expected.flatMap((name) => [`${name},\uff5e,1,1,0,0`, `${name},\u{1f40b},1,1,0,0`]),
    );
  });

  test('holds more than 1,024 rows, each with its own counts', async () => {
    const lines = Array.from({ length: 2100 }, (_, i) =>
      line(
        '2026-09-01 10:00:00',
        `192.0.2.${i % 200}`,
        'GET',
        'a/b',
        `t${String(i % 1050).padStart(4, '0')}`,
      ),
    );
    const { text, rows } = await exported(await analyse([lines]), 'summary');
    expect(rows).toBe(1050);
    // 1,050 is no multiple of 200, so the two pulls of a tag come from two addresses.
    expect(text.split('\r\n').slice(1, -1)).toEqual(
      Array.from({ length: 1050 }, (_, i) => `a,b,t${String(i).padStart(4, '0')},2,2,0,0`),
    );
  });
});
