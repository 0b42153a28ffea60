import { describe, expect, it } from 'vitest';
import { sparklinePath } from '../../src/views/charts/sparkline.ts';

describe('sparkline', () => {
  it('draws a stroke for each step that is not zero', () => {
    expect(sparklinePath([2, 0, 4], 30, 10)).toBe('M5 10V5M25 10V0');
  });

  it('keeps small values visible', () => {
    expect(sparklinePath([1, 1000], 20, 10)).toBe('M5 10V9M15 10V0');
  });

  it('draws nothing for nothing', () => {
    expect(sparklinePath([0, 0], 20, 10)).toBe('');
    expect(sparklinePath([], 20, 10)).toBe('');
  });
});
