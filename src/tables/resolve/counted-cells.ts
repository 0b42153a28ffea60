/**
 * Which rows of a source the resolution counts: for files that list rows, not sums. In: a resolution. Out: whether a row
 * of a source, by its repository, type, measure and period, is in a cell that counts.
 * Limits: a cell of which finer ones were taken off is no sum of its rows any more: its rows are in none.
 */
import { wordOf } from '../../lib/column-builder.ts';
import { REPO_TYPES } from '../../model/action-rows.ts';
import { LEVEL_REPOSITORY, MEASURES } from '../../model/count-rows.ts';
import { FLAG_REMAINDER, type Resolution } from '../../model/resolved-counts.ts';
import type { Day } from '../../model/units.ts';
import { periodKey } from './cells.ts';

const UNTYPED = REPO_TYPES.indexOf('');

export class CountedCells {
  private readonly repositories = new Map<string, number>();
  private readonly periods = new Map<number, number>();
  /** By source. */
  private readonly cells: Set<number>[] = [];

  constructor({ rows: { columns, length, words }, sourceSets }: Resolution) {
    for (let row = 0; row < length; row++) {
      if (columns.level[row] !== LEVEL_REPOSITORY || columns.flags[row]! & FLAG_REMAINDER) continue;
      const name = wordOf(words, columns.repository[row]!);
      const repository = numberFor(this.repositories, name);
      const period = numberFor(this.periods, periodKey(columns.firstDay[row]!, columns.lastDay[row]!));
      const key = keyOf(repository, period, columns.repoType[row]!, columns.measure[row]!);
      for (const source of sourceSets[columns.sources[row]!]!) (this.cells[source] ??= new Set()).add(key);
    }
  }

  /** Of one source, whose texts have these numbers: whether a row counts. */
  of(source: number, words: readonly string[]) {
    const cells = this.cells[source] ?? new Set<number>();
    const repositories = words.map((word) => this.repositories.get(word) ?? -1);
    return (word: number, repoType: number, measure: number, first: Day, last: Day): boolean => {
      const repository = repositories[word] ?? this.repositories.get('') ?? -1;
      const period = this.periods.get(periodKey(first, last)) ?? -1;
      const has = (type: number) => cells.has(keyOf(repository, period, type, measure));
      if (repository < 0 || period < 0) return false;
      // What names no type was given the one that the repository has elsewhere.
      return has(repoType) || (repoType === UNTYPED && REPO_TYPES.some((_, type) => has(type)));
    };
  }
}

function numberFor<Key>(numbers: Map<Key, number>, key: Key): number {
  let number = numbers.get(key);
  if (number === undefined) numbers.set(key, (number = numbers.size));
  return number;
}

function keyOf(repository: number, period: number, repoType: number, measure: number): number {
  // Below 2 ** 53 for millions of repositories and 2 ** 20 periods.
  return ((repository * 2 ** 20 + period) * REPO_TYPES.length + repoType) * MEASURES.length + measure;
}
