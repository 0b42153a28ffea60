import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, isOlderThan, parseVersion, releaseLine } from '../../src/lib/version.ts';

describe('parseVersion', () => {
  const RELEASE = 5;
  it.each([
    ['27.3.1', [27, 3, 1], RELEASE, 0],
    ['v0.23', [0, 23], RELEASE, 0],
    ['1.6.21+unknown', [1, 6, 21], RELEASE, 0],
    ['1.7.24~ds1', [1, 7, 24], RELEASE, 0],
    ['17.03.1-ce', [17, 3, 1], RELEASE, 0],
    ['1.4.4-k3s1', [1, 4, 4], RELEASE, 0],
    ['3.70.1-02', [3, 70, 1], RELEASE, 0],
    ['1.29.10-3.rhaos4.16.git319967e.el9', [1, 29, 10], RELEASE, 0],
    ['1.7.0_95', [1, 7, 0], RELEASE, 0],
    ['29.0.0-rc.1', [29, 0, 0], 4, 1],
    ['2.0.0rc12', [2, 0, 0], 4, 12],
    ['v1.4.0-beta.1-34-g49b0743c', [1, 4, 0], 2, 1],
    ['0.18.0.dev0', [0, 18, 0], 0, 0],
    ['0.24-dev', [0, 24], 0, 0],
    ['3.1.0-SNAPSHOT', [3, 1, 0], 0, 0],
    ['2.1b3', [2, 1], 2, 3],
    ['v0.8.1-0.20220507185902-82405e5dfa82', [0, 8, 1], 0, 0],
  ] as const)('%s', (text, numbers, stage, stageNumber) => {
    expect(parseVersion(text)).toEqual({ numbers, stage, stageNumber });
  });

  it.each(['', 'dev', '82405e5dfa82', 'v', '.1', '1'.repeat(16), `1.${'0.'.repeat(200)}`, '-1'])(
    'none: %s',
    (text) => {
      expect(parseVersion(text)).toBeNull();
    },
  );
});

describe('compareVersions', () => {
  it('puts the older one first', () => {
    const inOrder = [
      '',
      'dev',
      '0.9',
      '0.23.2',
      '1.2.13',
      '1.10.0',
      '17.03.1-ce',
      '19.03.9',
      '20.10.7',
      '27.0.0-dev',
      '27.0.0-alpha.1',
      '27.0.0-beta.2',
      '27.0.0-beta.10',
      '27.0.0-rc.1',
      '27.0.0',
      '27.0.1',
      '27.1',
      '100',
    ];
    for (let i = 1; i < inOrder.length; i++) {
      expect(compareVersions(inOrder[i - 1]!, inOrder[i]!)).toBeLessThan(0);
      expect(compareVersions(inOrder[i]!, inOrder[i - 1]!)).toBeGreaterThan(0);
    }
  });

  it.each([
    ['27', '27.0.0'],
    ['v1.6.20', '1.6.20+unknown'],
    ['1.6.20~ds1', '1.6.20+unknown'],
    ['20.10.24+dfsg1', '20.10.24'],
    ['1.0-rc1', '1.0.rc.1'],
  ])('%s is as old as %s', (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });

  it('is an order', () => {
    const suffixes = fc.constantFrom('', '-rc.1', '-rc2', '+unknown', '~ds1', 'b1', 'x', '-dev', '.post1');
    const versions = fc.oneof(
      fc
        .tuple(fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }), suffixes)
        .map(([numbers, suffix]) => numbers.join('.') + suffix),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('release lines', () => {
  it.each([
    ['27.3.1', '27'],
    ['0.23.2', '0.23'],
    ['0', '0'],
    ['v2', '2'],
    ['29.0.0-rc.1', '29'],
    ['dev', ''],
  ])('%s belongs to %s', (version, line) => {
    expect(releaseLine(version)).toBe(line);
  });

  it.each([
    ['26.1.4', '27', true],
    ['27.0.0', '27', false],
    ['27.0.0-rc.1', '27', false],
    ['28.0', '27', false],
    ['0.22.9', '0.23', true],
    ['0.23.0', '0.23', false],
    ['1.7.1', '1.7.2', true],
    ['dev', '27', false],
    ['26', 'dev', false],
  ])('%s is older than %s: %s', (version, line, expected) => {
    expect(isOlderThan(version, line)).toBe(expected);
  });
});
