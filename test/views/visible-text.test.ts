import { describe, expect, it } from 'vitest';
import { shorten, visible, visibleLine } from '../../src/views/parts/visible-text.ts';

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

  it.each([
    ['\u001b[36mINFO\u001b[0m[0003] \u001b[1;38;5;208mhello\u001b[m', 'INFO[0003] hello'],
    ['\u001b[?25l\u001b[2Kgone', 'gone'],
    // Not whole, or none: they stay to be seen.
    ['a\u001b[', 'a\\u001b['],
    ['a\u001b]0;title\u0007', 'a\\u001b]0;title\\u0007'],
    ['[36m is text', '[36m is text'],
    ['\u001b[\u001b[31m31mnested', '\\u001b[31mnested'],
  ])('a line of a terminal: %j', (line, shown) => {
    expect(visibleLine(line)).toBe(shown);
  });

  it('leaves the middle out', () => {
    expect(shorten('short', 10)).toBe('short');
    const cut = shorten('a'.repeat(50) + 'z'.repeat(50), 20);
    expect(cut).toHaveLength(20);
    expect(cut).toMatch(/^a+…z+$/);
  });
});
