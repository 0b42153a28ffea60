import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonTime } from '../helpers/log-lines.ts';
import { contentKey, type LogFile, readLogs, type ReadOptions } from '../helpers/read-logs.ts';
import { readSlowly } from '../helpers/slow-reference.ts';

/** Random logs of few clients, repositories and references, so that everything that can meet does. */
const START = Date.UTC(2026, 8, 1, 10);
const DIGESTS = [1, 2, 3].map((n) => `sha256:${String(n).repeat(64)}`);
const AGENT = String.raw`docker/27 UpstreamClient(Docker-Client/27 \(linux\))`;

const request = fc.record({
  wait: fc.constantFrom(0, 0, 0, 1, 1, 2, 4, 5, 5, 6, 30, -2, -70),
  millis: fc.constantFrom(0, 0, 1, 999),
  client: fc.constantFrom('192.0.2.1', '192.0.2.1', '192.0.2.2', '2001:db8::a', 'unix:'),
  method: fc.constantFrom('HEAD', 'GET', 'GET', 'PUT'),
  name: fc.constantFrom('acme/web', 'acme/web', 'a/manifests/b', '__proto__'),
  prefix: fc.constantFrom('', '', '', '/artifactory/api/docker/key'),
  reference: fc.constantFrom(
    '1.0',
    '1.0',
    'latest',
    ...DIGESTS,
    ...DIGESTS,
    DIGESTS[0]!.replace(':', '%3A'),
    `sha256-${'4'.repeat(64)}.sig`,
  ),
  query: fc.constantFrom('', '', '', '?ns=docker.io'),
  status: fc.constantFrom(200, 200, 200, 200, 304, 307, 401, 404),
  agent: fc.constantFrom(AGENT, AGENT, 'containerd/1.7.24', '', '<b>"&\u00e9'),
  written: fc.constantFrom(9, 9, 10),
  /** As an access line, a logger line of one of two kinds, both lines, or both and that of a proxy. */
  shape: fc.constantFrom(
    'access',
    'access',
    'logfmt',
    'json',
    'logstash',
    'both',
    'both reversed',
    'proxied',
    'proxy first',
  ),
});
const noise = fc.constantFrom(
  '',
  'not a line of any format',
  '{"level":"info","msg":"listening"}',
  '192.0.2.9 - - [01/Sep/2026:10:00:00 +0000] "GET /healthz HTTP/1.1" 200 1 "-" "x"',
  '192.0.2.9 - - [01/Sep/2026:10:00:00 +0000] "GET /v2/a/blobs/sha256:1 HTTP/1.1" 200 1 "-" "x"',
  '192.0.2.9 - - [01/Foo/2026:10:00:00 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 1 "-" "x"',
);
const log = fc.record({
  start: fc.integer({ min: 0, max: 20 }),
  lines: fc.array(fc.oneof({ weight: 6, arbitrary: request }, { weight: 1, arbitrary: noise }), {
    maxLength: 25,
  }),
  ending: fc.constantFrom('\n', '\n', '\r\n'),
  isClosed: fc.boolean(),
  bom: fc.boolean(),
});
type Log = typeof log extends fc.Arbitrary<infer T> ? T : never;
type Request = typeof request extends fc.Arbitrary<infer T> ? T : never;

const goQuoted = (text: string) => JSON.stringify(text).slice(1, -1);

