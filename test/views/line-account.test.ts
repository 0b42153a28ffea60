import { describe, expect, it } from 'vitest';
import type { LineTally } from '../../src/model/view.ts';
import { fateCells } from '../../src/views/dashboard/account-cells.ts';
import { linesOf, manifestRequests, missingLines } from '../../src/views/dashboard/line-account.ts';

const tally: LineTally = {
  read: 103,
  counted: 30,
  dropped: [
    [401, 8],
    [404, 2],
  ],
  setAside: 5,
  otherFiles: 0,
  loggedTwice: 4,
  behind: 3,
  otherRegistry: 40,
  otherPath: 5,
  applicationMessage: 3,
  blank: 2,
  unreadable: 1,
};

describe('account of lines', () => {
  it('is cells that add up, a row for each status', () => {
    const [heads, ...rows] = fateCells(tally);
    expect(heads).toEqual(['what', 'status', 'lines']);
    expect(rows.slice(0, 4)).toEqual([
      ['counted', '', 30],
      ['status_does_not_count', 401, 8],
      ['status_does_not_count', 404, 2],
      ['signature_look_ups', '', 5],
    ]);
    expect(rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(tally.read);
  });

  it('adds up', () => {
    expect(missingLines(tally)).toBe(0);
    expect(missingLines({ ...tally, blank: 0 })).toBe(2);
  });

  it('sums statuses and manifest requests', () => {
    expect(linesOf(tally, 'dropped')).toBe(10);
    expect(linesOf(tally, 'unreadable')).toBe(1);
    expect(manifestRequests(tally)).toBe(45);
  });
});
