import { describe, expect, test } from 'vitest';
import { logFixtures } from '../helpers/log-fixtures.ts';
import { readLogs, type ReadOptions } from '../helpers/read-logs.ts';

/** Every fixture through the whole corridor: lines add up, and nothing depends on how the file is cut or packed. */
const fixtures = logFixtures().filter(
  ({ format, case: name }) => format.id !== 'csv-requests' && !name.startsWith('csv-'),
);

/** Where a second record is not known for one, and why. */
const TOLD_APART: Record<string, string> = {
  'distribution-text/two-errors-one-request': 'two errors of one request show the same id; neither counts',
  'distribution-terminal/registry-3.1-colours':
    'a terminal line has no time, so its access line is the only record',
  'distribution-terminal/registry-3.1-pasted':
    'a terminal line has no time, so its access line is the only record',
};

async function read(text: string, options?: ReadOptions) {
  const { actions, tally } = await readLogs(
    [{ name: 'log', bytes: new TextEncoder().encode(text) }],
    options,
  );
  const { read, dropped, ...rest } = tally;
  const lines = Object.values(rest).reduce((sum, count) => sum + count, 0);
  expect(lines + dropped.reduce((sum, [, count]) => sum + count, 0)).toBe(read);
  return { actions, tally };
}

describe.each(fixtures.map((fixture) => [`${fixture.format.id}/${fixture.case}`, fixture] as const))(
  '%s',
  (name, { text, account }) => {
    test('has the account that is written beside it, whole, in pieces, and as gzip', async () => {
      const whole = await read(text);
      expect(whole.tally.read).toBe(account.read + account.repeated);
      expect(whole.tally.loggedTwice).toBe(TOLD_APART[name] ? 0 : account.loggedTwice);
      for (const options of [{ chunk: 100, scanners: 3, seed: 5 }, { gzip: true }]) {
        expect(await read(text, options)).toEqual(whole);
      }
    });
  },
);
