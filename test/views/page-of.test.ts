import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOf } from '../../src/views/parts/page-of.ts';

test('a page that is shown has rows, as long as there are any', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 60 }), fc.nat(5000), (chosen, size, rows) => {
      const page = pageOf(chosen, size, rows);
      expect(page).toBeLessThanOrEqual(chosen);
      expect(page * size < rows || page === 0).toBe(true);
      if (chosen * size < rows) expect(page).toBe(chosen);
    }),
  );
});
