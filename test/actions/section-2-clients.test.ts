import { describe, expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { type ReadAction, readLogs } from '../helpers/read-logs.ts';
import { readTimeline } from '../helpers/timeline.ts';

/** spec/classification.md, sections 2.5 and 2.6, clause by clause, from the bytes of lines. */
const TIME = Date.UTC(2026, 8, 1, 10);

const read = (lines: string | string[]) =>
  readLogs([{ name: 'log', bytes: new TextEncoder().encode([lines].flat().join('\n') + '\n') }]);

describe('2.5', () => {
  const combined = (peer: string, list: string) =>
    `${peer} - - [01/Sep/2026:10:00:00 +0000] "GET /v2/a/b/manifests/1 HTTP/1.1" 200 1 "-" "x"${list && ` "${list}"`}`;
  const json = (peer: string) =>
    JSON.stringify({
      time: new Date(TIME).toISOString(),
      level: 'info',
      msg: 'response completed',
      'http.request.method': 'GET',
      'http.request.uri': '/v2/a/b/manifests/1',
      'http.request.remoteaddr': peer,
      'http.response.status': 200,
    });

  test.each([
    ['the peer, where there is no list', combined('192.0.2.1', ''), '192.0.2.1'],
    ['the peer, where the list is empty', combined('192.0.2.1', '-'), '192.0.2.1'],
    ['the first address of X-Forwarded-For', combined('192.0.2.1', '198.51.100.7, 10.0.0.1'), '198.51.100.7'],
    ['the first valid one', combined('192.0.2.1', 'unknown, 999.1.1.1, 198.51.100.8'), '198.51.100.8'],
    ['the peer, where the list holds none', combined('192.0.2.1', 'unknown, _hidden'), '192.0.2.1'],
    ['without port', json('192.0.2.1:40042'), '192.0.2.1'],
    ['without brackets and port', json('[2001:db8::1]:40042'), '2001:db8::1'],
    ['without ::ffff:', json('[::ffff:192.0.2.1]:40042'), '192.0.2.1'],
    ['without ::ffff: and brackets', combined('::FFFF:192.0.2.1', ''), '192.0.2.1'],
    ['without a zone', json('[fe80::1%eth0]:40042'), 'fe80::1'],
    ['IPv6 in lower case', combined('2001:DB8::ABCD', ''), '2001:db8::abcd'],
    ['no address: a socket', json('@'), 'unknown'],
    ['no address: a host name', combined('client.example', ''), 'unknown'],
    ['no address: too large a number', combined('192.0.2.256', ''), 'unknown'],
    ['no address: too few groups', combined('2001:db8:1', ''), 'unknown'],
    ['no address: two gaps', combined('2001::db8::1', ''), 'unknown'],
  ])('%s', async (_, line, client) => {
    const { actions, analysis } = await read(line);
    expect(actions.map((action: ReadAction) => action.client)).toEqual([client]);
    expect(analysis.report().withoutAddress).toBe(client === 'unknown' ? 1 : 0);
  });

  test.each(['wasm', 'javascript'] as const)('the peer, where the user says so (%s)', async (kernel) => {
    const lines = [
      combined('192.0.2.1', '198.51.100.7'),
      '{"time":"2026-09-01T10:00:00Z","remote_addr":"192.0.2.2","http_x_forwarded_for":"198.51.100.7","request":"GET /v2/a/b/manifests/1 HTTP/1.1","status":200}',
    ];
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
    const clientsIf = async (usesForwarded: boolean) =>
      (await readLogs([{ name: 'log', bytes }], { kernel, fileOptions: { usesForwarded } })).actions.map(
        ({ client }) => client,
      );
    expect(await clientsIf(true)).toEqual(['198.51.100.7', '198.51.100.7']);
    expect(await clientsIf(false)).toEqual(['192.0.2.1', '192.0.2.2']);
  });

  test('without address nothing chains, and the report counts the lines', async () => {
    const { counts, analysis } = await readTimeline('HEAD T @unknown, GET D1 @unknown, GET D2 @unknown');
    expect(counts).toBe('1/0/2');
    expect(analysis.report().withoutAddress).toBe(3);
  });
});

describe('2.6 a request that a log shows twice is one:', () => {
  const access = (agent = 'x', size = 9, second = 0) =>
    logLine(TIME + second * 1000, '192.0.2.1', 'GET', '/v2/a/b/manifests/1', 200, size, agent);
  const logger = JSON.stringify({
    time: new Date(TIME + 250).toISOString(),
    level: 'info',
    msg: 'response completed',
    'http.request.method': 'GET',
    'http.request.uri': '/v2/a/b/manifests/1',
    'http.request.remoteaddr': '198.51.100.7:1',
    'http.request.useragent': 'x',
    'http.response.duration': '1ms',
    'http.response.status': 200,
    'http.response.written': 9,
  });
  test.each([
    ['logger line, access line', [logger, access()], 1],
    ['access line, logger line', [access(), logger], 1],
    ['each takes one', [access(), logger, access()], 1],
    ['two and two', [logger, logger, access(), access()], 2],
    ['a second apart', [logger, access('x', 9, 1)], 1],
    ['two seconds apart: two requests', [logger, access('x', 9, 2)], 0],
    ['another user agent: two requests', [logger, access('y')], 0],
    ['another size: two requests', [logger, access('x', 10)], 0],
    ['two lines of one kind: two requests', [access(), access()], 0],
  ])('%s', async (_, lines, twice) => {
    const { actions, tally } = await read(lines);
    expect(tally.loggedTwice).toBe(twice);
    expect(actions).toHaveLength(lines.length - twice);
    // The logger line is the one that is kept: it knows the client behind a proxy.
    const loggers = lines.filter((line) => line === logger).length;
    expect(actions.filter(({ client }) => client === '198.51.100.7')).toHaveLength(loggers);
  });
});
