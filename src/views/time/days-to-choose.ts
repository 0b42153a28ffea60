/** In: the session, while days are chosen. Out: the calendar of the chosen clock, and the days that there are to choose. */
import type { Calendar, DaySpan } from '../../model/view.ts';
import type { Session } from '../../session/session.svelte.ts';

export function daysToChoose({ timeline, report, range }: Session): { calendar: Calendar; days: DaySpan } {
  const calendar = timeline.calendar ?? report!;
  // When the last file goes, its calendar is empty a moment before this is taken off the page.
  return { calendar, days: calendar.days ?? range!.span };
}
