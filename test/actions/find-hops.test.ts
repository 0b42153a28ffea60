import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countPartners } from '../../src/actions/hop-overlap.ts';
import { DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import { hopLog, START, trafficOf, type WireRequest } from '../helpers/hop-logs.ts';
import { digest, logLine } from '../helpers/log-lines.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
import { type LogFile, readLogs, type ReadResult } from '../helpers/read-logs.ts';

const fixture = (path: string): LogFile => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  bytes: readFileSync(`test/fixtures/lab/${path}`),
});

/** Actions without the places of their lines, in an order of their own. */
const facts = ({ actions }: ReadResult) =>
  actions.map(({ requests, ...rest }) => JSON.stringify({ ...rest, requests: requests.length })).sort();
const behindOf = ({ files }: ReadResult) =>
  Object.fromEntries(files.map(({ name, lines }) => [name, lines.behind]));
const refused = ({ tally }: ReadResult) => tally.dropped.reduce((sum, [, lines]) => sum + lines, 0);
const addsUp = ({ files }: ReadResult) =>
  files.every(
    ({ lines: { read, dropped, ...others } }) =>
      read ===
      Object.values(others).reduce((a, b) => a + b, 0) + dropped.reduce((sum, [, lines]) => sum + lines, 0),
  );

/** The most pairs that there can be, by augmenting paths. */
function slowPartners(a: [number, number][], b: [number, number][]): number {
  const partnerOf = new Map<number, number>();
  const seek = (j: number, tried: Set<number>): boolean =>
    a.some(([key, time], i) => {
      if (tried.has(i) || key !== b[j]![0] || Math.abs(time - b[j]![1]) > 2000) return false;
      tried.add(i);
      const rival = partnerOf.get(i);
      if (rival !== undefined && !seek(rival, tried)) return false;
      partnerOf.set(i, j);
      return true;
    });
  return b.filter((_, j) => seek(j, new Set())).length;
}

test('partners are as many as there can be', () => {
  const side = fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 0, max: 30 }).map((n) => n * 500),
      ),
      {
        maxLength: 25,
      },
    )
    .map((requests) => requests.sort((x, y) => x[1] - y[1]));
  fc.assert(
    fc.property(side, side, (a, b) => {
      const columns = (requests: [number, number][]) =>
        [requests.map(([key]) => key), requests.map(([, time]) => time)] as const;
      expect(countPartners(...columns(a), ...columns(b))).toBe(slowPartners(a, b));
    }),
  );
});

describe('captures of two hops, or of one in two files', () => {
  test.each([
    ['auth/access.log', 'auth/backend-registry.log', 29],
    ['nginx-custom/access.log', 'nginx-custom/lb-haproxy.log', 62],
    ['apache/access.log', 'apache/other_vhosts_access.log', 62],
    ['haproxy/haproxy.log', 'haproxy/haproxy-stdout.log', 135],
  ])('%s and %s count once, in any order', async (first, second, requests) => {
    const [a, b] = [fixture(first), fixture(second)];
    const both = await readLogs([a, b]);
    const inner = both.files.find(({ lines }) => lines.behind > 0)!;
    const [ofInner, ofOuter] = await Promise.all(
      (inner.name === a.name ? [a, b] : [b, a]).map((file) => readLogs([file])),
    );
    expect(inner.lines.behind).toBe(requests + refused(ofInner!));
    expect(both.tally).toMatchObject({ counted: requests, dropped: ofOuter!.tally.dropped });
    expect(facts(both)).toEqual(facts(ofOuter!));
    expect(addsUp(both)).toBe(true);
    const reversed = await readLogs([b, a]);
    expect(facts(reversed)).toEqual(facts(both));
    expect(behindOf(reversed)).toEqual(behindOf(both));
  });

  test('nginx is in front of the registry, and the page is told', async () => {
    const { files } = await readLogs([fixture('auth/access.log'), fixture('auth/backend-registry.log')]);
    expect(files.flatMap(({ problems }) => problems)).toEqual([
      {
        severity: 'note',
        file: 'backend-registry.log',
        line: 0,
        reason:
          'backend-registry.log shows the same traffic as access.log: 100 % of the requests are in both.',
        remedy:
          'For the time that both cover, only access.log is counted. A switch under “How it counts” counts both.',
      },
    ]);
  });

  test('a pull-through cache asks by itself: its log and that of the registry behind it add up', async () => {
    const [mirror, upstream] = [
      fixture('mirror/mirror-registry.log'),
      fixture('mirror/upstream-registry.log'),
    ];
    const both = await readLogs([mirror, upstream]);
    expect(both.tally.behind).toBe(0);
    expect(facts(both)).toEqual(
      [...facts(await readLogs([mirror])), ...facts(await readLogs([upstream]))].sort(),
    );
  });
});

const traffic = trafficOf(60, 9000, 20, 1);
const proxy = () => '192.0.2.10';

