import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/lib/calendar.ts';
import { logLine } from '../helpers/log-lines.ts';
import { readLogs, type ReadOptions } from '../helpers/read-logs.ts';
import { readTimeline } from '../helpers/timeline.ts';

/** spec/classification.md, sections 1 and 2.1 to 2.4, clause by clause, from the bytes of lines. */
const TIME = Date.UTC(2026, 8, 1, 10);
const HEX = '1'.repeat(64);

async function read(lines: string | string[], options: ReadOptions = {}) {
  const bytes = new TextEncoder().encode([lines].flat().join('\n') + '\n');
  return readLogs([{ name: 'log', bytes }], options);
}

/** What a request target is read as: prefix, name and reference, with upstream; else where it is tallied. */
async function targetOf(target: string) {
  const result = await read(logLine(TIME, '192.0.2.1', 'GET', target, 200, 1, 'x'));
  // The JavaScript build reads the same.
  const other = await read(logLine(TIME, '192.0.2.1', 'GET', target, 200, 1, 'x'), { kernel: 'javascript' });
  expect(other.actions).toEqual(result.actions);
  expect(other.tally).toEqual(result.tally);
  const { actions, tally, analysis } = result;
  if (tally.otherRegistry === 1) return 'other registry';
  if (tally.otherPath === 1) return 'other path';
  expect(actions).toHaveLength(1);
  const { prefix, name, reference, tag, digest } = actions[0]!;
  expect([tag, digest]).toEqual(reference.includes(':') ? ['', reference] : [reference, '']);
  const { upstreams } = analysis.detail(0, { first: dayOf(TIME), last: dayOf(TIME) });
  return [prefix, name, reference, ...upstreams.map(([host]) => host)].join(' | ');
}

describe('2.1', () => {
  test.each([
    ['takes off scheme and host', 'https://registry.example/v2/a/b/manifests/1', ' | a/b | 1'],
    ['takes off scheme and host with port', 'http://192.0.2.9:5000/v2/a/b/manifests/1', ' | a/b | 1'],
    ['takes off a host of IPv6', 'http://[2001:db8::1]:5000/key/v2/a/manifests/1', '/key | a | 1'],
    ['takes off the query', '/v2/a/b/manifests/1?x=/v2/c/manifests/2', ' | a/b | 1'],
    ['takes off the fragment', '/v2/a/b/manifests/1#/v2/c/manifests/2', ' | a/b | 1'],
    ['takes off query and fragment before it decodes', '/v2/a/b/manifests/1%3Fx%23y?z', ' | a/b | 1?x#y'],
    [
      'percent-decodes: sha256%3Aab… is a digest',
      `/v2/a/b/manifests/sha256%3A${HEX}`,
      ` | a/b | sha256:${HEX}`,
    ],
    ['percent-decodes in lower case', `/v2/a/b/manifests/sha256%3a${HEX}`, ` | a/b | sha256:${HEX}`],
    ['percent-decodes slashes before it looks for names', '/v2/a%2Fb%2Fmanifests%2F1', ' | a/b | 1'],
    ['percent-decodes once', `/v2/a/b/manifests/x%253Ay`, ' | a/b | x%3Ay'],
    ['leaves what is no escape', '/v2/a/b/manifests/1%zz%4', ' | a/b | 1%zz%4'],
    [
      'keeps the prefix of Artifactory',
      '/artifactory/api/docker/key/v2/a/b/manifests/1',
      '/artifactory/api/docker/key | a/b | 1',
    ],
    ['keeps the prefix of Nexus', '/repository/key/v2/a/b/manifests/1', '/repository/key | a/b | 1'],
    ['keeps another prefix', '/api/docker/key/v2/a/b/manifests/1', '/api/docker/key | a/b | 1'],
    ['takes the shortest prefix', '/key/v2/a/v2/b/manifests/1', '/key | a/v2/b | 1'],
    ['takes the last /manifests/', '/v2/a/manifests/b/manifests/1', ' | a/manifests/b | 1'],
    ['keeps ?ns= as the upstream', '/v2/a/b/manifests/1?ns=docker.io', ' | a/b | 1 | docker.io'],
    ['keeps ?ns= among others', '/v2/a/b/manifests/1?x=1&ns=ghcr.io&ns=x', ' | a/b | 1 | ghcr.io'],
    ['keeps no upstream that is another word', '/v2/a/b/manifests/1?xns=docker.io', ' | a/b | 1'],
    ['keeps no upstream that ends alike', '/v2/a/b/manifests/1?ms=docker.io', ' | a/b | 1'],
    ['a name of one segment', '/v2/busybox/manifests/latest', ' | busybox | latest'],
    ['a name that is /v2/ in another word is none', '/xv2/a/manifests/1', 'other path'],
    ['no name, no manifest', '/v2/manifests/1', 'other registry'],
    ['no reference, no manifest', '/v2/a/b/manifests/', 'other registry'],
  ])('%s', async (_, target, expected) => {
    expect(await targetOf(target)).toBe(expected);
  });
});

