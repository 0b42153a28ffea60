import { describe, expect, test } from 'vitest';
import { readRequests } from '../helpers/read-requests.ts';

/** Behind an access line the next one is read before its end is known: it must be what it is when it stands alone. */
const ORDINARY = '192.0.2.1 - - [01/Sep/2026:00:00:01 +0000] "GET /v2/ HTTP/1.1" 200 2 "-" "crane/v0.20.2"';
const HEAD = '192.0.2.2 - - [01/Sep/2026:00:00:02 +0000] "';
const TAIL = ' HTTP/1.1" 200 9 "-" "crane/v0.20.2"';

/** A line, and what is read of it: pulls as name and reference, or the fate that it is counted as. */
const LINES: [title: string, line: string, read: string][] = [
  ['a manifest', `${HEAD}GET /v2/a/manifests/1${TAIL}`, 'a 1'],
  ['a manifest, and a carriage return', `${HEAD}HEAD /v2/a/manifests/1${TAIL}\r`, 'a 1'],
  ['a target of 200 bytes', `${HEAD}GET /v2/${'n'.repeat(180)}/manifests/1${TAIL}`, `${'n'.repeat(180)} 1`],
  ['an upstream', `${HEAD}GET /v2/a/manifests/1?ns=docker.io${TAIL}`, 'a 1'],
  ['a blob', `${HEAD}GET /v2/a/blobs/sha256:${'0'.repeat(64)}${TAIL}`, 'otherRegistry'],
  ['a token', `${HEAD}GET /token?scope=repository%3Aa%3Apull&ns=x${TAIL}`, 'otherRegistry'],
  ['another path', `${HEAD}GET /a!b${TAIL}`, 'otherPath'],
  ['a push', `${HEAD}PUT /v2/a/manifests/1${TAIL}`, 'otherRegistry'],
  ['a line that ends in its target', `${HEAD}GET /v2/a/manifests/1`, 'unreadable'],
  ['a line that ends in the target of a blob', `${HEAD}GET /v2/a/blobs/`, 'otherRegistry'],
  ['a line that ends behind its quote', HEAD, 'otherPath'],
  ['a line that ends before its quote', HEAD.slice(0, -1), 'unreadable'],
  ['a line that is an address alone', '192.0.2.2', 'unreadable'],
  ['a day that is none', `${HEAD.replace('01/Sep', '32/Sep')}GET /v2/a/manifests/1${TAIL}`, 'unreadable'],
  ['a status that is none', `${HEAD}GET /v2/a/manifests/1 HTTP/1.1" abc 9`, 'unreadable'],
  ['nothing', ' ', 'blank'],
];

describe.each(['wasm', 'javascript'] as const)('%s', (kernel) => {
  test.each(LINES)('%s is read alike behind an access line', async (_, line, read) => {
    for (const text of [`${line}\n`, `${ORDINARY}\n${line}\n${ORDINARY}\n`, `${ORDINARY}\n${line}`]) {
      const others = text.split(ORDINARY).length - 1;
      for (const piece of [1 << 20, 7]) {
        const { requests, segment } = await readRequests(text, { kernel, piece });
        const { read: lines, ...fates } = segment.lines;
        const counted = { ...fates, otherRegistry: fates.otherRegistry - others };
        const found = Object.entries(counted).flatMap(([fate, count]) => (count > 0 ? [fate] : []));
        expect([...requests.map(({ name, reference }) => `${name} ${reference}`), ...found]).toEqual([read]);
        expect(lines).toBe(others + 1);
      }
    }
  });

  test('agents that share all bytes that are looked at first stay apart', async () => {
    const agent = (i: number) => `${'a'.repeat(10)}${String(i % 6).padStart(3, '0')}${'b'.repeat(51)}`;
    const text = Array.from(
      { length: 600 },
      (_, i) => `${HEAD}GET /v2/a/manifests/1 HTTP/1.1" 200 9 "-" "${agent(i * (1 + (i % 2)))}"\n`,
    );
    const { requests } = await readRequests(text.join(''), { kernel });
    expect(requests.map((request) => request.agent)).toEqual(text.map((_, i) => agent(i * (1 + (i % 2)))));
  });
});
