import { expect, test } from 'vitest';
import { readLogs } from '../helpers/read-logs.ts';

/** distribution on a terminal: lines that show only the seconds since the registry started. */
const line = (seconds: number, method: string, reference: string) =>
  `INFO[${String(seconds).padStart(4, '0')}] response completed                           go.version=go1.25.5 http.request.method=${method} http.request.remoteaddr="192.0.2.61:4711" http.request.uri=/v2/acme/web/manifests/${reference} http.request.useragent=x http.response.duration=2ms http.response.status=200 http.response.written=9`;
const message = 'INFO[0000] listening on [::]:5000                       go.version=go1.25.5';
const text = [message, line(4, 'HEAD', '1.0'), line(5, 'GET', '1.0'), line(86_400, 'HEAD', '1.0')].join('\n');
const log = { name: 'terminal.log', bytes: new TextEncoder().encode(text) };
const START = Date.UTC(2026, 8, 1, 10, 0, 0);

test('without the start they are unreadable, and the page asks for it', async () => {
  const { actions, tally, files } = await readLogs([log]);
  expect(actions).toEqual([]);
  expect(tally).toMatchObject({ read: 4, counted: 0, applicationMessage: 1, unreadable: 3 });
  expect(files[0]).toMatchObject({ usesStart: true, firstTime: NaN });
  expect(files[0]!.problems.map(({ reason }) => reason)).toEqual([
    'Lines of terminal.log show only the seconds since the program started.',
  ]);
});

test.each([1, 150, 1 << 20])('with the start they are counted, in pieces of %i bytes', async (chunk) => {
  const { actions, tally, files } = await readLogs([log], { chunk, fileOptions: { started: START } });
  expect(actions.map(({ time, action }) => [time - START, action])).toEqual([
    [4000, 'pull_by_tag'],
    [86_400_000, 'version_check'],
  ]);
  expect(tally).toMatchObject({ read: 4, counted: 3, applicationMessage: 1, unreadable: 0 });
  expect(files[0]).toMatchObject({
    usesStart: true,
    firstTime: START,
    lastTime: START + 86_400_000,
    problems: [],
  });
});

test('the time of a wrapper comes first, and nothing is asked', async () => {
  const wrapped = `2026-09-02T00:00:01.5Z ${line(4, 'GET', '1.0')}\n`;
  const { actions, files } = await readLogs([{ name: 'x', bytes: new TextEncoder().encode(wrapped) }], {
    fileOptions: { started: START },
  });
  expect(actions.map(({ time }) => time)).toEqual([Date.UTC(2026, 8, 2, 0, 0, 1, 500)]);
  expect(files[0]!.usesStart).toBe(false);
});
