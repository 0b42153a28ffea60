/** Strings of what can be done with any table. */
import { count } from './count.ts';

export const tableText = {
  copy: 'Copy',
  csv: 'CSV',
  rows: (rows: number) => count(rows, 'row'),
  csvOf: (rows: number) => `CSV of this view: ${count(rows, 'row')}`,
  png: 'PNG',
  noPicture: 'The picture could not be drawn. Is the network off?',
  about: (action: string, title: string) => `${action}: ${title}`,
  copied: (rows: number) => `Copied ${count(rows, 'row')}.`,
  notCopied: 'The browser does not allow copying here. “CSV” gives the same.',
};
