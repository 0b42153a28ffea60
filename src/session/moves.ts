/**
 * What moved between two periods. In: the views and breakdowns of both. Out: for repositories and facets the values that
 * gained or lost most, largest difference first. Pulls alone are compared; where there are none, downloads from hubs.
 */
import type { Breakdown, Breakdowns, DashboardView } from '../model/view.ts';

export const MOVE_FACETS = ['repository', 'client', 'country', 'cloud', 'use'] as const;
export type MoveFacet = (typeof MOVE_FACETS)[number];

/** One value: how much it had, and has. */
export interface Move {
  value: string;
  before: number;
  now: number;
}

export interface Period {
  view: DashboardView;
  breakdowns: Breakdowns;
}

export interface Moves {
  measure: 'pulls' | 'downloads';
  whole: Move;
  by: Record<MoveFacet, Move[]>;
}

export function movesBetween(before: Period, now: Period): Moves {
  const measure = before.breakdowns.pulls + now.breakdowns.pulls > 0 ? 'pulls' : 'downloads';
  const countOf = (values: Breakdown) => new Map(values.values.map((each) => [each.value, each[measure]]));
  const facet = (name: Exclude<MoveFacet, 'repository'>) =>
    ranked(countOf(before.breakdowns.by[name]), countOf(now.breakdowns.by[name]));
  return {
    measure,
    whole: { value: '', before: before.breakdowns[measure], now: now.breakdowns[measure] },
    by: {
      repository: ranked(countsByRepository(before.view, measure), countsByRepository(now.view, measure)),
      client: facet('client'),
      country: facet('country'),
      cloud: facet('cloud'),
      use: facet('use'),
    },
  };
}

export function differenceOf({ before, now }: Move): number {
  return now - before;
}

function countsByRepository({ repositories }: DashboardView, measure: Moves['measure']): Map<string, number> {
  const counts = new Map<string, number>();
  for (let row = 0; row < repositories.length; row++) {
    const count =
      measure === 'pulls'
        ? repositories.pullsByTag[row]! + repositories.pullsByDigest[row]!
        : repositories.downloads[row]!;
    const name = repositories.names[row]!;
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return counts;
}

/** Values that differ, the largest difference first; of equal ones the larger, then by name. */
function ranked(before: Map<string, number>, now: Map<string, number>): Move[] {
  const moves: Move[] = [];
  for (const value of new Set([...before.keys(), ...now.keys()])) {
    const move = { value, before: before.get(value) ?? 0, now: now.get(value) ?? 0 };
    if (differenceOf(move) !== 0) moves.push(move);
  }
  return moves.sort(
    (a, b) =>
      Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)) ||
      b.now - a.now ||
      (a.value < b.value ? -1 : a.value > b.value ? 1 : 0),
  );
}
