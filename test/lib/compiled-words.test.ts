import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { WordTable } from '../../src/lib/word-table.ts';
import { openTables } from '../../src/lib/words/compiled-words.ts';

/** Words one after the other, and where each ends. */
function joined(words: Uint8Array[]): { bytes: Uint8Array; ends: Uint32Array } {
  const ends = new Uint32Array(words.length);
  let size = 0;
  words.forEach((word, i) => (ends[i] = size += word.length));
  const bytes = new Uint8Array(size);
  words.forEach((word, i) => bytes.set(word, ends[i]! - word.length));
  return { bytes, ends };
}

function internBoth(tables: [WordTable, WordTable], words: Uint8Array[]): void {
  const { bytes, ends } = joined(words);
  const [numbers, expected] = tables.map((table) => {
    const found = new Uint32Array(words.length + 3);
    table.internAll(bytes, ends, found, 3);
    return found;
  });
  expect(numbers).toEqual(expected);
  expect(tables[0].size).toBe(tables[1].size);
}

test('tables are plain ones where WebAssembly is missing', () => {
  expect(openTables(1)[0]!.constructor).not.toBe(WordTable);
  vi.stubGlobal('WebAssembly', undefined);
  expect(openTables(1)[0]!.constructor).toBe(WordTable);
  vi.unstubAllGlobals();
});

test('words get the numbers that plain tables give them', () => {
  // Few letters: words are often the same, and often begin or end alike.
  const letter = fc.constantFrom(0, 65, 65, 66, 255);
  const words = fc.array(fc.array(letter, { maxLength: 40 }).map((bytes) => Uint8Array.from(bytes)));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), words), { maxLength: 6 }), (steps) => {
      const [first, second] = openTables(2) as [WordTable, WordTable];
      const pairs: [WordTable, WordTable][] = [
        [first, new WordTable()],
        [second, new WordTable()],
      ];
      for (const [isSecond, given] of steps) internBoth(pairs[isSecond ? 1 : 0]!, given);
      for (const [compiled, plain] of pairs) {
        for (let word = 0; word < plain.size; word++) {
          expect(compiled.bytesOf(word)).toEqual(plain.bytesOf(word));
          expect(compiled.findBytes(plain.bytesOf(word).slice())).toBe(word);
        }
        expect(compiled.findBytes(Uint8Array.of(1, 2, 3))).toBe(-1);
      }
    }),
  );
});

test('many words, and long ones', () => {
  const encoder = new TextEncoder();
  const pair: [WordTable, WordTable] = [openTables(1)[0]!, new WordTable()];
  const text = (i: number) =>
    `sha256:${((i * 2654435761) >>> 0)
      .toString(16)
      .padStart(8, '0')
      .repeat(i % 9)}`;
  for (let round = 0; round < 4; round++) {
    const words = Array.from({ length: 30_000 }, (_, i) => encoder.encode(text(round * 20_000 + i)));
    words.splice(
      17,
      0,
      new Uint8Array(700_000).fill(round),
      new Uint8Array(0),
      new Uint8Array(300_000).fill(9),
    );
    internBoth(pair, words);
  }
  const [compiled, plain] = pair;
  for (let word = 0; word < plain.size; word += 7)
    expect(Buffer.compare(compiled.bytesOf(word), plain.bytesOf(word))).toBe(0);
  expect(compiled.textOf(5)).toBe(plain.textOf(5));
  expect(compiled.intern(encoder.encode('xnew'), 1, 4)).toBe(plain.intern(encoder.encode('new'), 0, 3));
  expect(compiled.find('new')).toBe(plain.size - 1);
  expect(compiled.internText('new')).toBe(plain.size - 1);
});
