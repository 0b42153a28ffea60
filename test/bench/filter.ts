/**
 * How long a change of span or filter takes on ten million actions, in milliseconds: the median of several runs, and the
 * least. Nothing is asserted: machines differ and are shared. It runs in a worker of a browser, as the page counts
 * (filter.worker.ts): npm run bench -- --filter
 * The traffic is made, not read: 13 million requests by 50,000 addresses for 1,200 repositories in 92 days, in 1.3
 * million groups of repository, address and agent.
 */
import { indexActions } from '../../src/aggregates/action-index.ts';
import { breakdowns } from '../../src/aggregates/breakdown.ts';
import { dashboardView } from '../../src/aggregates/dashboard.ts';
import { Hammerings } from '../../src/aggregates/hammering.ts';
import { LastUses } from '../../src/aggregates/last-use.ts';
import { noiseCounts } from '../../src/aggregates/noise.ts';
import { repositoryPage } from '../../src/aggregates/repository-page.ts';
import { repositorySeries } from '../../src/aggregates/repository-series.ts';
import { ClientTable } from '../../src/clients/client-table.ts';
import { DEFAULT_USE_RULES } from '../../src/clients/default-use-rules.ts';
import { parseUseRules } from '../../src/clients/use-rules.ts';
import { RowSet } from '../../src/lib/row-set.ts';
import { WordTable } from '../../src/lib/word-table.ts';
import { NO_ADDRESS_FACTS } from '../../src/model/address-columns.ts';
import { type Facet, NO_FILTER, withValue } from '../../src/model/filter.ts';
import { ACTION_NONE, NO_REQUEST, PAGE_MASK, RequestTable } from '../../src/model/request-table.ts';
import { FLAG_DIGEST } from '../../src/model/segment.ts';
import type { Traffic } from '../../src/model/traffic.ts';
import { NO_LINES } from '../helpers/no-lines.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';

const REQUESTS = 13_000_000;
const CLIENTS = 50_000;
const REPOSITORIES = 1200;
const AGENTS = 2000;
const REFERENCES = 5000;
const ALL = { first: 20_666, last: 20_757 };
const RUNS = 7;
/** Different tags and digests of a repository, for the list that has a row for each; every third is a digest. */
const TAGS = 60;
const FIVE = [0, 1, 2, 3, 4].map((i) => `team${i}/thing-${i}`);

/** What a person may wait for. */
const GOAL = 100;

export function measureFilters(tell: (line: string) => void): void {
  const traffic = makeTraffic();
  const measured: { name: string; median: number; least: number }[] = [];
  const measure = (name: string, runs: number, work: () => unknown) => {
    const clock = Array.from({ length: runs }, () => {
      const begun = performance.now();
      work();
      return performance.now() - begun;
    }).sort((a, b) => a - b);
    const [median, least] = [clock[runs >> 1]!, clock[0]!];
    tell(`${name}: ${median.toFixed(0)} ms (least ${least.toFixed(0)})`);
    if (runs > 1) measured.push({ name, median, least });
  };
  measure('Index, made once', 1, () => indexActions(traffic));
  const index = indexActions(traffic);
  // What the machine takes to touch as much memory, for comparison.
  measure('Entries summed up, nothing else', RUNS, () => {
    let sum = 0;
    for (let i = 0; i < index.kinds.length; i++) sum += index.kinds[i]!;
    return sum;
  });
  const month = { first: ALL.first + 31, last: ALL.first + 61 };
  const monthBefore = { first: ALL.first, last: ALL.first + 30 };
  const week = { first: ALL.first + 40, last: ALL.first + 46 };
  const by = (facet: Facet, value: string) => withValue(NO_FILTER, facet, value, 'include');
  const cases: [string, typeof ALL, typeof NO_FILTER][] = [
    ['all time, no filter', ALL, NO_FILTER],
    ['a week, no filter', week, NO_FILTER],
    ['all time, one client', ALL, by('client', 'docker')],
    ['all time, one namespace', ALL, by('repository', 'team7/*')],
    ['all time, version checks', ALL, by('action', 'version_check')],
    ['all time, a family of tags', ALL, by('tag', '1.27*')],
    ['all time, no known country', ALL, by('country', '')],
  ];
  measure('Dashboard: all time, days of a zone', RUNS, () =>
    dashboardView(traffic, index, { ...ALL, zone: 'Europe/Berlin' }, NO_FILTER),
  );
  measure('Dashboard: 33 days by hour', RUNS, () =>
    dashboardView(traffic, index, { first: ALL.first, last: ALL.first + 32 }, NO_FILTER, 'hour'),
  );
  for (const [name, span, filter] of cases) {
    measure(`Dashboard: ${name}`, RUNS, () => dashboardView(traffic, index, span, filter));
    measure(`Breakdowns: ${name}`, RUNS, () => breakdowns(traffic, index, span, filter));
  }
  measure('Repository page: the busiest', RUNS, () => repositoryPage(traffic, index, 0, ALL, NO_FILTER));
  measure('Repository page: the busiest, a month, one client', RUNS, () =>
    repositoryPage(traffic, index, 0, month, by('client', 'docker')),
  );
  measure('Comparison: two months, one client', RUNS, () =>
    [month, monthBefore].map((span) => dashboardView(traffic, index, span, by('client', 'docker'))),
  );
  measure('What moved: breakdowns of two months', RUNS, () =>
    [month, monthBefore].map((span) => breakdowns(traffic, index, span, NO_FILTER)),
  );
  measure('Five repositories on one chart, by hour', RUNS, () =>
    repositorySeries(traffic, index, FIVE, month, NO_FILTER, 'hour'),
  );
  measure('Noise: all time', RUNS, () => noiseCounts(traffic, index, ALL, NO_FILTER));
  const storms = new Hammerings(index);
  const uses = new LastUses({ ...index, references: index.references.map((each) => each % TAGS) });
  measure('Storms, the first time', 1, () => storms.of(traffic, ALL, NO_FILTER));
  measure('Clean-up list, the first time', 1, () => uses.of(traffic, NO_FILTER));
  for (const [name, span, filter] of cases.filter(([, span]) => span === ALL)) {
    measure(`Storms: ${name}`, RUNS, () => storms.of(traffic, span, filter));
    measure(`Clean-up list: ${name}`, RUNS, () => uses.of(traffic, filter));
  }
  // The first is there for comparison.
  const answers = measured.slice(1);
  const within = (key: 'median' | 'least') => answers.filter((each) => each[key] <= GOAL).length;
  tell(
    `Within ${GOAL} ms: ${within('median')} of ${answers.length} by their medians, ${within('least')} by their least.`,
  );
}

