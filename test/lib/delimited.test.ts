import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvOf, guarded, tsvOf } from '../../src/lib/delimited.ts';

const ROWS = [
  ['client', 'pulls'],
  ['a,b "c"\r\nd', -3],
  [' led by a space', 0],
  ['', 1.5],
];

test('a CSV is quoted where it must be, and read back by others', () => {
  expect(csvOf(ROWS)).toBe('client,pulls\r\n"a,b ""c""\r\nd",-3\r\n" led by a space",0\r\n,1.5\r\n');
  const { data } = Papa.parse<string[]>(csvOf(ROWS).trimEnd(), { newline: '\r\n' });
  expect(data).toEqual(ROWS.map((row) => row.map(String)));
});

test('a text to paste has one line a row', () => {
  expect(tsvOf([['a\tb\r\nc', 2]])).toBe('a b c\t2\n');
});

test('what a spreadsheet would run is guarded, numbers are not', () => {
  for (const text of ['=1', '+1', '-1', '@x', '\tx', '\rx']) expect(guarded(text)).toBe(`'${text}`);
  expect(guarded('a=1')).toBe('a=1');
  expect(csvOf([['=HYPERLINK("x")', -1]])).toBe(`"'=HYPERLINK(""x"")",-1\r\n`);
  expect(tsvOf([['@x', -1]])).toBe("'@x\t-1\n");
});
