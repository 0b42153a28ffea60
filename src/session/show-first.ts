/**
 * What can be shown of kept files before they are opened. In: the figures that were kept with them, and what the page
 * asks. Out: state to show until the real answers come; null: the page asks for something else.
 */
import { type Filter, isFiltered } from '../model/filter.ts';
import type { FirstFigures, FirstQuestion } from '../model/first-figures.ts';
import type { ReadReport } from '../model/view.ts';
import { type Range, rangeAfterReading } from './range.ts';
import type { Timeline } from './timeline.svelte.ts';

export function shownFirst(
  figures: FirstFigures | null,
  before: Range | null,
  filter: Filter,
  timeline: Timeline,
): (Pick<FirstFigures, 'report' | 'view' | 'breakdowns'> & { range: Range }) | null {
  if (!figures || isFiltered(filter)) return null;
  const { asked, calendar, report, view, breakdowns } = figures;
  const range = rangeAfterReading(before, calendar);
  if (!range || JSON.stringify(timeline.questionOf(range)) !== JSON.stringify(asked)) return null;
  timeline.calendar = calendar;
  return { report, view, breakdowns, range };
}

/** How the page asks for all time; null: there is none. */
export function allTime(report: ReadReport | null, timeline: Timeline): FirstQuestion | null {
  const range = report && rangeAfterReading(null, timeline.calendar ?? report);
  return range && timeline.questionOf(range);
}
