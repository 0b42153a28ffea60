/** Strings of the sheet that holds dates and filters on a telephone. */
import { count } from './count.ts';

export const sheetText = {
  both: 'Dates and filters',
  filters: 'Filters',
  chips: (chips: number) => count(chips, 'filter'),
  close: 'Done',
  howTo: 'No filter is chosen. Tap a client, a country or any other row on the page to show only it.',
};
