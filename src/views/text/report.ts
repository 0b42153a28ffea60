/** Strings of reports, and of what goes into one. */
import { chosenFacets, type Facet, type Filter } from '../../model/filter.ts';
import { COVERED_PARTLY, COVERED_WHOLE } from '../../model/view.ts';
import { format } from '../format.ts';
import type { Included } from '../report/content.ts';
import { breakdownText } from './breakdowns.ts';
import { count } from './count.ts';

const n = format.integer;

const PERSONAL: Record<keyof Included, string> = {
  fileNames: 'names of files',
  digests: 'digests',
  agents: 'user agents of unknown clients',
  networks: 'names of your networks',
  notes: 'your notes to days',
};

/** Facets whose values are personal data of that sort. */
const KEPT_BACK: Partial<Record<Facet, keyof Included>> = { digest: 'digests', ownNetwork: 'networks' };

export const reportText = {
  title: 'Report',
  what: (tags: number) =>
    `What is shown, with these days and filters, as one HTML file: figures, chart and tables, how it was counted, and the tags of the ${n(tags)} most pulled repositories. It holds no script and no address, and prints well.`,
  include: 'Put in as well',
  boxes: {
    fileNames: 'Names of files',
    digests: 'Digests',
    agents: 'User agents of unknown clients',
    networks: 'Names of your networks',
    notes: 'Your notes to days',
  } satisfies Record<keyof Included, string>,
  save: 'Save report',
  saving: 'Writing…',
  saved: (name: string) => `${name} is saved.`,
  failed: (reason: string) => `The report could not be written: ${reason}`,

  documentTitle: (span: string) => `Pulls, ${span}`,
  made: (moment: string) => `Counted by Pullscope from log files and tables, ${moment} UTC.`,
  coverage(covered: ArrayLike<number>): string {
    const of = (state: number) => Array.from(covered).filter((each) => each === state).length;
    const [whole, partly] = [of(COVERED_WHOLE), of(COVERED_PARTLY)];
    const missing = covered.length - whole - partly;
    return `Of ${count(covered.length, 'day')} the files cover ${n(whole)} whole, ${n(partly)} in part and ${n(missing)} not at all.`;
  },
  /** A sentence for each chosen value. */
  filters: (filter: Filter, included: Included): string[] =>
    chosenFacets(filter).flatMap((facet) =>
      (['included', 'excluded'] as const).flatMap((side) =>
        filter[facet]![side].map((value) => {
          const kept = KEPT_BACK[facet];
          if (kept && !included[kept] && value !== '')
            return `${breakdownText.filters.facets[facet]}${side === 'excluded' ? ' is not' : ''}: one that is left out here`;
          return breakdownText.filters.chip(facet, value, side === 'excluded');
        }),
      ),
    ),
  leftOut(included: Included): string {
    const left = (Object.keys(PERSONAL) as (keyof Included)[]).filter((each) => !included[each]);
    return `This report holds no address of a client${left.length > 0 ? `. Left out as well: ${left.map((each) => PERSONAL[each]).join(', ')}` : ''}.`;
  },

  sources: 'What tables tell',
  meaning: 'Meaning',
  figure: 'Figure',
  total: 'Total',
  about: 'What that means',
  who: 'Of the actions that are shown. Unique addresses are not listed here: they cannot be added up.',
  value: 'Value',
  rule: 'Rule',
  setting: 'Setting',
  on: 'on',
  off: 'off',
  ownQuery: 'The query by which files of this model count.',
  chains:
    'Requests for manifests that one address makes for one repository within the folding window are one action. Lone HEAD requests by tag are version checks; a GET by tag, or what follows a HEAD, is a pull by tag; a GET by digest alone is a pull by digest.',
  unique: 'Unique addresses are counted for each row: they cannot be added up.',
  noRepository: 'There is none with these days and filters.',
  firstRows: (shown: number, all: number) => `The first ${n(shown)} of ${n(all)}.`,
  tags: (repositories: number) =>
    repositories === 1
      ? 'Tags of the most pulled repository'
      : `Tags of the ${n(repositories)} most pulled repositories`,
  references: (digests: boolean) => (digests ? 'Tags and digests' : 'Tags'),
  tag: 'Tag',
  digestsLeft: (digests: number) =>
    `${count(digests, 'digest')} and the like ${digests === 1 ? 'is' : 'are'} left out of this list, not of the counts above.`,
  files: 'Files that were read',
};
