/**
 * The fixture logs, read by the configurations that wrote them, and by the guesses for clicks into their first
 * request. What comes out must be what the fixtures say.
 */
import { expect, test } from 'vitest';
import { patternFromClicks } from '../../../src/formats/custom/from-clicks.ts';
import { readPastedFormat } from '../../../src/formats/custom/read-pasted-format.ts';
import { splitForClicks } from '../../../src/formats/custom/split-for-clicks.ts';
import type { LineField, LinePattern } from '../../../src/model/line-pattern.ts';
import type { ExpectedRequest, LogFixture } from '../../helpers/log-fixtures.ts';
import { logFixtures } from '../../helpers/log-fixtures.ts';
import { matchPattern } from '../../helpers/match-pattern.ts';

const fixtures = new Map(logFixtures().map((fixture) => [`${fixture.format.id}/${fixture.case}`, fixture]));

const HTTPLOG =
  '%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r';
const ENVOY =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS%';
const ENVOY_REST = `"%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%"`;
const NGINX = `$remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"`;
const APACHE = String.raw`%h %l %u %t \"%r\" %>s %O`;

/** The configuration of each log, as its administrator would paste it. */
const SOURCES: Record<string, string> = {
  'nginx-main/direct': `log_format main '$remote_addr - ${NGINX} "$http_x_forwarded_for"';`,
  'nginx-main/behind-balancer': `log_format main '$remote_addr - ${NGINX} "$http_x_forwarded_for"';`,
  'nginx-main/targets': `log_format main '$remote_addr - ${NGINX} "$http_x_forwarded_for"';`,
  'nginx-json/msec': `log_format registry escape=json '{"t":"$msec","ip":"$remote_addr","xff":"$http_x_forwarded_for","m":"$request_method","u":"$request_uri","s":"$status","b":"$body_bytes_sent","ua":"$http_user_agent","d":"$upstream_http_docker_content_digest"}';`,
  'nginx-json/time-iso8601': `log_format j escape=json '{"time":"$time_iso8601","remote_addr":"$remote_addr","x_forwarded_for":"$http_x_forwarded_for","method":"$request_method","uri":"$request_uri","status":$status,"bytes":$body_bytes_sent,"user_agent":"$http_user_agent","docker_content_digest":"$sent_http_docker_content_digest"}';`,
  'nginx-json/time-local': `log_format j escape=json '{ "time_local": "$time_local", "remote_addr": "$remote_addr", '
    '"request": "$request", "status": "$status", "http_x_forwarded_for": "$http_x_forwarded_for", "http_user_agent": "$http_user_agent" }';`,
  'nginx-json/escape-default': `log_format j '{"@timestamp":"$time_iso8601","http":{"method":"$request_method","path":"$request_uri","status":$status},"client":"$remote_addr","forwarded":"$http_x_forwarded_for","agent":"$http_user_agent",}';`,
  'ingress-nginx/default': `log-format-upstream: $remote_addr - ${NGINX} $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id`,
  'ingress-nginx/json': `log-format-upstream: '{"time": "$time_iso8601", "remote_addr": "$remote_addr", "x_forwarded_for": "$proxy_add_x_forwarded_for", "path": "$uri", "request_query": "$args", "method": "$request_method", "status": $status, "http_user_agent": "$http_user_agent"}'`,
  'ingress-nginx/with-brackets-around-address': `log-format-upstream: '$proxy_add_x_forwarded_for - [$proxy_add_x_forwarded_for] - ${NGINX} $request_length'`,
  'quay/nginx': `log_format lb_logs '$remote_addr ($proxy_protocol_addr) - ${NGINX} ($request_time $request_length $upstream_response_time)';`,
  'harbor-helm/default': `log_format timed_combined '[$time_local]:$remote_addr - "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time $upstream_response_time $pipe';`,
  'apache-combined/combined': `LogFormat "${APACHE} \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined`,
  'apache-vhost-combined/vhost-combined': `LogFormat "%v:%p ${APACHE} \\"%{Referer}i\\" \\"%{User-Agent}i\\"" vhost_combined`,
  'apache-common/common': `LogFormat "${APACHE}" common`,
  'haproxy-http/httplog-syslog': `log-format "${HTTPLOG}"`,
  'haproxy-http/captured-one': `frontend in\n  capture request header User-Agent len 256\n  log-format "${HTTPLOG}"`,
  'haproxy-http/captured': `frontend in\n  capture request header User-Agent len 256\n  http-request capture req.hdr(X-Forwarded-For) len 64\n  capture request header Host len 64\n  log-format "${HTTPLOG}"`,
  'haproxy-clf/default': String.raw`log-format '%{+Q}o %{-Q}ci - - [%trg] %r %ST %B "" "" %cp %ms %ft %b %s'`,
  'envoy/default': `${ENVOY} %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% ${ENVOY_REST} "%UPSTREAM_HOST%"`,
  'envoy/istio': `accessLogFormat: |\n  ${ENVOY} %RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% "%UPSTREAM_TRANSPORT_FAILURE_REASON%" %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% ${ENVOY_REST} "%UPSTREAM_HOST%"\n`,
  'traefik-common/agent-kept':
    'log-format %h - %e [%d:%t %^] "%r" %s %b "%R" "%u" %^ "%v" "%U" %Lms\ndate-format %d/%b/%Y\ntime-format %H:%M:%S',
  'caddy-json/default':
    'datetime-format %s\nlog-format { "ts": "%x.%^", "request": { "client_ip": "%h", "proto":"%H", "method": "%m", "host": "%v", "uri": "%U", "headers": {"User-Agent": ["%u"], "Referer": ["%R"] }, "tls": { "cipher_suite":"%k", "proto": "%K" } }, "duration": "%T", "size": "%b","status": "%s", "resp_headers": { "Content-Type": ["%M"] } }',
  'aws-alb/current':
    'log-format %^ %dT%t.%^ %v %h:%^ %^ %^ %T %^ %s %^ %^ %b "%r" "%u" %k %K %^\ndate-format %Y-%m-%d\ntime-format %H:%M:%S',
  'aws-elb/default':
    'log-format %dT%t.%^ %^ %h:%^ %^ %^ %T %^ %s %^ %^ %b "%r" "%u"\ndate-format %Y-%m-%d\ntime-format %H:%M:%S',
  'artifactory-request/version-7': String.raw`^(?<time>[^|]+)\|[^|]*\|(?<ip>[^|]*)\|[^|]*\|(?<method>[A-Z]+)\|(?<path>[^|]*)\|(?<status>\d{3})\|(?<size>-?\d+)\|-?\d+\|\d+\|(?<ua>.*)$`,
  'gitea-access/default': String.raw`(?<ip>\S+) - (?<user>\S+) \[(?<time>[^\]]+)\] "(?<request>[^"]+)" (?<status>\d+) (?<bytes>\d+) "[^"]*" "(?<ua>[^"]*)"`,
};
for (const id of ['nginx-custom', 'nginx-no-status'])
  for (const fixture of fixtures.values())
    if (fixture.format.id === id)
      SOURCES[`${id}/${fixture.case}`] = `log_format own '${fixture.format.formats![fixture.case]!}';`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Milliseconds since 1970; without a zone in UTC. */
