import { describe, expect, it } from 'vitest';
import { shorten, visible } from '../../src/views/parts/visible-text.ts';

describe('visible text', () => {
  it.each([
    ['acme/\u202egnp.exe', 'acme/\\u202egnp.exe'],
    ['a\u0000b\r\n', 'a\\u0000b\\u000d\\u000a'],
    ['a\u200bb\u00a0c', 'a\\u200bb\\u00a0c'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
    ['\ud800', '\\ud800'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['日本/イメージ é 🐳', '日本/イメージ é 🐳'],
  ])('%j', (hostile, shown) => {
    expect(visible(hostile)).toBe(shown);
  });

  it('leaves the middle out', () => {
    expect(shorten('short', 10)).toBe('short');
    const cut = shorten('a'.repeat(50) + 'z'.repeat(50), 20);
    expect(cut).toHaveLength(20);
    expect(cut).toMatch(/^a+…z+$/);
  });
});
