import { logFixtures } from './log-fixtures.ts';

const HTTPLOG =
  '%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r';
const ENVOY =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS%';
const ENVOY_REST = `"%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%"`;
const NGINX = `$remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"`;
const APACHE = String.raw`%h %l %u %t \"%r\" %>s %O`;

/** The configuration of each fixture log, as its administrator would paste it, by format/case. */
export const SOURCES: Record<string, string> = {
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
  for (const fixture of logFixtures())
    if (fixture.format.id === id)
      SOURCES[`${id}/${fixture.case}`] = `log_format own '${fixture.format.formats![fixture.case]!}';`;
