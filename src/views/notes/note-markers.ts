/** Notes as marks on a chart. In: notes of days, days shown. Out: those of the days, at the moment when their day begins. */
import { dayStart } from '../../lib/local-time.ts';
import type { DaySpan } from '../../model/view.ts';
import type { DayNote } from '../../session/day-notes.svelte.ts';
import type { Marker } from '../charts/markers.ts';

export function notesIn(notes: readonly DayNote[], { first, last }: DaySpan): DayNote[] {
  return notes.filter(({ day }) => day >= first && day <= last);
}

export function noteMarkers(notes: readonly DayNote[], span: DaySpan): Marker[] {
  return notesIn(notes, span).map(({ day, text }) => ({
    time: dayStart(day, span.zone) * 1000,
    label: text,
  }));
}
