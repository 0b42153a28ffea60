import { describe, expect, it } from 'vitest';
import { countOlder, countReleaseLines, currentReleaseLine } from '../../src/lib/older-versions.ts';

const versions = (counts: Record<string, number>) => new Map(Object.entries(counts));
const DOCKER = versions({ '20.10.24+dfsg1': 30, '24.0.7': 12, '27.3.1': 40, '27.0.3': 15, '29.1.0': 3 });

describe('release lines', () => {
  it('are counted, the newest first', () => {
    expect([...countReleaseLines(versions({ '9.1': 1, '27.0': 2, dev: 4, '27.1': 3, '0.9.1': 5 }))]).toEqual([
      ['27', 5],
      ['9', 1],
      ['0.9', 5],
    ]);
  });

  it.each([
    ['the newest is only tried', DOCKER, '27'],
    ['the newest has a tenth', versions({ '20.10': 90, '27.1': 10 }), '27'],
    ['the newest has less, the oldest the most', versions({ '20.10': 95, '27.1': 5 }), '20'],
    ['before 1.0', versions({ '0.22.1': 5, '0.23.0': 5 }), '0.23'],
    [
      'no line has a tenth',
      versions(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i + 1}.0`, i === 4 ? 2 : 1]))),
      '5',
    ],
    ['none can be read', versions({ dev: 3, '': 1 }), ''],
    ['nothing at all', versions({}), ''],
  ])('current one when %s', (_, counts, line) => {
    expect(currentReleaseLine(counts)).toBe(line);
  });

  it('counts what stands before one', () => {
    expect(countOlder(DOCKER, '27')).toEqual({ older: 42, known: 100, unknown: 0 });
    expect(countOlder(versions({ '27.0.0-rc.1': 1, '26.9': 2, dev: 4, '': 8 }), '27')).toEqual({
      older: 2,
      known: 3,
      unknown: 12,
    });
  });
});