function linesOf(r: Request, second: number): string[] {
  const path = `${r.prefix}/v2/${r.name}/manifests/${r.reference}${r.query}`;
  const peer = r.client.includes('::') ? `[${r.client}]:4711` : `${r.client}:4711`;
  const access = `${r.client} - - [${commonTime(second * 1000)}] "${r.method} ${path} HTTP/1.1" ${r.status} ${r.written} "" "${goQuoted(r.agent)}"`;
  const behind = access.replace(r.client, '192.0.2.99');
  const proxy = access.replace(` ${r.written} ""`, ` ${r.method === 'GET' ? r.written : 0} "-"`);
  const time = new Date(second * 1000 + r.millis).toISOString();
  const message = r.status < 400 ? 'response completed' : 'response completed with error';
  const pairs = {
    'http.request.method': r.method,
    'http.request.remoteaddr': peer,
    'http.request.uri': path,
    'http.request.useragent': r.agent,
    'http.response.duration': '1.5ms',
    'http.response.status': r.status,
    'http.response.written': r.written,
  };
  const logfmt = `time="${time}" level=info msg="${message}" ${Object.entries(pairs)
    .map(
      ([key, value]) =>
        `${key}=${typeof value === 'number' || value === '1.5ms' ? value : `"${goQuoted(value as string)}"`}`,
    )
    .join(' ')}`;
  const json = JSON.stringify({ ...pairs, level: 'info', msg: message, time });
  const logstash = JSON.stringify({ '@timestamp': time, ...pairs, level: 'info', message });
  const shapes = {
    access: [access],
    logfmt: [logfmt],
    json: [json],
    logstash: [logstash],
    both: [logfmt, access],
    'both reversed': [access, json],
    proxied: [logfmt, behind, proxy],
    'proxy first': [proxy, json, behind],
  };
  return shapes[r.shape as keyof typeof shapes];
}

function render({ start, lines, ending, isClosed, bom }: Log): Uint8Array {
  let second = START / 1000 + start;
  const texts = lines.flatMap((line) => {
    if (typeof line === 'string') return [line];
    second += line.wait;
    return linesOf(line, second);
  });
  const text = (bom ? '\ufeff' : '') + texts.join(ending) + (isClosed && texts.length > 0 ? ending : '');
  return new TextEncoder().encode(text);
}

const namesOf = (contents: Uint8Array[]): LogFile[] =>
  contents.map((bytes, i) => ({ name: `log.${i}`, bytes }));
const options: fc.Arbitrary<ReadOptions> = fc.record({
  // Some pieces are a byte or a few: a border may stand anywhere, and a line go over many of them.
  chunk: fc
    .array(fc.constantFrom(1, 1, 2, 3, 37, 150), { maxLength: 6 })
    .chain((small) => fc.constantFrom(150, 1000, 1 << 20).map((large) => [...small, large])),
  scanners: fc.integer({ min: 1, max: 4 }),
  kernel: fc.constantFrom('wasm' as const, 'wasm' as const, 'javascript' as const),
  gzip: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1000 }),
  rules: fc.record({
    window: fc.constantFrom(5000, 5000, 1000, 30_000),
    foldFurther: fc.boolean(),
    separateByAgent: fc.boolean(),
    countSignatures: fc.boolean(),
    // Random logs of few clients meet in everything; find-hops.test.ts looks for hops.
    countInnerHops: fc.constant(true),
  }),
});

function sumOf(tally: { dropped: [number, number][] } & Record<string, unknown>): number {
  const {
    read: _,
    dropped,
    ...others
  } = tally as { read: number; dropped: [number, number][] } & Record<string, number>;
  return (
    Object.values(others as Record<string, number>).reduce((a, b) => a + b, 0) +
    dropped.reduce((a, [, n]) => a + n, 0)
  );
}

const ASKED: Request = {
  ...{ wait: 0, millis: 0, client: '192.0.2.1', method: 'HEAD', name: 'acme/web', prefix: '' },
  ...{ reference: '1.0', query: '', status: 200, agent: 'docker/27', written: 9, shape: 'access' },
};
/** A second record that is taken out stands before a request of the time and rank of another file's. */
const TWIN_BEFORE_AN_EQUAL_TIME: [Log[], ReadOptions, boolean] = [
  [
    {
      ...{ start: 17, ending: '\n', isClosed: false, bom: false },
      lines: [
        { ...ASKED, wait: 4 },
        { ...ASKED, wait: -2, millis: 1, reference: `sha256:${'3'.repeat(64)}`, shape: 'both reversed' },
        ASKED,
      ],
    },
    {
      ...{ start: 14, ending: '\n', isClosed: true, bom: false },
      lines: [
        { ...ASKED, wait: 5 },
        { ...ASKED, prefix: '/artifactory/api/docker/key', status: 307, agent: '<b>"&é', shape: 'json' },
      ],
    },
  ],
  {
    ...{ chunk: [150], scanners: 1, kernel: 'wasm', gzip: false, seed: 0 },
    rules: {
      ...{ window: 5000, foldFurther: false, separateByAgent: false },
      ...{ countSignatures: false, countInnerHops: true },
    },
  },
  false,
];

