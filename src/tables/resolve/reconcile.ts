/**
 * Two sources of the same days side by side. In: two sources, and what is known of the logs behind the first.
 * Out: per repository, period and measure both counts, the difference (second less first), and its likely reasons.
 * Limits: days of the finer source are added up to the coarser one's periods; reasons are likely, not proven;
 * repositories and measures that only one of them has are left out, and so are days before or after either of them.
 */
import { firstPlace } from '../../lib/first-place.ts';
import { LEVEL_REPOSITORY, type Measure, MEASURES, NO_DAY } from '../../model/count-rows.ts';
import type { CountSource, DifferenceReason, ReconcileRow } from '../../model/resolved-counts.ts';
import type { Day } from '../../model/units.ts';
import { COVERED_NOT, COVERED_WHOLE } from '../../model/view.ts';
import { type Cell, CellReader, type Series, seriesOf } from './cells.ts';

/** What logs tell beside their counts; the first source is theirs. */
export interface LogFacts {
  /** COVERED_* of a day. */
  coverage: (day: Day) => number;
  /** Signature look-ups set aside, of a repository and day. */
  setAside: (repository: string, day: Day) => number;
  /** Manifest requests whose status does not count. */
  droppedByStatus: number;
}

/** Rows with a difference and without, by repository, then period, then measure. */
export function reconcile(a: CountSource, b: CountSource, facts: LogFacts | null = null): ReconcileRow[] {
  const reader = new CellReader([a, b]);
  const bySubject = new Map<string, Series[]>();
  for (const series of seriesOf([a, b])) {
    if (series.level !== LEVEL_REPOSITORY || series.kind !== 'added') continue;
    const key = JSON.stringify([series.repository, measureCompared(series)]);
    const known = bySubject.get(key);
    if (known) known.push(series);
    else bySubject.set(key, [series]);
  }
  const rows = [...bySubject.values()].flatMap((all) => compare(all, reader, facts));
  explainByNeighbours(rows);
  return rows.sort(
    (x, y) => order(x.repository, y.repository) || x.first - y.first || order(x.measure, y.measure),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Downloads stand beside pulls: that they may not mean the same is one of the reasons. */
function measureCompared({ measure }: Series): Measure {
  const { id } = MEASURES[measure]!;
  return id === 'downloads' || id === 'pulls_including_checks' ? 'pulls' : id;
}

function compare(all: Series[], reader: CellReader, facts: LogFacts | null): ReconcileRow[] {
  const measure = measureCompared(all[0]!);
  // The first that a source has: a file that tells downloads and downloads with checks is compared by the former.
  const [ofA, ofB] = [0, 1].map((source) => all.find(({ rows }) => rows.has(source)));
  if (!ofA || !ofB) return [];
  const [mine, theirs] = [dated(reader.cellsOf(ofA, 0)), dated(reader.cellsOf(ofB, 1))];
  const sameMeaning = ofA.meaning === ofB.meaning && ofA.measure === ofB.measure;
  return periodsOf(mine, theirs).flatMap(({ first, last }): ReconcileRow[] => {
    const [inA, inB] = [within(mine, first, last), within(theirs, first, last)];
    if (inA.length + inB.length === 0) return [];
    const [countA, countB] = [sum(inA), sum(inB)];
    const difference = countB - countA;
    const { repository } = ofA;
    const row = { repository, first, last, measure, a: countA, b: countB, difference };
    return [{ ...row, reasons: difference === 0 ? [] : reasonsOf(row, inA, inB, sameMeaning, facts) }];
  });
}

/** By time. */
function dated(cells: Cell[]): Cell[] {
  return cells.filter(({ first }) => first !== NO_DAY).sort((a, b) => a.first - b.first);
}

/** The cells that lie in a period. */
function within(cells: readonly Cell[], first: Day, last: Day): Cell[] {
  const found: Cell[] = [];
  const begin = firstPlace(cells.length, (place) => cells[place]!.first >= first);
  for (let at = begin; at < cells.length && cells[at]!.first <= last; at++) {
    if (cells[at]!.last <= last) found.push(cells[at]!);
  }
  return found;
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((total, { count }) => total + count, 0);
}

/** The coarser periods, and the finer ones outside of all coarser ones; only days that both sources reach. */
function periodsOf(a: readonly Cell[], b: readonly Cell[]): { first: Day; last: Day }[] {
  if (a.length === 0 || b.length === 0) return [];
  const begin = Math.max(...[a, b].map((cells) => Math.min(...cells.map(({ first }) => first))));
  const end = Math.min(...[a, b].map((cells) => Math.max(...cells.map(({ last }) => last))));
  const both = [...a, ...b].filter(({ first, last }) => last >= begin && first <= end);
  const long: { first: Day; last: Day }[] = [];
  for (const { first, last } of both.sort((x, y) => y.last - y.first - (x.last - x.first))) {
    if (first === last) break;
    if (!long.some((period) => period.first <= last && period.last >= first)) long.push({ first, last });
  }
  const days = new Set(both.filter(({ first, last }) => first === last).map(({ first }) => first));
  for (const { first, last } of long) for (let day = first; day <= last; day++) days.delete(day);
  return [...long, ...[...days].map((day) => ({ first: day, last: day }))];
}

function reasonsOf(
  { repository, first, last, difference }: Pick<ReconcileRow, 'repository' | 'first' | 'last' | 'difference'>,
  inA: readonly Cell[],
  inB: readonly Cell[],
  sameMeaning: boolean,
  facts: LogFacts | null,
): DifferenceReason[] {
  const reasons: DifferenceReason[] = [];
  if (!sameMeaning) reasons.push('meaning');
  const days = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const covered = facts ? days.map(facts.coverage) : [];
  // Logs that cover a day and hold nothing of a repository say that there was nothing.
  const lacksA = facts ? covered.includes(COVERED_NOT) : inA.length === 0;
  if (lacksA || inB.length === 0) reasons.push('missing-days');
  if (covered.some((each) => each !== COVERED_NOT && each !== COVERED_WHOLE)) reasons.push('missing-hours');
  if (facts && difference > 0) {
    const setAside = days.reduce((total, day) => total + facts.setAside(repository, day), 0);
    if (setAside > 0) reasons.push('set-aside');
    if (facts.droppedByStatus > 0) reasons.push('statuses');
  }
  // Fewer than the clients made: what a cache answered, or what was folded behind one address.
  if (difference > 0) reasons.push('shared-address-or-cache');
  return reasons;
}

/** Reasons that show in other rows of the repository only. */
function explainByNeighbours(rows: ReconcileRow[]): void {
  const byPlace = new Map(rows.map((row) => [JSON.stringify([row.repository, row.first, row.measure]), row]));
  const at = (repository: string, first: Day, measure: Measure) =>
    byPlace.get(JSON.stringify([repository, first, measure]))?.difference ?? 0;
  for (const { repository, first, last, measure, difference, reasons } of rows) {
    if (difference === 0) continue;
    const around =
      first === last ? [at(repository, first - 1, measure), at(repository, first + 1, measure)] : [];
    // Opposite, and of about the same size.
    const isMoved = around.some(
      (other) => other * difference < 0 && Math.abs(other + difference) * 2 <= Math.abs(difference),
    );
    if (isMoved) reasons.unshift('day-border');
    const partner = measure === 'version_checks' ? 'pulls' : measure === 'pulls' ? 'version_checks' : null;
    if (partner && at(repository, first, partner) * difference < 0) reasons.unshift('folding');
  }
}
