import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternFromClicks } from '../../../src/formats/custom/from-clicks.ts';
import type { LineSelection } from '../../../src/formats/custom/from-clicks.ts';
import { splitForClicks } from '../../../src/formats/custom/split-for-clicks.ts';
import type { LineField } from '../../../src/model/line-pattern.ts';
import { matchPattern } from '../../../src/formats/custom/match-pattern.ts';
import { tokensOf } from '../../helpers/tokens-of.ts';

/** Selects the first occurrence of each text. */
function select(line: string, fields: Partial<Record<LineField, string>>): LineSelection[] {
  return Object.entries(fields).map(([field, part]) => {
    const start = line.indexOf(part);
    expect(start).toBeGreaterThanOrEqual(0);
    return { start, end: start + part.length, field: field as LineField };
  });
}

/** What a pattern from selections in one line reads from others. */
function read(line: string, fields: Partial<Record<LineField, string>>, ...others: string[]) {
  const made = patternFromClicks(line, select(line, fields));
  if ('reason' in made) throw new Error(made.reason);
  return others.map((other) => {
    const found = matchPattern(made.pattern, other);
    return found && Object.fromEntries(found);
  });
}

const COMBINED =
  '192.0.2.7 - - [21/Nov/2026:10:00:00 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 528 "-" "docker/24 (linux)" 0.003 [ns-svc-5000]';

test('a line of combined fits other lines', () => {
  const made = patternFromClicks(
    COMBINED,
    // With quotes and brackets selected, and not in order.
    select(COMBINED, {
      request: '"GET /v2/a/manifests/1 HTTP/1.1"',
      time: '[21/Nov/2026:10:00:00 +0000] ',
      client: '192.0.2.7',
      status: '200',
      agent: 'docker/24 (linux)',
    }),
  );
  expect(made).toEqual({
    missing: [],
    pattern: {
      kind: 'text',
      tokens: tokensOf('<client> <skip> [<time>] "<request>" <status> <skip> "<skip>" "<agent>"'),
    },
  });
  expect(
    read(
      COMBINED,
      {
        request: 'GET /v2/a/manifests/1 HTTP/1.1',
        time: '21/Nov/2026:10:00:00 +0000',
        agent: 'docker/24 (linux)',
      },
      '2001:db8::1 - jane doe [22/Nov/2026:10:00:00 +0000] "HEAD /v2/ HTTP/2.0" 401 - "https://a b/" "curl/8 \\"x\\"" -',
    ),
  ).toEqual([{ request: 'HEAD /v2/ HTTP/2.0', time: '22/Nov/2026:10:00:00 +0000', agent: 'curl/8 \\"x\\"' }]);
});

test('method and target inside of quotes, and a part of a quoted word', () => {
  const line =
    'ts=2026-11-21T10:00:00Z ip="client:192.0.2.7:4242" req="GET https://r.example/v2/a/manifests/1 HTTP/1.1" rt=0.1 st=200';
  expect(
    read(
      line,
      {
        time: '2026-11-21T10:00:00Z',
        client: '192.0.2.7',
        method: 'GET',
        target: '/v2/a/manifests/1',
        status: '200',
      },
      'ts=2026-11-22T10:00:00Z ip="client:2001:db8::1:77" req="HEAD https://other.example/v2/b/manifests/1 HTTP/2" rt=12 st=304',
    ),
  ).toEqual([
    {
      time: '2026-11-22T10:00:00Z',
      client: '2001:db8::1',
      method: 'HEAD',
      target: 'https://other.example/v2/b/manifests/1',
      status: '304',
    },
  ]);
});

