import { expect, test } from 'vitest';
import { readNginx } from '../../../src/formats/custom/nginx.ts';
import { matchPattern } from '../../../src/formats/custom/match-pattern.ts';
import { tokensOf } from '../../helpers/tokens-of.ts';

/** What the only format in a text reads from a line. */
function read(source: string, line: string): Record<string, string> | null {
  const { formats, problems } = readNginx(source);
  expect(problems).toEqual([]);
  expect(formats).toHaveLength(1);
  const found = matchPattern(formats[0]!.pattern, line);
  return found && Object.fromEntries(found);
}

test('main, written over several lines with both kinds of quotes', () => {
  const config = `
    http {
      # log_format old '$remote_addr';
      log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                        "$status $body_bytes_sent \\"$http_referer\\" " # the rest
                        '"$http_user_agent" "$http_x_forwarded_for"';
      include /etc/nginx/conf.d/*.conf;
    }`;
  expect(readNginx(config).formats).toEqual([
    {
      name: 'main',
      origin: 'nginx',
      missing: [],
      pattern: {
        kind: 'text',
        tokens: tokensOf(
          '<client> - <skip> [<time>] "<request>" <status> <written> "<skip>" "<agent>" "<forwarded>"',
        ),
      },
    },
  ]);
  expect(
    read(
      config,
      '192.0.2.7 - jane doe [11/Jan/2024:10:24:32 +0000] "HEAD /v2/library/nginx/manifests/latest HTTP/1.1" 200 0 "-" "docker/24.0.2 \\x5C(linux\\x5C)" "203.0.113.9, 192.0.2.1"',
    ),
  ).toEqual({
    client: '192.0.2.7',
    time: '11/Jan/2024:10:24:32 +0000',
    request: 'HEAD /v2/library/nginx/manifests/latest HTTP/1.1',
    status: '200',
    written: '0',
    agent: 'docker/24.0.2 \\x5C(linux\\x5C)',
    forwarded: '203.0.113.9, 192.0.2.1',
  });
});

test('a format string alone, without status, with a list at the end', () => {
  const format = `$remote_addr [$time_local] "$request" "$http_user_agent"  $http_x_forwarded_for `;
  expect(
    read(
      format,
      '192.0.2.7 [11/Jan/2024:10:24:32 +0000] "HEAD /v2/a/manifests/1 HTTP/1.1" "docker/24"  203.0.113.9, 10.0.0.1 ',
    ),
  ).toEqual({
    client: '192.0.2.7',
    time: '11/Jan/2024:10:24:32 +0000',
    request: 'HEAD /v2/a/manifests/1 HTTP/1.1',
    agent: 'docker/24',
    forwarded: '203.0.113.9, 10.0.0.1',
  });
  expect(readNginx(format).formats[0]!.missing).toEqual(['status']);
});

test('the ConfigMap of ingress-nginx', () => {
  const config = `
apiVersion: v1
kind: ConfigMap
data:
  log-format-escape-json: "true"
  log-format-upstream: '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer"
    "$http_user_agent" $request_length $request_time [$proxy_upstream_name] $upstream_addr $req_id'
  use-gzip: "true"
`;
  expect(readNginx(config).formats.map(({ name }) => name)).toEqual(['log-format-upstream']);
  expect(
    read(
      config,
      '192.0.2.7 - - [03/Mar/2024:14:36:30 +0000] "GET /v2/a/b/manifests/1 HTTP/1.1" 200 2 "-" "curl/8" 133 0.003 [reg-5000] 10.2.3.4:5000, 10.2.3.5:5000 abc',
    ),
  ).toMatchObject({
    request: 'GET /v2/a/b/manifests/1 HTTP/1.1',
    status: '200',
    written: '2',
    agent: 'curl/8',
  });
});

test('the ConfigMap of ingress-nginx with JSON in a block', () => {
  const config = `data:
  log-format-upstream: >-
    {"time": "$time_iso8601", "remote_addr": "$proxy_protocol_addr", "x_forwarded_for": "$proxy_add_x_forwarded_for",
    "vhost": "$host", "request": {"method": "$request_method", "path": "$uri"}, "status": $status,
    "http_user_agent": "$http_user_agent",}
  other: "1"
`;
  expect(
    read(
      config,
      '{"time": "2024-03-03T14:36:30+00:00", "remote_addr": "192.0.2.7", "x_forwarded_for": "203.0.113.9, 192.0.2.7", "vhost": "r.example", "request": {"method": "GET", "path": "/v2/a/manifests/1"}, "status": 200, "http_user_agent": "docker/24 \\x22q\\x22"}',
    ),
  ).toEqual({
    time: '2024-03-03T14:36:30+00:00',
    client: '192.0.2.7',
    forwarded: '203.0.113.9, 192.0.2.7',
    method: 'GET',
    target: '/v2/a/manifests/1',
    status: '200',
    agent: 'docker/24 "q"',
  });
});

