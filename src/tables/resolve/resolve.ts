/**
 * What may be added of all that was read. In: sources. Out: rows of which none restates another, and in words what was
 * counted once, set aside, or stands apart. The rules: one meaning and measure at a time; one level (see LEVEL_*); one
 * source a repository and period (choose.ts); the finer of overlapping periods (overlaps.ts); running totals once, the
 * latest; counts without dates by themselves.
 */
import { RowBuilder } from '../../lib/column-builder.ts';
import { LEVEL_REPOSITORY, NO_DAY } from '../../model/count-rows.ts';
import { type CountSource, RESOLVED_COLUMNS, type Resolution } from '../../model/resolved-counts.ts';
import type { DaySpan } from '../../model/view.ts';
import { type Cell, CellReader, periodKey, type Series, seriesOf } from './cells.ts';
import { chooseCell, Relations } from './choose.ts';
import { settleOverlaps } from './overlaps.ts';
import { Findings } from './findings.ts';

export function resolveCounts(sources: readonly CountSource[]): Resolution {
  const allSeries = seriesOf(sources);
  const reader = new CellReader(sources);
  const relations = relationsOf(sources, allSeries, reader);
  const findings = new Findings(sources);
  const output = new Output();
  // Finer levels first: where a repository is known, its namespace restates it.
  for (const series of [...allSeries].sort((a, b) => b.level - a.level)) {
    // How many distinct clients a namespace has, its repositories do not tell.
    const isOwn = series.level === LEVEL_REPOSITORY || series.kind === 'distinct';
    const isUsed = isOwn || !findings.isRestated(series);
    if (!isUsed) findings.restatedLevel(series);
    else output.add(series, cellsThatCount(series, reader, relations, findings, sources));
    if (isUsed) findings.saw(series);
  }
  findings.meanings(allSeries);
  return { rows: output.rows.finish(), sourceSets: output.sourceSets, problems: findings.problems() };
}

/** Compares files of one kind, everywhere they tell the same period. */
function relationsOf(sources: readonly CountSource[], all: readonly Series[], reader: CellReader): Relations {
  const relations = new Relations(sources);
  for (const series of all) {
    const places = [...series.rows.keys()];
    if (
      series.kind !== 'added' ||
      !places.some((a) => places.some((b) => a !== b && relations.canBeParts(a, b)))
    ) {
      continue;
    }
    for (const candidates of byPeriod(series, reader).values()) {
      candidates.forEach(({ source: a, cell: mine }, i) => {
        for (const { source: b, cell: other } of candidates.slice(i + 1)) {
          if (relations.canBeParts(a, b)) relations.compare(a, mine, b, other);
        }
      });
    }
  }
  return relations;
}

type Candidates = { source: number; cell: Cell }[];

function byPeriod(series: Series, reader: CellReader): Map<number, Candidates> {
  const periods = new Map<number, Candidates>();
  for (const source of series.rows.keys()) {
    for (const cell of reader.cellsOf(series, source)) {
      const key = periodKey(cell.first, cell.last);
      const candidates = periods.get(key);
      if (candidates) candidates.push({ source, cell });
      else periods.set(key, [{ source, cell }]);
    }
  }
  return periods;
}

function cellsThatCount(
  series: Series,
  reader: CellReader,
  relations: Relations,
  findings: Findings,
  sources: readonly CountSource[],
): Cell[] {
  if (series.kind === 'running') return latest(series, reader);
  const dated: Cell[] = [];
  const undated: Cell[] = [];
  for (const candidates of byPeriod(series, reader).values()) {
    if (candidates[0]!.cell.first === NO_DAY) {
      // Whether they are of the same days is not known.
      undated.push(...candidates.map(({ cell }) => cell));
      continue;
    }
    if (candidates.length === 1) {
      dated.push(candidates[0]!.cell);
      continue;
    }
    const chosen = chooseCell(candidates, relations);
    dated.push(chosen.cell);
    findings.chose(series, chosen);
  }
  if (series.kind === 'distinct') return [...dated, ...undated];
  const covered: DaySpan[] = [...series.rows.keys()].flatMap((source) => sources[source]!.covered);
  const settled = settleOverlaps(dated, covered);
  findings.settled(series, settled);
  return [...settled.kept, ...undated];
}

/** The total stated last; of one day the larger. */
function latest(series: Series, reader: CellReader): Cell[] {
  const cells = [...series.rows.keys()].flatMap((source) => reader.cellsOf(series, source));
  return cells.sort((a, b) => b.last - a.last || b.count - a.count).slice(0, 1);
}

class Output {
  readonly rows = new RowBuilder(RESOLVED_COLUMNS);
  readonly sourceSets: number[][] = [];
  private readonly sets = new Map<string, number>();

  add({ meaning, repository, repoType, level, measure }: Series, cells: readonly Cell[]): void {
    for (const { first, last, count, flags, sources } of [...cells].sort((a, b) => a.first - b.first)) {
      const row = this.rows.next();
      const { columns } = this.rows;
      columns.meaning[row] = this.rows.word(meaning);
      columns.repository[row] = this.rows.word(repository);
      columns.repoType[row] = repoType;
      columns.level[row] = level;
      columns.firstDay[row] = first;
      columns.lastDay[row] = last;
      columns.measure[row] = measure;
      columns.count[row] = count;
      columns.flags[row] = flags;
      columns.sources[row] = this.setOf(sources);
    }
  }

  private setOf(sources: readonly number[]): number {
    const key = sources.join();
    let set = this.sets.get(key);
    if (set === undefined) {
      set = this.sourceSets.push([...sources]) - 1;
      this.sets.set(key, set);
    }
    return set;
  }
}
