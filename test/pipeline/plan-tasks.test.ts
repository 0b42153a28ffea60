import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentOfFile } from '../../src/intake/content.ts';
import { planTasks } from '../../src/pipeline/plan-tasks.ts';

const MB = 1 << 20;

function plainOf(size: number) {
  const file = new File([], 'access.log');
  Object.defineProperty(file, 'size', { value: size });
  return contentOfFile(file);
}

test('ranges of each file follow one another from its beginning to its end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3000 * MB }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 8 }),
      (sizes, workers) => {
        const tasks = planTasks(sizes.map(plainOf), 3, workers);
        sizes.forEach((size, i) => {
          const own = tasks.filter(({ parts }) => parts[0]!.file === 3 + i);
          expect(own.map(({ index }) => index)).toEqual(own.map((_, place) => place));
          expect([own[0]!.start, own.at(-1)!.end]).toEqual([0, size]);
          own.slice(1).forEach(({ start }, place) => expect(start).toBe(own[place]!.end));
        });
      },
    ),
  );
});

test('ranges are large while much is left, and small at the end', () => {
  const sizes = planTasks([plainOf(1000 * MB)], 0, 2).map(({ start, end }) => (end - start) / MB);
  expect(Math.max(...sizes)).toBe(64);
  expect(sizes.toSorted((a, b) => b - a)).toEqual(sizes);
  expect(sizes.at(-1)).toBeLessThanOrEqual(4);
  expect(sizes.length).toBeLessThan(32);
});
