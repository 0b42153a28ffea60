import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { Delimiter } from '../../src/model/table-format.ts';
import { readCsv } from '../../src/tables/read-csv.ts';
import { chunkAtRecords } from '../../src/tables/record-borders.ts';
import { inPieces } from '../helpers/show-table.ts';

const encode = (text: string) => new TextEncoder().encode(text);

async function recordsOf(bytes: Uint8Array, delimiter: Delimiter, piece: number) {
  const records: string[][] = [];
  const lines: number[] = [];
  const texts: string[] = [];
  const end = await readCsv(inPieces(bytes, piece), delimiter, (cells, line, _, asWritten) => {
    records.push(cells);
    lines.push(line);
    texts.push(asWritten());
  });
  return { records, lines, texts, end };
}

async function recordsOfRanges(bytes: Uint8Array, delimiter: Delimiter, size: number, block: number) {
  const ranges = await chunkAtRecords(new Blob([new Uint8Array(bytes)]), delimiter, size, block);
  expect(ranges.map(({ start }) => start)).toEqual([0, ...ranges.slice(0, -1).map(({ end }) => end)]);
  expect(ranges.at(-1)!.end).toBe(bytes.length);
  const parts = [];
  for (const { start, end } of ranges) parts.push(await recordsOf(bytes.slice(start, end), delimiter, 5));
  return parts.flatMap(({ records }) => records);
}

/** Papa Parse over the whole text at once; the end of a file ends a line. */
function oracle(text: string, delimiter: Delimiter): string[][] {
  return Papa.parse<string[]>(text.replaceAll('\r\n', '\n'), { delimiter, newline: '\n' }).data.filter(
    (cells) => cells.length > 1 || cells[0] !== '',
  );
}

const delimiters = fc.constantFrom<Delimiter>(',', ';', '\t');
const size = fc.integer({ min: 1, max: 40 });

test('any split of well-formed records gives the same records', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '\n', '\r\n', ' '),
    maxLength: 6,
  });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      table,
      delimiters,
      fc.constantFrom('\n', '\r\n'),
      size,
      size,
      async (rows, delimiter, newline, a, b) => {
        const text = Papa.unparse(rows, { delimiter, newline, quotes: true }) + newline;
        const expected = rows.map((cells) => cells.map((each) => each.replaceAll('\r\n', '\n')));
        const { records, texts, end } = await recordsOf(encode(text), delimiter, a);
        expect(records).toEqual(expected);
        expect(texts.map((each) => each + newline).join('')).toBe(text);
        expect(end).toEqual({ lines: text.split('\n').length - 1, unclosed: 0 });
        expect(await recordsOfRanges(encode(text), delimiter, a, b)).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

test('any split of any text, stray quotes included, gives what Papa Parse gives of the whole', async () => {
  const anything = fc.string({
    unit: fc.constantFrom('"', '"', ',', '\n', '\r\n', ' ', '\t', 'a'),
    minLength: 1,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(anything, delimiters, size, size, async (text, delimiter, a, b) => {
      const { records, end } = await recordsOf(encode(text), delimiter, a);
      const expected = oracle(`${text}\n`, delimiter);
      if (end.unclosed > 0) {
        // Nothing is made up for a quote that is never closed.
        expect(records).toEqual(expected.slice(0, records.length));
        return;
      }
      expect(records).toEqual(expected);
      expect(await recordsOfRanges(encode(text), delimiter, a, b)).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

test('a quoted newline right at a border belongs to its record', async () => {
  const text = 'a,b\n"1\n","2"\n"3""\n",4\n';
  for (let at = 1; at <= text.length; at++) {
    expect(await recordsOfRanges(encode(text), ',', at, 3)).toEqual([
      ['a', 'b'],
      ['1\n', '2'],
      ['3"\n', '4'],
    ]);
  }
});

test('records know the line they begin in', async () => {
  const { lines, end } = await recordsOf(encode('a,b\n\n"1\n\n",2\r\n3,4'), ',', 2);
  expect(lines).toEqual([1, 3, 6]);
  expect(end.lines).toBe(6);
});

test('a quote that is never closed ends the reading, at the end and at the longest record', async () => {
  expect((await recordsOf(encode('a,b\n1,2\n"3,4\n5,6\n'), ',', 3)).end).toEqual({ lines: 2, unclosed: 3 });
  const long = encode(`a,b\n"${'x,y\n'.repeat(3 << 20)}`);
  const { records, end } = await recordsOf(long, ',', 1 << 16);
  expect(records).toEqual([['a', 'b']]);
  expect(end.unclosed).toBe(2);
});

test('many quotes on one long line are walked over once', async () => {
  const record = `${'"a""b",'.repeat(200_000)}"c\nd"\n`;
  const ranges = await chunkAtRecords(new Blob([record, record]), ',', 1);
  expect(ranges).toEqual([
    { start: 0, end: record.length },
    { start: record.length, end: record.length * 2 },
  ]);
});
