/**
 * The list of formats, in the order of the scanner's numbers (scanner.ts). A format is a file beside this one and an
 * entry here; the samples are what the contract test runs over.
 */
export interface LogFormat {
  id: string;
  /** What people call it. */
  title: string;
  /** What the format cannot tell, in one sentence; empty when nothing is missing. */
  missing: string;
  /** Real-shaped lines, each one manifest request by HEAD or GET. */
  samples: string[];
}

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
];