describe('1, a reference is', () => {
  test.each([
    ['a digest of at least 32 hex digits', `md5:${'a'.repeat(32)}`, 'pull_by_digest'],
    ['a tag with 31', `md5:${'a'.repeat(31)}`, 'pull_by_tag'],
    ['a digest of another algorithm', `sha512:${'0'.repeat(128)}`, 'pull_by_digest'],
    ['a digest with a compound algorithm', `sha256+b64.x_y-z:${HEX}`, 'pull_by_digest'],
    ['a tag without algorithm', `:${HEX}`, 'pull_by_tag'],
    ['a tag with what is no hex', `sha256:${'g'.repeat(64)}`, 'pull_by_tag'],
    ['a tag', 'latest', 'pull_by_tag'],
  ])('%s', async (_, reference, action) => {
    const { actions } = await read(
      logLine(TIME, '192.0.2.1', 'GET', `/v2/a/b/manifests/${reference}`, 200, 1, 'x'),
    );
    expect(actions.map((each) => each.action)).toEqual([action]);
  });
});

describe('2.2 HEAD and GET only', () => {
  test.each([
    ['HEAD', '1/0/0', 0],
    ['GET', '0/1/0', 0],
    ['PUT', '0/0/0', 1],
    ['POST', '0/0/0', 1],
    ['PATCH', '0/0/0', 1],
    ['DELETE', '0/0/0', 1],
    ['OPTIONS', '0/0/0', 1],
  ])('%s', async (method, counts, others) => {
    const line = logLine(TIME, '192.0.2.1', method, '/v2/a/b/manifests/1', 200, 1, 'x');
    const { actions, tally } = await read(line);
    expect(actions.map(({ action }) => action)).toEqual(
      counts === '1/0/0' ? ['version_check'] : counts === '0/1/0' ? ['pull_by_tag'] : [],
    );
    expect(tally).toMatchObject({ read: 1, counted: 1 - others, otherRegistry: others });
  });
});

describe('2.3', () => {
  test('counts 200 to 299, 302, 303, 304 and 307, tallies every other status', async () => {
    const statuses = Array.from({ length: 500 }, (_, i) => 100 + i);
    // Apart, so that nothing folds.
    const lines = statuses.map((status, i) =>
      logLine(TIME + i * 10_000, '192.0.2.1', 'GET', `/v2/a/b/manifests/t${status}`, status, 1, 'x'),
    );
    const { actions, tally } = await read(lines);
    const counted = statuses.filter(
      (status) => (status >= 200 && status < 300) || [302, 303, 304, 307].includes(status),
    );
    expect(actions.map(({ tag }) => Number(tag.slice(1)))).toEqual(counted);
    expect(tally.dropped).toEqual(
      statuses.filter((status) => !counted.includes(status)).map((status) => [status, 1]),
    );
  });

  test.each([
    ['a handshake', 'HEAD T 401, HEAD T, GET D1 401, GET D1', '0/1/0', [[401, 2]]],
    ['a permanent redirect', 'GET T 301, GET T', '0/1/0', [[301, 1]]],
    ['another', 'GET T 308, GET T', '0/1/0', [[308, 1]]],
    ['a HEAD that finds nothing opens no chain', 'HEAD T 404, GET D1', '0/0/1', [[404, 1]]],
    ['a GET that finds nothing continues none', 'HEAD T, GET D1 404', '1/0/0', [[404, 1]]],
    ['a refusal does not stretch the window', 'HEAD T, +4 GET T 429, +4 GET T', '1/1/0', [[429, 1]]],
    [
      'several, the most frequent first',
      'GET T 403, GET T 429, GET T 500, GET T 429',
      '0/0/0',
      [
        [429, 2],
        [403, 1],
        [500, 1],
      ],
    ],
  ])('drops before chaining and tallies by status: %s', async (_, timeline, counts, dropped) => {
    const result = await readTimeline(timeline);
    expect(result.counts).toBe(counts);
    expect(result.tally.dropped).toEqual(dropped);
  });

  test('a log without a status column counts every line and says so', async () => {
    const line = (reference: string) =>
      `192.0.2.1 - - [01/Sep/2026:10:00:00 +0000] "GET /v2/a/b/manifests/${reference} HTTP/1.1" "docker/27"`;
    const { actions, tally, analysis } = await read([line('1'), line('2')]);
    expect(actions.map(({ tag, agent }) => [tag, agent])).toEqual([
      ['1', 'docker/27'],
      ['2', 'docker/27'],
    ]);
    expect(tally.counted).toBe(2);
    expect(analysis.report().withoutStatus).toBe(2);
  });
});

describe('2.4 is never an action, and is other registry traffic:', () => {
  test.each([
    '/v2/',
    '/v2',
    '/key/v2/',
    '/v2/_catalog?n=100',
    '/v2/a/b/tags/list',
    `/v2/a/b/referrers/sha256:${HEX}`,
    `/v2/a/b/blobs/sha256:${HEX}`,
    '/v2/a/b/blobs/uploads/',
    '/v2/a/b/blobs/uploads/0c7ae6e5?_state=x',
    '/service/token?scope=repository:a/b:pull',
    '/auth/token',
    '/auth',
  ])('%s', async (target) => {
    expect(await targetOf(target)).toBe('other registry');
  });

  test.each(['/', '/robots.txt', '/v1/a/manifests/1', '/manifests/1'])('%s is neither', async (target) => {
    expect(await targetOf(target)).toBe('other path');
  });
});