function timeOf(text: string): number {
  if (/^\d{10}(\.\d+)?$/.test(text)) return Math.floor(Number(text) * 1000 + 1e-6);
  const common = /^(\d\d)\/(...)\/(\d{4}):([\d:.]+)(?: ([+-]\d\d)(\d\d))?$/.exec(text);
  if (!common) return Date.parse(text);
  const [, day, name, year, clock, hours, minutes] = common;
  const month = String(MONTHS.indexOf(name!) + 1).padStart(2, '0');
  return Date.parse(`${year}-${month}-${day}T${clock}${hours ? `${hours}:${minutes}` : 'Z'}`);
}

/** The notations of nginx, Go and Apache; HAProxy's with #. */
const unescapeAgent = (text: string, hash: boolean) =>
  text.replace(
    hash ? /((?:#[\dA-F]{2})+)/g : /((?:\\x[\dA-Fa-f]{2})+)|\\(["\\])/g,
    (_, hex: string, char: string) => (hex ? Buffer.from(hex.replace(/\\x|#/g, ''), 'hex').toString() : char),
  );

/** The addresses of a list, without ports and brackets. */
const addresses = (text: string) =>
  text
    .split(',')
    .map((each) =>
      each
        .trim()
        .replace(/^([\d.]+):\d+$/, '$1')
        .replace(/^\[(.*)\](:\d+)?$/, '$1'),
    )
    .filter((each) => /^\d+(\.\d+){3}$|:.*:/.test(each));

/** What a line says, in the terms of the fixtures; only what the pattern can tell. */
function rowOf(
  found: Map<LineField, string>,
  expected: ExpectedRequest,
  hash: boolean,
): Partial<ExpectedRequest> {
  const [verb, url] = found.get('request')?.split(' ') ?? [found.get('method'), found.get('target')];
  const path = decodeURIComponent(url!.split('?')[0]!);
  const listed = addresses(found.get('forwarded') ?? '');
  const peer = addresses(found.get('client') ?? '');
  const row: Partial<ExpectedRequest> = {
    time: timeOf(found.get('time')!),
    method: verb === 'HEAD' || verb === 'GET' ? verb : null,
  };
  if (path.endsWith(`/v2/${expected.name}/manifests/${expected.reference}`)) {
    row.name = expected.name;
    row.reference = expected.reference;
  }
  if (found.has('client') || found.has('forwarded')) row.client = listed[0] ?? peer[0] ?? '';
  if (found.has('status')) row.status = Number(found.get('status'));
  const orNothing = (text: string) => (text === '-' ? '' : text);
  if (found.has('agent')) row.agent = orNothing(unescapeAgent(found.get('agent')!, hash));
  if (found.has('digest')) row.digest = orNothing(found.get('digest')!);
  return row;
}

/** Lines behind syslog are peeled before a format sees them. */
const peeled = (line: string) => line.replace(/^.*?haproxy\[\d+\]: /, '');

const ALL = ['time', 'client', 'method', 'status', 'name', 'reference', 'agent', 'digest'] as const;

function check(fixture: LogFixture, pattern: LinePattern, keys?: readonly (keyof ExpectedRequest)[]): void {
  for (const expected of fixture.expected) {
    const line = peeled(fixture.lines[expected.line - 1]!);
    const found = matchPattern(pattern, line);
    expect(found, line).not.toBeNull();
    const row = rowOf(found!, expected, fixture.format.id.startsWith('haproxy'));
    // A format may give less than the log could: what it gives is exact.
    const told = new Set([...Object.keys(row), 'name', 'reference']);
    for (const key of keys ?? ALL)
      if (told.has(key)) expect([key, row[key]], line).toEqual([key, expected[key]]);
  }
}

test.each(Object.entries(SOURCES))('%s by its configuration', (id, source) => {
  const fixture = fixtures.get(id)!;
  expect(fixture.expected.length).toBeGreaterThan(5);
  const { formats, problems } = readPastedFormat(source);
  expect(problems).toEqual([]);
  expect(formats).toHaveLength(1);
  check(fixture, formats[0]!.pattern);
});

/** What the first request shows for sure; its addresses and agent may be absent or look like something else. */
const SURE = ['time', 'method', 'status', 'name', 'reference'] as const;

test.each([...fixtures].filter(([id]) => id in SOURCES))(
  '%s by the guesses for its first request',
  (_, fixture) => {
    const line = peeled(fixture.lines[fixture.expected[0]!.line - 1]!);
    const made = patternFromClicks(line, splitForClicks(line));
    if ('reason' in made) throw new Error(`${made.reason} ${line}`);
    check(fixture, made.pattern, SURE);
  },
);
