/**
 * What is shown first of files that are kept, kept beside them: all of the time, without a filter. It is shown until the
 * files themselves are opened again. It holds no address, and no text of a line.
 */
import type { Step } from '../lib/local-time.ts';
import type { Breakdowns, Calendar, DashboardView, DaySpan, ReadReport } from './view.ts';

/** How all time is asked for: by which clock, and in which steps. */
export interface FirstQuestion {
  span: DaySpan;
  step: Step;
}

export interface FirstFigures {
  asked: FirstQuestion;
  report: ReadReport;
  /** As the span's zone has it. */
  calendar: Calendar;
  view: DashboardView;
  breakdowns: Breakdowns;
}

/** The same as bytes (lib/packed.ts), with what tells whether it is still right. */
export interface KeptFigures {
  /** By what the figures were counted: build, rules, rules of use. */
  countedBy: string;
  /** Of the files, in order. */
  keys: string[];
  bytes: Uint8Array<ArrayBuffer>;
}
