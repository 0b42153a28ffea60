/** A log small enough to count by hand: three days, two repositories, and one line of each kind. */
const DIGEST = `sha256:${'1a'.repeat(32)}`;
const CHILD = `sha256:${'2b'.repeat(32)}`;

const line = (client: string, time: string, request: string, status: number, agent: string) =>
  `${client} - - [${time} +0000] "${request} HTTP/1.1" ${status} 10 "-" "${agent}"`;

export const SMALL_LOG =
  [
    // One pull by tag of three requests: docker.
    line(
      '192.0.2.1',
      '01/Sep/2026:00:00:01',
      'HEAD /v2/acme/web/manifests/1.0',
      200,
      'docker/27.3.1 go/go1.22.7',
    ),
    line(
      '192.0.2.1',
      '01/Sep/2026:00:00:02',
      `GET /v2/acme/web/manifests/${DIGEST}`,
      200,
      'docker/27.3.1 go/go1.22.7',
    ),
    line(
      '192.0.2.1',
      '01/Sep/2026:00:00:02',
      `GET /v2/acme/web/manifests/${CHILD}`,
      200,
      'docker/27.3.1 go/go1.22.7',
    ),
    // Two version checks, by one client.
    line('192.0.2.2', '01/Sep/2026:10:00:00', 'HEAD /v2/acme/web/manifests/latest', 200, 'Watchtower/1.7.1'),
    line('192.0.2.2', '02/Sep/2026:10:00:00', 'HEAD /v2/acme/web/manifests/latest', 200, 'Watchtower/1.7.1'),
    // A pull by digest and one by tag, of a name without namespace.
    line(
      '2001:db8::1',
      '03/Sep/2026:09:00:00',
      `GET /v2/busybox/manifests/${DIGEST}`,
      200,
      'containers/5.34.2',
    ),
    line(
      '192.0.2.1',
      '03/Sep/2026:12:00:00',
      'GET /v2/busybox/manifests/1.36',
      200,
      String.raw`=HYPERLINK(\x22x\x22)`,
    ),
    // What is no action.
    line('192.0.2.3', '03/Sep/2026:12:00:01', 'GET /v2/acme/web/manifests/none', 404, 'curl/8'),
    line(
      '192.0.2.3',
      '03/Sep/2026:12:00:02',
      `GET /v2/acme/web/manifests/${DIGEST.replace(':', '-')}.sig`,
      200,
      'cosign/2',
    ),
    line('192.0.2.3', '03/Sep/2026:12:00:03', `GET /v2/acme/web/blobs/${DIGEST}`, 200, 'curl/8'),
    line('192.0.2.3', '03/Sep/2026:23:59:59', 'GET /robots.txt', 404, 'curl/8'),
    'this is no log line <img src=x onerror=alert(1)>',
  ].join('\n') + '\n';
