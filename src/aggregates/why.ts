/**
 * Why a number is what it is. In: Traffic, and which actions the number is of. Out: WhyAnswer: by which rules they came
 * about, from how many requests, what is hidden beside them, and a few of them as examples. One walk through the span.
 */
import { actionFilter, bitOf } from '../model/action-filter.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import { chosenFacets } from '../model/filter.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_KINDS,
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
  FLAG_BEHIND,
  FLAG_REMOVED,
  NO_REQUEST,
  PAGE_MASK,
  PAGE_SHIFT,
  type RequestPage,
} from '../model/request-table.ts';
import { FLAG_DIGEST, FLAG_GET, FLAG_NO_CLIENT, FLAG_SIGNATURE } from '../model/segment.ts';
import { repoNameOf } from '../model/repository-name.ts';
import { firstPlaceFrom } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { RequestIndex } from '../model/units.ts';
import {
  CHAIN_RULES,
  type ExampleAction,
  type WhyAnswer,
  type WhyFigure,
  type WhyScope,
} from '../model/why.ts';
import { ActionsOfNumber } from './actions-of-number.ts';
import { type Chain, readChain } from './chain-rule.ts';

/** Examples that are shown, and of each rule. */
const EXAMPLES = 8;
const EXAMPLES_OF_RULE = 2;

/** By ACTION_*: whether the figure counts it. */
const COUNTED: Record<WhyFigure, readonly boolean[]> = {
  pulls: countsOnly(ACTION_PULL_BY_TAG, ACTION_PULL_BY_DIGEST),
  pullsByTag: countsOnly(ACTION_PULL_BY_TAG),
  pullsByDigest: countsOnly(ACTION_PULL_BY_DIGEST),
  versionChecks: countsOnly(ACTION_VERSION_CHECK),
  downloads: countsOnly(ACTION_DOWNLOAD),
  models: countsOnly(ACTION_DOWNLOAD),
  datasets: countsOnly(ACTION_DOWNLOAD),
  spaces: countsOnly(ACTION_DOWNLOAD),
  uniqueAddresses: countsOnly(
    ACTION_PULL_BY_TAG,
    ACTION_PULL_BY_DIGEST,
    ACTION_VERSION_CHECK,
    ACTION_DOWNLOAD,
  ),
};

function countsOnly(...actions: number[]): boolean[] {
  return Array.from({ length: ACTION_KINDS }, (_, action) => actions.includes(action));
}

export function whyNumber(traffic: Traffic, scope: WhyScope, rules: CountingRules): WhyAnswer {
  const { table, order } = traffic;
  const [from, to] = rangeOf(traffic, scope);
  const ofNumber = new ActionsOfNumber(traffic, scope);
  const hiding = actionFilter(traffic, scope.filter);
  const counted = COUNTED[scope.figure];
  const sum = new ChainSum(traffic);
  /** Whether a request is set aside; with the switch on, one that is no action is part of one. */
  const isAside = (page: RequestPage, at: number) =>
    !rules.countSignatures && (page.flags[at]! & FLAG_SIGNATURE) !== 0;
  const facets = chosenFacets(scope.filter);
  const alone = facets.map(() => 0);
  let [hidden, signatures] = [0, 0];
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const action = page.action[at]!;
    if (action === ACTION_NONE) {
      if (isAside(page, at) && ofNumber.isOfRepository(page, at) && ofNumber.isOfSource(page, at))
        signatures++;
      continue;
    }
    if (!counted[action] || !ofNumber.holds(page, at)) continue;
    const hides = hiding ? hiding.hides(page, at, row) : 0;
    if (hides !== 0) {
      hidden++;
      facets.forEach((facet, place) => (alone[place]! += hides === bitOf(facet) ? 1 : 0));
      continue;
    }
    sum.add(row, page, at);
  }
  const applied = sum.appliedRules();
  return {
    ...sum.figures,
    hidden,
    rules: applied.map(({ rule, actions, requests }) => ({ rule, actions, requests })),
    hiddenByAlone: facets.map((facet, place) => [facet, alone[place]!]),
    // Of a tag or digest, a look-up of a signature is none.
    signatures: scope.reference ? 0 : signatures,
    innerHops: rules.countInnerHops ? 0 : innerHops(traffic, scope, ofNumber),
    examples: applied
      .flatMap(({ rule, rows }) => rows.map((row) => exampleOf(traffic, rule, row)))
      .slice(0, EXAMPLES),
  };
}

