/** Strings of "Why this number?". */
import type { CountingRules } from '../../model/counting-rules.ts';
import { type Moments, momentsOf } from '../../model/moments.ts';
import type { Milliseconds } from '../../model/units.ts';
import {
  type ChainRule,
  WIDE_WINDOW,
  type WhyAnswer,
  type WhyFigure,
  type WhyScope,
} from '../../model/why.ts';
import { clockAt } from '../../lib/local-time.ts';
import { format } from '../format.ts';
import { shorten, visible } from '../parts/visible-text.ts';
import { count } from './count.ts';

const n = format.integer;
const seconds = (time: Milliseconds) => `${n(time / 1000)} s`;

const FIGURE: Record<WhyFigure, [one: string, many: string]> = {
  pulls: ['pull', 'pulls'],
  pullsByTag: ['pull by tag', 'pulls by tag'],
  pullsByDigest: ['pull by digest', 'pulls by digest'],
  versionChecks: ['version check', 'version checks'],
  downloads: ['download', 'downloads'],
  models: ['download of models', 'downloads of models'],
  datasets: ['download of datasets', 'downloads of datasets'],
  spaces: ['download of spaces', 'downloads of spaces'],
  uniqueAddresses: ['unique address', 'unique addresses'],
};

/** Before the second or third request, how soon it came. */
const FURTHER = { strict: 'GET of another digest', further: 'GETs of other digests' };

export const whyText = {
  title: 'Why this number?',
  ask: (value: number, what: string) => `${n(value)} ${what}: why this number?`,
  askFigure: (label: string) => `Why this number? ${label}`,
  askBucket: 'Click a bar, or press Enter on it, to see why it is as high as it is.',
  close: 'Close',
  working: 'Looking at the requests behind it…',
  figure: (figure: WhyFigure, value: number) => count(value, ...FIGURE[figure]),
  /** What it is the number of. */
  of: ({ repository, reference, source, ...moments }: WhyScope, zone?: string) =>
    [
      repository ? visible(repository.name) : 'All repositories',
      reference ? shorten(visible(reference.text), 40) : '',
      source ? 'one client' : '',
      timeOf(moments, zone),
    ]
      .filter(Boolean)
      .join(' · '),
  rules: {
    title: 'Rules that applied',
    note: ({ window }: CountingRules) =>
      `A rule looks at requests of one client address for one repository, each at most ${seconds(window)} after the one before.`,
    rule: 'Rule',
    actions: 'Actions',
    requests: 'Requests',
    total: 'Together',
    sum: ({ actions, requests }: WhyAnswer) =>
      `${count(actions, 'action')} from ${count(requests, 'request')}: ${
        requests === actions
          ? 'nothing was folded.'
          : `${count(requests - actions, 'request')} ${requests - actions === 1 ? 'was' : 'were'} folded into the action that began before.`
      }`,
    addresses: ({ uniqueAddresses, actions, withoutAddress }: WhyAnswer) =>
      `${count(actions, 'action')} came from ${n(uniqueAddresses)} different ${uniqueAddresses === 1 ? 'address' : 'addresses'}. An address counts once, however often it comes, so these numbers cannot be added up over days or repositories.${
        withoutAddress > 0 ? ` ${count(withoutAddress, 'action')} had no usable address.` : ''
      }`,
    names: ruleName,
  },
  others: {
    title: 'What other rules would give',
    note: 'The same requests, counted otherwise.',
    shown: 'As shown',
    gets: 'Every manifest GET counts',
    requests: 'Every request counts, without folding',
    foldFurther: (isOn: boolean) =>
      isOn ? 'Without folding further manifests' : 'Folding further manifests, too',
    wideWindow: `Folding requests up to ${n(WIDE_WINDOW / 60_000)} minutes apart`,
    working: 'counting…',
  },
  hidden: {
    title: 'What is not in it',
    filters: (hidden: number) => `Filters hide ${n(hidden)} more.`,
    alone: (facet: string, actions: number) => `${facet} alone: ${n(actions)}`,
    noFilter: 'No filter hides anything of it.',
    signatures: (requests: number) =>
      `${count(requests, 'request')} for signatures and attestations of this time ${requests === 1 ? 'is' : 'are'} set aside. A switch under “How it counts” counts them.`,
    innerHops: (requests: number) =>
      `${count(requests, 'request')} of this time ${requests === 1 ? 'is' : 'are'} set aside because the log of a hop in front shows ${requests === 1 ? 'it' : 'them'} too. A switch under “How it counts” counts them.`,
    dropped: (lines: number) =>
      `Requests that the registry did not fulfil never count: ${count(lines, 'line')} in all files (“Every line accounted for” lists them by status).`,
  },
  examples: {
    title: 'Examples',
    note: 'A few of these actions, and their lines as they stand in your files. They are read again just now, and stay in this page.',
    reading: 'Reading the line again…',
    empty: 'The file ends before this line: it is not the file that was read.',
    place: (name: string, offset: number) => `${visible(name)}, byte ${n(offset)}`,
    after: (wait: Milliseconds) => `+${format.tenths(wait / 1000)} s`,
    agent: (agent: string) => (agent === '' ? 'no user agent' : shorten(visible(agent), 120)),
    gone: (name: string) =>
      `${visible(name)} cannot be read any more: it was moved, deleted or changed since, or was not given in this visit. Choose it again to see its lines.`,
    choose: 'Choose the file',
    chosen: 'Nothing is uploaded.',
    wrong: (name: string) => `${visible(name)} is not one of the files that were read.`,
  },
};

/** A day, days, or, of less than a day, the moments. */
function timeOf({ from, to }: Moments, zone: string | undefined): string {
  const day = (time: Milliseconds) => clockAt(time / 1000, zone).day;
  const span = { first: day(from), last: day(to - 1), ...(zone !== undefined && { zone }) };
  const days = momentsOf(span);
  const isWhole = days.from === from && days.to === to;
  return `${isWhole ? format.span(span) : `${format.moment(from, zone)} – ${format.moment(to - 1, zone)}`} (${zone ?? 'UTC'})`;
}

/** The rule as the documented table has it, with the times that are in force. */
function ruleName(rule: ChainRule, { window, foldFurther }: CountingRules): string {
  const soon = `within ${seconds(window)}`;
  const further = `+ ${foldFurther ? FURTHER.further : FURTHER.strict} ${soon}`;
  switch (rule) {
    case 'head-tag':
      return 'HEAD by tag alone: a version check';
    case 'get-tag':
      return 'GET by tag';
    case 'get-tag+further':
      return `GET by tag ${further}`;
    case 'head-tag+get-tag':
      return `HEAD by tag + GET of the same tag ${soon}`;
    case 'head-tag+get-tag+further':
      return `HEAD by tag + GET of the same tag ${further}`;
    case 'head-tag+get-digest':
      return `HEAD by tag + GET of its digest ${soon}`;
    case 'head-tag+get-digest+further':
      return `HEAD by tag + GET of its digest ${further}`;
    case 'get-digest':
      return 'GET by digest';
    case 'get-digest+further':
      return `GET by digest ${further}`;
    case 'head-digest':
      return 'HEAD by digest alone';
    case 'head-digest+get-digest':
      return `HEAD by digest + GET of the same digest ${soon}`;
    case 'hub-request':
      return 'A request for a file of a hub, by its rules';
    case 'hub-requests':
      return 'Requests of one client for one dataset or space within 300 s';
    case 'head-digest+get-digest+further':
      return `HEAD by digest + GET of the same digest ${further}`;
  }
}
