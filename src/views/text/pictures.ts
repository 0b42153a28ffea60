/** Strings that are drawn into a picture of a chart. What reports keep back (names of own networks, digests) they do, too. */
import type { Filter } from '../../model/filter.ts';
import type { DaySpan } from '../../model/view.ts';
import { format } from '../format.ts';
import { shorten, visible } from '../parts/visible-text.ts';
import { NOTHING_PERSONAL } from '../report/content.ts';
import { VIEWS } from './navigation.ts';
import { reportText } from './report.ts';

const LONG = 100;

export const picturesText = {
  /** What a picture is of, a line each: repository (null: all), days and clock, filters. */
  about(repository: string | null, span: DaySpan, filter: Filter): string[] {
    const filters = reportText.filters(filter, NOTHING_PERSONAL).map((each) => shorten(visible(each), LONG));
    return [
      `${repository === null ? VIEWS.overview : shorten(visible(repository), LONG)} · ${format.span(span)} (${span.zone ?? 'UTC'})`,
      ...(filters.length > 0 ? [`Filters: ${filters.join('; ')}`] : []),
    ];
  },
};