test('a time with a blank, words and fields apart by bars', () => {
  const line =
    '2026-11-21 10:00:00,123 INFO  [worker-1] 192.0.2.7 | GET | /v2/a/manifests/1 | 200 | docker/24 go | 5 ms';
  expect(
    read(
      line,
      {
        time: '2026-11-21 10:00:00,123',
        client: '192.0.2.7',
        method: 'GET',
        target: '/v2/a/manifests/1',
        status: '200',
        agent: 'docker/24 go',
      },
      '2026-11-22 11:00:00,000 WARNING [w 2] 192.0.2.8 | HEAD | /v2/b/manifests/2 | 404 | curl | 17 ms',
    ),
  ).toEqual([
    {
      time: '2026-11-22 11:00:00,000',
      client: '192.0.2.8',
      method: 'HEAD',
      target: '/v2/b/manifests/2',
      status: '404',
      agent: 'curl',
    },
  ]);
});

test('a time with a blank between blanks', () => {
  const line = '192.0.2.7 21/Nov/2026:10:00:00 +0000 GET /v2/a/manifests/1 HTTP/1.1 200';
  expect(
    read(
      line,
      {
        client: '192.0.2.7',
        time: '21/Nov/2026:10:00:00 +0000',
        request: 'GET /v2/a/manifests/1 HTTP/1.1',
        status: '200',
      },
      '192.0.2.8 22/Nov/2026:10:00:00 +0100 HEAD /v2/b/manifests/1 HTTP/2 304',
    ),
  ).toEqual([
    {
      client: '192.0.2.8',
      time: '22/Nov/2026:10:00:00 +0100',
      method: 'HEAD',
      target: '/v2/b/manifests/1',
      status: '304',
    },
  ]);
});

test('lines of JSON', () => {
  const line =
    '{"@timestamp":"2026-11-21T10:00:00Z","http":{"verb":"GET","url":"/v2/a/manifests/1"},"status":200,"ua":["docker/24"]}';
  expect(
    patternFromClicks(
      line,
      select(line, {
        time: '2026-11-21T10:00:00Z',
        method: '"GET"',
        target: '/v2/a/manifests/1',
        status: '200',
        agent: 'docker/24',
      }),
    ),
  ).toEqual({
    missing: ['client'],
    pattern: {
      kind: 'json',
      keys: [
        { key: '@timestamp', field: 'time' },
        { key: 'http.verb', field: 'method' },
        { key: 'http.url', field: 'target' },
        { key: 'status', field: 'status' },
        { key: 'ua', field: 'agent' },
      ],
    },
  });
  expect(patternFromClicks(line, select(line, { agent: 'docker' }))).toEqual({
    reason: 'The agent is not the whole value of a key.',
    remedy: 'In lines of JSON, select whole values.',
  });
});

test('selections that make no format', () => {
  const time = '21/Nov/2026:10:00:00 +0000';
  const request = 'GET /v2/a/manifests/1 HTTP/1.1';
  const reason = (selections: LineSelection[]) => {
    const made = patternFromClicks(COMBINED, selections);
    return 'reason' in made ? made.reason : null;
  };
  expect(reason([])).toBe('This selection shows no request.');
  expect(reason(select(COMBINED, { request }))).toBe('This selection shows no time.');
  expect(reason([...select(COMBINED, { time, request, target: '/v2/a' })])).toBe(
    'Two of the fields overlap.',
  );
  expect(reason([...select(COMBINED, { time, request }), ...select(COMBINED, { time: '0.003' })])).toBe(
    'Two parts are the time.',
  );
  expect(reason(select(COMBINED, { time, target: '/v2/a/manifests/1', method: 'GE', status: 'T' }))).toBe(
    'Nothing stands between the method and the status, so that they cannot be told apart.',
  );
});

const guesses = (line: string) =>
  Object.fromEntries(
    splitForClicks(line)
      .filter(({ field }) => field !== 'skip')
      .map(({ start, end, field }) => [field, line.slice(start, end)]),
  );

