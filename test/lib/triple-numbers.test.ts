import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TripleNumbers } from '../../src/lib/triple-numbers.ts';
import { WordTable } from '../../src/lib/word-table.ts';

test('triples are numbered as they come, however many', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(0xffffffff));
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, number), { maxLength: 9000, size: 'max' }), (triples) => {
      const numbers = new TripleNumbers();
      const known = new Map<string, number>();
      for (const triple of triples) {
        const key = triple.join();
        if (!known.has(key)) known.set(key, known.size);
        expect(numbers.numberOf(...triple)).toBe(known.get(key));
      }
      expect(numbers.size).toBe(known.size);
      const [a, b, c] = numbers.columns();
      const columns = Array.from({ length: numbers.size }, (_, i) => [a[i], b[i], c[i]].join());
      expect(columns).toEqual([...known.keys()]);
    }),
    { numRuns: 4 },
  );
});

test('words are found without being added', () => {
  const words = new WordTable();
  const texts = Array.from({ length: 3000 }, (_, i) => `word ${i}`);
  texts.forEach((text) => words.internText(text));
  expect(texts.map((text) => words.find(text))).toEqual(texts.map((_, i) => i));
  expect([words.find(''), words.find('word'), words.find('word 3000'), words.size]).toEqual([
    -1, -1, -1, 3000,
  ]);
});
