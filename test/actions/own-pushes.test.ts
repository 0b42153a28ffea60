import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withNoise } from '../../src/model/noise.ts';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import { exported } from '../helpers/exported.ts';
import { logLine } from '../helpers/log-lines.ts';
import { type ReadAction, readLogs, type ReadOptions } from '../helpers/read-logs.ts';

const START = Date.UTC(2026, 8, 1, 10);
const DAY = Math.floor(START / 86_400_000);
const SPAN = { first: DAY, last: DAY };
const DIGEST = `sha256:${'1'.repeat(64)}`;
const HIDE = withNoise(NO_FILTER, 'ownPushes', true);
const ONLY = withValue(NO_FILTER, 'push', 'own', 'include');

interface Line {
  second: number;
  client: string;
  method: string;
  name: string;
  reference: string;
  status: number;
  agent: string;
  shape: string;
}

const PUSHER = 'buildkit/v0.16.0';
const line = (second: number, method: string, more: Partial<Line> = {}): Line => ({
  ...{ second, method, client: '192.0.2.1', name: 'acme/web', reference: '1.0', status: 200 },
  ...{ agent: PUSHER, shape: 'combined' },
  ...more,
});

/** As Go writes an address and a port. */
const withPort = (client: string) => (client.includes('::') ? `[${client}]:4711` : `${client}:4711`);

function render({ second, client, method, name, reference, status, agent, shape }: Line): string {
  const path = `/v2/${name}/manifests/${reference}`;
  const time = START + second * 1000;
  const iso = new Date(time).toISOString();
  switch (shape) {
    case 'logfmt':
      return `time="${iso}" level=info msg="response completed" http.request.method=${method} http.request.remoteaddr="${withPort(client)}" http.request.uri="${path}" http.request.useragent="${agent}" http.response.duration=1ms http.response.status=${status} http.response.written=9`;
    case 'json':
      return JSON.stringify({
        time: iso,
        remote_addr: client,
        request_method: method,
        request_uri: path,
        status,
        http_user_agent: agent,
      });
    case 'docker':
      return JSON.stringify({
        log: `${logLine(time, client, method, path, status, 9, agent)}\n`,
        stream: 'stdout',
        time: iso,
      });
    default:
      return logLine(time, client, method, path, status, 9, agent);
  }
}

const fileOf = (lines: Line[], name = 'log') => ({
  name,
  bytes: new TextEncoder().encode(lines.map((each) => `${render(each)}\n`).join('')),
});

async function pushesIn(...lines: Line[]) {
  const { analysis, tally } = await readLogs([fileOf(lines)]);
  const { ownPushes, actions } = analysis.noise(SPAN);
  const { pullsByTag, pullsByDigest, versionChecks } = analysis.view(SPAN, HIDE).figures;
  return { ownPushes, actions, left: pullsByTag + pullsByDigest + versionChecks, tally };
}

describe('a HEAD that a push made', () => {
  test('is by the same client in the same repository, at most five seconds before', async () => {
    const put = line(10, 'PUT', { status: 201 });
    const found = async (...lines: Line[]) => (await pushesIn(...lines, put)).ownPushes;
    expect(await found(line(10, 'HEAD'))).toBe(1);
    expect(await found(line(5, 'HEAD'))).toBe(1);
    expect(await found(line(4, 'HEAD'))).toBe(0);
    expect(await found(line(10, 'HEAD', { reference: DIGEST }))).toBe(1);
    expect(await found(line(9, 'HEAD', { reference: '2.0' }))).toBe(1);
    expect(await found(line(9, 'HEAD', { client: '192.0.2.2' }))).toBe(0);
    expect(await found(line(9, 'HEAD', { name: 'acme/api' }))).toBe(0);
    expect(await found(line(9, 'HEAD', { agent: 'containerd/1.7.24' }))).toBe(0);
  });

  test('is none after it, but in the same second', async () => {
    const put = line(10, 'PUT', { status: 201 });
    expect((await pushesIn(put, line(10, 'HEAD'))).ownPushes).toBe(1);
    expect((await pushesIn(put, line(11, 'HEAD'))).ownPushes).toBe(0);
  });

  test('is never a pull', async () => {
    const put = line(10, 'PUT', { status: 201 });
    expect((await pushesIn(line(8, 'GET'), put)).ownPushes).toBe(0);
    expect((await pushesIn(line(8, 'HEAD'), line(9, 'GET'), put)).ownPushes).toBe(0);
  });

  test('needs a push that the registry took, by a client with an address', async () => {
    expect((await pushesIn(line(9, 'HEAD'), line(10, 'PUT', { status: 401 }))).ownPushes).toBe(0);
    expect((await pushesIn(line(9, 'HEAD'), line(10, 'PATCH', { status: 201 }))).ownPushes).toBe(0);
    const unknown = { client: 'unix:' };
    expect(
      (await pushesIn(line(9, 'HEAD', unknown), line(10, 'PUT', { ...unknown, status: 201 }))).ownPushes,
    ).toBe(0);
  });

  test('the push itself is no action and stays other traffic of the registry', async () => {
    const { tally, actions, left } = await pushesIn(line(9, 'HEAD'), line(10, 'PUT', { status: 201 }));
    expect({ actions, left }).toEqual({ actions: 1, left: 0 });
    expect(tally).toMatchObject({ read: 2, counted: 1, otherRegistry: 1 });
  });

  test('is found behind a line that is read twice, for its time', async () => {
    const other = line(9, 'PUT', { shape: 'docker', client: '192.0.2.2' });
    const lines = [other, line(9, 'HEAD'), line(10, 'PUT', { status: 201 })];
    expect((await pushesIn(...lines)).ownPushes).toBe(1);
  });

  test('a repository that is only pushed to is in no list', async () => {
    const { analysis } = await readLogs([
      fileOf([line(9, 'GET'), line(10, 'PUT', { name: 'other', status: 201 })]),
    ]);
    expect(analysis.view(SPAN).repositories.names).toEqual(['acme/web']);
    expect(analysis.soFar()).toMatchObject({ repositories: 1 });
  });
});