describe('which file is counted', () => {
  test.each<[string, LogFile, LogFile]>([
    [
      'the one with more addresses',
      hopLog('front', traffic, { prefix: '/registry' }),
      hopLog('behind', traffic, { client: proxy, delay: -900 }),
    ],
    [
      'the one that shows tags',
      hopLog('front', traffic),
      hopLog(
        'behind',
        traffic.map((each) => ({ ...each, path: each.path.replace(/latest$/, digest('latest')) })),
      ),
    ],
    [
      'Harbor’s proxy, though its core asks by digest and in its own name',
      hopLog('front', traffic),
      hopLog(
        'behind',
        traffic.map((each) => ({ ...each, path: each.path.replace(/(1.0|2.0|latest)$/, digest('index')) })),
        {
          client: proxy,
          agent: (agent) => (agent.startsWith('docker') ? 'harbor-registry-client' : agent),
        },
      ),
    ],
    [
      'the one that begins earlier',
      hopLog('front', [{ ...traffic[0]!, time: START - 60_000 }, ...traffic]),
      hopLog('behind', traffic),
    ],
    [
      'the one that shows much more: the other sees a part',
      hopLog('front', traffic, { client: proxy }),
      hopLog(
        'behind',
        traffic.filter(({ path }) => path.includes('web')),
      ),
    ],
    [
      'the one that shows much more, if not while the other was asked',
      hopLog('front', traffic, { client: proxy }),
      hopLog('behind', [...traffic.slice(0, 3), ...traffic.slice(-60)]),
    ],
    [
      'the one that shows user agents',
      hopLog('front', traffic),
      hopLog('behind', traffic, { agent: () => '-' }),
    ],
  ])('%s', async (_, front, behind) => {
    const both = await readLogs([behind, front]);
    expect(facts(both)).toEqual(facts(await readLogs([front])));
    expect(behindOf(both).front).toBe(0);
    expect(addsUp(both)).toBe(true);
  });

  test('of three hops the first', async () => {
    const front = hopLog('front', traffic);
    const middle = hopLog('middle', traffic, {
      client: (_, place) => `192.0.2.${1 + (place % 4)}`,
      delay: 300,
    });
    const last = hopLog('last', traffic, { client: proxy, delay: 700 });
    const all = await readLogs([last, front, middle]);
    expect(behindOf(all)).toEqual({ front: 0, middle: 180, last: 180 });
    expect(facts(all)).toEqual(facts(await readLogs([front])));
  });

  test('a proxy’s rotated logs in front of one log of the registry', async () => {
    const half = traffic.length / 2;
    const rotated = [hopLog('front.1', traffic.slice(0, half)), hopLog('front', traffic.slice(half))];
    const all = await readLogs([...rotated, hopLog('registry', traffic, { client: proxy })]);
    expect(facts(all)).toEqual(facts(await readLogs(rotated)));
    const note = all.files.flatMap(({ problems }) => problems);
    expect(note.map(({ reason }) => reason)).toEqual([
      'registry shows the same traffic as front and another file: 100 % of the requests are in both.',
    ]);
  });

  test('requests that both refused are accounted for once, while others cover all of the inner log’s time', async () => {
    const half = traffic.length / 2;
    const withRefused = (log: LogFile, requests: WireRequest[]): LogFile => {
      const line = ({ time, client, path, agent }: WireRequest) =>
        `${logLine(time + 200, client, 'GET', path, 401, 9, agent)}\n`;
      const lines = new TextEncoder().encode(
        requests
          .filter((_, i) => i % 10 === 5)
          .map(line)
          .join(''),
      );
      return { ...log, bytes: new Uint8Array([...log.bytes, ...lines]) };
    };
    const of = (name: string, requests: WireRequest[], hop = {}) =>
      withRefused(hopLog(name, requests, hop), requests);
    const registry = of('registry', traffic, { client: proxy });
    // The first request of the second log is in both: between them there is no time that neither covers.
    const [early, late] = [traffic.slice(0, half + 1), traffic.slice(half)];

    const both = await readLogs([of('front', traffic), registry]);
    expect(both.tally).toMatchObject({ counted: 180, behind: 198, dropped: [[401, 18]] });
    const rotated = await readLogs([of('front.1', early), of('front', late), registry]);
    expect(rotated.tally).toMatchObject({ counted: 181, behind: 198, dropped: [[401, 18]] });
    // It is not known which of them the front’s log shows.
    const part = await readLogs([of('front', late), registry]);
    expect(part.tally).toMatchObject({ counted: 180, behind: 90, dropped: [[401, 27]] });
    for (const each of [both, rotated, part]) expect(addsUp(each)).toBe(true);
    const on = await readLogs([of('front', traffic), registry], { rules: { countInnerHops: true } });
    expect(on.tally).toMatchObject({ counted: 360, behind: 0, dropped: [[401, 36]] });
  });

  test('what only the inner log covers is counted', async () => {
    const half = traffic.length / 2;
    const registry = hopLog('registry', traffic, { client: proxy });
    const { tally } = await readLogs([hopLog('front', traffic.slice(half)), registry]);
    expect(tally).toMatchObject({ counted: 180, behind: 90 });
  });
});

