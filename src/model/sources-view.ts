/** What the page shows of all sources together: tables, and the logs as one of them. */
import type { RepoType } from './action-rows.ts';
import type { Measure } from './count-rows.ts';
import type { Problem } from './problem.ts';
import type { Figure } from './resolved-counts.ts';
import type { Day } from './units.ts';
import type { DaySpan, ExportKind } from './view.ts';

/** One repository, of one meaning. */
export interface SourceRepository {
  name: string;
  repoType: RepoType;
  meaning: string;
  /** LEVEL_NAMESPACE or LEVEL_PUBLISHER where nothing finer is known. */
  level: number;
  /** What `count` counts. */
  measure: Measure;
  count: number;
  /** Version checks in the span; null when no source tells. */
  checks: number | null;
  /** The latest total that a hub states, of all time; null when none does. */
  stated: number | null;
  /** Last day with a count; null without dates. */
  lastDay: Day | null;
  trend: Uint32Array;
  /** Places in SourcesView.sources. */
  sources: number[];
}

export interface SourcesView {
  span: DaySpan;
  /** File names, and what they are; the logs stand for all of their files. */
  sources: { name: string; title: string }[];
  figures: Figure[];
  /** By type, then name. */
  repositories: SourceRepository[];
  trendDays: number;
  /** What was counted once, set aside, or cannot be combined. */
  problems: Problem[];
  /** Sources that tell of the same days, so that they can be laid side by side. */
  pairs: [a: number, b: number][];
  /** Counts that a file by days cannot hold: of weeks or months, or of another meaning. */
  notDaily: number;
  /** Whether each file to take along would hold a row. */
  canWrite: Record<ExportKind, boolean>;
}