const anyLine = fc.record({
  second: fc.integer({ min: 0, max: 40 }),
  client: fc.constantFrom('192.0.2.1', '192.0.2.1', '2001:db8::a', 'unix:'),
  method: fc.constantFrom('HEAD', 'HEAD', 'GET', 'PUT', 'PUT', 'DELETE'),
  name: fc.constantFrom('acme/web', 'acme/web', 'a'),
  reference: fc.constantFrom('1.0', 'latest', DIGEST, `sha256-${'4'.repeat(64)}.sig`),
  status: fc.constantFrom(200, 201, 404),
  agent: fc.constantFrom(PUSHER, PUSHER, 'docker/27'),
  shape: fc.constantFrom('combined', 'combined', 'logfmt', 'json', 'docker'),
});
const how: fc.Arbitrary<ReadOptions> = fc.record({
  chunk: fc.constantFrom([90], [300, 1, 77], [1 << 20]),
  scanners: fc.integer({ min: 1, max: 3 }),
  kernel: fc.constantFrom('wasm' as const, 'wasm' as const, 'javascript' as const),
  gzip: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1000 }),
  rules: fc.record({ countSignatures: fc.boolean(), countInnerHops: fc.constant(true) }),
});

/** By the definition: each HEAD against each push. */
function isOwnPush(action: ReadAction, lines: readonly Line[]): boolean {
  if (action.method !== 'HEAD' || action.client === 'unknown') return false;
  return lines.some(({ method, client, name, agent, status, second }) => {
    if (method !== 'PUT' || status === 404) return false;
    if (client !== action.client || name !== action.name || agent !== action.agent) return false;
    const after = START + second * 1000 - action.time;
    return after >= -999 && after <= 5000;
  });
}

test('which HEADs are found depends on no order of files, pieces or workers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyLine, { maxLength: 20 }), { minLength: 1, maxLength: 3 }),
      how,
      async (logs, options) => {
        const lines = logs.flat();
        fc.pre(lines.some(({ method }) => method !== 'PUT'));
        const { analysis, actions } = await readLogs(
          logs.map((each, i) => fileOf(each, `log.${i}`)),
          options,
        );
        const own = actions.filter((action) => isOwnPush(action, lines));
        const rest = actions.filter((action) => !isOwnPush(action, lines));
        const count = (list: ReadAction[], kind: string) =>
          list.filter(({ action }) => action === kind).length;
        for (const [filter, shown] of [
          [NO_FILTER, actions],
          [HIDE, rest],
          [ONLY, own],
        ] as const) {
          expect(analysis.view(SPAN, filter).figures).toMatchObject({
            pullsByTag: count(shown, 'pull_by_tag'),
            pullsByDigest: count(shown, 'pull_by_digest'),
            versionChecks: count(shown, 'version_check'),
          });
          const counts = analysis.breakdowns(SPAN, filter);
          expect(counts.hidden).toBe(actions.length - shown.length);
          const raw = await exported(analysis, 'raw', { span: SPAN, filter });
          expect(raw.text.split('\r\n').length - 2).toBe(shown.length);
          expect(analysis.noise(SPAN, filter === HIDE ? HIDE : NO_FILTER)).toMatchObject({
            actions: actions.length,
            ownPushes: own.length,
          });
        }
      },
    ),
    { numRuns: 40 },
  );
});
