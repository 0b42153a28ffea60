import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { contentKey, readLogs, type ReadOptions } from '../helpers/read-logs.ts';
import { readSlowly } from '../helpers/slow-reference.ts';

/** Random logs of hubs and a registry, of few clients and names, so that everything that can meet does. */
const START = Date.UTC(2026, 8, 1, 23, 50);
const request = fc.record({
  wait: fc.constantFrom(0, 0, 1, 1, 5, 100, 150, 299, 300, 301, -1, -70),
  client: fc.constantFrom('192.0.2.1', '192.0.2.1', '192.0.2.2', 'unix:'),
  method: fc.constantFrom('HEAD', 'GET', 'GET', 'POST'),
  prefix: fc.constantFrom('', '', '', '/hub', '/api', '/artifactory/api/huggingfaceml/key'),
  type: fc.constantFrom('', '', '/datasets', '/datasets', '/spaces', '/models', '/v2'),
  name: fc.constantFrom('acme/x', 'acme/x', 'acme/y', 'gpt2', 'v2/x', '__proto__/x', 'resolve/x'),
  verb: fc.constantFrom('resolve', 'resolve', 'resolve', 'raw', 'manifests'),
  rev: fc.constantFrom('main', 'main', 'v2', 'refs%2Fpr%2F1', 'refs/pr/1', 'a%3Ab', 'a%2Fb', ''),
  file: fc.constantFrom(
    'config.json',
    'config.json',
    'q.gguf',
    'a/b.bin',
    'resolve/z',
    'v2/z',
    'q%20r.gguf',
    '',
  ),
  query: fc.constantFrom('', '', '?download=true'),
  status: fc.constantFrom(200, 200, 200, 206, 302, 307, 304, 303, 404),
  agent: fc.constantFrom('transformers/4.44.2; python/3.11', 'unknown/None; hf_hub/0.24.6'),
});
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

function render(requests: Request[]): Uint8Array {
  let time = START;
  const lines = requests.map(({ wait, client, method, status, agent, ...path }) => {
    time += wait * 1000;
    const { prefix, type, name, verb, rev, file, query } = path;
    const target = `${prefix}${type}/${name}/${verb}/${rev}/${file}${query}`;
    return `${logLine(time, client, method, target, status, 10, agent)}\n`;
  });
  return new TextEncoder().encode(lines.join(''));
}

const options: fc.Arbitrary<ReadOptions> = fc.record({
  chunk: fc.constantFrom(150, 1000, 1 << 20),
  scanners: fc.integer({ min: 1, max: 4 }),
  kernel: fc.constantFrom('wasm' as const, 'wasm' as const, 'javascript' as const),
  seed: fc.integer({ min: 0, max: 1000 }),
  rules: fc.record({
    separateByAgent: fc.boolean(),
    countHubHeads: fc.boolean(),
    countInnerHops: fc.constant(true),
  }),
});

test('downloads are those of the slow reference, whatever the order of files, pieces and scanners', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(request, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 3 }),
      options,
      fc.boolean(),
      async (logs, how, isReversed) => {
        const files = logs.map(render).map((bytes, i) => ({ name: `log.${i}`, bytes }));
        fc.pre(new Set(files.map(({ bytes }) => contentKey(bytes))).size === files.length);
        const expected = readSlowly(files, how.rules, contentKey);
        const real = await readLogs(isReversed ? [...files].reverse() : files, how);
        expect(real.actions).toEqual(expected.actions);
        expect(real.tally).toEqual(expected.tally);
      },
    ),
    { numRuns: 50 },
  );
});