describe('the actions are those of the slow reference', () => {
  test('whatever the order of files, size of pieces, number and turn of scanners, kernel, compression and rules', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(log, { minLength: 1, maxLength: 3 }),
        options,
        fc.boolean(),
        async (logs, how, isReversed) => {
          const files = namesOf(logs.map(render));
          // The same bytes twice are one file, which is not what is tested here.
          fc.pre(new Set(files.map(({ bytes }) => contentKey(bytes))).size === files.length);
          const expected = readSlowly(files, how.rules, contentKey);
          const real = await readLogs(isReversed ? [...files].reverse() : files, how);
          expect(real.actions).toEqual(expected.actions.sort((a, b) => a.time - b.time));
          expect(real.tally).toEqual(expected.tally);
          expect(sumOf({ ...real.tally })).toBe(real.tally.read);
        },
      ),
      { numRuns: 100, examples: [TWIN_BEFORE_AN_EQUAL_TIME] },
    );
  });

  test('a log that is cut in two where its clock ticks gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.nat(), async (whole, where) => {
        const ticking = {
          ...whole,
          bom: false,
          isClosed: true,
          lines: whole.lines
            .filter((line) => typeof line !== 'string')
            .map((line) => ({
              ...(line as Request),
              wait: Math.max(1, (line as Request).wait),
              shape: 'access',
            })),
        } as Log;
        fc.pre(ticking.lines.length > 1);
        const bytes = render(ticking);
        const borders = [...bytes.keys()]
          .filter((i) => bytes[i] === 10)
          .map((i) => i + 1)
          .slice(0, -1);
        const border = borders[where % borders.length]!;
        const one = await readLogs(namesOf([bytes]));
        const two = await readLogs(namesOf([bytes.slice(0, border), bytes.slice(border)]));
        const facts = (result: typeof one) =>
          result.actions.map(({ requests, ...rest }) => ({ ...rest, requests: requests.length }));
        expect(facts(two)).toEqual(facts(one));
        expect(two.tally).toEqual(one.tally);
      }),
      { numRuns: 40 },
    );
  });

  test('random bytes never throw, and their lines add up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), log.map(render)), { maxLength: 6 }),
        fc.constantFrom<number[]>([1, 120], [200, 1, 1], [1 << 20]),
        async (parts, chunk) => {
          const bytes = new Uint8Array(Buffer.concat(parts));
          const texts = await readLogs([{ name: 'x', bytes }], { chunk });
          const other = await readLogs([{ name: 'x', bytes }], { kernel: 'javascript' });
          expect(sumOf({ ...texts.tally })).toBe(texts.tally.read);
          expect(other.tally).toEqual(texts.tally);
          expect(other.actions).toEqual(texts.actions);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a log in pieces of one byte gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(log, async (whole) => {
        // A piece costs most of a millisecond: three lines are enough to have every kind of border.
        const bytes = render({ ...whole, lines: whole.lines.slice(0, 3) });
        const one = await readLogs([{ name: 'x', bytes }]);
        const many = await readLogs([{ name: 'x', bytes }], { chunk: 1, scanners: 2, seed: 1 });
        expect(many.actions).toEqual(one.actions);
        expect(many.tally).toEqual(one.tally);
        expect(many.unreadable).toEqual(one.unreadable);
      }),
      { numRuns: 4 },
    );
  });
});
