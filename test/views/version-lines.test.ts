import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorLine } from '../../src/lib/version.ts';
import { restOf, sharesOf, versionLines } from '../../src/views/versions/version-lines.ts';

const versions = (...rows: [version: string, pulls: number][]) => ({
  values: rows.map(([version, pulls]) => ({
    ...{ value: `docker ${version}`, pulls, downloads: 0, versionChecks: 1 },
  })),
  valueCount: rows.length,
});

describe('versions of a program', () => {
  it.each([
    ['27.3.1', '27.3'],
    ['v1.7.24-rc.1', '1.7'],
    ['20.10.24+dfsg1', '20.10'],
    ['27', '27'],
    ['main', ''],
    ['', ''],
  ])('%s is of %s', (version, line) => expect(minorLine(version)).toBe(line));

  it('are lines with most pulls, the newest first', () => {
    const found = versionLines(
      versions(
        ['9.1.0', 5],
        ['27.3.1', 40],
        ['27.3.0', 2],
        ['', 30],
        ['10.0.1', 7],
        ['main', 9],
        ['28.0.0', 0],
      ),
    );
    expect(found.map(({ name, pulls }) => [name, pulls])).toEqual([
      ['27.3', 42],
      ['10.0', 7],
      ['9.1', 5],
    ]);
    expect(found[0]!.values).toEqual(['docker 27.3.1', 'docker 27.3.0']);
  });

  it('are at most five lines', () => {
    const rows = Array.from({ length: 9 }, (_, i): [string, number] => [`${i}.0.0`, i + 1]);
    expect(versionLines(versions(...rows)).map(({ name }) => name)).toEqual([
      '8.0',
      '7.0',
      '6.0',
      '5.0',
      '4.0',
    ]);
  });
});

describe('shares of lines', () => {
  it('are of what is there in each step', () => {
    expect(
      restOf(
        [10, 4, 0],
        [
          [4, 4, 0],
          [1, 0, 0],
        ],
      ),
    ).toEqual([5, 0, 0]);
    expect(
      sharesOf([
        [4, 1, 0],
        [4, 3, 0],
      ]),
    ).toEqual([
      [0.5, 0.25, 0],
      [0.5, 0.75, 0],
    ]);
  });

  it('add up to the whole, or to nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)), { minLength: 1 }), (steps) => {
        const shares = sharesOf([0, 1, 2].map((line) => steps.map((step) => step[line]!)));
        steps.forEach((step, i) => {
          const sum = shares.reduce((all, line) => all + line[i]!, 0);
          expect(sum).toBeCloseTo(step.some((count) => count > 0) ? 1 : 0, 9);
        });
      }),
    );
  });
});
