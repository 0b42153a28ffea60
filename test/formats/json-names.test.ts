import { describe, expect, test } from 'vitest';
import { readRequests } from '../helpers/read-requests.ts';

/** JSON that log_formats, pipelines and exporters make of access lines, each with names of its own for the same. */
const LINES: [who: string, record: object][] = [
  [
    'a log_format with clientip, which zot has too',
    {
      '@timestamp': '2026-11-22T03:13:13+00:00',
      clientip: '198.51.100.7',
      request: 'HEAD /v2/acme/web/manifests/1.0 HTTP/1.1',
      status: '200',
      agent: 'curl/7.88.1',
    },
  ],
  [
    'a log_format with correlation_id, which GitLab has too',
    {
      time: '2026-11-22T03:13:13Z',
      correlation_id: 'a1',
      remote_addr: '198.51.100.7',
      method: 'HEAD',
      uri: '/v2/acme/web/manifests/1.0',
      status: 200,
      user_agent: 'curl/7.88.1',
    },
  ],
  [
    'a log_format with an action of its own',
    {
      time: '2026-11-22T03:13:13Z',
      action: 'allow',
      remote_addr: '198.51.100.7',
      request: 'HEAD /v2/acme/web/manifests/1.0 HTTP/1.1',
      status: 200,
      user_agent: 'curl/7.88.1',
    },
  ],
  [
    'Apache, where request is a path and the time in brackets',
    {
      time: '[22/Nov/2026:03:13:13 +0000]',
      remoteIP: '198.51.100.7',
      host: 'registry.example.com',
      request: '/v2/acme/web/manifests/1.0',
      query: '',
      method: 'HEAD',
      status: '200',
      userAgent: 'curl/7.88.1',
      referer: '-',
    },
  ],
  [
    'Logstash’s COMBINEDAPACHELOG',
    {
      clientip: '198.51.100.7',
      ident: '-',
      auth: '-',
      timestamp: '22/Nov/2026:03:13:13 +0000',
      verb: 'HEAD',
      request: '/v2/acme/web/manifests/1.0',
      httpversion: '1.1',
      response: '200',
      bytes: '0',
      referrer: '"-"',
      agent: 'curl/7.88.1',
    },
  ],
  [
    'Elastic Common Schema',
    {
      '@timestamp': '2026-11-22T03:13:13.000Z',
      source: { address: '198.51.100.7', ip: '198.51.100.7' },
      http: {
        request: { method: 'HEAD' },
        response: { status_code: 200, body: { bytes: 0 } },
        version: '1.1',
      },
      url: { original: '/v2/acme/web/manifests/1.0', path: '/v2/acme/web/manifests/1.0' },
      user_agent: { original: 'curl/7.88.1', name: 'curl' },
    },
  ],
];

describe.each(LINES)('%s', (_, record) => {
  test.each(['wasm', 'javascript'] as const)('%s', async (kernel) => {
    const { requests, segment } = await readRequests(`${JSON.stringify(record)}\n`, { kernel });
    expect(segment.lines.unreadable).toBe(0);
    expect(requests).toMatchObject([
      {
        time: Date.UTC(2026, 10, 22, 3, 13, 13),
        client: '198.51.100.7',
        method: 'HEAD',
        status: 200,
        name: 'acme/web',
        reference: '1.0',
        agent: 'curl/7.88.1',
      },
    ]);
  });
});
