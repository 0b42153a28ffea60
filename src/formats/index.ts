/**
 * The list of formats, by the numbers that read-line.ts and dispatch.ts know them by. A format is an entry here, and a file
 * beside this one or patterns of its lines; the samples are what the contract test runs over.
 */
export interface LogFormat {
  id: string;
  /** What people call it. */
  title: string;
  /** What the format cannot tell, in one sentence; empty when nothing is missing. */
  missing: string;
  /** Real-shaped lines, each one manifest request by HEAD or GET. */
  samples: string[];
  /** How its lines are laid out, where no code of its own reads them (load-tables.ts). */
  patterns?: string[];
}

/** Numbers behind those of the list, for formats of the user's own. */
export const OWN_FORMATS = 8;

export const LOG_FORMATS: LogFormat[] = [
  {
    id: 'combined',
    title: 'Access log (combined)',
    missing: 'It does not show the digest of an answer, so a HEAD by tag joins a GET of any digest.',
    samples: [
      String.raw`192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "HEAD /v2/acme/api/manifests/2.0 HTTP/1.1" 200 0 "-" "docker/24.0.7 go/go1.20.10 os/linux arch/amd64 UpstreamClient(Docker-Client/24.0.7 \x5C(linux\x5C))"`,
      String.raw`2001:db8::103e - - [21/Nov/2026:04:09:36 +0100] "GET /v2/acme/api/manifests/latest?ns=docker.io HTTP/1.1" 200 506 "" "containerd/1.7.24~ds1"`,
      String.raw`192.0.2.8 - puller [21/Nov/2026:03:09:35 +0000] "GET /v2/tools/manifests/1.0 HTTP/2.0" 304 0 "-" "skopeo/1.13.3" 312 0.004 [kube-registry-5000] [] 10.0.0.5:5000 0 0.004 304 8ad9c2`,
    ],
  },
  {
    id: 'distribution-logfmt',
    title: 'distribution (text)',
    missing: 'Registry 3.0.0 writes no such line for a HEAD that finds its manifest.',
    samples: [
      String.raw`time="2026-11-21T03:09:37.22786435Z" level=info msg="response completed" go.version=go1.19.8 http.request.host="registry.example:5000" http.request.id=20bffdd8-6444-46ce-b12d-dcaf227a22e3 http.request.method=HEAD http.request.remoteaddr="[2001:db8::103e]:40042" http.request.uri=/v2/acme/api/manifests/2.0 http.request.useragent=curl/7.88.1 http.response.contenttype=application/vnd.oci.image.index.v1+json http.response.duration=1.845536ms http.response.status=200 http.response.written=506`,
      String.raw`time="2025-09-11T08:01:26.920579713Z" level=info msg="response completed" go.version=go1.20.8 http.request.host="localhost:5000" http.request.method=GET http.request.remoteaddr="192.0.2.1:33432" http.request.uri="/v2/library/nginx/manifests/latest" http.request.useragent="cri-o/1.34.0 go/go1.25.0 os/linux arch/amd64" http.response.duration=2.773353ms http.response.status=200 http.response.written=1958 `,
    ],
  },
  {
    id: 'distribution-json',
    title: 'distribution (JSON, logstash)',
    missing: 'Registry 3.0.0 writes no such line for a HEAD that finds its manifest.',
    samples: [
      String.raw`{"go.version":"go1.19.8","http.request.host":"registry.example","http.request.method":"GET","http.request.remoteaddr":"192.0.2.40:43628","http.request.uri":"/v2/acme/web/manifests/1.0","http.request.useragent":"curl/7.88.1","http.response.duration":"1.641194ms","http.response.status":200,"http.response.written":401,"level":"info","msg":"response completed","time":"2026-11-21T03:09:37.101382264Z"}`,
      String.raw`{"@timestamp":"2026-11-21T03:09:35.180006797Z","@version":"1","http.request.method":"HEAD","http.request.remoteaddr":"192.0.2.40:48714","http.request.uri":"/v2/acme/web/manifests/1.0","http.request.useragent":"curl/7.88.1","http.response.duration":"1.756771ms","http.response.status":200,"http.response.written":401,"level":"info","message":"response completed"}`,
    ],
  },
  {
    id: 'quoted',
    title: 'Access log (other layout)',
    missing: 'What stands around the request is told by its shape: address, status, user agent.',
    samples: [
      String.raw`[25/Nov/2026:15:28:20 +0000]:192.0.2.80 - "GET /v2/acme/web/manifests/1.0 HTTP/1.1" 200 506 "-" "docker/24.0.7" 0.043 0.044 .`,
    ],
  },
  {
    id: 'json',
    title: 'Access log (JSON)',
    missing: '',
    samples: [
      String.raw`{"time":"2026-10-13T09:10:01+00:00","remote_addr":"192.0.2.101","method":"HEAD","uri":"/v2/data/etl/manifests/9.1","status":200,"bytes":0,"user_agent":"containerd/1.7.24"}`,
    ],
  },
  {
    id: 'traefik-json',
    title: 'Traefik (JSON)',
    missing: 'User agents are dropped unless the headers are kept.',
    samples: [
      String.raw`{"ClientAddr":"192.0.2.1:41000","ClientHost":"192.0.2.1","DownstreamContentSize":0,"DownstreamStatus":200,"RequestMethod":"HEAD","RequestPath":"/v2/acme/web/manifests/1.0","RouterName":"registry@docker","StartUTC":"2026-10-27T22:30:01.123456789Z","level":"info","msg":"","time":"2026-10-27T23:30:01+01:00"}`,
    ],
  },
  {
    id: 'caddy-json',
    title: 'Caddy (JSON)',
    missing: '',
    samples: [
      String.raw`{"level":"info","ts":1793181601.2,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"192.0.2.191","client_ip":"192.0.2.191","method":"HEAD","uri":"/v2/acme/web/manifests/1.0","headers":{"User-Agent":["containerd/1.7.24"]}},"size":0,"status":200,"resp_headers":{"Docker-Content-Digest":["sha256:${'a'.repeat(64)}"]}}`,
    ],
  },
  {
    id: 'gitlab-registry',
    title: 'GitLab registry',
    missing: 'It does not show the digest of an answer.',
    samples: [
      String.raw`{"correlation_id":"01JKY0ZM98CD4295","method":"HEAD","msg":"access","remote_addr":"172.24.0.1:35512","remote_ip":"192.0.2.91","status":200,"time":"2026-11-15T21:28:02.975Z","uri":"/v2/group/app/manifests/1.0","user_agent":"docker/28.4.0","written_bytes":0}`,
    ],
  },
  {
    id: 'zot',
    title: 'zot',
    missing: 'It does not show the digest of an answer.',
    samples: [
      String.raw`{"time":"2026-09-27T14:54:50.91319525Z","level":"info","message":"HTTP API","module":"http","component":"session","clientIP":"192.0.2.91:46452","method":"GET","path":"/v2/acme/web/manifests/1.0","statusCode":200,"latency":"0s","bodySize":87,"headers":{"User-Agent":["skopeo/1.13.3"]}}`,
    ],
  },
  {
    id: 'distribution-events',
    title: 'Registry notifications',
    missing: 'It has no status: only requests that found something are told.',
    samples: [
      String.raw`{"id":"e1","timestamp":"2026-11-14T06:00:01.097003594+01:00","action":"pull","target":{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"sha256:${'a'.repeat(64)}","repository":"acme/web","tag":"1.0"},"request":{"id":"r1","addr":"192.0.2.9:41000","method":"HEAD","useragent":"docker/28.4.0"}}`,
    ],
  },
  {
    id: 'cloudtrail-ecr',
    title: 'AWS CloudTrail (ECR)',
    missing: 'It has no method: update checks and pulls cannot be told apart, and all count as pulls.',
    samples: [
      String.raw`{"eventTime":"2026-11-09T11:00:00Z","eventSource":"ecr.amazonaws.com","eventName":"BatchGetImage","sourceIPAddress":"203.0.113.151","userAgent":"containerd/1.7.24","requestParameters":{"repositoryName":"pay/api","imageIds":[{"imageTag":"2026.11"}]}}`,
    ],
  },
  {
    id: 'gcp-artifact-registry',
    title: 'Google Artifact Registry (audit log)',
    missing: 'It does not show the digest of an answer.',
    samples: [
      String.raw`{"protoPayload":{"methodName":"Docker-HeadManifest","request":{"requestMethod":"HEAD","requestUrl":"/v2/proj-1/images/web/manifests/4.2.0"},"requestMetadata":{"callerIp":"203.0.113.171","callerSuppliedUserAgent":"containerd/1.7.24,gzip(gfe)"},"status":{}},"timestamp":"2026-11-16T10:00:00.622352553Z"}`,
    ],
  },
  {
    id: 'gcp-load-balancer',
    title: 'Google load balancer',
    missing: 'It does not show the digest of an answer.',
    samples: [
      String.raw`{"httpRequest":{"remoteIp":"203.0.113.181","requestMethod":"GET","requestUrl":"https://registry.example.com/v2/acme/web/manifests/1.0","status":200,"userAgent":"docker/24.0.7"},"timestamp":"2026-11-16T12:00:01.157042707Z"}`,
    ],
  },
  {
    id: 'azure-acr',
    title: 'Azure Container Registry',
    missing: 'It has no method: update checks and pulls cannot be told apart, and all count as pulls.',
    samples: [
      String.raw`{"time":"2026-11-17T05:00:00.8221804Z","category":"ContainerRegistryRepositoryEvents","operationName":"Pull","resultDescription":"200","callerIpAddress":"203.0.113.191","properties":{"repository":"web/shop","tag":"7","digest":"sha256:${'a'.repeat(64)}","mediaType":"application/vnd.oci.image.index.v1+json","userAgent":"docker/24.0.7"}}`,
    ],
  },
  {
    id: 'cloudflare-logpush',
    title: 'Cloudflare Logpush',
    missing: 'Answers from the cache are in it, which the registry never saw.',
    samples: [
      String.raw`{"ClientIP":"203.0.113.181","ClientRequestMethod":"HEAD","ClientRequestURI":"/v2/acme/web/manifests/4.2.0","ClientRequestUserAgent":"docker/24.0.7","EdgeResponseStatus":200,"EdgeStartTimestamp":"2026-11-18T02:00:00Z"}`,
    ],
  },
  {
    id: 'quay-usage',
    title: 'Quay (usage log)',
    missing: 'It has no method: update checks and pulls cannot be told apart, and all count as pulls.',
    samples: [
      String.raw`{"kind":"pull_repo","metadata":{"repo":"app","namespace":"org","user-agent":"docker/28.4.0","tag":"1.0"},"ip":"192.0.2.121","datetime":"Sat, 01 Aug 2026 08:00:01 -0000"}`,
    ],
  },
  {
    id: 'haproxy',
    title: 'HAProxy (HTTP log)',
    missing: 'It has no zone, and shows user agents only where they are captured.',
    patterns: [
      '{client!} [{time}] {} {} {} {status} {written} {} {{captured}} "{request}"',
      // Formats of one's own that end with a captured agent.
      '{client!} [{time}] {} {} {} {status} {written} "{request}" "{agent}"',
      '{client!} [{time}] {} {} {} {status} {written} {} "{request}"',
    ],
    samples: [
      String.raw`192.0.2.201:41474 [06/Nov/2026:07:00:01.011] registry-in~ registry/reg1 0/0/1/19/20 200 382 - - ---- 2/1/0/0/0 0/0 "HEAD /v2/ops/agent/manifests/5.0.2 HTTP/1.1"`,
    ],
  },
  {
    id: 'envoy',
    title: 'Envoy, Istio',
    missing: 'It shows the client only where X-Forwarded-For does.',
    patterns: ['[{time}] "{request}" {status} {} {} {written} {} {} "{forwarded}" "{agent}" "'],
    samples: [
      String.raw`[2026-11-07T10:00:00.060Z] "GET /v2/acme/web/manifests/1.0 HTTP/1.1" 200 - 0 2 55 54 "203.0.113.211" "docker/29.1.3" "10308c96-76ab" "registry.example.com" "192.0.2.220:5000"`,
    ],
  },
  {
    id: 'aws-load-balancer',
    title: 'AWS load balancer (ALB, ELB)',
    missing: 'It does not show the digest of an answer.',
    patterns: [
      '{} {time} {} {client!} {} {} {} {} {status} {} {} {written} "{request}" "{agent}"',
      '{time} {} {client!} {} {} {} {} {status} {} {} {written} "{request}" "{agent}"',
    ],
    samples: [
      String.raw`h2 2026-11-06T23:59:58.941149Z app/registry/50dc6c495c0c9188 203.0.113.131:54797 192.0.2.10:5000 0.001 0.050 0.000 200 200 302 487 "GET https://registry.example.com:443/v2/acme/web/manifests/1.0 HTTP/2.0" "docker/24.0.7" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:x "Root=1-b25eebc6"`,
    ],
  },
  {
    id: 'artifactory',
    title: 'Artifactory (request log)',
    missing: 'Version 6 shows no user agent and no zone.',
    patterns: [
      '{time}|{}|REQUEST|{client}|{}|{method}|{target}|{}|{status}|{written}',
      '{time}|{}|{client}|{}|{method}|{target}|{status}|{}|{written}|{}|{agent}',
    ],
    samples: [
      String.raw`2026-04-05T12:23:38.254Z|6a7038e507e64b44|192.0.2.91|ci|HEAD|/api/docker/docker-local/v2/acme/web/manifests/4.2.0|200|-1|-1|54|docker/29.1.3`,
    ],
  },
  {
    id: 'gitea',
    title: 'Gitea, Forgejo (router log)',
    missing: 'It shows no user agent, no zone and only whole seconds.',
    patterns: [
      '!{time} {time} {}router: started {}',
      '!{time} {time} {}router: slow {}',
      '{time} {time} {}router: completed {method} {target} for {client}, {status} {}',
      '{time} {time} {}router: failed {method} {target} for {client}, {status} {}',
    ],
    samples: [
      String.raw`2026/08/18 11:41:31 HTTPRequest [I] router: completed HEAD /v2/test/tool/manifests/1.4 for 192.0.2.141:53724, 200 OK in 19.1ms @ container/manifest.go:126`,
    ],
  },
  {
    id: 'w3c',
    title: 'CloudFront, W3C extended',
    missing: 'What its lines show is told by its #Fields line.',
    samples: [],
  },
];
