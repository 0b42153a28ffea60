import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../src/aggregates/coverage.ts';
import { silencesOfRotation } from '../../src/aggregates/rotation.ts';
import { dayOfIso } from '../../src/lib/calendar.ts';
import { COVERED_PARTLY, COVERED_WHOLE } from '../../src/model/view.ts';

const HOUR = 3_600_000;
/** A file from hour to hour. */
const file = (name: string, first: number, last: number) => ({
  name,
  first: first * HOUR,
  last: last * HOUR,
});
const silences = (...files: ReturnType<typeof file>[]) =>
  silencesOfRotation(files)
    .map(({ first, last }) => [first / HOUR, last / HOUR])
    .sort(([a], [b]) => a! - b!);

describe('rotated files', () => {
  test('go on in one another, whatever packs them and however they come', () => {
    expect(
      silences(
        file('access.log', 300, 400),
        file('access.log.10.gz', 1, 99),
        file('access.log.2.zst', 200, 250),
        file('access.log.9.xz', 100, 150),
        file('access.log.1', 251, 299),
      ),
    ).toEqual([
      [99, 100],
      [250, 251],
      [299, 300],
    ]);
  });

  test('begin at 0 where the rotation does', () => {
    const three = [file('a.log', 5, 6), file('a.log.0', 3, 4), file('a.log.1', 1, 2)];
    expect(silences(...three)).toEqual([
      [2, 3],
      [4, 5],
    ]);
  });

  test.each([
    ['one between them is missing', file('a.log.3', 1, 2), file('a.log.1', 4, 5)],
    ['they are of two logs', file('a.log.2', 1, 2), file('b.log.1', 4, 5)],
    ['they are of two folders', file('x/a.log.2', 1, 2), file('y/a.log.1', 4, 5)],
    ['more than a day lies between them', file('a.log.2', 1, 2), file('a.log.1', 26.1, 30)],
    ['they overlap', file('a.log.2', 1, 4), file('a.log.1', 3, 5)],
    ['the higher number is the later file', file('a.log.1', 1, 2), file('a.log.2', 4, 5)],
    ['their names have dates', file('a.log-20260901', 1, 2), file('a.log-20260902', 4, 5)],
  ])('do not when %s', (_, older, newer) => {
    expect(silences(older, newer)).toEqual([]);
  });

  test('tell nothing when a number is there twice', () => {
    expect(silences(file('a.log.2', 1, 2), file('a.log.2.gz', 1, 3), file('a.log.1', 4, 5))).toEqual([]);
  });

  test('make a day whole that falls quiet where they meet', () => {
    const start = dayOfIso('2026-09-01') * 24;
    const two = [file('a.log.1', start, start + 21), file('a.log', start + 23, start + 30)];
    const day = dayOfIso('2026-09-01');
    expect(coverageOf(two).of(day)).toBe(COVERED_PARTLY);
    expect(coverageOf([...two, ...silencesOfRotation(two)]).of(day)).toBe(COVERED_WHOLE);
  });
});
