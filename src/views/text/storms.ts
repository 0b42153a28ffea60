/** Strings of the page that says who asks too often. */
import type { FoundBurst, Who } from '../../model/hammering.ts';
import { LOOP_CHECKS, STORM_PULLS } from '../../model/repository-page.ts';
import type { Milliseconds } from '../../model/units.ts';
import { format } from '../format.ts';
import { shorten, visible } from '../parts/visible-text.ts';
import { breakdownText } from './breakdowns.ts';
import { count } from './count.ts';

const n = format.integer;
const LONG = 60;
const { value } = breakdownText.breakdowns;

export const stormsText = {
  link: 'Storms',
  title: 'Who asks too often',
  lead: 'Pull storms and check loops of all repositories, and the addresses that ask most, for the days and filters chosen. An address is shown only where you ask for it, and stands in no file.',
  counting: 'Looking through all repositories…',

  bursts: {
    title: 'Storms and loops',
    region: 'Table of storms and loops, can be scrolled',
    show: 'Show',
    kinds: { all: 'All', storm: 'Pull storms', loop: 'Check loops' },
    search: 'Search storms and loops',
    placeholder: 'Repository, tag or client',
    told: (storms: number, loops: number) =>
      `${count(storms, 'pull storm')} and ${count(loops, 'check loop')} in these days.`,
    first: (shown: number) => `Listed are the ${n(shown)} largest.`,
    none: 'No client asks too often in these days, as far as the rule below tells.',
    noMatch: 'Nothing in the list matches.',
    found: (found: number, all: number) => (found === all ? `${n(all)} listed` : `${n(found)} of ${n(all)}`),
    rule: `A pull storm: one client pulls the same tag or digest at least ${STORM_PULLS} times within 60 minutes. A check loop: one client looks up the same tag at least ${LOOP_CHECKS} times in a row at equal waits of at most an hour. A client is an address with one user agent.`,
    columns: {
      what: 'What',
      repository: 'Repository and tag',
      actions: 'How often',
      from: 'When',
      who: 'Who',
    },
    kind: { storm: 'Pull storm', loop: 'Check loop' },
    actions: (burst: FoundBurst) => count(burst.actions, burst.kind === 'storm' ? 'pull' : 'check'),
    pace: (burst: FoundBurst) =>
      burst.kind === 'storm' ? `up to ${n(burst.peak)} within an hour` : `every ${wait(burst.interval)}`,
    reference: (reference: string) => shorten(visible(reference), LONG),
    from: (time: Milliseconds, zone?: string) => format.moment(time, zone),
    lasted: ({ from, to }: FoundBurst) => `for ${wait(to - from)}`,
    address: 'Show its address',
    requests: 'Show its requests',
    look: 'Only this tag and these days',
    about: (way: string, name: string) => `${way}: ${visible(name)}`,
  },

  addresses: {
    title: 'Busiest addresses',
    region: 'Table of addresses, can be scrolled',
    note: 'By pulls and version checks together. The client is the one that the address asks with most often.',
    none: 'No address is known in these days.',
    columns: {
      who: 'Who',
      where: 'Where',
      repositories: 'Repositories',
      pulls: 'Pulls',
      versionChecks: 'Checks',
      share: 'Share of all',
      address: 'Address',
    },
    more: (agents: number) => `and ${count(agents, 'other user agent')}`,
    show: 'Show',
    showOf: (place: number) => `Show the address of row ${n(place)}`,
  },

  client: ({ client }: Who) => value('client', client),
  /** Country, provider and the person's own name for it, as far as they are known. */
  where({ country, cloud, ownNetwork }: Who): string {
    const known = [
      ...(ownNetwork === '' ? [] : [shorten(visible(ownNetwork), LONG)]),
      country === '' ? 'country unknown' : value('country', country),
      ...(cloud === '' || cloud === country ? [] : [value('cloud', cloud)]),
    ];
    return known.join(' · ');
  },
};

/** 30 s, 5 minutes, 3.5 hours, 2 days. */
function wait(time: Milliseconds): string {
  const seconds = time / 1000;
  if (seconds < 10) return `${format.tenths(seconds)} s`;
  if (seconds < 120) return `${n(seconds)} s`;
  if (seconds < 7200) return `${n(seconds / 60)} minutes`;
  return seconds < 172_800
    ? `${format.tenths(seconds / 3600)} hours`
    : `${format.tenths(seconds / 86_400)} days`;
}
