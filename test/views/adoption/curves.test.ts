import { expect, test } from 'vitest';
import type { Adoption, Release } from '../../../src/model/adoption.ts';
import { adoptionCells, curveOf, newestReleases, tellShares } from '../../../src/views/adoption/curves.ts';
import { adoptionText } from '../../../src/views/text/adoption.ts';

const FIRST = 20_000;
const DAYS = 30;
/** Ten pulls a day; the 13th day is not covered, the last in part. */
const release = (name: string, day: number, share: number): Release => ({
  name,
  tags: [name],
  firstDay: FIRST + day,
  isFromStart: day === 0,
  pulls: Uint32Array.from({ length: DAYS - day }, (_, age) => (day + age === 12 ? 0 : share)),
});
const [old, one, two, young] = [
  release('1.25.*', 0, 1),
  release('1.26.*', 2, 4),
  release('1.27.*', 14, 3),
  release('1.28.*', 27, 6),
] as const;
const adoption: Adoption = {
  firstDay: FIRST,
  covered: Uint8Array.from({ length: DAYS }, (_, day) => (day === 12 ? 0 : day === DAYS - 1 ? 1 : 2)),
  pulls: Uint32Array.from({ length: DAYS }, (_, day) => (day === 12 ? 0 : 10)),
  lines: [young, two, one, old],
  lineCount: 4,
  tags: [],
  tagCount: 0,
};

test('a curve begins at day 0 and has a gap where no file covers', () => {
  const pulls = curveOf(adoption, one, 'pulls');
  expect(pulls).toHaveLength(28);
  expect(pulls.slice(8, 12)).toEqual([4, 4, null, 4]);
  expect(curveOf(adoption, one, 'sum').slice(8, 12)).toEqual([36, 40, null, 44]);
  const shares = curveOf(adoption, one, 'share');
  expect(shares.slice(8, 12)).toEqual([0.4, 0.4, null, 0.4]);
});

test('a share is that of seven days', () => {
  const growing = { ...one, pulls: Uint32Array.from({ length: 28 }, (_, age) => Math.min(age, 10)) };
  const shares = curveOf(adoption, growing, 'share');
  expect([shares[0], shares[1], shares[6]]).toEqual([0, 0.05, 0.3]);
  // Days 3 to 9.
  expect(shares[9]).toBeCloseTo(42 / 70);
});

test('the newest whose day 0 is known are shown first', () => {
  expect(newestReleases(adoption.lines)).toEqual(['1.28.*', '1.27.*', '1.26.*']);
});

test('releases are told of at the same age', () => {
  expect(tellShares(adoption, [two, one, old])).toEqual({
    ...{ newest: '1.27.*', from: 7, to: 13 },
    shares: [
      { name: '1.27.*', pulls: 21, all: 70 },
      // Six days are covered.
      { name: '1.26.*', pulls: 24, all: 60 },
    ],
  });
  expect(adoptionText.told(tellShares(adoption, [two, one, old])!)).toBe(
    'In its days 7 to 13, 1.27.* had 30\u00a0% of all pulls of the repository (21 of 70). At the same age: 1.26.* 40\u00a0%.',
  );
  const told = adoptionText.told(tellShares(adoption, [young, two])!);
  expect(told).toContain('In its days 0 to 2, 1.28.* had 60\u00a0% of all pulls');
  expect(told).toContain('It is 3 days old in these files: too young to tell.');
  expect(tellShares(adoption, [old])).toBeNull();
});

test('rows to take along have each day of each release, gaps empty', () => {
  const [head, ...rows] = adoptionCells(adoption, [two, one], 12);
  expect(head).toHaveLength(8);
  expect(rows).toHaveLength(24);
  expect(rows[0]).toEqual(['1.27.*', 0, '2024-10-18', 'yes', 3, 10, 0.3, 3]);
  expect(rows[12 + 10]).toEqual(['1.26.*', 10, '2024-10-16', 'no', '', '', '', '']);
  expect(adoptionCells(adoption, [young], 12).at(-1)).toEqual([
    '1.28.*',
    2,
    '2024-11-02',
    'partly',
    6,
    10,
    0.6,
    18,
  ]);
});
