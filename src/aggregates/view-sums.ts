/**
 * What a dashboard is made of: sums by step of the span (a day or an hour) and by repository. In: Traffic and a span.
 * Out: sums of nothing, to be counted into.
 */
import type { Step } from '../lib/local-time.ts';
import { ACTION_KINDS as KINDS } from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import { TimeSteps } from './time-steps.ts';

/** Most steps of a repository's trend. */
const TREND_STEPS = 60;
export const NO_PLACE = 0xffffffff;

/** By repository is by its number in Traffic.names. */
export interface ViewSums {
  steps: TimeSteps;
  days: number;
  /** Days of a step of the trend, and steps. */
  trendDays: number;
  trendLength: number;
  /** By step of time, the step of the trend. */
  trendOf: Uint8Array;
  /** [step * KINDS + ACTION_*] */
  perStep: Uint32Array;
  /** [name * KINDS + ACTION_*] */
  actions: Uint32Array;
  addresses: Uint32Array;
  /** Place of the last pull in the order of time; NO_PLACE when there is none. */
  lastPull: Uint32Array;
  trend: Uint32Array;
}

export function newSums(traffic: Traffic, span: DaySpan, step: Step): ViewSums {
  const { names } = traffic;
  const steps = new TimeSteps(traffic, span, step);
  const days = span.last - span.first + 1;
  const trendDays = Math.ceil(days / TREND_STEPS);
  const trendLength = Math.ceil(days / trendDays);
  return {
    steps,
    days,
    trendDays,
    trendLength,
    trendOf: Uint8Array.from(steps.dayOf, (day) => Math.floor(day / trendDays)),
    perStep: new Uint32Array(steps.count * KINDS),
    actions: new Uint32Array(names.size * KINDS),
    addresses: new Uint32Array(names.size),
    lastPull: new Uint32Array(names.size).fill(NO_PLACE),
    trend: new Uint32Array(names.size * trendLength),
  };
}
