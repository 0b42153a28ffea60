/**
 * Which of the files that are held show the same traffic, and what is set aside for it. In: all rows in order of time, and
 * the files. Out: how many requests of each file do not count, and what the user should know.
 */
import { findHops, type Hop, type HopFile, type OrderedRows } from '../actions/find-hops.ts';
import { type BehindTally, markBehind } from '../actions/mark-behind.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import type { Problem } from '../model/problem.ts';
import type { RequestTable } from '../model/request-table.ts';

const NONE: BehindTally = { requests: 0, signatures: 0, withoutAddress: 0, isWhole: false };

export class FoundHops {
  private hops: Hop[] = [];
  private behind = new Map<number, BehindTally>();

  get isEmpty(): boolean {
    return this.behind.size === 0;
  }

  /** Looks at rows of which none is marked, and marks those that are seen behind another log. */
  find(rows: OrderedRows, files: HopFile[]): void {
    this.hops = findHops(rows, files);
    this.behind = this.hops.length > 0 ? markBehind(rows.table, files, this.hops) : new Map();
  }

  /** Takes the marks off. */
  clear(table: RequestTable, files: HopFile[]): void {
    if (!this.isEmpty) markBehind(table, files, []);
    this.hops = [];
    this.behind = new Map();
  }

  /** What is set aside of a file, by the rules in force. */
  behindOf(file: number, rules: CountingRules): BehindTally {
    return (rules.countInnerHops ? undefined : this.behind.get(file)) ?? NONE;
  }

  /** That other files show the same traffic as this one, in front of it. */
  problemsOf(inner: number, nameOf: (file: number) => string, rules: CountingRules): Problem[] {
    if (!this.behind.has(inner)) return [];
    const found = this.hops.filter((hop) => hop.inner === inner);
    const [first, ...others] = found.map((hop) => nameOf(hop.outer)).sort();
    const outer =
      others.length === 0
        ? first
        : `${first} and ${others.length === 1 ? 'another file' : `${others.length} other files`}`;
    const share = Math.floor(Math.min(...found.map(({ overlap }) => overlap)) * 100);
    return [
      {
        severity: 'note',
        file: nameOf(inner),
        line: 0,
        reason: `${nameOf(inner)} shows the same traffic as ${outer}: ${share} % of the requests are in both.`,
        remedy: rules.countInnerHops
          ? 'Both are counted, because a switch under “How it counts” is on.'
          : `For the time that both cover, only ${outer} ${others.length === 0 ? 'is' : 'are'} counted. A switch under “How it counts” counts both.`,
      },
    ];
  }
}
