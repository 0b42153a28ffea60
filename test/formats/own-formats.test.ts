import { describe, expect, test } from 'vitest';
import { readPastedFormat } from '../../src/formats/custom/read-pasted-format.ts';
import { LOG_FORMATS } from '../../src/formats/index.ts';
import { defaultOptions } from '../../src/model/file-options.ts';
import { logFixtures } from '../helpers/log-fixtures.ts';
import { SOURCES } from '../helpers/pasted-formats.ts';
import { readRequests } from '../helpers/read-requests.ts';

/** A pasted configuration, run by the byte scanner, gives what the fixture says: both builds, in any pieces. */
const options = defaultOptions(Date.UTC(2026, 11, 31));
const fixtures = logFixtures().filter(({ format, case: name }) => SOURCES[`${format.id}/${name}`]);

describe.each(fixtures.map((fixture) => [`${fixture.format.id}/${fixture.case}`, fixture] as const))(
  '%s',
  (name, fixture) => {
    const own = readPastedFormat(SOURCES[name]!).formats.map(({ pattern }) => pattern);

    test('is claimed by the pasted format, with the requests of the fixture', async () => {
      const { requests, segment } = await readRequests(fixture.text, { options, own });
      const claimed = segment.linesByFormat.slice(LOG_FORMATS.length).reduce((sum, lines) => sum + lines, 0);
      expect(claimed).toBeGreaterThanOrEqual(fixture.expected.length);
      const facts = requests.map(({ time, client, method, status, name, reference }) => ({
        time,
        client,
        method,
        status,
        name,
        reference,
      }));
      expect(facts).toEqual(
        fixture.expected.map(({ time, client, method, status, name, reference }) => ({
          time,
          client: client || 'unknown',
          method,
          status: status === null ? 0 : status <= 0 ? 499 : status,
          name,
          reference,
        })),
      );
    });

    test('is the same as WebAssembly and in small pieces', async () => {
      const whole = await readRequests(fixture.text, { options, own });
      const pieces = await readRequests(fixture.text, { options, own, kernel: 'wasm', piece: 100 });
      expect(pieces.requests).toEqual(whole.requests);
      expect(pieces.segment.linesByFormat).toEqual(whole.segment.linesByFormat);
    });
  },
);
