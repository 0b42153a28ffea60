import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openScanner } from '../../src/formats/open-scanner.ts';
import { defaultOptions } from '../../src/model/file-options.ts';
import type { Looked } from '../../src/pipeline/announce-file.ts';
import { linesOf, putAgain } from '../../src/pipeline/held-files.ts';
import { readLinesAt } from '../../src/pipeline/lines-again.ts';
import { lookAtFile } from '../../src/pipeline/look-at-file.ts';
import { changeSources, replaceFile } from '../../src/pipeline/sources.ts';
import { manifestLine } from '../helpers/exported.ts';

const LINES = Array.from({ length: 400 }, (_, i) =>
  manifestLine(`2026-09-01 10:${String(i % 60).padStart(2, '0')}:00`, '192.0.2.1', 'GET', 'a', `1.0.${i}`),
);
const TEXT = LINES.map((line) => `${line}\r\n`).join('');
const offsetOf = (line: number) => TEXT.indexOf(LINES[line]!);

async function lookedAt(file: File): Promise<Looked[]> {
  const found = await lookAtFile(file, await openScanner('javascript', []));
  const source = { id: 7, file, kept: null, options: defaultOptions(0) };
  return found.map((facts) => ({ facts, source, copyOf: null, kept: null }));
}

const plain = (name = 'access.log') => new File([TEXT], name);
const packed = (name = 'access.log.gz') => new File([new Uint8Array(gzipSync(TEXT))], name);
const reader = { linesAt: readLinesAt };

test.each([
  ['plain', plain()],
  ['gzip', packed()],
])('lines of a %s file are read again where they stand', async (_, file) => {
  const [{ facts }] = (await lookedAt(file)) as [Looked];
  const wanted = [399, 0, 250, 250];
  expect(await readLinesAt(facts.content, wanted.map(offsetOf))).toEqual(wanted.map((line) => LINES[line]));
  expect(await readLinesAt(facts.content, [TEXT.length + 5])).toEqual(['']);
});

test('a long line is cut, and the end of a file ends one', async () => {
  const file = new File([`${'x'.repeat(20_000)}\nlast`], 'log');
  const content = { ...(await lookedAt(plain()))[0]!.facts.content, blob: file };
  const [long, last] = await readLinesAt(content, [0, 20_001]);
  expect([long!.length, last]).toEqual([8192, 'last']);
});

test('a file that is gone is asked for, and taken when it is given again', async () => {
  const held = await lookedAt(packed());
  const gone = { slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) } as unknown as Blob;
  held[0]!.facts.content = { ...held[0]!.facts.content, blob: gone, outer: null };
  expect(await linesOf(held[0], [0], reader)).toEqual([{ state: 'gone' }]);
  expect(await linesOf(undefined, [0], reader)).toEqual([{ state: 'gone' }]);

  const other = await lookedAt(new File([TEXT.replace('1.0.0', '9.9.9')], 'access.log'));
  expect(
    putAgain(
      other.map(({ facts }) => facts),
      held,
    ).size,
  ).toBe(0);
  const again = await lookedAt(packed('renamed.gz'));
  expect(
    putAgain(
      again.map(({ facts }) => facts),
      held,
    ),
  ).toEqual(new Set([7]));
  expect(await linesOf(held[0], [offsetOf(3)], reader)).toEqual([{ state: 'read', text: LINES[3] }]);

  const { source } = held[0]!;
  const sources = { nextId: 9, files: [source, { ...source, id: 8 }], own: [] };
  const replaced = replaceFile(sources, new Set([7]), again[0]!.source.file!);
  expect(replaced.files.map(({ file }) => file!.name)).toEqual(['renamed.gz', 'access.log.gz']);
  expect(changeSources(replaced, {}).files[0]!.options).toEqual(source.options);
});
