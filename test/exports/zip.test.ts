import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { gzipped, type Piece } from '../../src/exports/gzip.ts';
import { type ZipEntry, zipPieces } from '../../src/exports/zip.ts';

const NOW = Date.UTC(2026, 8, 1, 10, 20, 30);
const piece = (text: string): Piece => new TextEncoder().encode(text);

async function zip(entries: Iterable<ZipEntry>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of zipPieces(entries, NOW)) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

const entry = (name: string, pieces: Piece[], mayBeLarge = false) => ({ name, pieces, mayBeLarge });

test('another reader finds every entry, whatever its form', async () => {
  const long = Array.from({ length: 300 }, (_, i) => piece(`${i},`.repeat(5000)));
  const bytes = await zip([
    entry('a/ü🐋.csv', [piece('x'), piece('y\r\n')]),
    entry('empty', []),
    entry('large.csv', long, true),
    entry('after', [piece('z')]),
  ]);
  const read = unzipSync(bytes);
  expect(Object.keys(read)).toEqual(['a/ü🐋.csv', 'empty', 'large.csv', 'after']);
  expect(Buffer.from(read['a/ü🐋.csv']!).toString()).toBe('xy\r\n');
  expect(read['empty']).toHaveLength(0);
  expect(Buffer.compare(Buffer.from(read['large.csv']!), Buffer.concat(long))).toBe(0);
  expect(Buffer.from(read['after']!).toString()).toBe('z');
});

test('the records of a small entry and of a wide one are what the format says', async () => {
  const bytes = Buffer.from(await zip([entry('s', [piece('hello')]), entry('w', [piece('hello')], true)]));
  // CRC-32 of hello, and the day and time.
  const crc = 0x3610a686;
  const stamp = ((((2026 - 1980) << 9) | (9 << 5) | 1) << 16) | ((10 << 11) | (20 << 5) | 15);
  expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
  expect([bytes.readUInt16LE(4), bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([20, 0x0808, 8]);
  expect(bytes.readUInt32LE(10)).toBe(stamp >>> 0);
  const directory = bytes.readUInt32LE(bytes.length - 6);
  const second = directory + 46 + 1;
  expect([bytes.readUInt32LE(directory), bytes.readUInt32LE(second)]).toEqual([0x02014b50, 0x02014b50]);
  expect([bytes.readUInt32LE(directory + 16), bytes.readUInt32LE(second + 16)]).toEqual([crc, crc]);
  expect([bytes.readUInt16LE(directory + 6), bytes.readUInt16LE(second + 6)]).toEqual([20, 45]);
  // Sizes: here, and in the wider field.
  expect(bytes.readUInt32LE(directory + 24)).toBe(5);
  expect(bytes.readUInt32LE(second + 24)).toBe(0xffffffff);
  expect([bytes.readUInt16LE(second + 47), bytes.readUInt16LE(second + 49)]).toEqual([1, 16]);
  expect(bytes.readBigUInt64LE(second + 51)).toBe(5n);
  const descriptor = directory - 24;
  expect([bytes.readUInt32LE(descriptor), bytes.readUInt32LE(descriptor + 4)]).toEqual([0x08074b50, crc]);
  expect(bytes.readBigUInt64LE(descriptor + 16)).toBe(5n);
});

test('an entry is made when the one before is written', async () => {
  const told: string[] = [];
  function* pieces(name: string): Generator<Piece> {
    for (let i = 0; i < 3; i++) {
      told.push(name);
      yield piece(name);
    }
  }
  const names: string[] = [];
  function* entries(): Generator<ZipEntry> {
    for (const name of ['a', 'b']) {
      names.push(name);
      yield { name, pieces: pieces(name), mayBeLarge: false };
    }
  }
  const stream = zipPieces(entries(), NOW);
  // The header of the first, then some of its content.
  await stream.next();
  expect([names, told]).toEqual([['a'], []]);
  await stream.next();
  await stream.return(undefined);
  expect([names, told]).toEqual([['a'], ['a', 'a', 'a']]);
});

test('gzip is read by another reader', async () => {
  const parts: Uint8Array[] = [];
  for await (const part of gzipped([piece('a,b\r\n'), piece('1,2\r\n')])) parts.push(part);
  expect(gunzipSync(Buffer.concat(parts)).toString()).toBe('a,b\r\n1,2\r\n');
});

test('a failure while an entry is made ends the archive', async () => {
  function* broken(): Generator<Piece> {
    yield piece('x');
    throw new Error('out of rows');
  }
  await expect(zip([{ name: 'a', pieces: broken(), mayBeLarge: false }])).rejects.toThrow('out of rows');
});
