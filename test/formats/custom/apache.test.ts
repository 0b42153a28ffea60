import { expect, test } from 'vitest';
import { readApache } from '../../../src/formats/custom/apache.ts';
import { matchPattern } from '../../../src/formats/custom/match-pattern.ts';
import { tokensOf } from '../../helpers/tokens-of.ts';

/** What the first format in a text reads from a line. */
function read(source: string, line: string): Record<string, string> | null {
  const { formats, problems } = readApache(source);
  expect(problems).toEqual([]);
  const found = matchPattern(formats[0]!.pattern, line);
  return found && Object.fromEntries(found);
}

const HTTPD = String.raw`
# The following directives define some format nicknames for use with
# LogFormat "%h" nothing
LogFormat "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" vhost_combined
LogFormat "%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" combined
LogFormat "%h %l %u %t \"%r\" %>s %O" common
LogFormat "%{Referer}i -> %U" referer
CustomLog \${APACHE_LOG_DIR}/access.log combined
CustomLog logs/own.log "%a %t \"%m %U%q %H\" %s"
`;

test('the formats of a configuration', () => {
  const { formats, problems } = readApache(HTTPD);
  expect(formats.map(({ name, missing }) => [name, missing])).toEqual([
    ['vhost_combined', []],
    ['combined', []],
    ['common', ['agent']],
    ['apache', ['agent']],
  ]);
  expect(problems).toEqual([
    {
      reason: 'The Apache format “referer” shows no time.',
      remedy: 'Add the time to the log format; lines that were written without it cannot be placed in time.',
    },
  ]);
  expect(formats[1]!.pattern).toEqual({
    kind: 'text',
    tokens: tokensOf('<client> <skip> [<time>] "<request>" <status> <written> "<skip>" "<agent>"'),
  });
  const found = matchPattern(
    formats[0]!.pattern,
    'r.example:443 192.0.2.7 - - [21/Nov/2026:10:00:00 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 528 "-" "docker/24 \\"x\\""',
  );
  expect(Object.fromEntries(found!)).toEqual({
    client: '192.0.2.7',
    time: '21/Nov/2026:10:00:00 +0000',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
    status: '200',
    written: '528',
    agent: 'docker/24 \\"x\\"',
  });
});

test('a method, path and query apart, as one request line', () => {
  expect(
    read(
      String.raw`LogFormat "%a %t \"%m %U%q %H\" %s %B"`,
      '192.0.2.7 [21/Nov/2026:10:00:00 +0000] "HEAD /v2/a/manifests/1?ns=docker.io HTTP/1.1" 200 0',
    ),
  ).toEqual({
    client: '192.0.2.7',
    time: '21/Nov/2026:10:00:00 +0000',
    method: 'HEAD',
    target: '/v2/a/manifests/1?ns=docker.io',
    status: '200',
    written: '0',
  });
});

test('forwarded addresses instead of the peer, with a digest', () => {
  expect(
    read(
      String.raw`LogFormat "%{X-Forwarded-For}i %l %u %t \"%r\" %>s %b \"%{User-Agent}i\" %{Docker-Content-Digest}o" proxy`,
      '203.0.113.9, 192.0.2.1 - - [21/Nov/2026:10:00:00 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 528 "docker/24" sha256:ab',
    ),
  ).toEqual({
    forwarded: '203.0.113.9, 192.0.2.1',
    time: '21/Nov/2026:10:00:00 +0000',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
    status: '200',
    written: '528',
    agent: 'docker/24',
    digest: 'sha256:ab',
  });
});

test('a time by strftime, with milliseconds and a zone from directives of their own', () => {
  const format = String.raw`"[%{%d/%b/%Y:%H:%M:%S}t.%{msec_frac}t %{%z}t] %{c}a %a \"%r\" %>s %D"`;
  expect(
    read(format, '[21/Nov/2026:10:00:00.123 +0100] 192.0.2.1 203.0.113.9 "GET /v2/ HTTP/1.1" 401 77'),
  ).toEqual({
    time: '21/Nov/2026:10:00:00.123 +0100',
    client: '203.0.113.9',
    request: 'GET /v2/ HTTP/1.1',
    status: '401',
  });
});

test('a time with a blank in front of a blank', () => {
  expect(
    read(
      '%{%Y-%m-%d %H:%M:%S %z}t %h %>s %m %U',
      '2026-11-21 10:00:00 +0000 192.0.2.7 200 GET /v2/a/manifests/1',
    ),
  ).toEqual({
    time: '2026-11-21 10:00:00 +0000',
    client: '192.0.2.7',
    status: '200',
    method: 'GET',
    target: '/v2/a/manifests/1',
  });
});

test('JSON, written with escaped quotes over several lines', () => {
  const config = String.raw`LogFormat "{ \"time\":\"%{%Y-%m-%dT%H:%M:%S}t.%{usec_frac}t%{%z}t\", \
    \"remoteIP\":\"%a\", \"host\":\"%V\", \"request\":\"%U\", \"query\":\"%q\", \"method\":\"%m\", \
    \"status\":\"%>s\", \"userAgent\":\"%{User-agent}i\", \"size\": %B }" json`;
  expect(
    read(
      config,
      '{ "time":"2026-11-21T10:00:00.123456+0000", "remoteIP":"192.0.2.7", "host":"r.example", "request":"/v2/a/manifests/1", "query":"", "method":"GET", "status":"200", "userAgent":"docker/24", "size": 528 }',
    ),
  ).toEqual({
    time: '2026-11-21T10:00:00.123456+0000',
    client: '192.0.2.7',
    target: '/v2/a/manifests/1',
    method: 'GET',
    status: '200',
    agent: 'docker/24',
    written: '528',
  });
});

test('conditions on the status, percent signs and a tab', () => {
  expect(
    read(
      String.raw`LogFormat "%{sec}t\t%h\t\"%r\"\t%>s\t%!200,304,302{Referer}i\t%400,501{User-Agent}i 100%%" odd`,
      '1795255200\t192.0.2.7\t"GET /v2/ HTTP/1.1"\t400\t-\tdocker/24 (linux) 100%',
    ),
  ).toEqual({
    time: '1795255200',
    client: '192.0.2.7',
    request: 'GET /v2/ HTTP/1.1',
    status: '400',
    agent: 'docker/24 (linux)',
  });
});

test('a directive that only names a format', () => {
  expect(readApache('CustomLog logs/access_log combined').problems).toEqual([
    {
      reason: 'This Apache configuration has no LogFormat with a format in it.',
      remedy: 'Paste the line that begins with LogFormat and ends with the name that CustomLog mentions.',
    },
  ]);
});
