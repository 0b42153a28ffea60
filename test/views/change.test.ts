import { describe, expect, it } from 'vitest';
import { changeOf } from '../../src/views/time/change.ts';
import { rowChanges } from '../../src/views/repositories/row-changes.ts';
import { text } from '../../src/views/text.ts';
import type { RepositoryColumns } from '../../src/model/view.ts';

const told = (now: number, before: number) =>
  text.compare.change(changeOf(now, before)).replaceAll('\u00a0', ' ');

describe('a change', () => {
  it('has an arrow, a sign and a share', () => {
    expect(told(112, 100)).toBe('▲ +12 %');
    expect(told(97, 100)).toBe('▼ -3 %');
    expect(told(1004, 1000)).toBe('▲ +0.4 %');
    expect(told(100, 100)).toBe('no change');
    expect(told(0, 100)).toBe('▼ -100 %');
    expect(told(0, 0)).toBe('no change');
  });

  it('is told in times when it is large, in numbers when there were few', () => {
    expect(told(1100, 100)).toBe('▲ 11×');
    expect(told(999, 100)).toBe('▲ +899 %');
    expect(told(41, 3)).toBe('▲ from 3 to 41');
    expect(told(3, 19)).toBe('▼ from 19 to 3');
    expect(told(40, 20)).toBe('▲ +100 %');
  });

  it('is refused with how much is covered', () => {
    const refused = (period: 'now' | 'before', whole: number, days: number) =>
      text.compare.refused({ period, covered: { whole, days } });
    expect(refused('before', 11, 30)).toBe('No change shown: only 11 of the 30 days before are covered.');
    expect(refused('now', 1, 7)).toBe('No change shown: only 1 of the 7 days shown is covered.');
    expect(refused('before', 0, 7)).toBe('No change shown: none of the 7 days before are covered.');
    expect(refused('before', 0, 1)).toBe('No change shown: the day before is not covered whole.');
  });

  it('names the days that are left out', () => {
    const told = (last: number) => text.compare.leftOut({ first: 20_724, last });
    expect(told(20_724)).toMatch(/2026 is left out: the data does not cover it whole\.$/);
    expect(told(20_726)).toMatch(/2026 are left out: the data does not cover them whole\.$/);
  });
});

describe('changes of rows', () => {
  const columns = (pulls: Record<string, number>): RepositoryColumns => ({
    ...({} as RepositoryColumns),
    names: Object.keys(pulls),
    pullsByTag: Uint32Array.from(Object.values(pulls)),
    pullsByDigest: new Uint32Array(Object.keys(pulls).length),
    downloads: new Uint32Array(Object.keys(pulls).length),
    types: new Uint8Array(Object.keys(pulls).length),
  });

  it('go by name, and count what has no row any more', () => {
    const now = columns({ a: 5, b: 7 });
    const changes = rowChanges(columns({ a: 6, b: 7, checked: 0 }), {
      now: { repositories: now },
      before: { repositories: columns({ b: 9, gone: 4, checked: 0 }) },
    });
    expect([...changes.difference]).toEqual([5, -2, 0]);
    expect([...changes.before]).toEqual([0, 9, 0]);
    expect(changes.gone).toBe(1);
  });
});
