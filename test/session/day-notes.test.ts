import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DayNotes, LONGEST_NOTE, readNotes } from '../../src/session/day-notes.svelte.ts';
import { stubStorage } from '../helpers/stub-storage.ts';

const day = (iso: string) => Date.parse(`${iso}T00:00Z`) / 86_400_000;
let stored: Map<string, string>;

beforeEach(() => {
  stored = stubStorage();
  return () => vi.unstubAllGlobals();
});

describe('notes to days', () => {
  it('stay in the browser, in the order of days, one a day', () => {
    const notes = new DayNotes();
    notes.write(day('2026-09-12'), '  1.28\n announced ');
    notes.write(day('2026-09-01'), 'mirror moved');
    notes.write(day('2026-09-12'), '1.28 is out');
    expect(new DayNotes().all).toEqual([
      { day: day('2026-09-01'), text: 'mirror moved' },
      { day: day('2026-09-12'), text: '1.28 is out' },
    ]);
    expect(notes.of(day('2026-09-12'))).toBe('1.28 is out');
    expect(notes.of(day('2026-09-13'))).toBe('');
  });

  it('leave nothing when the last is deleted, or all are forgotten', () => {
    const notes = new DayNotes();
    notes.write(day('2026-09-12'), 'a');
    notes.write(day('2026-09-12'), ' ');
    expect([notes.all, stored.size]).toEqual([[], 0]);
    notes.write(day('2026-09-12'), 'a');
    notes.write(day('2026-09-13'), 'b');
    notes.forget();
    expect([notes.all, stored.size]).toEqual([[], 0]);
  });

  it('never push another one out', () => {
    const notes = new DayNotes();
    for (let each = 1; each <= 500; each++) notes.write(each, 'a');
    expect(notes.isFull).toBe(true);
    expect(notes.write(0, 'earlier than all')).toBe(false);
    expect(notes.write(600, 'later')).toBe(false);
    expect([notes.all.length, notes.of(0), notes.of(500)]).toEqual([500, '', 'a']);
    expect(notes.write(500, 'b')).toBe(true);
    expect(notes.write(1, '')).toBe(true);
    expect(notes.write(0, 'c')).toBe(true);
    expect([notes.of(0), notes.of(500)]).toEqual(['c', 'b']);
  });

  it('of two tabs stay side by side', () => {
    const [one, other] = [new DayNotes(), new DayNotes()];
    one.write(1, 'a');
    other.write(2, 'b');
    expect(other.all).toEqual([
      { day: 1, text: 'a' },
      { day: 2, text: 'b' },
    ]);
    expect(new DayNotes().all).toEqual(other.all);
  });

  it('stay on the page where nothing can be stored', () => {
    vi.stubGlobal('localStorage', undefined);
    const notes = new DayNotes();
    notes.write(1, 'a');
    notes.write(2, 'b');
    expect(notes.all).toHaveLength(2);
  });

  it('are cut between characters', () => {
    const notes = new DayNotes();
    notes.write(0, '🐳'.repeat(LONGEST_NOTE + 5));
    expect(notes.of(0)).toBe('🐳'.repeat(LONGEST_NOTE));
  });

  it('are only what looks like one of whatever is stored', () => {
    const text =
      '[["2026-09-12","a"],["2026-13-01","b"],["2026-09-13",""],[1,"c"],"d",null,["2026-09-12","e"]]';
    expect(readNotes(text)).toEqual([{ day: day('2026-09-12'), text: 'e' }]);
    expect(readNotes('{')).toEqual([]);
    fc.assert(
      fc.property(fc.json(), (json) => {
        for (const note of readNotes(json)) expect(Number.isInteger(note.day)).toBe(true);
      }),
    );
  });
});
