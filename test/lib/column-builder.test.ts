import { expect, test } from 'vitest';
import { joinRows, RowBuilder, type Rows, wordOf } from '../../src/lib/column-builder.ts';

const SCHEMA = { name: 'word', count: 'f64', flags: 'u8' } as const;

function tableOf(...rows: [string, number][]): Rows<typeof SCHEMA> {
  const builder = new RowBuilder(SCHEMA);
  for (const [name, count] of rows) {
    const row = builder.next();
    builder.columns.name[row] = builder.word(name);
    builder.columns.count[row] = count;
  }
  return builder.finish();
}

const rowsOf = ({ length, columns, words }: Rows<typeof SCHEMA>) =>
  Array.from({ length }, (_, row) => [wordOf(words, columns.name[row]!), columns.count[row]]);

test('rows keep their texts and numbers however many there are', () => {
  const rows = Array.from({ length: 5000 }, (_, i): [string, number] => [i % 3 === 0 ? '' : `n${i % 7}`, i]);
  const table = tableOf(...rows);
  expect(rowsOf(table)).toEqual(rows);
  expect(table.columns.count).toHaveLength(5000);
  expect(new Set(table.words).size).toBe(7);
});

test('a row that is opened has no words', () => {
  const builder = new RowBuilder(SCHEMA);
  for (let i = 0; i < 3000; i++) builder.next();
  expect(rowsOf(builder.finish()).every(([name, count]) => name === '' && count === 0)).toBe(true);
});

test('joined tables share one dictionary', () => {
  const joined = joinRows(SCHEMA, [tableOf(['a', 1], ['', 2]), tableOf(), tableOf(['b', 3], ['a', 4])]);
  expect(rowsOf(joined)).toEqual([
    ['a', 1],
    ['', 2],
    ['b', 3],
    ['a', 4],
  ]);
  expect(joined.words).toEqual(['a', 'b']);
});
