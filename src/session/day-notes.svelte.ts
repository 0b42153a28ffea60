/**
 * What a person wrote to days: a short note each. In and out: notes, kept in this browser until data is forgotten, in no
 * link and no session file. A day is one of whatever calendar is shown. Limits: 500 notes of 140 characters.
 */
import { dayOfIso, isoDay } from '../lib/calendar.ts';
import type { Day } from '../model/units.ts';
import { readStored, writeStored } from './stored.ts';

const KEY = 'pullscope-day-notes';
export const LONGEST_NOTE = 140;
const MOST_NOTES = 500;

export interface DayNote {
  day: Day;
  text: string;
}

export class DayNotes {
  /** In the order of days. */
  all = $state.raw<readonly DayNote[]>(readNotes(readStored(KEY)));

  get isFull(): boolean {
    return this.all.length >= MOST_NOTES;
  }

  of(day: Day): string {
    return this.all.find((note) => note.day === day)?.text ?? '';
  }

  /** In place of the day's note; an empty text takes it away. false: there is no room for one more. */
  write(day: Day, text: string): boolean {
    // Another tab may have written some meanwhile. Where nothing can be stored, they are here alone.
    const stored = readStored(KEY);
    const present = stored === null ? this.all : readNotes(stored);
    const others = present.filter((note) => note.day !== day);
    const own = clean(text);
    if (own !== '' && others.length >= MOST_NOTES) return false;
    this.keep(own === '' ? others : inOrder([...others, { day, text: own }]));
    return true;
  }

  forget(): void {
    this.keep([]);
  }

  private keep(notes: readonly DayNote[]): void {
    this.all = notes;
    const stored = notes.map(({ day, text }) => [isoDay(day), text]);
    writeStored(KEY, stored.length === 0 ? null : JSON.stringify(stored));
  }
}

/** Anything may stand in the browser's storage: what is no note is left out. */
export function readNotes(stored: string | null): DayNote[] {
  let found: unknown;
  try {
    found = JSON.parse(stored ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(found)) return [];
  const byDay = new Map<Day, string>();
  for (const pair of found as unknown[]) {
    if (!Array.isArray(pair)) continue;
    const [iso, text] = pair as unknown[];
    if (typeof iso !== 'string' || typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(iso)) continue;
    const day = dayOfIso(iso);
    if (!Number.isNaN(day) && clean(text) !== '') byDay.set(day, clean(text));
  }
  return inOrder([...byDay].map(([day, text]) => ({ day, text }))).slice(0, MOST_NOTES);
}

function inOrder(notes: DayNote[]): DayNote[] {
  return notes.sort((a, b) => a.day - b.day);
}

/** One line; cut between characters. */
function clean(text: string): string {
  return Array.from(text.replace(/\s+/g, ' ').trim()).slice(0, LONGEST_NOTE).join('');
}
