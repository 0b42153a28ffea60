/** Strings of the list of what is no longer pulled. */
import type { DaySpan } from '../../model/view.ts';
import { format } from '../format.ts';
import { count } from './count.ts';

export const cleanUpText = {
  link: 'Clean up',
  title: 'What is no longer pulled',
  lead: 'Repositories and tags without a pull for some days, counted back from the end of the data. A version check is no pull. A pull by digest counts for each tag that these logs show to stand for the digest.',
  days: 'Not pulled for',
  daysUnit: 'days',
  what: 'List',
  kinds: { repositories: 'Repositories', tags: 'Tags' },
  search: 'Search the list',
  /** Nothing before something is typed: how many there are stands below. */
  searched: (found: number, all: number) =>
    found === all ? '' : `${format.integer(found)} of ${format.integer(all)}`,
  columns: {
    name: 'Repository',
    tag: 'Tag',
    lastPull: 'Last pull',
    days: 'Days ago',
    pulls: 'Pulls before',
    versionChecks: 'Version checks',
    client: 'Last client',
  },
  never: 'none in the data',
  found(rows: number, all: number, kind: 'repositories' | 'tags', days: number): string {
    const of = kind === 'tags' ? count(all, 'tag') : count(all, 'repository', 'repositories');
    return `${format.integer(rows)} of ${of} not pulled for ${count(days, 'day')}`;
  },
  nothing: 'All of them were pulled in that time. Try fewer days, or look at tags.',
  counting: 'Looking through all of the data…',
  /** The data says nothing of days that no file covers. */
  tooShort: (wanted: number, covered: number, { first, last }: DaySpan) =>
    `The files cover ${count(covered, 'day')} from ${format.span({ first, last })}. Of ${count(wanted, 'day')} without a pull they cannot tell: add older logs before you delete anything.`,
  gaps: (missing: number) =>
    `${count(missing, 'day')} of that time ${missing === 1 ? 'is' : 'are'} not covered by any file: a pull on ${missing === 1 ? 'that day' : 'such a day'} is not seen here.`,
  unseen:
    'What nobody asked for at all is in no log, and not in this list. Compare it with the catalogue of your registry before you delete.',
};
