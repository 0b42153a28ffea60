/** Strings of the curves of releases. */
import type { Day } from '../../model/units.ts';
import type { Measure, Told } from '../adoption/curves.ts';
import { format } from '../format.ts';
import { shorten, visible } from '../parts/visible-text.ts';
import { count } from './count.ts';

const n = format.integer;
/** Names of tags are strangers' text. */
const named = (release: string) => shorten(visible(release), 48);

export const adoptionText = {
  title: 'Adoption of releases',
  note: (zone = 'UTC') =>
    `Each release begins at its day 0: the day (${zone}) on which anybody first pulled it. Pulls by tag count, of all days of the files, whichever are shown above; filters apply. A share is that of the seven days up to each day, or of as many as there are since day 0. A pull by digest tells no release; it is in the repository’s pulls only. Days that no file covers are gaps.`,
  linesNote:
    'A version line has its tags together: 1.28.* is 1.28, 1.28.0 and 1.28.1-alpine. Tags that move from line to line (latest, 1) and trials (rc, beta) are left out.',
  none: 'No tag in these files looks like a release: none has a version such as 1.28 or 1.28.4, a day, a commit or a build number.',
  grouping: 'What a curve is',
  lines: 'Version lines',
  tags: 'Each tag',
  measure: 'What the curves count',
  measures: {
    share: 'Share of pulls, over 7 days',
    pulls: 'Pulls a day',
    sum: 'Pulls since day 0',
  } satisfies Record<Measure, string>,
  days: 'Days',
  firstDays: (days: number) => `First ${n(days)}`,
  allDays: (days: number) => `All ${n(days)}`,
  add: 'Add a release',
  choose: 'Choose…',
  full: 'Five are the most. Take one off to add another.',
  option: (release: string, isFromStart: boolean) =>
    isFromStart ? `${named(release)} (day 0 unknown)` : named(release),
  takeOff: (release: string) => `Take ${named(release)} off the chart`,
  dayZero: (day: Day) => `day 0: ${format.day(day)}`,
  fromStart: 'pulled on the first day of the files: its day 0 may be earlier',
  nothingChosen:
    'Every release was pulled on the first day of the files already, so no day 0 is known. Choose one to see it from that day on.',
  axis: 'Days since the release’s first pull',
  walk: 'Walk through the curves, day by day',
  day: (age: number) => `Day ${n(age)}`,
  values: (age: number, values: [name: string, value: string][]) =>
    `Day ${n(age)}: ${values.map(([name, value]) => `${named(name)} ${value}`).join(', ')}`,
  share: (share: number) => format.share(share, 1),
  noData: 'no data',
  table: 'Adoption of releases, as a table',
  showTable: 'Show as table',
  hideTable: 'Hide table',
  column: 'Day',
  more: (shown: number, all: number) => `The newest ${n(shown)} of ${n(all)} can be chosen.`,

  /** Whether a release was adopted, in a sentence. */
  told({ newest, from, to, shares }: Told): string {
    const [own, ...others] = shares;
    const days = to === from ? 'On its first day' : `In its days ${n(from)} to ${n(to)}`;
    const what = (share: (typeof shares)[number]) =>
      share.all === 0 ? 'no pull is counted' : format.share(share.pulls, share.all);
    const begin =
      !own || own.all === 0
        ? `${named(newest)} has no pull in the days that are compared.`
        : `${days}, ${named(newest)} had ${what(own)} of all pulls of the repository (${n(own.pulls)} of ${n(own.all)}).`;
    const rest = others.map((each) => `${named(each.name)} ${what(each)}`).join(', ');
    const young = to < 6 ? ` It is ${count(to + 1, 'day')} old in these files: too young to tell.` : '';
    return `${begin}${rest ? ` At the same age: ${rest}.` : ''}${young}`;
  },
};
