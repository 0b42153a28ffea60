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
import { type ActionSums, addAction, noActions } from './action-sums.ts';
import { viewOf } from './dashboard.ts';
import { newSums } from './view-sums.ts';

export interface PlainCounts {
  view: DashboardView;
  sums: ActionSums;
}

export function countPlainly(traffic: Traffic, span: DaySpan, step: Step = 'day'): PlainCounts {
  const { table, order, nameOf } = traffic;
  const viewSums = newSums(traffic, span, step);
  const { steps, perStep, actions, trend, trendLength, trendOf } = viewSums;
  const sums = noActions(traffic);
  /** Name and client of each action that has an address. */
  const [pairNames, pairClients] = [
    new Uint32Array(steps.to - steps.from),
    new Uint32Array(steps.to - steps.from),
  ];
  let pairs = 0;
  const seen = new Uint8Array(traffic.clients.size);
  let uniqueAddresses = 0;
  let signatureLookUps = 0;
  for (let i = steps.from; i < steps.to; i++) {
    const row = order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const flags = page.flags[at]!;
    if (flags & FLAG_SIGNATURE) signatureLookUps++;
    const action = page.action[at]!;
    if (action === ACTION_NONE) continue;
    const own = steps.at(i);
    const name = nameOf[page.repository[at]!]!;
    perStep[own * KINDS + action]!++;
    actions[name * KINDS + action]!++;
    if (action !== ACTION_VERSION_CHECK) {
      viewSums.lastPull[name] = i;
      trend[name * trendLength + trendOf[own]!]!++;
    }
    const client = flags & FLAG_NO_CLIENT ? NO_WORD : page.client[at]!;
    addAction(sums, action, name, client, page.agent[at]!);
    if (client === NO_WORD) continue;
    if (seen[client] === 0) {
      seen[client] = 1;
      uniqueAddresses++;
    }
    pairNames[pairs] = name;
    pairClients[pairs++] = client;
  }
  viewSums.addresses = countSeconds(
    pairNames.subarray(0, pairs),
    pairClients.subarray(0, pairs),
    traffic.names.size,
    traffic.clients.size,
  );
  return { view: viewOf(traffic, span, step, viewSums, uniqueAddresses, signatureLookUps), sums };
}
