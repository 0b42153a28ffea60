import { describe, expect, test } from 'vitest';
import type { LinePattern } from '../../src/model/line-pattern.ts';
import { readRequests } from '../helpers/read-requests.ts';

/** Requests at the borders of what the scanner has room for. */
const line = (path: string) =>
  `192.0.2.1 - - [21/Nov/2026:03:09:35 +0000] "GET ${path} HTTP/1.1" 200 9 "-" "crane/v0.20.2"\n`;

describe.each(['wasm', 'javascript'] as const)('%s', (kernel) => {
  const namesOf = async (text: string, own?: LinePattern[]) =>
    (await readRequests(text, { kernel, ...(own ? { own } : {}) })).requests.map(
      ({ prefix, name }) => `${prefix}|${name}`,
    );

  test('%00 in a path moves nothing from the name into the prefix', async () => {
    expect(
      await namesOf(line('/mirror%00/v2/a%00b/manifests/1') + line('/v2/a%2Fb%00c/manifests/1')),
    ).toEqual(['/mirror%00|a%00b', '|a/b%00c']);
  });

  test('\\x00 does not either', async () => {
    expect(await namesOf(line(String.raw`/mirror\x00/v2/a\x00b/manifests/1`))).toEqual(['/mirrorx00|ax00b']);
  });

  test.each([1, 1023, 1024, 5000, 100_000])('a namespace of %i bytes stays before its name', async (size) => {
    const namespace = 'n'.repeat(size);
    const usage = `{"kind":"pull_repo","metadata":{"repo":"app","namespace":"${namespace}","tag":"1.0"},"ip":"192.0.2.121","datetime":"Sat, 01 Aug 2026 08:00:01 -0000"}\n`;
    expect(await namesOf(usage)).toEqual([`|${namespace}/app`]);
  });

  test('a format of more than 64 KB is left out, and others go on', async () => {
    const tokens = (literal: string): LinePattern => ({
      kind: 'text',
      tokens: [
        { literal },
        { field: 'client' },
        { literal: ' ' },
        { field: 'time' },
        { literal: ' ' },
        { field: 'request' },
        { literal: '!' },
      ],
    });
    const text = '# 192.0.2.1 2026-11-21T03:09:35Z GET /v2/a/manifests/1!\n';
    expect(await namesOf(text, [tokens('x'.repeat(70_000)), tokens('# ')])).toEqual(['|a']);
  });
});
