import { describe, expect, it } from 'vitest';
import { searchFor } from '../../src/views/repositories/search.ts';

describe('search', () => {
  it.each([
    ['', 'acme/api', true],
    ['API', 'acme/api', true],
    [' api ', 'acme/api', true],
    ['ap1', 'acme/api', false],
    ['acme/*', 'acme/api', true],
    ['acme/*', 'my/acme/api', false],
    ['*/api', 'acme/api', true],
    ['*/api', 'acme/api-2', false],
    ['a*a*i', 'acme/api', true],
    ['a*i*', 'acme/api-gateway', true],
    ['acme/ap?', 'acme/api', true],
    ['acme/ap?', 'acme/ap', false],
    ['*', '', true],
    ['**', 'x', true],
    ['a*a', 'a', false],
    ['(.*)+$', 'acme/api', false],
    ['__proto__', '__proto__', true],
  ])('%j finds %j: %s', (typed, name, found) => {
    expect(searchFor(typed).matches(name)).toBe(found);
  });

  it('says which part to mark', () => {
    expect(searchFor('PI').find('acme/api')).toEqual([6, 8]);
    expect(searchFor('acme/*').find('acme/api')).toEqual([0, 5]);
    expect(searchFor('*').find('acme/api')).toBeNull();
    expect(searchFor('').find('acme/api')).toBeNull();
    expect(searchFor('x').find('İx')).toBeNull();
  });

  it('is quick on a hostile pattern', () => {
    const begun = performance.now();
    expect(searchFor('a*'.repeat(50) + 'b').matches('a'.repeat(20_000))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
