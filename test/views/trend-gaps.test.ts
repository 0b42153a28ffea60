import { expect, test } from 'vitest';
import { gapsOf } from '../../src/views/repositories/trend-gaps.ts';

test('runs of steps without a covered day', () => {
  const days = (text: string) => Uint8Array.from(text, Number);
  expect(gapsOf(days('200012000'), 1, 9)).toEqual([
    { from: 1, length: 3 },
    { from: 6, length: 3 },
  ]);
  // A step with one covered day is none, nor is the last, shorter one.
  expect(gapsOf(days('0000200001'), 3, 4)).toEqual([
    { from: 0, length: 1 },
    { from: 2, length: 1 },
  ]);
  expect(gapsOf(days('00'), 7, 1)).toEqual([{ from: 0, length: 1 }]);
});
