/** Strings of "What moved?": what gained and lost between two periods. */
import type { DaySpan } from '../../model/view.ts';
import { differenceOf, type Move, type MoveFacet, type Moves } from '../../session/moves.ts';
import { format } from '../format.ts';
import { visible } from '../parts/visible-text.ts';
import { changeOf } from '../time/change.ts';
import { breakdownText } from './breakdowns.ts';
import { timeText } from './time.ts';

const n = format.integer;
/** Names that a sentence can carry. */
const MOST_NAMED = 3;

export const movesText = {
  link: 'What moved?',
  title: 'What moved?',
  lead: 'Two periods side by side: which repositories, clients and places the difference comes from. Differences of a list add up to the whole.',
  chooseDays: 'Choose days, and what to compare them with.',
  counting: 'Counting both periods…',
  facets: {
    repository: 'Repositories',
    client: 'Clients',
    country: 'Countries',
    cloud: 'Cloud providers',
    use: 'Use',
  } satisfies Record<MoveFacet, string>,
  columns: { value: 'Name', before: 'Before', now: 'Now', difference: 'Difference' },
  none: 'Nothing differs.',
  more: (shown: number, all: number) => `The ${n(shown)} largest of ${n(all)} differences; “CSV” has all.`,
  inWords: 'In words',
  copyWords: 'Copy the text',
  copied: 'Copied.',
  notCopied: 'The browser does not allow copying here. Select the text to copy it.',
  value: (facet: MoveFacet, value: string) =>
    visible(facet === 'repository' ? value : breakdownText.breakdowns.value(facet, value)),

  /** A paragraph to take along. */
  paragraph(moves: Moves, now: DaySpan, before: DaySpan): string {
    const { whole, measure } = moves;
    const difference = differenceOf(whole);
    const noun = measure === 'pulls' ? 'Pulls' : 'Downloads';
    const change = changeOf(whole.now, whole.before);
    const share = change.how === 'numbers' ? '' : ` (${timeText.compare.change(change).trim()})`;
    const head =
      difference === 0
        ? `${noun} stayed at ${n(whole.now)}`
        : `${noun} ${difference > 0 ? 'rose' : 'fell'} from ${n(whole.before)} to ${n(whole.now)}${share}`;
    const parts = (['repository', 'client', 'country', 'cloud'] as const).flatMap((facet) => {
      const named = moves.by[facet]
        .slice(0, MOST_NAMED)
        .map((move) => `${movesText.value(facet, move.value)} ${format.signed(differenceOf(move))}`);
      return named.length > 0 ? [`${movesText.facets[facet]}: ${named.join(', ')}.`] : [];
    });
    return [`${head}, ${format.span(now)} against ${format.span(before)}.`, ...parts].join(' ');
  },

  cells: (moves: Move[]) => [
    ['name', 'before', 'now', 'difference'],
    ...moves.map((move) => [move.value, move.before, move.now, differenceOf(move)]),
  ],
};
