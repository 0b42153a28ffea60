import { expect, test } from 'vitest';
import { csvCell, wordCells } from '../../src/exports/csv.ts';
import { STYLES } from '../../src/exports/style.ts';
import { WordTable } from '../../src/lib/word-table.ts';

test.each([
  ['docker', 'docker'],
  ['', ''],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['\tx', "'\tx"],
])('a cell of %j', (text, cell) => {
  expect(new TextDecoder().decode(csvCell(text))).toBe(cell);
});

test('words of a dictionary that is larger than what is kept of it have their own cells', () => {
  const words = new WordTable();
  const count = 3 * (1 << 16) + 5;
  for (let word = 0; word < count; word++) words.internText(`=${word}`);
  const cellOf = wordCells(words, STYLES.standard);
  // Words that share a place take turns.
  for (const word of [7, 7 + (1 << 16), 7, count - 1, 4, 0, 2 << 16, 0])
    expect(new TextDecoder().decode(cellOf(word))).toBe(`'=${word}`);
});
