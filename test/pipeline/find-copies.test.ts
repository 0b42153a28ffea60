import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openScanner } from '../../src/formats/open-scanner.ts';
import { sameBytes } from '../../src/intake/fingerprint.ts';
import { Copies } from '../../src/pipeline/find-copies.ts';
import { lookAtFile } from '../../src/pipeline/look-at-file.ts';
import { createParseApi } from '../../src/pipeline/parse-api.ts';
import { tarOf, zipOf, zstdFrame } from '../intake/archive-samples.ts';
import { logLines } from '../intake/gzip-samples.ts';

const LOG = logLines(200_000);
/** The same beginning, another end. */
const LONGER = Buffer.concat([LOG, Buffer.from('one more\n')]);
const OTHER_END = Buffer.concat([LOG.subarray(0, -5), Buffer.from('xxxx\n')]);

/** Of each log in these files, in order, the name of the one that it is a copy of; how often contents were hashed. */
async function copiesAmong(...files: [name: string, bytes: Uint8Array][]) {
  const copies = new Copies();
  const scanner = await openScanner();
  const api = createParseApi();
  let hashed = 0;
  const ask = {
    isSame: sameBytes,
    sizeOf: api.sizeOf,
    hashContent: (content: Parameters<typeof api.hashContent>[0]) => (hashed++, api.hashContent(content)),
  };
  const found: (string | null)[] = [];
  for (const [name, bytes] of files) {
    for (const facts of await lookAtFile(new File([new Uint8Array(bytes)], name), scanner))
      found.push(await copies.find(facts, ask));
  }
  return { found, hashed };
}

test('two plain files are the same when all their bytes are, and nothing is hashed for that', async () => {
  const { found, hashed } = await copiesAmong(['a', LOG], ['b', LOG], ['c', LONGER], ['d', OTHER_END]);
  expect(found).toEqual([null, 'a', null, null]);
  expect(hashed).toBe(0);
});

test('however it is packed, the same log is found', async () => {
  const { found } = await copiesAmong(
    ['access.log.1', LOG],
    ['access.log.1.gz', gzipSync(LOG)],
    ['better.gz', gzipSync(LOG, { level: 9 })],
    ['a.zst', zstdFrame([LOG.subarray(0, 100_000), LOG.subarray(100_000)])],
    [
      'a.zip',
      zipOf([
        { path: 'x', content: LOG },
        { path: 'y', content: LOG, stored: true },
      ]),
    ],
    [
      'a.tar',
      tarOf([
        { path: 'x', content: LOG },
        { path: 'x.gz', content: gzipSync(LOG) },
      ]),
    ],
    [
      'a.tgz',
      gzipSync(
        tarOf([
          { path: 'x', content: LOG },
          { path: 'x.gz', content: gzipSync(LOG) },
        ]),
      ),
    ],
  );
  expect(found).toEqual([null, ...Array<string>(9).fill('access.log.1')]);
});

test('packed first, plain later', async () => {
  const { found } = await copiesAmong(
    ['a.gz', gzipSync(LOG)],
    ['a', LOG],
    ['b', OTHER_END],
    ['c.gz', gzipSync(LONGER)],
  );
  expect(found).toEqual([null, 'a.gz', null, null]);
});

test('a log that only begins like another is none', async () => {
  const { found } = await copiesAmong(
    ['a', LOG],
    ['longer.gz', gzipSync(LONGER)],
    [
      'other.tgz',
      gzipSync(
        tarOf([
          { path: 'x', content: OTHER_END },
          { path: 'y.gz', content: gzipSync(LONGER) },
        ]),
      ),
    ],
  );
  expect(found).toEqual([null, null, null, 'longer.gz']);
});

test('logs that begin differently are told apart without reading them', async () => {
  const { found, hashed } = await copiesAmong(
    ['a.gz', gzipSync(LOG)],
    ['b.gz', gzipSync(LONGER.subarray(200))],
  );
  expect(found).toEqual([null, null]);
  expect(hashed).toBe(0);
});

test('what was discarded may come again', async () => {
  const copies = new Copies();
  const scanner = await openScanner();
  const [facts] = await lookAtFile(new File([new Uint8Array(LOG)], 'a'), scanner);
  const ask = {
    isSame: sameBytes,
    hashContent: () => Promise.resolve(null),
    sizeOf: () => Promise.resolve(null),
  };
  expect(await copies.find(facts!, ask)).toBeNull();
  expect(await copies.find(facts!, ask)).toBe('a');
  copies.truncate(0);
  expect(await copies.find(facts!, ask)).toBeNull();
  expect(copies.length).toBe(1);
});
