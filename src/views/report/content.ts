/** What a report is made of, and what personal data a person puts in. */
import type { WeekStart } from '../../lib/calendar.ts';
import type { Filter } from '../../model/filter.ts';
import type { CountingRules } from '../../model/counting-rules.ts';
import type { SourcesView } from '../../model/sources-view.ts';
import type { Milliseconds } from '../../model/units.ts';
import type { Breakdowns, DashboardView, ReadReport, RepositoryDetail } from '../../model/view.ts';
import type { DayNote } from '../../session/day-notes.svelte.ts';
import type { Grain } from '../../session/grain.ts';

/** Personal data that a report may hold; without a wish it holds none. */
export interface Included {
  fileNames: boolean;
  digests: boolean;
  /** User agents that tell no known program. */
  agents: boolean;
  /** Names of the person's own networks. */
  networks: boolean;
  /** What the person wrote to days. */
  notes: boolean;
}
export const NOTHING_PERSONAL: Included = {
  fileNames: false,
  digests: false,
  agents: false,
  networks: false,
  notes: false,
};

export interface ReportContent {
  report: ReadReport;
  view: DashboardView;
  breakdowns: Breakdowns | null;
  filter: Filter;
  rules: CountingRules;
  grain: Grain;
  weekStart: WeekStart;
  tables: SourcesView | null;
  /** Tags and digests of some repositories. */
  details: readonly RepositoryDetail[];
  /** Of the days shown. */
  notes: readonly DayNote[];
  isSample: boolean;
  madeAt: Milliseconds;
}
