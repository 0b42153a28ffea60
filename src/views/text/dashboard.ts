/** Strings of the dashboard. */
import type { CountingRules } from '../../model/counting-rules.ts';
import type { Day } from '../../model/units.ts';
import type { DaySpan, Figures } from '../../model/view.ts';
import type { Fate } from '../dashboard/line-account.ts';
import { format } from '../format.ts';
import { visible } from '../parts/visible-text.ts';
import type { SortKey } from '../repositories/order-rows.ts';
import { count } from './count.ts';
import { hubsText } from './hubs.ts';

const n = format.integer;

/** Figures with a place of their own; downloads from hubs stand apart. */
type Headline = Exclude<keyof Figures, 'models' | 'datasets' | 'spaces'>;

const STATUS: Record<number, string> = {
  0: 'no status in the log',
  301: 'moved for good: the client asks again elsewhere',
  308: 'moved for good: the client asks again elsewhere',
  400: 'bad request',
  401: 'not logged in yet: the client asks again with a token',
  403: 'not allowed',
  404: 'no such manifest or file',
  405: 'method not allowed',
  416: 'range not available',
  429: 'too many requests',
  499: 'the client hung up',
  500: 'server error',
  502: 'bad gateway',
  503: 'service not available',
  504: 'gateway timed out',
};

/** Places: UnreadableReason of model/segment.ts. */
const UNREADABLE = [
  'no known log format',
  'no time that can be read',
  'no request that can be read',
  'no status that can be read',
  'longer than a line of a log can be',
  'binary, not text',
];

