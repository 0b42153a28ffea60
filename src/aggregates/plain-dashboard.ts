/**
 * The dashboard's numbers, and what breakdowns are made of, without a filter and before there is an index: the first
 * look. In: Traffic and a span. Out: both, from one pass over the requests in the order of time.
 */
import type { Step } from '../lib/local-time.ts';
import { countSeconds } from '../lib/distinct-pairs.ts';
import {
  ACTION_KINDS as KINDS,
  ACTION_NONE,
  ACTION_VERSION_CHECK,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../model/request-table.ts';
import { FLAG_NO_CLIENT, FLAG_SIGNATURE, NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DashboardView, DaySpan } from '../model/view.ts';
import { type ActionSums, addNames, addSource, clientsOf, noActions } from './action-sums.ts';
import { viewOf } from './dashboard.ts';
import { newSums, type ViewSums } from './view-sums.ts';

export interface PlainCounts {
  view: DashboardView;
  sums: ActionSums;
}

/** Most places that the loop goes through at a time: what is called often is compiled once. */
const AT_ONCE = 4096;

export function countPlainly(traffic: Traffic, span: DaySpan, step: Step = 'day'): PlainCounts {
  const counter = new PlainCounter(traffic, newSums(traffic, span, step));
  const { viewSums, sums } = counter;
  const { from, to } = viewSums.steps;
  for (let first = from; first < to; first += AT_ONCE) counter.count(first, Math.min(to, first + AT_ONCE));
  addNames(sums, viewSums.actions);
  viewSums.addresses = counter.addresses();
  return { view: viewOf(traffic, span, step, viewSums, clientsOf(sums), counter.signatureLookUps), sums };
}

class PlainCounter {
  readonly sums: ActionSums;
  signatureLookUps = 0;
  /** Name and client of each action that has an address. */
  private readonly pairNames: Uint32Array;
  private readonly pairClients: Uint32Array;
  private pairs = 0;

  constructor(
    private readonly traffic: Traffic,
    readonly viewSums: ViewSums,
  ) {
    const { from, to } = viewSums.steps;
    this.sums = noActions(traffic);
    this.pairNames = new Uint32Array(to - from);
    this.pairClients = new Uint32Array(to - from);
  }

  /** Counts places [from, to) of the order of time. */
  count(from: number, to: number): void {
    const { table, order, nameOf } = this.traffic;
    const { steps, perStep, actions, trend, trendLength, trendOf, lastPull } = this.viewSums;
    const { sums, pairNames, pairClients } = this;
    for (let i = from, own = 0, period = 0, end = 0; i < to; i++) {
      const row = order[i]!;
      const page = table.pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      const flags = page.flags[at]!;
      if (flags & FLAG_SIGNATURE) this.signatureLookUps++;
      const action = page.action[at]!;
      if (action === ACTION_NONE) continue;
      if (i >= end) {
        own = steps.at(i);
        period = trendOf[own]!;
        end = steps.ends[own]!;
      }
      const name = nameOf[page.repository[at]!]!;
      perStep[own * KINDS + action]!++;
      actions[name * KINDS + action]!++;
      if (action !== ACTION_VERSION_CHECK) {
        lastPull[name] = i;
        trend[name * trendLength + period]!++;
      }
      const client = flags & FLAG_NO_CLIENT ? NO_WORD : page.client[at]!;
      addSource(sums, action, client, page.agent[at]!);
      if (client === NO_WORD) continue;
      pairNames[this.pairs] = name;
      pairClients[this.pairs++] = client;
    }
  }

  /** Different clients of each name. */
  addresses(): Uint32Array {
    const { names, clients } = this.traffic;
    const { pairNames, pairClients, pairs } = this;
    return countSeconds(
      pairNames.subarray(0, pairs),
      pairClients.subarray(0, pairs),
      names.size,
      clients.size,
    );
  }
}
