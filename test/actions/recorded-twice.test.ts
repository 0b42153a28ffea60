import { describe, expect, test } from 'vitest';
import { readLogs, type ReadOptions } from '../helpers/read-logs.ts';

/** Requests that one or more logs show twice, beyond distribution's own pairs: each counts once, and the lines add up. */
const bytesOf = (lines: string[]) => new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));

const event = (id: string, second: number, fields = '') =>
  `{"id":"${id}","timestamp":"2026-11-14T05:00:${String(second).padStart(2, '0')}Z","action":"pull","target":{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"sha256:${'a'.repeat(64)}","repository":"acme/web","tag":"1.0"},"request":{"id":"r${id}","addr":"192.0.2.9:41000","method":"GET","useragent":"docker/28.4.0"}${fields}}`;

async function tallyOf(files: string[][], options?: ReadOptions) {
  const { tally, actions } = await readLogs(
    files.map((lines, i) => ({ name: `log-${i}`, bytes: bytesOf(lines) })),
    options,
  );
  const { read, counted, loggedTwice, applicationMessage, otherPath, otherRegistry, blank, unreadable } =
    tally;
  expect(read).toBe(
    counted +
      loggedTwice +
      applicationMessage +
      otherPath +
      otherRegistry +
      blank +
      unreadable +
      tally.behind,
  );
  return { read, counted, loggedTwice, actions: actions.length };
}

const VARIANTS: [string, ReadOptions][] = [
  ['as one', {}],
  ['in small pieces', { chunk: 100, scanners: 3, seed: 7 }],
  ['in JavaScript', { kernel: 'javascript' }],
];

describe.each(VARIANTS)('%s', (_, options) => {
  test('an event that is delivered three times counts once', async () => {
    const lines = [event('e1', 1), event('e2', 2), event('e1', 1), event('e1', 1), event('e3', 3)];
    expect(await tallyOf([lines], options)).toEqual({ read: 5, counted: 3, loggedTwice: 2, actions: 3 });
  });

  test('so does one that is delivered to two logs, in either order', async () => {
    const [first, second] = [
      [event('e1', 1), event('e2', 2)],
      [event('e2', 2), event('e3', 30)],
    ];
    const expected = { read: 4, counted: 3, loggedTwice: 1, actions: 3 };
    expect(await tallyOf([first, second], options)).toEqual(expected);
    expect(await tallyOf([second, first], options)).toEqual(expected);
  });

  test('two events that differ in nothing but the id are two', async () => {
    expect(await tallyOf([[event('e1', 1), event('e2', 1)]], options)).toEqual({
      read: 2,
      counted: 2,
      loggedTwice: 0,
      actions: 2,
    });
  });

  test('ids of other programs are no ids of events', async () => {
    const line = (second: number) =>
      `{"id":"1","time":"2026-10-13T09:10:0${second}Z","remote_addr":"192.0.2.101","method":"HEAD","uri":"/v2/data/etl/manifests/9.1","status":200,"bytes":0}`;
    expect(await tallyOf([[line(1), line(2)]], options)).toEqual({
      read: 2,
      counted: 2,
      loggedTwice: 0,
      actions: 2,
    });
  });

  test('what nginx and gunicorn write of one request in a log of Quay counts once', async () => {
    const request = (path: string, second: number) =>
      `[29/Jul/2026:17:37:0${second} +0000] "GET /v2/${path} HTTP/1.1" 200 856 "-" "crane/v0.20.2"`;
    const gunicorn = (path: string, second: number) =>
      `gunicorn-registry stdout | 2026-07-29 17:37:0${second},460 [303] [INFO] [gunicorn.access] 192.0.2.121 - - ${request(path, second)}`;
    const nginx = (path: string, second: number) =>
      `nginx stdout | 192.0.2.121 (-) - - ${request(path, second)} (0.039 1105 0.039)`;
    const lines = [
      gunicorn('org/app/manifests/1.0', 1),
      nginx('org/app/manifests/1.0', 1),
      gunicorn('org/app/manifests/2.0', 2),
      nginx('org/app/manifests/2.0', 3),
      // nginx answers alone, and another request of the same.
      nginx('org/app/manifests/1.0', 5),
      nginx('org/app/blobs/x', 5),
      gunicorn('org/app/blobs/x', 5),
    ];
    expect(await tallyOf([lines], options)).toEqual({ read: 7, counted: 3, loggedTwice: 2, actions: 3 });
    const inner = [1, 0, 3, 2, 6, 5, 4].map((i) => lines[i]!);
    expect(await tallyOf([inner], options)).toEqual({ read: 7, counted: 3, loggedTwice: 2, actions: 3 });
  });

  test('access lines behind one of gunicorn are its own kind no more', async () => {
    const combined =
      '192.0.2.121 - - [29/Jul/2026:17:37:01 +0000] "GET /v2/org/app/manifests/1.0 HTTP/1.1" 200 856 "-" "crane/v0.20.2"';
    const gunicorn = `2026-07-29 17:37:01,460 [303] [INFO] [gunicorn.access] ${combined}`;
    expect(await tallyOf([[gunicorn, combined, combined]], options)).toEqual({
      read: 3,
      counted: 2,
      loggedTwice: 1,
      actions: 2,
    });
  });
});
