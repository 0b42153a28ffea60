import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRequests } from '../helpers/read-requests.ts';

/** What stands behind the target of an access line is mostly of one form, which WebAssembly reads at a glance. */
const HEAD = '192.0.2.1 - - [01/Sep/2026:00:00:01 +0000] "GET /v2/a/manifests/1';
const PROTOCOLS = [' HTTP/1.1"', '"', ' a\\"b"', ' "', '\\'];
const STATUSES = ['200', '404', '999', '099', '99', '2000', '2x0', '-', '"', '\u00b200'];
const SIZES = ['0', '7', '1609', '31337000', '99999999', '123456789', '-', '', '12a', '1/0', '00000012'];
const REFERERS = ['"-"', '""', '"http://a/b"', '-', '"\\x22"', '"-', '"- "', '"192.0.2.7"'];
const AGENTS = [
  '"crane/v0.20.2"',
  `"${'y'.repeat(100)}"`,
  '"a\\"b"',
  '"-"',
  '""',
  '"cut',
  '"',
  '"a" "192.0.2.9"',
  '"a" "-"',
  '"a" "192.0.2.9',
  '"a" rt=1',
  '"a""b"',
  '',
];
const BLANKS = [' ', ' ', ' ', ' ', '  ', ''];

const lines = fc
  .tuple(
    fc.constantFrom(...PROTOCOLS),
    fc.constantFrom(...STATUSES),
    fc.constantFrom(...SIZES),
    fc.constantFrom(...REFERERS),
    fc.constantFrom(...AGENTS),
    fc.array(fc.constantFrom(...BLANKS), { minLength: 4, maxLength: 4 }),
  )
  .map(
    ([protocol, status, size, referer, agent, [a, b, c, d]]) =>
      `${HEAD}${protocol}${a}${status}${b}${size}${c}${referer}${d}${agent}`,
  );

/** Everything that comes of a text. */
async function readAll(text: string, kernel: 'wasm' | 'javascript') {
  const { requests, segment } = await readRequests(text, { kernel });
  const { status, written, flags } = segment.requests;
  return { requests, status, written, flags, lines: segment.lines, unreadable: segment.unreadable };
}

test('both builds read the same behind a target', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(lines, { minLength: 50, maxLength: 200 }), async (list) => {
      const text = list.join('\n');
      expect(await readAll(text, 'wasm')).toEqual(await readAll(text, 'javascript'));
    }),
    { numRuns: 20 },
  );
});

test.each(['wasm', 'javascript'] as const)('%s: status, size and agent of ordinary lines', async (kernel) => {
  for (const size of [0, 1, 10, 209, 1609, 31_337, 313_370, 3_133_700, 31_337_000, 313_370_001]) {
    for (const [status, agent] of [
      [200, 'crane/v0.20.2'],
      [404, 'y'.repeat(100)],
      [100, ''],
    ] as const) {
      const text = `${HEAD} HTTP/1.1" ${status} ${size} "-" "${agent}"\n`;
      const { requests, ...read } = await readAll(text + text, kernel);
      expect(requests.map((request) => request.agent)).toEqual([agent, agent]);
      expect([...read.status, ...read.written]).toEqual([status, status, size, size]);
    }
  }
});
