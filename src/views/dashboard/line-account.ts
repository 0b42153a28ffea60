/** What became of every line, row by row. In: a tally. Out: fates that add up to the lines read. */
import type { LineTally } from '../../model/view.ts';

export type Fate =
  | 'counted'
  | 'dropped'
  | 'setAside'
  | 'otherFiles'
  | 'loggedTwice'
  | 'behind'
  | 'otherRegistry'
  | 'otherPath'
  | 'applicationMessage'
  | 'blank'
  | 'unreadable';

export const FATES: Fate[] = [
  'counted',
  'dropped',
  'setAside',
  'otherFiles',
  'loggedTwice',
  'behind',
  'otherRegistry',
  'otherPath',
  'applicationMessage',
  'blank',
  'unreadable',
];

export function linesOf(tally: LineTally, fate: Fate): number {
  if (fate !== 'dropped') return tally[fate];
  return tally.dropped.reduce((sum, [, lines]) => sum + lines, 0);
}

/** Those that some line has. */
export function fatesOf(tally: LineTally): Fate[] {
  return FATES.filter((fate) => linesOf(tally, fate) > 0);
}

/** Lines that are about a manifest: behind an action, dropped for their status, or set aside. */
export function manifestRequests(tally: LineTally): number {
  return tally.counted + linesOf(tally, 'dropped') + tally.setAside;
}

/** 0 when the lines add up, as they must. */
export function missingLines(tally: LineTally): number {
  return tally.read - FATES.reduce((sum, fate) => sum + linesOf(tally, fate), 0);
}