test.each([
  [
    'a manifest in JSON',
    String.raw`{"data":{"log-format-upstream":"$time_iso8601 $remote_addr \"$request\"","x":"y"}}`,
  ],
  [
    'a value without quotes',
    'config:\n  log-format-upstream: $time_iso8601 $remote_addr "$request"\n  other: $x\n',
  ],
  ['a value over two lines', 'log-format-upstream: $time_iso8601\n  $remote_addr "$request"'],
  [
    'a comment in front',
    '# log-format-upstream: $status\nlog-format-upstream: $time_iso8601 $remote_addr "$request"',
  ],
])('the ConfigMap of ingress-nginx: %s', (_, config) => {
  expect(read(config, '2024-03-03T14:36:30+00:00 192.0.2.7 "GET /v2/ HTTP/1.1"')).toEqual({
    time: '2024-03-03T14:36:30+00:00',
    client: '192.0.2.7',
    request: 'GET /v2/ HTTP/1.1',
  });
});

test('escape=json with the digest, and what it writes', () => {
  const config = `log_format registry escape=json '{"t":"$msec","ip":"$remote_addr","xff":"$http_x_forwarded_for",'
    '"m":"$request_method","u":"$scheme://$host$request_uri","s":"$status","b":"$body_bytes_sent",'
    '"ua":"$http_user_agent","d":"$upstream_http_docker_content_digest"}';`;
  expect(
    read(
      config,
      '{"t":"1432754584.880","ip":"192.0.2.7","xff":"","m":"HEAD","u":"https://r.example/v2/a/manifests/1","s":"200","b":"0","ua":"docker/24","d":"sha256:ab"}',
    ),
  ).toEqual({
    time: '1432754584.880',
    client: '192.0.2.7',
    forwarded: '',
    method: 'HEAD',
    target: 'https://r.example/v2/a/manifests/1',
    status: '200',
    written: '0',
    agent: 'docker/24',
    digest: 'sha256:ab',
  });
});

test('an unquoted request between blanks, and a time in milliseconds that is preferred', () => {
  const config = `log_format timed $time_local ' $remote_addr:$remote_port $request $status msec $msec rt=$request_time';`;
  expect(
    read(
      config,
      '27/May/2015:19:23:04 +0000 2001:db8::1:4242 GET /v2/a/manifests/1 HTTP/1.1 304 msec 1432754584.880 rt=0.000',
    ),
  ).toEqual({
    client: '2001:db8::1',
    method: 'GET',
    target: '/v2/a/manifests/1',
    status: '304',
    time: '1432754584.880',
  });
});

test('a time with a blank in it between blanks', () => {
  expect(
    read(
      'log_format x "$time_local $remote_addr $request_method $uri$is_args$args ${status}s";',
      '27/May/2015:19:23:04 +0000 192.0.2.7 GET /v2/a/manifests/1?ns=docker.io 304s',
    ),
  ).toEqual({
    client: '192.0.2.7',
    method: 'GET',
    target: '/v2/a/manifests/1?ns=docker.io',
    status: '304',
    time: '27/May/2015:19:23:04 +0000',
  });
});

test('a list of addresses in front of a blank', () => {
  expect(
    read(
      `'$http_x_forwarded_for $upstream_addr $upstream_status "$request" ' '$status $time_iso8601'`,
      '203.0.113.9, 192.0.2.1 10.0.0.1:80, 10.0.0.2:80 502, 200 "GET /v2/a/manifests/1 HTTP/1.1" 200 2024-03-03T14:36:30+00:00',
    ),
  ).toEqual({
    forwarded: '203.0.113.9, 192.0.2.1',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
    status: '200',
    time: '2024-03-03T14:36:30+00:00',
  });
});

test('fields apart by tabs', () => {
  expect(
    read(
      `log_format tsv '$time_iso8601\\t$remote_addr\\t$request_method\\t$request_uri\\t$status\\t$http_user_agent';`,
      '2024-03-03T14:36:30+00:00\t192.0.2.7\tGET\t/v2/a/manifests/1\t200\tdocker/24 go/1.20',
    ),
  ).toMatchObject({ method: 'GET', status: '200', agent: 'docker/24 go/1.20' });
});

test('several formats, of which one is of no use', () => {
  const { formats, problems } = readNginx(
    `http { log_format a '$remote_addr [$time_local] "$request"'; log_format ssl '$ssl_protocol $status';
      log_format b "[$time_local] $status $request_uri"; log_format c '$request'; log_format d '$request$status $msec'; }`,
  );
  expect(formats.map(({ name, missing }) => [name, missing])).toEqual([
    ['a', ['status', 'agent']],
    ['b', ['client', 'method', 'agent']],
  ]);
  expect(problems.map(({ reason }) => reason)).toEqual([
    'The nginx format “ssl” shows no request.',
    'The nginx format “c” shows no time.',
    'The nginx format “d”: Nothing stands between the request and the status, so that they cannot be told apart.',
  ]);
});

test('a configuration without a format', () => {
  expect(
    readNginx('server {\n  access_log /var/log/nginx/a.log;\n  proxy_set_header Host $host;\n}'),
  ).toEqual({
    formats: [],
    problems: [
      {
        reason: 'This nginx configuration has no log_format.',
        remedy:
          'Drop the log itself: nginx writes its combined format then, which is read without being told.',
      },
    ],
  });
});

test('a directive that was cut off is read as far as it goes', () => {
  expect(
    read(`log_format cut '$remote_addr [$time_local] "$request" $sta`, '192.0.2.7 [x] "GET / HTTP/1.1" '),
  ).toEqual({
    client: '192.0.2.7',
    time: 'x',
    request: 'GET / HTTP/1.1',
  });
});
