import { describe, expect, test } from 'vitest';
import { defaultOptions } from '../../src/model/file-options.ts';
import { LOG_FORMATS } from '../../src/formats/index.ts';
import { repoNameOf } from '../../src/model/repository-name.ts';
import { JsonFlattener, recordDepth } from '../../src/intake/flatten-json.ts';
import { type LogFixture, logFixtures } from '../helpers/log-fixtures.ts';
import { readRequests } from '../helpers/read-requests.ts';

/** Each fixture of logs/ gives exactly the requests and the account that are written beside it. */
const NOW = Date.UTC(2026, 11, 31);

function lineOf(fixture: LogFixture): (offset: number) => number {
  const starts: number[] = [];
  let at = 0;
  for (const line of fixture.text.split('\n')) {
    starts.push(at);
    at += Buffer.byteLength(line) + 1;
  }
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}

/** What is expected, as the columns have it. A request without any time cannot be counted: its line is unreadable. */
function expectedRequests(fixture: LogFixture) {
  return fixture.expected
    .filter(({ time }) => time !== null)
    .map(({ time, client, status, method, agent, ...rest }) => ({
      ...rest,
      time,
      client: client || 'unknown',
      // 0 and -1 are how some write that the client left.
      status: status === null ? 0 : status <= 0 ? 499 : status,
      // Without a method all count as GET.
      method: method ?? 'GET',
      agent: agent ?? '',
    }));
}

/** Tables with a header are read as tables, not line by line. */
const fixtures = logFixtures().filter(
  (fixture) => fixture.format.id !== 'csv-requests' && !fixture.case.startsWith('csv-'),
);
const claimed = new Set<string>();

describe.each([...new Set(fixtures.map(({ format }) => format.id))])('%s', (id) => {
  test.each(
    fixtures.filter(({ format }) => format.id === id).map((fixture) => [fixture.case, fixture] as const),
  )('%s', async (_, fixture) => {
    const year = fixture.case === 'new-year' ? 2025 : fixture.format.assume?.year;
    const options = defaultOptions(year ? Date.UTC(year + 1, 0, 2) : NOW);
    const bytes = new TextEncoder().encode(fixture.text);
    const depth = recordDepth(bytes);
    if (depth > 0) new JsonFlattener(depth).flatten(bytes);
    const { requests, segment } = await readRequests(bytes, { options });
    segment.linesByFormat.forEach((lines, i) => lines > 0 && claimed.add(LOG_FORMATS[i]!.id));
    const line = lineOf(fixture);
    // Of what type a hub's repository is: test/formats/hub-logs.test.ts.
    expect(
      requests.map(({ offset, name, ...request }) => ({
        line: line(offset),
        name: repoNameOf(name),
        ...request,
      })),
    ).toEqual(expectedRequests(fixture));
    const { account, expected } = fixture;
    const timeless = expected.filter(({ time }) => time === null).length;
    const { read, otherRegistry, otherPath, applicationMessage, blank, unreadable } = segment.lines;
    // Which of the lines that hold no request are messages and which are not understood is no matter of counting.
    expect({ read, otherRegistry, otherPath, blank, rest: applicationMessage + unreadable }).toEqual({
      read: account.read + account.repeated,
      otherRegistry: account.otherRegistry,
      otherPath: account.otherPath,
      blank: account.blank,
      rest: account.messages + account.unreadable + timeless,
    });
  });
});

test('every format of the list is the one of some fixture', () => {
  expect([...claimed].sort()).toEqual(LOG_FORMATS.map(({ id }) => id).sort());
});
