/**
 * Which requests are set aside because they are seen behind another log. In: hops, and what is known of the files. Out:
 * FLAG_BEHIND on their rows, and how many they are in each file. Which those are: the head of find-hops.ts.
 */
import {
  FLAG_BEHIND,
  FLAG_REMOVED,
  PAGE_MASK,
  PAGE_SHIFT,
  type RequestTable,
} from '../model/request-table.ts';
import { FLAG_NO_CLIENT, FLAG_SIGNATURE } from '../model/segment.ts';
import type { Milliseconds } from '../model/units.ts';
import type { Hop, HopFile } from './find-hops.ts';
import { TOLERANCE } from './hop-overlap.ts';

/** Requests of one file that are seen behind another one. */
export interface BehindTally {
  requests: number;
  /** Look-ups of signatures, and requests without a usable address, among them. */
  signatures: number;
  withoutAddress: number;
  /** Others cover the time of all its requests, so that those whose time is not kept are seen behind them, too. */
  isWhole: boolean;
}

/** Sets the flags of all rows of these files anew; answers the files that have some. */
export function markBehind(table: RequestTable, files: HopFile[], hops: Hop[]): Map<number, BehindTally> {
  const byFile = new Map(files.map((each) => [each.file, each]));
  const tallies = new Map<number, BehindTally>();
  for (const { file, rows, firstRequest, lastRequest } of files) {
    const covered = hops
      .filter(({ inner }) => inner === file)
      .map(({ outer }): [from: Milliseconds, to: Milliseconds] => {
        const { first, last } = byFile.get(outer)!;
        return [first - TOLERANCE, last + TOLERANCE];
      });
    const isWhole = reachOf(covered, firstRequest) >= lastRequest;
    const tally = { requests: 0, signatures: 0, withoutAddress: 0, isWhole };
    for (const [from, to] of rows) {
      for (let row = from; row < to; row++) {
        const page = table.pages[row >>> PAGE_SHIFT]!;
        const at = row & PAGE_MASK;
        page.flags[at]! &= ~FLAG_BEHIND;
        if (covered.length === 0) continue;
        const time = table.time(row);
        const flags = page.flags[at]!;
        if (flags & FLAG_REMOVED || !covered.some(([from, to]) => time >= from && time <= to)) continue;
        page.flags[at] = flags | FLAG_BEHIND;
        tally.requests++;
        if (flags & FLAG_SIGNATURE) tally.signatures++;
        if (flags & FLAG_NO_CLIENT) tally.withoutAddress++;
      }
    }
    if (tally.requests > 0) tallies.set(file, tally);
  }
  return tallies;
}

/** How far these spans of time cover from a moment on without a gap; before it when they do not cover it. */
function reachOf(covered: [from: Milliseconds, to: Milliseconds][], first: Milliseconds): Milliseconds {
  let reach = first - 1;
  for (const [from, to] of [...covered].sort((a, b) => a[0] - b[0]))
    if (from <= reach + 1) reach = Math.max(reach, to);
  return reach;
}
