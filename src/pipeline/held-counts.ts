/**
 * Answers that the dashboard begins with. In: Traffic, a span and a filter. Out: views and breakdowns. The first figures
 * and breakdowns come from one pass over the requests; the index is made for what is asked after them.
 */
import type { KeptClients } from '../actions/kept-clients.ts';
import { OwnPushes } from '../actions/own-pushes.ts';
import { type ActionIndex, indexActions } from '../aggregates/action-index.ts';
import type { ActionSums } from '../aggregates/action-sums.ts';
import { breakdowns, breakdownsOf } from '../aggregates/breakdown.ts';
import { dashboardView } from '../aggregates/dashboard.ts';
import { Hammerings } from '../aggregates/hammering.ts';
import { LastUses } from '../aggregates/last-use.ts';
import { noiseCounts } from '../aggregates/noise.ts';
import { countPlainly } from '../aggregates/plain-dashboard.ts';
import type { Step } from '../lib/local-time.ts';
import { type Filter, isFiltered } from '../model/filter.ts';
import type { KeptPushes } from '../model/kept-file.ts';
import type { Hammering } from '../model/hammering.ts';
import type { LastUse } from '../model/last-use.ts';
import type { NoiseCounts } from '../model/noise.ts';
import type { Segment } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Breakdowns, DashboardView, DaySpan } from '../model/view.ts';

export class HeldCounts {
  readonly pushes: OwnPushes;
  private index: ActionIndex | null = null;
  private lastUses: LastUses | null = null;
  private hammerings: Hammerings | null = null;
  /** What the last pass without an index has summed up. */
  private plain: { span: string; sums: ActionSums } | null = null;

  constructor(keptClients: KeptClients) {
    this.pushes = new OwnPushes(keptClients);
  }

  /** Rows or rules have changed. */
  forget(): void {
    this.pushes.changed();
    this.index = null;
    this.lastUses = null;
    this.hammerings = null;
    this.plain = null;
  }

  takePushes(segment: Segment): void {
    if (segment.pushes.length === 0) return;
    this.pushes.take(segment);
    this.forget();
  }

  restorePushes(file: number, pushes: KeptPushes): void {
    if (pushes.length === 0) return;
    this.pushes.restore(file, pushes);
    this.forget();
  }

  indexOf(traffic: Traffic): ActionIndex {
    return (this.index ??= indexActions(traffic));
  }

  indexed(traffic: Traffic): [Traffic, ActionIndex] {
    return [traffic, this.indexOf(traffic)];
  }

  view(traffic: Traffic, span: DaySpan, filter: Filter, step: Step): DashboardView {
    if (this.index || isFiltered(filter))
      return dashboardView(traffic, this.indexOf(traffic), span, filter, step);
    const { view, sums } = countPlainly(traffic, span, step);
    this.plain = { span: keyOf(span), sums };
    return view;
  }

  breakdowns(traffic: Traffic, span: DaySpan, filter: Filter): Breakdowns {
    if (this.plain?.span === keyOf(span) && !isFiltered(filter))
      return breakdownsOf(traffic, this.plain.sums, filter);
    return breakdowns(traffic, this.indexOf(traffic), span, filter);
  }

  lastUse(traffic: Traffic, filter: Filter): LastUse {
    this.lastUses ??= new LastUses(this.indexOf(traffic));
    return this.lastUses.of(traffic, filter);
  }

  hammering(traffic: Traffic, span: DaySpan, filter: Filter): Hammering {
    this.hammerings ??= new Hammerings(this.indexOf(traffic));
    return this.hammerings.of(traffic, span, filter);
  }

  noise(traffic: Traffic, span: DaySpan, filter: Filter): NoiseCounts {
    return noiseCounts(traffic, this.indexOf(traffic), span, filter);
  }
}

const keyOf = ({ first, last, zone }: DaySpan) => `${first} ${last} ${zone ?? ''}`;
