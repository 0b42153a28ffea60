import { describe, expect, test } from 'vitest';
import type { HidingAddress } from '../../src/model/view.ts';
import { text } from '../../src/views/text.ts';
import { analyse, manifestLine } from '../helpers/exported.ts';
import { readLogs } from '../helpers/read-logs.ts';

/** So many requests of each address; agents take turns. */
async function found(
  requests: Record<string, number>,
  agents = ['docker/27.3.1'],
): Promise<HidingAddress | null> {
  const clients = Object.entries(requests).flatMap(([client, count]) =>
    Array.from({ length: count }, () => client),
  );
  const lines = clients.map((client, i) => {
    const time = new Date(Date.UTC(2026, 8, 1) + i * 60_000).toISOString().slice(0, 19);
    return manifestLine(time, client, 'GET', 'a/b', String(i), agents[i % agents.length]);
  });
  return (await analyse([lines])).report().hidingAddress;
}

const PROGRAMS = Array.from({ length: 8 }, (_, i) => `docker/27.3.${i}`);

describe('an address that hides clients', () => {
  test.each([
    '10.0.0.7',
    '192.168.1.1',
    '172.31.0.1',
    '127.0.0.1',
    '100.64.0.1',
    '169.254.1.1',
    'fd00::1',
    '::1',
  ])('is private: %s', async (address) => {
    expect(await found({ [address]: 95, '192.0.2.1': 5 })).toEqual({ kind: 'private', share: 0.95 });
  });

  test.each(['11.0.0.7', '172.32.0.1', '172.15.0.1', '100.128.0.1', '2001:db8::1'])(
    'is not %s with one program',
    async (address) => {
      expect(await found({ [address]: 100 })).toBeNull();
    },
  );

  test('is a proxy when many programs ask from it', async () => {
    expect(await found({ '203.0.113.9': 100 }, PROGRAMS)).toEqual({ kind: 'proxy', share: 1 });
    expect(await found({ '203.0.113.9': 100 }, PROGRAMS.slice(1))).toBeNull();
  });

  test('must have more than nine tenths of a hundred requests', async () => {
    expect(await found({ '10.0.0.7': 90, '192.0.2.1': 10 })).toBeNull();
    expect(await found({ '10.0.0.7': 91, '192.0.2.1': 9 })).not.toBeNull();
    expect(await found({ '10.0.0.7': 99 })).toBeNull();
  });
});

test('every request counts: folded ones, set-aside ones, and those of a log that came late', async () => {
  const time = (i: number) => new Date(Date.UTC(2026, 8, 1) + i * 1000).toISOString().slice(0, 19);
  const line = (i: number, client: string, reference: string) =>
    manifestLine(time(i), client, 'GET', 'a/b', reference);
  const signature = `sha256-${'0'.repeat(64)}.sig`;
  const folded = Array.from({ length: 60 }, (_, i) => line(200 + i, '10.0.0.7', '1.0'));
  const aside = Array.from({ length: 40 }, (_, i) => line(300 + i, '10.0.0.7', signature));
  // Hours out of order: all is merged anew.
  const late = [
    line(90_000, '-', '1.0'),
    ...Array.from({ length: 4 }, (_, i) => line(i, `192.0.2.${i}`, '1.0')),
  ];
  const { hidingAddress, total } = (await analyse([[...folded, ...aside], late])).report();
  expect(total.setAside).toBe(40);
  expect(hidingAddress).toEqual({ kind: 'private', share: 100 / 105 });
});

test('the format that is recommended for nginx is read, and names the client', async () => {
  const values: Record<string, string> = {
    msec: '1788256800.250',
    remote_addr: '10.0.0.7',
    http_x_forwarded_for: '192.0.2.55',
    request_method: 'GET',
    request_uri: '/v2/acme/web/manifests/1.0',
    status: '200',
    body_bytes_sent: '10',
    http_user_agent: 'docker/27.3.1',
    upstream_http_docker_content_digest: `sha256:${'1a'.repeat(32)}`,
  };
  const { config } = text.hiding;
  const pattern = [...config.matchAll(/'([^']*)'/g)].map(([, part]) => part).join('');
  const line = pattern.replace(/\$(\w+)/g, (_, name: string) => values[name]!);
  const { actions } = await readLogs([{ name: 'log', bytes: new TextEncoder().encode(`${line}\n`) }]);
  expect(actions).toMatchObject([
    {
      client: '192.0.2.55',
      name: 'acme/web',
      reference: '1.0',
      digest: values['upstream_http_docker_content_digest'],
      agent: 'docker/27.3.1',
    },
  ]);
});
