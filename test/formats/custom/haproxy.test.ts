import { expect, test } from 'vitest';
import { readHaproxy } from '../../../src/formats/custom/haproxy.ts';
import { matchPattern } from '../../../src/formats/custom/match-pattern.ts';

/** What the only format in a text reads from a line. */
function read(source: string, line: string): Record<string, string> | null {
  const { formats, problems } = readHaproxy(source);
  expect(problems).toEqual([]);
  expect(formats).toHaveLength(1);
  const found = matchPattern(formats[0]!.pattern, line);
  return found && Object.fromEntries(found);
}

const HTTP = `"%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r"`;

test('the HTTP format without captures, IPv6 with a port', () => {
  const { formats } = readHaproxy(`frontend registry\n  log-format ${HTTP}\n`);
  expect(formats).toEqual([
    {
      name: 'registry',
      origin: 'haproxy',
      missing: ['agent'],
      pattern: {
        kind: 'text',
        tokens: [
          { field: 'client' },
          { literal: ':' },
          { field: 'skip' },
          { literal: ' [' },
          { field: 'time' },
          { literal: '] ' },
          { field: 'skip' },
          { literal: ' ' },
          ...['/', ' ', '/', '/', '/', '/', ' '].flatMap((literal) => [{ field: 'skip' }, { literal }]),
          { field: 'status' },
          { literal: ' ' },
          { field: 'written' },
          ...[' ', ' ', ' ', ' ', '/', '/', '/', '/', ' ', '/'].flatMap((literal, index) =>
            index === 0 ? [{ literal }] : [{ field: 'skip' }, { literal }],
          ),
          { field: 'skip' },
          { literal: ' "' },
          { field: 'request' },
          { literal: '"' },
        ],
      },
    },
  ]);
  expect(
    read(
      HTTP,
      '2001:db8::1:4242 [25/Feb/2026:16:19:48.143] in~ bk/web 0/0/7/1457/1487 200 11394 - - ---- 2/1/0/0/0 0/0 "GET /v2/a/manifests/1 HTTP/1.1"',
    ),
  ).toEqual({
    client: '2001:db8::1',
    time: '25/Feb/2026:16:19:48.143',
    status: '200',
    written: '11394',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
  });
});

test('captured headers, in the order of a whole configuration', () => {
  const config = `
defaults
  log global
  log-format ${HTTP}
frontend registry
  bind :443
  capture request header Host len 64
  capture request header User-Agent len 128
  capture response header Docker-Content-Digest len 80
backend web
  server web 192.0.2.80:5000
`;
  expect(
    read(
      config,
      '192.0.2.7:53332 [25/Feb/2026:16:19:48.143] in~ bk/web 0/0/7/1457/1487 200 11394 - - ---- 2/1/0/0/0 0/0 {r.example|docker/24 go} {sha256:ab} "GET /v2/a/manifests/1 HTTP/1.1"',
    ),
  ).toMatchObject({ client: '192.0.2.7', agent: 'docker/24 go', digest: 'sha256:ab' });
});

test('fetches, variables and converters', () => {
  const config = `frontend f
  http-request capture req.hdr(X-Forwarded-For) len 64
  http-request set-var(txn.ua) req.hdr(User-Agent)
  log-format '%[src] %trg %[capture.req.hdr(0)] %[method] %HP%HQ %[status] "%[var(txn.ua),json]" %[res.hdr(docker-content-digest)]'`;
  expect(
    read(
      config,
      '192.0.2.7 25/Feb/2026:16:19:48 +0000 203.0.113.9, 192.0.2.7 HEAD /v2/a/manifests/1?ns=docker.io 200 "docker/24" sha256:ab',
    ),
  ).toEqual({
    client: '192.0.2.7',
    time: '25/Feb/2026:16:19:48 +0000',
    forwarded: '203.0.113.9, 192.0.2.7',
    method: 'HEAD',
    target: '/v2/a/manifests/1?ns=docker.io',
    status: '200',
    agent: 'docker/24',
    digest: 'sha256:ab',
  });
});

test('blanks behind backslashes, quotes for everything', () => {
  expect(
    read(
      String.raw`  log-format %{+Q}o\ %ci\ -\ -\ [%T]\ %r\ %ST\ %B\ %{-Q}b`,
      '"192.0.2.7" - - [25/Feb/2026:16:19:48 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 528 web',
    ),
  ).toEqual({
    client: '192.0.2.7',
    time: '25/Feb/2026:16:19:48 +0000',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
    status: '200',
    written: '528',
  });
});

test('JSON by hand', () => {
  expect(
    read(
      String.raw`log-format "{\"t\":\"%Ts.%ms\",\"ip\":\"%ci\",\"req\":\"%HM %HU %HV\",\"st\":%ST,\"ua\":\"%[capture.req.hdr(0),json('utf8s')]\"}"`,
      '{"t":"1795255200.123","ip":"192.0.2.7","req":"GET /v2/a/manifests/1 HTTP/1.1","st":200,"ua":"x"}',
    ),
  ).toEqual({
    time: '1795255200.123',
    client: '192.0.2.7',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
    status: '200',
  });
});

test('JSON by a flag', () => {
  expect(
    read(
      'log-format "%{+json}o %(ip)ci %(at)trg %(request)r %(status)ST %(agent)[req.hdr(user-agent)]"',
      '{"ip": "192.0.2.7", "at": "25/Feb/2026:16:19:48 +0000", "request": "GET /v2/ HTTP/1.1", "status": 401, "agent": "docker/24"}',
    ),
  ).toEqual({
    client: '192.0.2.7',
    time: '25/Feb/2026:16:19:48 +0000',
    request: 'GET /v2/ HTTP/1.1',
    status: '401',
    agent: 'docker/24',
  });
});

test('a time in seconds and milliseconds in text', () => {
  expect(read('%Ts.%ms %ci %ST %{+Q}r', '1795255200.123 192.0.2.7 200 "GET /v2/ HTTP/1.1"')).toMatchObject({
    time: '1795255200.123',
    status: '200',
  });
});

test('a configuration without a format', () => {
  expect(readHaproxy('frontend f\n  option httplog\n').problems).toEqual([
    {
      reason: 'This HAProxy configuration has no log-format.',
      remedy: 'Drop the log itself: the lines of option httplog are read without being told.',
    },
  ]);
});
