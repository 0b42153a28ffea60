import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOG_FORMATS } from '../../src/formats/index.ts';
import { readLogs, type ReadOptions } from '../helpers/read-logs.ts';

/** Every format of the list, with its samples and its fixtures; a new format needs no test code. */
const bytesOf = (text: string) => new TextEncoder().encode(text);
const BOM = '\ufeff';

async function read(text: string | Uint8Array, options?: ReadOptions) {
  const bytes = typeof text === 'string' ? bytesOf(text) : text;
  const result = await readLogs([{ name: 'log', bytes }], options);
  const {
    read,
    counted,
    setAside,
    otherFiles,
    loggedTwice,
    behind,
    otherRegistry,
    otherPath,
    applicationMessage,
    blank,
    unreadable,
  } = result.tally;
  const dropped = result.tally.dropped.reduce((sum, [, lines]) => sum + lines, 0);
  expect(read).toBe(
    counted +
      dropped +
      setAside +
      otherFiles +
      loggedTwice +
      behind +
      otherRegistry +
      otherPath +
      applicationMessage +
      blank +
      unreadable,
  );
  return result;
}

/** Actions without the places of their lines, which a byte more at each line end moves. */
const facts = (result: Awaited<ReturnType<typeof read>>) =>
  result.actions.map(({ requests, ...facts }) => ({ ...facts, requests: requests.length }));

describe.each(LOG_FORMATS.filter(({ samples }) => samples.length > 0))('$id', ({ id, title, samples }) => {
  test.runIf(samples.length > 0).each(samples.map((sample, i) => [i, sample] as const))(
    'sample %i is claimed by this format only',
    async (_, sample) => {
      const { tally, files } = await read(sample + '\n');
      expect(tally.read).toBe(1);
      expect(tally.counted).toBe(1);
      expect(files[0]!.formats).toEqual([[title, 1]]);
    },
  );

  const directory = resolve('test/fixtures/formats', id);
  const fixtures = existsSync(directory)
    ? readdirSync(directory).filter((name) => name.endsWith('.log'))
    : [];

  test.runIf(fixtures.length > 0).each(fixtures)(
    '%s gives the requests that are written beside it',
    async (name) => {
      const text = readFileSync(resolve(directory, name));
      const result = await read(new Uint8Array(text));
      const lines = result.actions.map(
        (action) =>
          `${new Date(action.time).toISOString()} ${action.action} ${action.client} ${action.prefix}|${action.name} ${action.reference} ${action.method} ×${action.requests.length} ${action.agent}`,
      );
      const { tally } = result;
      lines.push(
        `read ${tally.read}, counted ${tally.counted}, dropped ${JSON.stringify(tally.dropped)}, set aside ${tally.setAside}, twice ${tally.loggedTwice}, registry ${tally.otherRegistry}, other ${tally.otherPath}, messages ${tally.applicationMessage}, blank ${tally.blank}, unreadable ${tally.unreadable}`,
      );
      await expect(lines.join('\n') + '\n').toMatchFileSnapshot(
        resolve(directory, name.replace('.log', '.expected.txt')),
      );
    },
  );

  test.runIf(fixtures.length > 0).each(fixtures)(
    '%s is the same with CRLF, BOM, as gzip, in small pieces, in JavaScript',
    async (name) => {
      const text = readFileSync(resolve(directory, name), 'utf8').replaceAll('\r\n', '\n');
      const plain = await read(text);
      const variants: [string, ReadOptions][] = [
        [text.replaceAll('\n', '\r\n'), {}],
        [BOM + text, {}],
        [text.replace(/\n$/, ''), {}],
        [text, { gzip: true }],
        [text, { chunk: 100, scanners: 3, seed: 7 }],
        [text, { kernel: 'javascript' }],
      ];
      for (const [variant, options] of variants) {
        const result = await read(variant, options);
        expect(facts(result)).toEqual(facts(plain));
        expect(result.tally).toEqual(plain.tally);
      }
    },
  );

  test.runIf(fixtures.length > 0).each(fixtures)(
    '%s cut off anywhere in its last line loses that line at most',
    async (name) => {
      const text = readFileSync(resolve(directory, name));
      const lastLine = text.lastIndexOf(10, text.length - 2) + 1;
      const before = await read(new Uint8Array(text.subarray(0, lastLine)));
      for (let end = lastLine + 1; end < text.length; end += 7) {
        const { tally } = await read(new Uint8Array(text.subarray(0, end)));
        expect(tally.read).toBe(before.tally.read + 1);
        expect(tally.counted).toBeGreaterThanOrEqual(before.tally.counted);
      }
    },
  );
});

test('the four spellings of one user agent are one agent', async () => {
  const line = (agent: string) =>
    `192.0.2.1 - - [21/Nov/2026:03:09:35 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 1 "-" "${agent}"\n`;
  const logfmt = (agent: string) =>
    `time="2026-11-21T03:19:35Z" level=info msg="response completed" http.request.method=GET http.request.remoteaddr="192.0.2.1:1" http.request.uri=/v2/a/manifests/1 http.request.useragent="${agent}" http.response.duration=1ms http.response.status=200 http.response.written=9\n`;
  const tail = (escape: string) => `docker/24 UpstreamClient(Docker-Client/24 ${escape}(linux${escape}))`;
  const { actions } = await read(
    line(tail(String.raw`\x5C`)) +
      line(tail(String.raw`\\`)) +
      logfmt(tail('\\')) +
      logfmt(tail(String.raw`\\`)),
  );
  expect(actions.map(({ agent }) => agent)).toEqual(new Array(4).fill(tail('\\')));
});
