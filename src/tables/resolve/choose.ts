/**
 * Several sources that tell the same period of a repository. In: cells by source. Out: one cell a period.
 * Between kinds of source the more exact one counts: logs, then actions, then days, then summaries. Between files of one
 * kind: Docker splits large exports into several files, and people keep exports whose days overlap. Two files whose
 * common periods mostly hold the same rows are copies, and count once; otherwise they are parts, and are added.
 */
import { LEVEL_PART } from '../../model/count-rows.ts';
import { type CountSource, LOGS } from '../../model/resolved-counts.ts';
import { add, type Cell } from './cells.ts';

/** The more exact first; what is not listed comes last. */
const RANKS = [
  LOGS,
  'docker-actions',
  'hub-daily',
  'running-totals',
  'docker-publisher-summary',
  'docker-summary',
  'docker-publisher-trends',
];
/** Exports that may come in several files. */
const SPLIT_INTO_FILES = new Set([
  'docker-actions',
  'docker-summary',
  'docker-publisher-trends',
  'docker-publisher-companies',
  'docker-usage',
]);

/** How much of what two files of one kind both tell is told alike. */
interface Likeness {
  equal: number;
  different: number;
}

export class Relations {
  private readonly likeness = new Map<string, Likeness>();

  constructor(private readonly sources: readonly CountSource[]) {}

  /** Files of one kind that can be parts of one export. */
  canBeParts(a: number, b: number): boolean {
    const [one, other] = [this.sources[a]!, this.sources[b]!];
    return one.format === other.format && one.meaning === other.meaning && SPLIT_INTO_FILES.has(one.format);
  }

  compare(a: number, mine: Cell, b: number, other: Cell): void {
    if (mine.level !== LEVEL_PART || other.level !== LEVEL_PART) return;
    const key = pairKey(a, b);
    const likeness = this.likeness.get(key) ?? { equal: 0, different: 0 };
    likeness[isEqual(mine, other) ? 'equal' : 'different'] += Math.max(mine.count, other.count);
    this.likeness.set(key, likeness);
  }

  areParts(a: number, b: number): boolean {
    const likeness = this.likeness.get(pairKey(a, b));
    return this.canBeParts(a, b) && likeness !== undefined && likeness.different > likeness.equal;
  }

  rank(source: number): number {
    const rank = RANKS.indexOf(this.sources[source]!.format);
    return rank < 0 ? RANKS.length : rank;
  }
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function isEqual(a: Cell, b: Cell): boolean {
  return a.count === b.count && a.fingerprint === b.fingerprint;
}

export interface Chosen {
  cell: Cell;
  /** Sources that were not counted, and whether they tell another count. */
  aside: { source: number; differs: boolean }[];
  /** Sources that were added as further parts. */
  parts: number[];
}

/** One cell for a period that several sources tell. `candidates`: at most one a source. */
export function chooseCell(
  candidates: readonly { source: number; cell: Cell }[],
  relations: Relations,
): Chosen {
  const [best, ...others] = [...candidates].sort(
    (a, b) =>
      relations.rank(a.source) - relations.rank(b.source) ||
      // The repository's own row before the sum of rows that may not be all.
      a.cell.level - b.cell.level ||
      a.source - b.source,
  ) as [(typeof candidates)[number], ...(typeof candidates)[number][]];
  let cell: Cell = { ...best.cell };
  const parts = others.filter(
    ({ source, cell: { level } }) =>
      best.cell.level === LEVEL_PART && level === LEVEL_PART && relations.areParts(best.source, source),
  );
  const rest = others.filter((each) => !parts.includes(each));
  for (const part of parts) add(cell, part.cell);
  const aside: Chosen['aside'] = [];
  for (const { source, cell: other } of rest) {
    const differs = other.count !== cell.count;
    // Of the same kind of file the larger count is the later one, or the one that is not cut off.
    const isSameKind = relations.rank(source) === relations.rank(best.source) && other.level === cell.level;
    if (isSameKind && other.count > cell.count && parts.length === 0) {
      aside.push({ source: cell.sources[0]!, differs });
      cell = { ...other };
    } else aside.push({ source, differs });
  }
  return { cell, aside, parts: parts.map(({ source }) => source) };
}
