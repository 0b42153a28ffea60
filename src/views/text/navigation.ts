/** Strings of moving about: links between views, and links that carry no data. */
import { chosenFacets, type Filter } from '../../model/filter.ts';
import type { DaySpan } from '../../model/view.ts';
import type { Address, Route } from '../../session/address.ts';
import { format } from '../format.ts';
import { visible } from '../parts/visible-text.ts';
import { breakdownText } from './breakdowns.ts';
import { cleanUpText } from './clean-up.ts';
import { movesText } from './moves.ts';
import { pagesText } from './pages.ts';
import { stormsText } from './storms.ts';

const MOST_CHIPS = 8;
/** Of views that are not of one repository. */
export const VIEWS = {
  overview: 'All repositories',
  'clean-up': cleanUpText.title,
  'what-moved': movesText.title,
  storms: stormsText.title,
  data: pagesText.data.title,
  export: pagesText.export.title,
  settings: pagesText.settings.title,
  about: 'About this page',
};

export const navigationText = {
  views: 'Views',
  pages: 'Settings and explanations',
  /** As links name them. */
  links: {
    overview: 'Overview',
    'what-moved': movesText.link,
    storms: stormsText.link,
    'clean-up': cleanUpText.link,
    data: 'Data',
    export: 'Export',
    settings: 'Settings',
    about: 'About',
  },
  allRepositories: 'All repositories',
  copyLink: 'Copy link',
  copyLinkNote: 'A link to this view: days, filters and names, no data.',
  linkCopied: 'Link copied: it holds this view, no data.',
  linkNotCopied: 'The browser does not allow copying here: copy its address line.',
  openPage: 'Open its page',
  /** The view, unless it is the overview, and the days where there are some. */
  documentTitle(route: Route, span: DaySpan | null): string {
    const view =
      route.view === 'overview'
        ? []
        : [route.view === 'repository' ? visible(route.name) : navigationText.links[route.view]];
    return [...view, ...(span ? [format.span(span)] : []), 'Pullscope'].join(' · ');
  },
  noSuchRepository: (name: string) =>
    `Nothing in this data is called ${visible(name)}, or nothing of it is in these days and filters.`,
  wanted: {
    title: 'This link shows',
    noData:
      'A link carries no data. Drop the logs of that time on this page to see it, or look at it with sample data.',
    parts({ route, range, filter }: Address): string[] {
      return [
        route.view === 'repository' ? visible(route.name) : VIEWS[route.view],
        ...(range ? [range.kind === 'last-month' ? 'Last month' : format.span(range.span)] : []),
        ...filterParts(filter),
      ];
    },
  },
};

/** The first few choices, as their chips name them. */
export function filterParts(filter: Filter): string[] {
  const chips = chosenFacets(filter).flatMap((facet) => {
    const { included, excluded } = filter[facet]!;
    return [
      ...included.map((value) => breakdownText.filters.chip(facet, value, false)),
      ...excluded.map((value) => breakdownText.filters.chip(facet, value, true)),
    ].map(visible);
  });
  const rest = chips.length - MOST_CHIPS;
  return rest > 0 ? [...chips.slice(0, MOST_CHIPS), `${rest} more`] : chips;
}
