import { describe, expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { contentKey, type LogFile, readLogs, type ReadOptions } from '../helpers/read-logs.ts';
import { countsOf, digestOf } from '../helpers/timeline.ts';

/** spec/classification.md, section 3, clause by clause, from the bytes of lines. */
const TIME = Date.UTC(2026, 8, 1, 10);
const [D1, D2] = [digestOf('D1'), digestOf('D2')];
/** A request at a second, by a client of its own unless one is given, so that nothing folds. */
const at = (second: number, method: string, reference: string, client = '192.0.2.1') =>
  logLine(TIME + second * 1000, client, method, `/v2/a/b/manifests/${reference}`, 200, 1, 'x');

const files = (...logs: string[][]): LogFile[] =>
  logs.map((lines, i) => ({ name: `log.${i}`, bytes: new TextEncoder().encode(`${lines.join('\n')}\n`) }));

/** Method and reference of the actions in their order, which must be the same however files are dropped and read. */
async function orderOf(logs: LogFile[], options: ReadOptions = {}): Promise<string[]> {
  const orders: string[][] = [];
  for (const order of [logs, [...logs].reverse()]) {
    for (const how of [{}, { chunk: 50, scanners: 3, seed: 5 }, { gzip: true }]) {
      const { actions } = await readLogs(order, { ...options, ...how });
      orders.push(actions.map(({ method, reference }) => `${method} ${reference.slice(0, 9)}`));
    }
  }
  for (const order of orders) expect(order).toEqual(orders[0]);
  return orders[0]!;
}

describe('3.1 inside a file', () => {
  test('requests are sorted by time', async () => {
    const log = files([at(30, 'GET', '3'), at(0, 'GET', '1'), at(20, 'GET', '2')]);
    expect(await orderOf(log)).toEqual(['GET 1', 'GET 2', 'GET 3']);
  });

  test('a chain is followed by time, not by line', async () => {
    const { actions } = await readLogs(files([at(1, 'GET', D1), at(0, 'HEAD', '1')]));
    expect(countsOf(actions)).toBe('0/1/0');
  });

  test('ties keep the order of the file, whatever their rank', async () => {
    const lines = [at(0, 'GET', D1), at(0, 'HEAD', '1')];
    expect(countsOf((await readLogs(files(lines))).actions)).toBe('1/0/1');
    expect(countsOf((await readLogs(files(lines.reverse()))).actions)).toBe('0/1/0');
  });

  test('ties that other lines stand between keep it too', async () => {
    const log = files([
      at(5, 'GET', '3'),
      at(0, 'GET', '1'),
      at(5, 'GET', '4'),
      at(0, 'GET', '2'),
      at(5, 'GET', '5'),
    ]);
    expect(await orderOf(log)).toEqual(['GET 1', 'GET 2', 'GET 3', 'GET 4', 'GET 5']);
  });

  test('a line that is more than a minute late still comes in its place', async () => {
    const late = Array.from({ length: 30 }, (_, i) => at(100 + i * 10, 'GET', `x${i + 10}`));
    expect((await orderOf(files([...late, at(0, 'GET', '1')])))[0]).toBe('GET 1');
  });
});

describe('3.2 across files', () => {
  test('requests are merged by time, and chains go over the borders of files', async () => {
    const [a, b] = [[at(0, 'HEAD', '1'), at(2, 'GET', D2)], [at(1, 'GET', D1)]];
    const { actions } = await readLogs(files(a, b));
    expect(actions.map(({ requests }) => requests.map(({ file }) => file))).toEqual([
      ['log.0', 'log.1', 'log.0'],
    ]);
  });

  const RANKS = [
    ['HEAD', 'tag'],
    ['GET', 'tag'],
    ['HEAD', D1],
    ['GET', D1],
  ] as const;
  const pairs = RANKS.flatMap((lower, i) => RANKS.slice(i + 1).map((higher) => [lower, higher] as const));

  test.each(pairs)('on equal times %j goes before %j', async (lower, higher) => {
    const logs = files([at(0, lower[0], lower[1], '192.0.2.1')], [at(0, higher[0], higher[1], '192.0.2.2')]);
    expect(await orderOf(logs)).toEqual(
      [lower, higher].map(([method, what]) => `${method} ${what.slice(0, 9)}`),
    );
  });

  test('on equal times the next request of each file is compared, not the lowest', async () => {
    const logs = files(
      [at(0, 'GET', D1, '192.0.2.1'), at(0, 'HEAD', 'late', '192.0.2.2')],
      [at(0, 'GET', 'first', '192.0.2.3')],
    );
    expect(await orderOf(logs)).toEqual(['GET first', `GET ${D1.slice(0, 9)}`, 'HEAD late']);
  });

  test('then the file with the earlier first request goes first', async () => {
    // By content key either file may be the smaller: two tags make both cases.
    for (const [x, y] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const logs = files([at(-9, 'GET', '0'), at(0, 'GET', x)], [at(-8, 'GET', '0'), at(0, 'GET', y)]);
      expect(await orderOf(logs)).toEqual(['GET 0', 'GET 0', `GET ${x}`, `GET ${y}`]);
    }
  });

  test('the earlier first request is that by time, not the first line', async () => {
    const logs = files(
      [at(-1, 'GET', '0'), at(-9, 'GET', '0'), at(0, 'GET', 'a')],
      [at(-8, 'GET', '0'), at(0, 'GET', 'b')],
    );
    expect((await orderOf(logs)).slice(3)).toEqual(['GET a', 'GET b']);
  });

  test('then the file with the smaller fingerprint', async () => {
    for (let i = 0; i < 8; i++) {
      const logs = files([at(0, 'GET', `x${i}`)], [at(0, 'GET', `y${i}`)]);
      const smallerFirst = [...logs].sort((a, b) => (contentKey(a.bytes) < contentKey(b.bytes) ? -1 : 1));
      expect(await orderOf(logs)).toEqual(
        smallerFirst.map(({ name }) => `GET ${name === 'log.0' ? 'x' : 'y'}${i}`),
      );
    }
  });

  test('three files and ties give the same counts in any order of dropping', async () => {
    const logs = files(
      [at(0, 'GET', D1), at(1, 'HEAD', '2')],
      [at(0, 'HEAD', '1'), at(1, 'GET', D2)],
      [at(0, 'GET', '1'), at(1, 'GET', D1)],
    );
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const found = new Set<string>();
    for (const order of orders) found.add(countsOf((await readLogs(order.map((i) => logs[i]!))).actions));
    // HEAD 1, GET 1 and GET D1 are one; HEAD 2 and the two GETs at its side the other.
    expect([...found]).toEqual(['0/2/0']);
  });
});