describe('no hops', () => {
  /** Requests in turn, or at random, to two replicas. */
  const replicas = (requests: WireRequest[], choose: (place: number) => boolean): LogFile[] => [
    hopLog(
      'a',
      requests.filter((_, i) => choose(i)),
    ),
    hopLog(
      'b',
      requests.filter((_, i) => !choose(i)),
    ),
  ];
  /** All nodes of a cluster pull the same image in the same seconds, now and then. */
  const rollouts = Array.from({ length: 12 }, (_, rollout) =>
    Array.from({ length: 10 }, (_, node) =>
      ['1.0', digest('index'), digest('amd64')].map((reference, step): WireRequest => ({
        time: START + rollout * 3_600_000 + node * 130 + step * 40,
        client: `203.0.113.${node}`,
        method: step === 0 ? 'HEAD' : 'GET',
        path: `/v2/acme/web/manifests/${reference}`,
        agent: 'containerd/1.7.24',
      })),
    ).flat(),
  ).flat();
  const random = randomNumbers(3);
  const thrown = rollouts.map(() => random() < 0.5);
  const behindBalancer = (requests: WireRequest[]) => requests.map((each) => ({ ...each, client: proxy() }));

  test.each<[string, LogFile[], number]>([
    ['replicas in turn', replicas(traffic, (i) => i % 2 === 0), 180],
    ['replicas by client', replicas(traffic, (i) => Number(traffic[i]!.client.at(-1)) % 2 === 0), 180],
    ['a cluster’s rollouts, in turn', replicas(rollouts, (i) => i % 2 === 0), 360],
    ['a cluster’s rollouts, at random', replicas(rollouts, (i) => thrown[i]!), 360],
    [
      'rollouts behind a balancer that hides the nodes',
      replicas(behindBalancer(rollouts), (i) => thrown[i]!),
      360,
    ],
    [
      'one tag asked for many times a second, behind a balancer',
      replicas(
        Array.from({ length: 4000 }, (_, i) => ({ ...rollouts[0]!, client: proxy(), time: START + i * 50 })),
        (i) => thrown[i % thrown.length]!,
      ),
      4000,
    ],
    [
      'the same traffic an hour later',
      [
        hopLog('a', traffic),
        hopLog(
          'b',
          traffic.map((each) => ({ ...each, time: each.time + 600_000 })),
          { client: proxy },
        ),
      ],
      360,
    ],
    [
      'too few requests to tell',
      [hopLog('a', traffic.slice(0, 6)), hopLog('b', traffic.slice(0, 6), { client: proxy })],
      12,
    ],
  ])('%s: all add up', async (_, files, counted) => {
    const { tally } = await readLogs(files);
    expect(tally).toMatchObject({ counted, behind: 0 });
  });

  test('replicas add up, and the proxy in front of them counts alone', async () => {
    const front = hopLog('front', traffic);
    const behind = replicas(traffic, (i) => i % 3 === 0);
    const all = await readLogs([...behind, front]);
    expect(facts(all)).toEqual(facts(await readLogs([front])));
  });
});

test('a switch counts them too, and back', async () => {
  const front = hopLog('front', traffic);
  const inner = hopLog('inner', traffic, { client: proxy });
  const result = await readLogs([front, inner]);
  const { analysis } = result;
  const sum = () => analysis.soFar().pullsByTag;
  expect(sum()).toBe(60);
  analysis.setRules({ ...DEFAULT_RULES, countInnerHops: true });
  const on = await readLogs([front, inner], { rules: { countInnerHops: true } });
  expect(on.tally).toMatchObject({ counted: 360, behind: 0 });
  expect(analysis.report().total).toEqual(on.tally);
  expect(sum()).toBe(on.analysis.soFar().pullsByTag);
  expect(analysis.report().files.flatMap(({ problems }) => problems.map(({ remedy }) => remedy))).toEqual([
    'Both are counted, because a switch under “How it counts” is on.',
  ]);
  analysis.setRules(DEFAULT_RULES);
  expect(sum()).toBe(60);
  expect(analysis.report().total).toEqual(result.tally);
});

test('any order of files gives the same', async () => {
  const part = fc.record({
    from: fc.integer({ min: 0, max: 90 }),
    size: fc.integer({ min: 20, max: 180 }),
    addresses: fc.constantFrom(1, 2, 5, 20),
    delay: fc.constantFrom(0, 0, 400, 1500),
    step: fc.constantFrom(1, 1, 1, 2),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 2, maxLength: 4 }), fc.nat(), async (parts, turn) => {
      const files = parts.map(({ from, size, addresses, delay, step }, i) =>
        hopLog(
          `log.${i}`,
          traffic.slice(from, from + size).filter((_, place) => place % step === 0),
          { delay, client: ({ client }) => `192.0.2.${Number(client.split('.')[3]) % addresses}` },
        ),
      );
      fc.pre(new Set(files.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))).size === files.length);
      const one = await readLogs(files);
      const turned = [...files.slice(turn % files.length), ...files.slice(0, turn % files.length)].reverse();
      const other = await readLogs(turned);
      expect(facts(other)).toEqual(facts(one));
      expect(other.tally).toEqual(one.tally);
      expect(behindOf(other)).toEqual(behindOf(one));
      expect(addsUp(one)).toBe(true);
    }),
    { numRuns: 40 },
  );
});
