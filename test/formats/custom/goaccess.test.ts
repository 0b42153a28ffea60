import { expect, test } from 'vitest';
import { readGoaccess } from '../../../src/formats/custom/goaccess.ts';
import { matchPattern } from '../../../src/formats/custom/match-pattern.ts';

/** What the only format in a text reads from a line. */
function read(source: string, line: string): Record<string, string> | null {
  const { formats, problems } = readGoaccess(source);
  expect(problems).toEqual([]);
  expect(formats).toHaveLength(1);
  const found = matchPattern(formats[0]!.pattern, line);
  return found && Object.fromEntries(found);
}

const COMBINED =
  '192.0.2.7 - - [21/Nov/2026:10:00:00 +0100] "GET /v2/a/manifests/1 HTTP/1.1" 200 528 "-" "docker/24"';
const FIELDS = {
  client: '192.0.2.7',
  time: '21/Nov/2026:10:00:00 +0100',
  request: 'GET /v2/a/manifests/1 HTTP/1.1',
  status: '200',
  written: '528',
  agent: 'docker/24',
};

test('a configuration for combined lines keeps the zone', () => {
  const config = `# GoAccess
time-format %H:%M:%S
date-format %d/%b/%Y
#log-format %h %^
log-format %h %^[%d:%t %^] "%r" %s %b "%R" "%u"
`;
  expect(read(config, COMBINED)).toEqual(FIELDS);
});

test('options of the command line', () => {
  expect(
    read(
      `goaccess a.log --log-format='%h %^[%d:%t %^] "%r" %s %b "%R" "%u"' --date-format=%d/%b/%Y --time-format=%T`,
      COMBINED,
    ),
  ).toEqual(FIELDS);
});

test('a named format', () => {
  expect(read('log-format VCOMBINED', `r.example:443 ${COMBINED}`)).toEqual(FIELDS);
  expect(readGoaccess('log-format COMMON').formats.map(({ name, missing }) => [name, missing])).toEqual([
    ['COMMON', ['agent']],
  ]);
});

test('forwarded addresses, one time with a fraction, tabs', () => {
  expect(
    read(
      'datetime-format %Y-%m-%dT%H:%M:%S\nlog-format %x.%^\\t~h{, }\\t%m %U%q %H\\t%s\\t"%u"',
      '2026-11-21T10:00:00.123+01:00\t203.0.113.9, 192.0.2.1\tHEAD /v2/a/manifests/1?ns=x HTTP/1.1\t200\t"docker/24"',
    ),
  ).toEqual({
    time: '2026-11-21T10:00:00.123+01:00',
    forwarded: '203.0.113.9, 192.0.2.1',
    method: 'HEAD',
    target: '/v2/a/manifests/1?ns=x',
    status: '200',
    agent: 'docker/24',
  });
});

test('date and clock apart by a blank in front of a blank', () => {
  expect(
    read(
      'date-format %Y-%m-%d\ntime-format %H:%M:%S\nlog-format %d %t %^ %h %m %U %s',
      '2026-11-21 10:00:00 web1 192.0.2.7 GET /v2/a/manifests/1 200',
    ),
  ).toEqual({
    time: '2026-11-21 10:00:00',
    client: '192.0.2.7',
    method: 'GET',
    target: '/v2/a/manifests/1',
    status: '200',
  });
});

test('JSON with nested keys and arrays', () => {
  expect(
    read(
      'datetime-format %s\nlog-format { "ts": "%x.%^", "request": { "client_ip": "%h", "proto":"%H", "method": "%m", "host": "%v", "uri": "%U", "headers": {"User-Agent": ["%u"], "Referer": ["%R"] } }, "size": "%b","status": "%s" }',
      '{"ts":1795255200.5,"request":{"client_ip":"192.0.2.7","proto":"HTTP/2","method":"GET","host":"r.example","uri":"/v2/a/manifests/1","headers":{"User-Agent":["docker/24"]}},"size":528,"status":200}',
    ),
  ).toEqual({
    time: '1795255200.5',
    client: '192.0.2.7',
    method: 'GET',
    target: '/v2/a/manifests/1',
    agent: 'docker/24',
    written: '528',
    status: '200',
  });
});

test('options without a format', () => {
  expect(readGoaccess('date-format %d/%b/%Y\ntime-format %T').problems.map(({ reason }) => reason)).toEqual([
    'This GoAccess configuration has no log-format.',
  ]);
});
