import { expect, it } from 'vitest';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE } from '../../src/model/view.ts';
import { countDays, coverageRuns } from '../../src/views/data/coverage-runs.ts';

const coverage = { firstDay: 100, covered: Uint8Array.of(1, 2, 2, 0, 2, 1) };

it('joins days alike', () => {
  expect(coverageRuns(coverage, { first: 100, last: 105 })).toEqual([
    { first: 100, last: 100, covered: COVERED_PARTLY },
    { first: 101, last: 102, covered: COVERED_WHOLE },
    { first: 103, last: 103, covered: COVERED_NOT },
    { first: 104, last: 104, covered: COVERED_WHOLE },
    { first: 105, last: 105, covered: COVERED_PARTLY },
  ]);
});

it('fills the days that are shown, and no others', () => {
  const runs = coverageRuns(coverage, { first: 95, last: 110 });
  expect(runs.at(0)).toEqual({ first: 95, last: 99, covered: COVERED_NOT });
  expect(runs.at(-1)).toEqual({ first: 106, last: 110, covered: COVERED_NOT });
  expect(countDays(runs)).toEqual({ whole: 3, partly: 2, missing: 11 });
  expect(coverageRuns(coverage, { first: 102, last: 102 })).toEqual([
    { first: 102, last: 102, covered: COVERED_WHOLE },
  ]);
});
