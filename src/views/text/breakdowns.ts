/** Strings of breakdowns, filters, and the address that hides clients. */
import { ACTION_NAMES, type Facet, OWN_PUSH, splitClient } from '../../model/filter.ts';
import type { BreakdownFacet, HidingAddress } from '../../model/view.ts';
import { format } from '../format.ts';
import { shorten, visible } from '../parts/visible-text.ts';
import { count } from './count.ts';

const n = format.integer;
/** Names of repositories and programs are strangers' text. */
const LONG = 60;

const FACET: Record<Facet, string> = {
  repository: 'Repository',
  tag: 'Tag',
  digest: 'Digest',
  action: 'Action',
  client: 'Client',
  use: 'Use',
  country: 'Country',
  cloud: 'Cloud provider',
  networkType: 'Network type',
  ownNetwork: 'Own network',
  repositoryType: 'Repository type',
  push: 'Push',
};

const UNKNOWN: Record<Facet, string> = {
  repository: '(no name)',
  tag: 'No tag',
  digest: 'Digest unknown',
  action: 'Unknown',
  client: 'Unknown client',
  use: 'Unknown',
  country: 'Unknown',
  cloud: 'No known provider',
  networkType: 'Unknown',
  ownNetwork: 'None of your networks',
  repositoryType: 'Unknown',
  push: 'Not made by a push',
};

const NAMED: Partial<Record<Facet, Map<string, string>>> = {
  action: new Map(
    ACTION_NAMES.map((name, kind) => [
      name,
      ['', 'Version checks', 'Pulls by tag', 'Pulls by digest', 'Downloads'][kind]!,
    ]),
  ),
  repositoryType: new Map([
    ['image', 'Images'],
    ['model', 'Models'],
    ['dataset', 'Datasets'],
    ['space', 'Spaces'],
  ]),
  push: new Map([[OWN_PUSH, 'HEADs of own pushes']]),
  use: new Map([
    ['person', 'Person'],
    ['ci', 'CI'],
    ['cluster', 'Cluster'],
    ['update checker', 'Update checker'],
    ['mirror or cache', 'Mirror or cache'],
    ['scanner', 'Scanner'],
  ]),
  networkType: new Map([
    ['business', 'Business'],
    ['isp', 'Internet provider'],
    ['hosting', 'Hosting'],
    ['education', 'Education'],
  ]),
};

/** Short, as panels are narrow: Hong Kong, not Hong Kong SAR China. */
const regions = new Intl.DisplayNames(undefined, { type: 'region', style: 'short' });

const NO_ADDRESS_FACT =
  'Private addresses have none. Behind a proxy, let the log name the address that it forwards (X-Forwarded-For).';

