import { expect, test } from 'vitest';
import { listFixtureFormats, loadLogFixture } from '../helpers/log-fixtures.ts';
import { readLogs } from '../helpers/read-logs.ts';

const read = async (format: string, name: string) => {
  const { text } = loadLogFixture(
    listFixtureFormats().find(({ id }) => id === format)!,
    name,
  );
  const { files } = await readLogs([{ name: 'some.log', bytes: new TextEncoder().encode(text) }]);
  return files[0]!;
};

test('the log of the registry inside of Harbor is recognised, and proxy.log named', async () => {
  const { problems, state } = await read('harbor-registry', 'rsyslog');
  expect(problems.map(({ severity, remedy }) => [severity, remedy])).toEqual([
    ['warning', 'Read the log of Harbor’s nginx (proxy.log) in its place.'],
  ]);
  expect(state).toBe('read');
});

test('requests without a time are not counted, and it is said what to keep', async () => {
  const { problems, lines } = await read('harbor-proxy-bare', 'default');
  expect(lines).toMatchObject({ counted: 0, unreadable: 13 });
  expect(problems.map(({ severity, line, reason }) => [severity, line, reason])).toEqual([
    ['warning', 4, 'Requests for manifests in some.log show no time, so none of them can be counted.'],
  ]);
});

test('the log of Harbor’s nginx gives no such warning', async () => {
  expect((await read('harbor-proxy', 'rsyslog')).problems).toEqual([]);
});