test('the pieces of a line with a guess for each', () => {
  expect(splitForClicks(COMBINED).map(({ start, end }) => COMBINED.slice(start, end))).toEqual([
    '192.0.2.7',
    '-',
    '-',
    '21/Nov/2026:10:00:00 +0000',
    'GET /v2/a/manifests/1 HTTP/1.1',
    '200',
    '528',
    '-',
    'docker/24 (linux)',
    '0.003',
    'ns-svc-5000',
  ]);
  expect(guesses(COMBINED)).toEqual({
    client: '192.0.2.7',
    time: '21/Nov/2026:10:00:00 +0000',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
    status: '200',
    written: '528',
    agent: 'docker/24 (linux)',
  });
  expect(
    guesses(
      '2026-11-21 10:00:00 +0000 rt=0.1 HEAD /v2/a/manifests/1 304 [2001:db8::1]:77 "203.0.113.9, 192.0.2.1"',
    ),
  ).toEqual({
    time: '2026-11-21 10:00:00 +0000',
    method: 'HEAD',
    target: '/v2/a/manifests/1',
    status: '304',
    client: '2001:db8::1',
    forwarded: '203.0.113.9, 192.0.2.1',
  });
  expect(
    guesses(
      '{"t":1795255200.5,"h":{"ip":"192.0.2.7"},"m":"GET","u":"/v2/a/manifests/1","s":"200","a":["docker/24"]}',
    ),
  ).toEqual({
    time: '1795255200.5',
    client: '192.0.2.7',
    method: 'GET',
    target: '/v2/a/manifests/1',
    status: '200',
    agent: 'docker/24',
  });
});

test('guesses that are taken read their own line back', () => {
  const value = fc.record({
    ip: fc.ipV4(),
    user: fc.constantFrom('-', 'jane', 'a b'),
    path: fc.webPath().map((path) => `/v2${path}`),
    status: fc.integer({ min: 100, max: 599 }),
    agent: fc.constantFrom('docker/24 (linux) \\"x\\"', 'curl/8.1', 'containerd/1.7.24~ds1'),
    extra: fc.array(fc.constantFrom('0.003', '[a]', 'rt=1', '"q w"', '-', '{x|y}'), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(value, ({ ip, user, path, status, agent, extra }) => {
      const line = `${ip} - ${user} [21/Nov/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" ${status} ${extra.join(' ')} "${agent}"`;
      const parts = splitForClicks(line);
      const made = patternFromClicks(line, parts);
      if ('reason' in made) throw new Error(made.reason);
      const taken = parts.filter(({ field }) => field !== 'skip');
      expect(Object.fromEntries(matchPattern(made.pattern, line) ?? [])).toEqual(
        Object.fromEntries(taken.map(({ start, end, field }) => [field, line.slice(start, end)])),
      );
    }),
  );
});

test('any selection in any line gives a pattern or a problem', () => {
  const part = fc.constantFrom(
    '"',
    '[',
    ']',
    '{',
    '}',
    ' ',
    '\\',
    'a=',
    '1',
    'GET',
    '/v2/',
    ',',
    ':',
    'é',
    '200',
  );
  const line = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
  const ranges = fc.array(
    fc.record({
      start: fc.integer({ min: -2, max: 60 }),
      end: fc.integer({ min: -2, max: 60 }),
      field: fc.constantFrom<LineField>('time', 'request', 'client', 'skip', 'agent', 'target'),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(line, ranges, (text, selections) => {
      const atoms = splitForClicks(text);
      for (const [index, atom] of atoms.entries())
        expect(atom.start).toBeGreaterThanOrEqual(index > 0 ? atoms[index - 1]!.end : 0);
      const made = patternFromClicks(text, selections);
      expect('reason' in made ? made.reason : made.pattern.kind).not.toBe('');
    }),
    { numRuns: 2000 },
  );
});

test('a line that makes a format too long for the scanner and for a link is refused with what to do', () => {
  // What stands behind the last field is no part of the format.
  const line = `${COMBINED} ${'|'.repeat(70_000)} "last/1.0"`;
  const fields = {
    client: '192.0.2.7',
    time: '21/Nov/2026:10:00:00 +0000',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
    agent: 'last/1.0',
  };
  expect(patternFromClicks(line, select(line, fields))).toEqual({
    reason: 'This line is too long for a format.',
    remedy: 'Select the fields in a shorter line of the same log.',
  });
});