export const breakdownText = {
  breakdowns: {
    title: 'Who is behind it',
    byMouse: 'Click a row to show only it, with Shift to leave it out.',
    byTouch: 'Tap a row to show only it; the crossed circle at its end leaves it out.',
    note: 'Shares are of what is shown; unique addresses are not listed here: they cannot be added up.',
    changeNote: 'Changes are against the earlier period.',
    measure: 'Count',
    measures: { pulls: 'Pulls', downloads: 'Downloads', versionChecks: 'Version checks' },
    both: 'Both',
    all: 'All actions',
    titles: {
      client: 'Clients',
      use: 'Use',
      action: 'Actions',
      country: 'Countries',
      cloud: 'Cloud providers',
      networkType: 'Network types',
      ownNetwork: 'Your networks',
      repositoryType: 'Repository types',
    } satisfies Record<BreakdownFacet, string>,
    notes: {
      use: 'A guess from the user agent.',
      action: 'Shares of all actions.',
    } as Partial<Record<BreakdownFacet, string>>,
    /** Of the measure of the panels, where a switch beside counts what a value is of. */
    unlikeNoise: (measure: string) => `${measure} are counted here, all actions under “Hide noise”.`,
    why: {
      client:
        'No user agent tells its client. Logs often leave it out; in nginx, the format “combined” has it.',
      use: 'Nothing tells how these clients are used: it is guessed from the user agent, if the log has it.',
      action: 'There is no action.',
      country: `No country is known for these addresses. ${NO_ADDRESS_FACT}`,
      cloud: `No cloud provider is known for these addresses. ${NO_ADDRESS_FACT}`,
      networkType: `No network type is known for these addresses. ${NO_ADDRESS_FACT}`,
      ownNetwork: 'No address is in one of your networks.',
      repositoryType: 'There is no repository.',
    } satisfies Record<BreakdownFacet, string>,
    value: valueLabel,
    showOnlyOrNot: (label: string) => `Show only ${label}. With Shift: leave it out`,
    leaveOut: (label: string) => `Leave out ${label}`,
    askWhy: (value: number, label: string) => `Why this number? ${n(value)}, ${label}`,
    versionsOf: (client: string) => `Versions of ${client}`,
    unknownAgents: 'User agents of unknown clients',
    noAgent: '(no user agent)',
    moreAgents: (shown: number, all: number) => `The first ${n(shown)} of ${n(all)} user agents.`,
    showAll: (values: number) => `Show all ${n(values)}`,
    others: (values: number) => `Other (${n(values)})`,
    showFewer: 'Show fewer',
    nothing: 'Nothing of what is counted.',
    asTable: 'Table',
    about: (action: string, title: string) => `${action}: ${title}`,
    columns: {
      client: 'Client',
      version: 'Version',
      pulls: 'Pulls',
      downloads: 'Downloads',
      versionChecks: 'Version checks',
      share: 'Share',
    },
    firstRows: (shown: number, all: number) => `The first ${n(shown)} of ${n(all)} rows. CSV has all.`,
  },

  filters: {
    title: 'Filters',
    facets: FACET,
    facet: (facet: Facet) => FACET[facet],
    chip: (facet: Facet, value: string, isExcluded: boolean) =>
      `${isExcluded ? `Exclude ${FACET[facet].toLowerCase()}` : FACET[facet]}: ${valueLabel(facet, value)}`,
    remove: (chip: string) => `Remove filter ${chip}`,
    alone: (hidden: number) => `alone hides ${n(hidden)}`,
    clear: 'Clear all filters',
    hides: (hidden: number, all: number) =>
      hidden === 0
        ? `The filters hide nothing: all ${count(all, 'action')} of this time are shown.`
        : `${n(all - hidden)} of ${count(all, 'action')} shown. Hidden: ${n(hidden)} (${format.share(hidden, all)}).`,
    nothingLeft:
      'No pull, version check or download of this time passes all filters. Remove one of them above.',
    onlyFound: 'Filter the page by this',
    onlyThis: 'Show only this repository',
    notThis: 'Leave it out',
  },

  hiding: {
    title: 'One address stands before your clients',
    what: ({ kind, share }: HidingAddress) =>
      `${format.percent(share)} of the requests come from one ${kind === 'private' ? 'private' : 'public'} address${
        kind === 'private' ? '' : ', with many different programs behind it'
      }. That is most likely a proxy or a load balancer, and the log names it in place of the clients.`,
    folding:
      'Requests fold into one pull when the same address asks within 5 seconds. Here requests of different clients fold together, so pulls are missing.',
    unique: 'Unique IP addresses, countries and cloud providers are those of the proxy.',
    remedy: 'Let the server log the address that the proxy forwards. For nginx:',
    switchHint:
      'For logs that are already written, “Separate clients by user agent” under “How it counts” keeps different programs apart.',
    copy: 'Copy the format',
    copied: 'Copied.',
    notCopied: 'The browser does not allow copying here. Select the text to copy it.',
    config: `log_format registry escape=json '{"t":"$msec","ip":"$remote_addr","xff":"$http_x_forwarded_for",'
  '"m":"$request_method","u":"$request_uri","s":"$status","b":"$body_bytes_sent",'
  '"ua":"$http_user_agent","d":"$upstream_http_docker_content_digest"}';
access_log /var/log/nginx/registry.log registry;`,
  },
};

/** A value as people read it. */
export function valueLabel(facet: Facet, value: string): string {
  if (value === '') return UNKNOWN[facet];
  const named = NAMED[facet]?.get(value);
  if (named) return named;
  if (facet === 'client') {
    const { tool, version } = splitClient(value);
    return shorten(visible(version === '' ? `${tool}, no version` : value), LONG);
  }
  if (facet === 'country' && /^[A-Z]{2}$/.test(value)) return regions.of(value) ?? value;
  const kind = /^\(([a-z -]+)\)$/.exec(value)?.[1];
  if (kind && (facet === 'country' || facet === 'cloud' || facet === 'networkType'))
    return kind === 'no address' ? 'No address' : `${kind[0]!.toUpperCase()}${kind.slice(1)} address`;
  return shorten(visible(value), LONG);
}