export const dashboardText = {
  problems: {
    title: (problems: number) => `${count(problems, 'thing')} to know about these files`,
    severity: { error: 'Error', warning: 'Warning', note: 'Note' },
    line: (line: number) => `line ${n(line)}`,
    all: (problems: number) => `Show all ${n(problems)}`,
    fewer: 'Show fewer',
  },

  nothing: {
    title: 'No pull, version check or download was found',
    noFile: 'None of these files could be read. The reasons stand above.',
    noRequest: (lines: number) =>
      `None of the ${count(lines, 'line')} asks successfully for /v2/…/manifests/…, which is what a pull does, or for a counted file of a hub (/resolve/…). Is this the log of the registry or hub? “Every line accounted for” shows what the lines are.`,
    noneInSpan: (span: DaySpan) =>
      `No pull, version check or download from ${format.span(span)}. Choose another time span.`,
  },

  figures: {
    title: 'Figures',
    labels: {
      pulls: 'Pulls',
      pullsByTag: 'Pulls by tag',
      pullsByDigest: 'Pulls by digest',
      versionChecks: 'Version checks',
      uniqueAddresses: 'Unique IP addresses',
    } satisfies Record<Headline, string>,
    notes: {
      pulls: 'By tag and by digest together.',
      pullsByTag: 'An image fetched by its tag, with what it led to.',
      pullsByDigest: 'An image fetched by its digest alone.',
      versionChecks: 'A tag was looked up, nothing was fetched.',
      uniqueAddresses: 'Different addresses behind all of these.',
    } satisfies Record<Headline, string>,
    setAside: (lines: number) =>
      `${count(lines, 'request')} for signatures and attestations ${lines === 1 ? 'is' : 'are'} set aside, not counted here.`,
    setAsideCounted: (lines: number) =>
      `${count(lines, 'request')} for signatures and attestations ${lines === 1 ? 'is' : 'are'} counted here.`,
  },

  rules: {
    title: 'How it counts',
    summary: ({ window, foldFurther, separateByAgent, countSignatures, ...rules }: CountingRules) =>
      [
        `requests up to ${n(window / 1000)} s apart fold`,
        foldFurther ? 'further manifests folded' : '',
        separateByAgent ? 'clients separated by user agent' : '',
        countSignatures ? 'signatures counted' : '',
        rules.countInnerHops ? 'inner hops counted' : '',
        rules.countHubHeads ? '' : hubsText.rules.getOnly,
        rules.countedFiles.length > 0 ? hubsText.rules.summary(rules.countedFiles.length) : '',
      ]
        .filter(Boolean)
        .join(' · '),
    window: 'Folding window, in seconds',
    windowNote:
      'Requests of one address for one repository belong to one pull when they follow each other within this time. 5 is the documented rule.',
    foldFurther: 'Fold further manifests',
    foldFurtherNote:
      'New Docker versions fetch attestation manifests after the image, and the documented rule counts each as a pull by digest. On: they join the pull before them.',
    wouldFold: (actions: number, isOn: boolean) =>
      isOn ? `It folds ${count(actions, 'action')}.` : `It would fold ${count(actions, 'action')}.`,
    foldAsking: 'Counting what it would fold…',
    separateByAgent: 'Separate clients by user agent',
    separateByAgentNote:
      'Many clients can share one address. On: only requests with the same user agent fold. Off is the documented rule, which looks at the address alone.',
    countSignatures: 'Count signature look-ups',
    countSignaturesNote: (setAside: number | null) =>
      `Tags like sha256-9f86….sig, .att or .sbom are asked for to check signatures, not to pull an image. Off: such requests are set aside${setAside === null ? '' : ` (${count(setAside, 'request')} in all files)`}.`,
    countInnerHops: 'Count logs of inner hops too',
    countInnerHopsNote: (behind: number | null) =>
      `A proxy and the registry behind it log the same requests. Off: where two files do, only those of the outermost are counted, and the others are set aside${behind === null ? '' : ` (${count(behind, 'request')} in all files)`}.`,
    reset: 'Back to the documented rule',
  },

  repositories: {
    title: 'Repositories',
    region: 'Repository table, can be scrolled',
    search: 'Search repositories',
    placeholder: 'Name, part of it, or acme/*',
    found: (found: number, all: number) =>
      found === all ? count(all, 'repository', 'repositories') : `${n(found)} of ${n(all)}`,
    none: (query: string) => `No repository matches “${query}”.`,
    clear: 'Clear search',
    columns: {
      name: 'Repository',
      type: 'Type',
      pulls: 'Pulls',
      pullsByTag: 'By tag',
      pullsByDigest: 'By digest',
      versionChecks: 'Checks',
      uniqueAddresses: 'Unique IPs',
      trend: 'Trend',
      lastPull: 'Last pull',
      change: 'Change',
    } satisfies Record<SortKey, string>,
    trendNote: (days: number, isSame: boolean) =>
      `Trend: pulls or downloads per ${days === 1 ? 'day' : `${n(days)} days`}, ${isSame ? 'all rows on one scale' : 'each row on its own scale'}, with its highest value. Unique addresses are counted for each row: they cannot be added up. A name leads to a page of its own: who hammers the repository, how its releases were adopted, tags and digests.`,
    trend: (peak: number, from: Day, days: number) =>
      peak === 0
        ? 'None'
        : `Highest ${n(peak)} ${days === 1 ? `on ${format.day(from)}` : `in the ${n(days)} days from ${format.day(from)}`}`,
    max: (peak: number) => `max ${n(peak)}`,
    never: 'never',
    unnamed: '(no name)',
    open: (name: string) => `Tags and digests of ${visible(name) || '(no name)'}`,
    page: (from: number, to: number, of: number) => `${n(from)}–${n(to)} of ${n(of)}`,
    previous: 'Previous page',
    next: 'Next page',
    perPage: 'Rows per page',
    size: (rows: number) => n(rows),
  },

  detail: {
    loading: 'Counting tags and digests…',
    quick: (isHub: boolean, days: number) =>
      `${isHub ? 'Downloads' : 'Pulls'} per ${days === 1 ? 'day' : `${n(days)} days`}.`,
    title: (name: string) => `Tags and digests of ${name}`,
    more: (shown: number, all: number) => `The first ${n(shown)} of ${n(all)} tags and digests.`,
    reference: 'Tag or digest',
    firstSeen: 'First seen',
    lastSeen: 'Last seen',
    prefixes: 'Asked through',
    noPrefix: '/v2/',
    upstreams: 'Upstreams',
    requests: (requests: number) => count(requests, 'request'),
  },

  downloads: {
    title: 'Downloads',
    span: (span: DaySpan) =>
      `The files hold ${format.span(span)} (UTC) and what the filters show: the search box does not change them.`,
    level: 'Summary by',
    levels: { reference: 'tag and digest', repository: 'repository', namespace: 'namespace' },
    buttons: { raw: 'Download raw CSV', summary: 'Download summary CSV', daily: 'Download daily CSV' },
    notes: {
      raw: 'One row per pull, version check or download, in time order.',
      summary:
        'Pulls, checks and unique addresses per tag and digest, repository or namespace. Downloads from hubs are in the other two files.',
      daily: 'Pulls or downloads per repository and day, in the columns of Hugging Face.',
    },
    working: 'Writing…',
    done: (name: string, rows: number) => `${name}: ${count(rows, 'row')}.`,
    failed: (reason: string) => `This file could not be written: ${reason}`,
    noAddress: 'No file holds a client address.',
  },

  lines: {
    title: 'Every line accounted for',
    summary: (read: number, unreadable: number) =>
      `${count(read, 'line')} read, ${unreadable === 0 ? 'none unreadable' : `${n(unreadable)} unreadable`}`,
    sum: (missing: number) =>
      missing === 0
        ? 'It adds up: every line is in exactly one row.'
        : `It does not add up: ${n(missing)} lines are missing. Please report this as a bug.`,
    fate: 'What the lines are',
    count: 'Lines',
    share: 'Share',
    meaning: 'What that means',
    read: 'Lines read',
    labels: {
      counted: 'Counted',
      dropped: 'Dropped for their status',
      setAside: 'Set aside',
      otherFiles: 'Other files of hubs',
      loggedTwice: 'Logged twice',
      behind: 'Seen behind another log',
      otherRegistry: 'Other registry traffic',
      otherPath: 'Other paths',
      applicationMessage: 'Messages',
      blank: 'Blank',
      unreadable: 'Unreadable',
    } satisfies Record<Fate, string>,
    meanings: {
      counted: 'Requests that are behind the pulls, version checks and downloads.',
      dropped: 'Requests for manifests, or for files of a hub, that were not fulfilled.',
      setAside: 'Look-ups of signatures and attestations. A switch under “How it counts” counts them.',
      otherFiles:
        'Requests for files of models that do not count as a download. “How it counts” changes which do.',
      loggedTwice: 'The second record of a request that the log shows twice.',
      behind:
        'Manifest requests that the log of a hop in front shows too, whatever their status. A switch under “How it counts” counts them.',
      otherRegistry: 'Layers, logins, uploads, lists of tags: registry traffic that is no pull of its own.',
      otherPath: 'Requests that are neither for a registry nor for a file of a hub.',
      applicationMessage: 'What the registry software says about itself.',
      blank: 'Lines without text.',
      unreadable: 'Lines that fit no format this page knows.',
    } satisfies Record<Fate, string>,
    status: (status: number) => (status === 0 ? 'No status' : `Status ${status}`),
    statusMeaning: (status: number) => {
      const meaning = STATUS[status] ?? (status >= 500 ? 'server error' : 'not fulfilled');
      return `${meaning[0]!.toUpperCase()}${meaning.slice(1)}.`;
    },
    withoutAddress: (requests: number) =>
      `${count(requests, 'request')} without a usable address: counted, but folded with nothing.`,
    withoutStatus: (requests: number) =>
      `${count(requests, 'request')} from a log without a status column: all are counted.`,
    files: 'File by file',
    fatesRegion: 'Table of all lines, can be scrolled',
    filesRegion: 'Table of files, can be scrolled',
    file: 'File',
    state: 'State',
    format: 'Format',
    size: 'Size',
    firstTime: 'First line (UTC)',
    lastTime: 'Last line (UTC)',
    compressed: 'compressed',
    noFormat: '–',
    formatLines: (title: string, lines: number) => `${title}: ${n(lines)}`,
    unreadable: 'Unreadable lines',
    unreadableRegion: 'Table of unreadable lines, can be scrolled',
    unreadableShown: (shown: number, all: number) =>
      shown === all ? `All ${n(all)}.` : `The first ${n(shown)} of ${n(all)}: at most 20 of each file.`,
    line: 'Line',
    reason: 'Why',
    text: 'Text',
    reasons: UNREADABLE,
    equation: (read: number) => `${n(read)} read`,
    term: (lines: number, fate: string) => `${n(lines)} ${fate.toLowerCase()}`,
  },
};
