import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { looksBinary, recogniseFile } from '../../src/intake/file-kind.ts';
import { fingerprintFile, sameBytes } from '../../src/intake/fingerprint.ts';

const blob = (content: string | Uint8Array) =>
  new Blob([typeof content === 'string' ? content : new Uint8Array(content)]);

test.each([
  ['text', '192.0.2.1 - - [01/Sep', 'text', null],
  ['latin-1', Uint8Array.from([0xe9, 0xe8, 0x20, 0x61, 0x62, 0x0a]), 'text', null],
  ['colours', '\x1b[32mINFO\x1b[0m request\n', 'text', null],
  ['HTML', '<!doctype html>', 'text', null],
  ['gzip', gzipSync('x'), 'gzip', null],
  ['nothing', '', 'empty', /is empty/],
  ['zstd', Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0]), 'unsupported', /zstd.*zstd -d f/],
  ['xz', Uint8Array.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'unsupported', /xz -dk f/],
  ['bzip2', 'BZh91AY', 'unsupported', /bunzip2/],
  ['zip', 'PK\x03\x04...', 'unsupported', /zip archive.*unzip f/],
  ['Excel', 'PK\x03\x04....xl/worksheets', 'unsupported', /Excel workbook/],
  ['tar', `${'n'.repeat(257)}ustar\0`, 'unsupported', /tar -xf f/],
  ['PNG', Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), 'unsupported', /PNG/],
  ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x61, 0]), 'unsupported', /UTF-16/],
  ['binary', new Uint8Array(500), 'unsupported', /not text/],
] as const)('%s', async (_, content, kind, says) => {
  const look = await recogniseFile(blob(content), 'f');
  expect(look.kind).toBe(kind);
  if (says) expect(`${look.problem!.reason} ${look.problem!.remedy}`).toMatch(says);
  else expect(look.problem).toBeNull();
});

test('some garbage in a log does not make it binary', () => {
  const log = new TextEncoder().encode('a line of a log\n'.repeat(100));
  log[5] = 0;
  log.set([1, 2, 3, 4], 40);
  expect(looksBinary(log)).toBe(false);
});

test('fingerprints tell sizes and all sampled places apart', async () => {
  const bytes = new Uint8Array(400_000).fill(97);
  const same = await fingerprintFile(blob(bytes));
  expect(await fingerprintFile(blob(bytes.slice()))).toBe(same);
  for (const place of [0, 200_000, 399_999]) {
    const other = bytes.slice();
    other[place] = 98;
    expect(await fingerprintFile(blob(other))).not.toBe(same);
    expect(await sameBytes(blob(bytes), blob(other))).toBe(false);
  }
  expect(await fingerprintFile(blob(bytes.subarray(1)))).not.toBe(same);
  expect(await sameBytes(blob(bytes), blob(bytes.slice()))).toBe(true);
  // Not sampled: only reading both tells.
  const hidden = bytes.slice();
  hidden[100_000] = 98;
  expect(await fingerprintFile(blob(hidden))).toBe(same);
  expect(await sameBytes(blob(bytes), blob(hidden))).toBe(false);
});
