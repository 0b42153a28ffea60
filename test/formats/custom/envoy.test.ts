import { expect, test } from 'vitest';
import { readEnvoy } from '../../../src/formats/custom/envoy.ts';
import { matchPattern } from '../../../src/formats/custom/match-pattern.ts';

/** What the only format in a text reads from a line. */
function read(source: string, line: string): Record<string, string> | null {
  const { formats, problems } = readEnvoy(source);
  expect(problems).toEqual([]);
  expect(formats).toHaveLength(1);
  const found = matchPattern(formats[0]!.pattern, line);
  return found && Object.fromEntries(found);
}

const DEFAULT =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% ' +
  '%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" ' +
  '"%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"';
const LINE =
  '[2026-11-21T10:00:00.123Z] "GET /v2/a/manifests/1 HTTP/2" 200 - 0 528 12 11 "203.0.113.9,192.0.2.1" "docker/24 go" "b0a9" "r.example" "192.0.2.80:5000"';
const FIELDS = {
  time: '2026-11-21T10:00:00.123Z',
  method: 'GET',
  target: '/v2/a/manifests/1',
  status: '200',
  written: '528',
  forwarded: '203.0.113.9,192.0.2.1',
  agent: 'docker/24 go',
};

test('the default format alone', () => {
  expect(read(DEFAULT, LINE)).toEqual(FIELDS);
  expect(readEnvoy(DEFAULT).formats[0]!.missing).toEqual([]);
});

test('the default format in a configuration, in double quotes', () => {
  const quoted = DEFAULT.replaceAll('"', '\\"');
  expect(
    read(
      `access_log:\n- name: envoy.access_loggers.file\n  typed_config:\n    log_format:\n      text_format_source:\n        inline_string: "${quoted}\\n"\n    path: /dev/stdout\n`,
      LINE,
    ),
  ).toEqual(FIELDS);
});

test("Istio's mesh configuration, in a block", () => {
  expect(
    read(
      `meshConfig:\n  accessLogFile: /dev/stdout\n  accessLogFormat: |\n    ${DEFAULT} %DOWNSTREAM_REMOTE_ADDRESS%\n  enableTracing: true\n`,
      `${LINE} 192.0.2.1:4242`,
    ),
  ).toEqual({ ...FIELDS, client: '192.0.2.1:4242' });
});

test('json_format in YAML, with a nested map', () => {
  const config = `
      json_format:
        start_time: "%START_TIME%"
        # who
        client: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"
        peer: '%DOWNSTREAM_DIRECT_REMOTE_ADDRESS%'
        request:
          method: "%REQ(:METHOD)%"
          path: "%REQ(:PATH):256%"
        status: "%RESPONSE_CODE%"
        agent: "%REQ(USER-AGENT)%"
        digest: "%RESP(DOCKER-CONTENT-DIGEST)%"
      omit_empty_values: true
`;
  expect(readEnvoy(config).formats[0]!.pattern).toEqual({
    kind: 'json',
    keys: [
      { key: 'start_time', field: 'time' },
      { key: 'client', field: 'client' },
      { key: 'request.method', field: 'method' },
      { key: 'request.path', field: 'target' },
      { key: 'status', field: 'status' },
      { key: 'agent', field: 'agent' },
      { key: 'digest', field: 'digest' },
    ],
  });
});

test('json_format as JSON', () => {
  expect(
    read(
      '"log_format": { "json_format": { "t": "%START_TIME(%s.%3f)%", "m": "%REQ(:METHOD)%", "p": "%PATH(WQ)%", "s": "%RESPONSE_CODE%" } }',
      '{"t":"1795255200.123","m":"HEAD","p":"/v2/a/manifests/1","s":200}',
    ),
  ).toEqual({ time: '1795255200.123', method: 'HEAD', target: '/v2/a/manifests/1', status: '200' });
});

test('a map alone', () => {
  expect(
    readEnvoy('time: "%START_TIME%"\npath: "%REQ(:PATH)%"\ncode: "%RESPONSE_CODE%"').formats.map(
      ({ pattern, missing }) => [pattern.kind, missing],
    ),
  ).toEqual([['json', ['client', 'method', 'agent']]]);
});

test('a time with blanks, a URL, an address and a digest', () => {
  expect(
    read(
      '%START_TIME(%Y-%m-%d %H:%M:%S %z)% %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% %REQ(:METHOD)% %REQ(:SCHEME)%://%REQ(:AUTHORITY)%%REQ(:PATH)% %RESPONSE_CODE% %BYTES_SENT% "%REQ(USER-AGENT)%" %RESP(DOCKER-CONTENT-DIGEST)% 100%%\\n',
      '2026-11-21 10:00:00 +0000 192.0.2.7 GET https://r.example/v2/a/manifests/1 200 528 "docker/24" sha256:ab 100%',
    ),
  ).toEqual({
    time: '2026-11-21 10:00:00 +0000',
    client: '192.0.2.7',
    method: 'GET',
    target: 'https://r.example/v2/a/manifests/1',
    status: '200',
    written: '528',
    agent: 'docker/24',
    digest: 'sha256:ab',
  });
});

test('a format of a TCP proxy is of no use', () => {
  expect(
    readEnvoy('[%START_TIME%] %DOWNSTREAM_REMOTE_ADDRESS% %BYTES_SENT%').problems.map(({ reason }) => reason),
  ).toEqual(['The Envoy format shows no request.']);
});
