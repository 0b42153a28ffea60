import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { looksBinary, recogniseBytes } from '../../src/intake/file-kind.ts';
import { noise } from './gzip-samples.ts';

const LOG = '192.0.2.1 - - [01/Sep/2026:10:00:00 +0000] "GET /v2/app/manifests/v1 HTTP/1.1" 200 1 "-" "x"\n';
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );
const look = (content: string | Uint8Array, name = 'access.log') =>
  recogniseBytes(typeof content === 'string' ? Buffer.from(content) : content, name);
const says = (content: string | Uint8Array, name?: string) => {
  const { kind, problem } = look(content, name);
  expect(kind).toBe('unsupported');
  expect(problem).toMatchObject({ severity: 'error', file: name ?? 'access.log', line: 0 });
  return `${problem!.reason} ${problem!.remedy}`;
};
/** The header of an entry of a zip archive, and its content. */
const entry = (name: string, content: string) =>
  bytes('PK\x03\x04', Array<number>(22).fill(0), [name.length, 0, 0, 0], name, content);

describe('text', () => {
  test.each([
    ['a log', LOG],
    ['UTF-8 with BOM', `\ufeff${LOG}`],
    ['UTF-8 of every kind', 'ü 漢字 🚀\n'.repeat(500)],
    ['Latin-1', bytes('M\xfcller \xe9\xe8 \xff\n'.repeat(200))],
    ['colours', '\x1b[32mINFO\x1b[0m request\n'.repeat(50)],
    ['HTML', '<!doctype html><title>x</title>'],
    ['JSON', '{"log": []}'],
    ['one byte', 'x'],
    ['a word that begins like a signature', 'BZhang %PDF GIF PARTS ustar'],
    ['a log whose line 2 names a signature', `${LOG}PK\x03\x04 %PDF-1.7`],
  ])('%s', (_, content) => {
    expect(look(content)).toEqual({ kind: 'text', problem: null, isUseless: false });
  });
});

test('gzip, whatever its name', () => {
  expect(look(gzipSync(LOG), 'access.log.zip')).toEqual({ kind: 'gzip', problem: null, isUseless: false });
});

test('an empty file is noted', () => {
  expect(look('')).toEqual({
    kind: 'empty',
    problem: { severity: 'note', file: 'access.log', line: 0, reason: 'access.log is empty.', remedy: '' },
    isUseless: false,
  });
});

describe('what cannot be read is named, with what to do', () => {
  test.each([
    ['lz4', bytes([4, 0x22, 0x4d, 0x18]), 'is compressed with lz4. Unpack it first: lz4 -d a.log.zst'],
    ['PDF', bytes('%PDF-1.7\n'), 'is a PDF document.'],
    ['PNG', bytes([0x89], 'PNG\r\n\x1a\n'), 'is a PNG picture.'],
    ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0]), 'is a JPEG picture.'],
    ['GIF', bytes('GIF89a'), 'is a GIF picture.'],
    ['ELF', bytes('\x7fELF\x02'), 'is a program.'],
    ['SQLite', bytes('SQLite format 3\0'), 'is an SQLite database.'],
    ['Parquet', bytes('PAR1\x15'), 'is a Parquet file.'],
    ['UTF-16, little end first', bytes([0xff, 0xfe], 'a\0b\0'), 'is text in UTF-16. Save it as UTF-8'],
    ['UTF-16, big end first', bytes([0xfe, 0xff], '\0a\0b'), 'is text in UTF-16.'],
    ['UTF-16 without a mark', bytes('a\0b\0c\0'), 'is not text.'],
    ['NUL', Buffer.alloc(500), 'is not text. Drop the log itself'],
    ['encrypted bytes', noise(5000), 'is not text.'],
  ])('%s', (_, content, sentence) => {
    expect(says(content, 'a.log.zst')).toContain(`a.log.zst ${sentence}`);
  });

  test('Office files by their entries, not by what lies in them', () => {
    const types = entry('[Content_Types].xml', '<Types/>');
    const excel = bytes([...types], [...entry('_rels/.rels', '')], [...entry('xl/workbook.xml', '')]);
    expect(says(excel, 'report.xlsx')).toBe(
      'report.xlsx is an Excel workbook. Save it as text or drop the log itself.',
    );
    expect(says(bytes([...types], [...entry('word/document.xml', '')]))).toContain('a Word document');
    expect(says(types)).toContain('an Office document');
    expect(look(entry('access.log', 'GET /xl/word/[Content_Types].xml')).kind).toBe('zip');
  });

  test('a name with a space is quoted for the shell', () => {
    expect(says(bytes([4, 0x22, 0x4d, 0x18]), "Bob's log.lz4")).toContain(`lz4 -d 'Bob'\\''s log.lz4'`);
  });

  test('what nobody takes for a log is told from what may hold one', () => {
    expect(look(bytes([0x89], 'PNG\r\n\x1a\n')).isUseless).toBe(true);
    expect(look(noise(5000)).isUseless).toBe(true);
    expect(look(bytes([0xff, 0xfe], 'a\0b\0')).isUseless).toBe(false);
  });
});

describe('compressions and archives, whatever their names', () => {
  test.each([
    ['zstd', bytes([0x28, 0xb5, 0x2f, 0xfd, 4])],
    ['zstd', bytes([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0])],
    ['bzip2', bytes('BZh91AY&SY')],
    ['xz', bytes([0xfd], '7zXZ\0')],
    ['zip', entry('access.log', LOG)],
    ['zip', bytes('PK\x05\x06', Array<number>(18).fill(0))],
    ['tar', bytes('n'.repeat(257), 'ustar\x0000')],
  ])('%s', (kind, content) => expect(look(content)).toEqual({ kind, problem: null, isUseless: false }));
});

describe('looksBinary', () => {
  test('some garbage in a log does not make it binary', () => {
    const log = Buffer.from(LOG.repeat(60));
    log.set([0, 1, 2, 3, 0, 4], 40);
    log.fill(0xff, 300, 400);
    expect(looksBinary(log)).toBe(false);
  });

  test('a log with what clients sent to the wrong port is text', () => {
    const sent = bytes('client sent "\x16\x03\x01\0', [...noise(2000)], '"\n');
    expect(looksBinary(sent)).toBe(true);
    const log = bytes([...sent], LOG.repeat(10), [...sent], LOG.repeat(60));
    expect(looksBinary(log)).toBe(false);
  });

  test.each([
    ['NUL', Buffer.alloc(100), true],
    ['more than 30 % control characters', Buffer.from('ab\x01'.repeat(10) + '\x02'), true],
    ['fewer', Buffer.from('abcd\x01'.repeat(10)), false],
    ['inflated noise', noise(4096), true],
    ['nothing', Buffer.alloc(0), false],
    ['what comes behind 4 KiB', Buffer.concat([Buffer.alloc(4096, 'a'), Buffer.alloc(9000)]), false],
  ])('%s', (_, content, expected) => expect(looksBinary(content)).toBe(expected));
});
