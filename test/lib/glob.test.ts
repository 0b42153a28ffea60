import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../src/lib/glob.ts';

describe('matchesGlob', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['docker', 'docker', true],
    ['docker', 'docker-client', false],
    ['docker*', 'docker-client', true],
    ['*client', 'docker-client', true],
    ['1?.*', '19.03.9', true],
    ['1?.*', '1.9.1', false],
    ['?', '', false],
    ['*a*b', 'xaxaxb', true],
    ['*a*b', 'xaxaxbx', false],
    ['**', 'x', true],
    ['*.*', '27', false],
  ])('%s on %j: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('is what a regular expression says', () => {
    const letters = (...all: string[]) =>
      fc.array(fc.constantFrom(...all), { maxLength: 8 }).map((each) => each.join(''));
    fc.assert(
      fc.property(letters('a', 'b', '*', '?'), letters('a', 'b'), (pattern, text) => {
        const slow = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesGlob(pattern, text)).toBe(slow.test(text));
      }),
      { numRuns: 1000 },
    );
  });
});
