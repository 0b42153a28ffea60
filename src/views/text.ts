/** Every string of the page. Numbers and days come in as they are and leave as people read them. */
import { breakdownText } from './text/breakdowns.ts';
import { dashboardText } from './text/dashboard.ts';
import { pageText } from './text/page.ts';
import { placesText, useRulesText } from './text/places.ts';

export const text = {
  ...pageText,
  ...dashboardText,
  ...breakdownText,
  places: placesText,
  useRules: useRulesText,
};
