import { expect, test } from 'vitest';
import { csvCell } from '../../src/exports/csv.ts';

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