/** Sums up chains of requests, each of which is an action, by the rule that made one of them. */
class ChainSum {
  readonly figures = { actions: 0, requests: 0, gets: 0, uniqueAddresses: 0, withoutAddress: 0 };
  private readonly byRule = CHAIN_RULES.map(() => ({ actions: 0, requests: 0, rows: [] as RequestIndex[] }));
  private readonly isSeen: Uint8Array;
  private readonly chain: Chain = { rule: 0, requests: 0, gets: 0 };

  constructor(private readonly traffic: Traffic) {
    this.isSeen = new Uint8Array(traffic.clients.size);
  }

  /** row: the chain's first request, which stands in `page` at `at`. */
  add(row: RequestIndex, page: RequestPage, at: number): void {
    const { chain, figures, isSeen } = this;
    readChain(this.traffic.table, row, chain);
    figures.actions++;
    figures.requests += chain.requests;
    figures.gets += chain.gets;
    const rule = this.byRule[chain.rule]!;
    rule.actions++;
    rule.requests += chain.requests;
    // The first, and the latest one so far: examples from both ends of the time.
    rule.rows[Math.min(rule.rows.length, EXAMPLES_OF_RULE - 1)] = row;
    if (page.flags[at]! & FLAG_NO_CLIENT) figures.withoutAddress++;
    else if (isSeen[page.client[at]!] === 0) {
      isSeen[page.client[at]!] = 1;
      figures.uniqueAddresses++;
    }
  }

  /** Rules that made actions, most first. */
  appliedRules() {
    return this.byRule
      .map((sum, rule) => ({ rule: CHAIN_RULES[rule]!, ...sum }))
      .filter(({ actions }) => actions > 0)
      .sort((a, b) => b.actions - a.actions);
  }
}

/** The figure alone, of traffic that was classified otherwise. */
export function countNumber(traffic: Traffic, scope: WhyScope): number {
  const { table, order } = traffic;
  const [from, to] = rangeOf(traffic, scope);
  const ofNumber = new ActionsOfNumber(traffic, scope);
  const hiding = actionFilter(traffic, scope.filter);
  const counted = COUNTED[scope.figure];
  let count = 0;
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    if (!counted[page.action[at]!] || !ofNumber.holds(page, at)) continue;
    if (!hiding || hiding.hides(page, at, row) === 0) count++;
  }
  return count;
}

/** Places in the order of time. */
function rangeOf(traffic: Traffic, { from, to }: WhyScope): [from: number, to: number] {
  return [firstPlaceFrom(traffic, from / 1000), firstPlaceFrom(traffic, to / 1000)];
}

/** Requests that a hop further in logged too: they stand in no order of time while they are set aside. */
function innerHops({ table }: Traffic, scope: WhyScope, ofNumber: ActionsOfNumber): number {
  if (scope.reference) return 0;
  let count = 0;
  for (let row = 0; row < table.length; row++) {
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    if ((page.flags[at]! & (FLAG_BEHIND | FLAG_REMOVED)) !== FLAG_BEHIND) continue;
    const time = table.time(row);
    if (time >= scope.from && time < scope.to && ofNumber.isOfRepository(page, at)) count++;
  }
  return count;
}

function exampleOf(traffic: Traffic, rule: ExampleAction['rule'], first: RequestIndex): ExampleAction {
  const { table, names, nameOf, agents, references } = traffic;
  const page = table.pages[first >>> PAGE_SHIFT]!;
  const at = first & PAGE_MASK;
  const requests: ExampleAction['requests'] = [];
  for (let row = first; row !== NO_REQUEST;) {
    const own = table.pages[row >>> PAGE_SHIFT]!;
    const place = row & PAGE_MASK;
    requests.push({
      time: table.time(row),
      method: own.flags[place]! & FLAG_GET ? 'GET' : 'HEAD',
      reference: references.textOf(own.reference[place]!),
      isDigest: (own.flags[place]! & FLAG_DIGEST) !== 0,
      ...table.placeOf(row),
    });
    row = own.next[place]!;
  }
  return {
    rule,
    action: page.action[at]!,
    repository: repoNameOf(names.textOf(nameOf[page.repository[at]!]!)),
    agent: agents.textOf(page.agent[at]!),
    source: page.flags[at]! & FLAG_NO_CLIENT ? null : { client: page.client[at]!, agent: page.agent[at]! },
    requests,
  };
}