function makeTraffic(): Traffic {
  const random = randomNumbers(7);
  const skewed = (count: number) => Math.floor(count * random() ** 3);
  const words = (count: number, textOf: (i: number) => string) => {
    const table = new WordTable();
    for (let i = 0; i < count; i++) table.internText(textOf(i));
    return table;
  };
  const names = words(REPOSITORIES, (i) => `team${i % 40}/thing-${i}`);
  const clients = words(CLIENTS, (i) => `192.0.${i >> 8}.${i & 255}`);
  const references = words(REFERENCES, (i) => (i % 3 ? `1.${i}` : `sha256:${String(i).padStart(64, '0')}`));
  const agents = words(AGENTS, (i) => `${i % 3 ? 'docker' : 'containerd'}/2${i % 9}.${i}.1 go/go1.22`);
  const table = new RequestTable();
  const order = new Uint32Array(REQUESTS);
  for (let row = 0; row < REQUESTS; row++) {
    const page = table.pageFor(row);
    const at = row & PAGE_MASK;
    const client = skewed(CLIENTS);
    order[row] = row;
    page.seconds[at] = ALL.first * 86_400 + Math.floor((row / REQUESTS) * 92 * 86_400);
    page.client[at] = client;
    page.repository[at] = (client * 7 + skewed(30)) % REPOSITORIES;
    page.reference[at] = skewed(REFERENCES);
    page.agent[at] = client % AGENTS;
    const isDigest = page.reference[at]! % 3 === 0;
    page.flags[at] = isDigest ? FLAG_DIGEST : 0;
    page.next[at] = NO_REQUEST;
    page.action[at] = random() < 3 / 13 ? ACTION_NONE : isDigest ? 3 : random() < 0.5 ? 2 : 1;
    table.length++;
  }
  const clientTable = new ClientTable(parseUseRules(DEFAULT_USE_RULES).rules);
  return {
    table,
    order,
    length: REQUESTS,
    clients,
    repositories: words(REPOSITORIES, (i) => `\0${names.textOf(i)}`),
    nameOf: Uint32Array.from({ length: REPOSITORIES }, (_, i) => i),
    names,
    references,
    agents,
    describeAgents: () => clientTable.columnsOf(agents),
    describeAddresses: () => NO_ADDRESS_FACTS.columnsOf(clients),
    ownPushes: () => new RowSet(REQUESTS),
    upstreams: new WordTable(),
    coverage: { days: ALL, of: () => 2, between: () => 2 },
    tally: { ...NO_LINES, read: REQUESTS, counted: REQUESTS },
  };
}
