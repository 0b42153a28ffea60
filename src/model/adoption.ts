/** How releases were taken up: pulls of each since its first day, for any view to align. */
import type { Day } from './units.ts';

export interface Release {
  /** 1.28.*: a version line; or a tag. */
  name: string;
  /** Tags that are in it, by name: 1.28, 1.28.0, 1.28.1-alpine. */
  tags: string[];
  /** The day on which anybody first pulled it, in all files and without a filter: its day 0. */
  firstDay: Day;
  /** Its day 0 is the first day of the files, so its first pull may have been earlier. */
  isFromStart: boolean;
  /** Pulls by tag that the filter shows, a count for each day from day 0 to the last day of the files. */
  pulls: Uint32Array;
}

/** By the clock of the days shown; of all days of the files, whichever of them are shown. */
export interface Adoption {
  firstDay: Day;
  /** By day: COVERED_*. */
  covered: Uint8Array;
  /** By day: all pulls of the repository that the filter shows, those by digest among them. */
  pulls: Uint32Array;
  /** The newest version first; the first 60 of each. */
  lines: Release[];
  lineCount: number;
  tags: Release[];
  tagCount: number;
}
