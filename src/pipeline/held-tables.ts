/**
 * The tables that are held, and what may be shown of them and of the logs together. In: pieces of tables in any order,
 * and traffic. Out: sources, views, rows side by side, and what they add to files. Kept by the analysis. What
 * may be added is resolved once for all spans, when it is first asked for.
 */
import { hubDownloads } from '../actions/hub-downloads.ts';
import { countDays, type DayCounts } from '../aggregates/day-counts.ts';
import { coverageOf, type FullCoverage } from '../aggregates/coverage.ts';
import { countNotDaily } from '../exports/daily-counts.ts';
import type { Counted } from '../exports/index.ts';
import { REPO_TYPES } from '../model/action-rows.ts';
import { type Measure, MEASURES } from '../model/count-rows.ts';
import { MEANINGS } from '../model/meaning.ts';
import type { Problem } from '../model/problem.ts';
import type { CountSource, Figure, ReconcileRow } from '../model/resolved-counts.ts';
import type { SourcesView } from '../model/sources-view.ts';
import type { TableResult } from '../model/table-format.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Milliseconds } from '../model/units.ts';
import type { DaySpan } from '../model/view.ts';
import { joinResults } from '../tables/read-table.ts';
import { sourceOfLogs, sourceOfTable } from '../tables/resolve/count-source.ts';
import { figuresOf } from '../tables/resolve/figures.ts';
import { pairsOf } from '../tables/resolve/pairs.ts';
import { reconcile } from '../tables/resolve/reconcile.ts';
import { repositoriesOf, trendDaysOf } from '../tables/resolve/repositories.ts';
import { resolveCounts } from '../tables/resolve/resolve.ts';
import type { TablePiece } from './parse-table.ts';
import { intervalOfTable } from './table-facts.ts';
import { countedOf, DAILY_SHAPE, type Exported, whatCanBeWritten } from './table-exports.ts';

interface HeldTable {
  name: string;
  /** How many there are; Infinity while the last has not come. */
  all: number;
  /** By place; those of a stopped reading may have gaps. */
  pieces: TableResult[];
  joined: { result: TableResult; source: CountSource | null } | null;
}

interface Combined extends Exported {
  titles: string[];
  logs: DayCounts | null;
  counted: Counted | null;
}

type Interval = { first: Milliseconds; last: Milliseconds };

export class HeldTables {
  private readonly tables = new Map<number, HeldTable>();
  private combined: Combined | null = null;

  get isEmpty(): boolean {
    return this.tables.size === 0;
  }

  /** Whether the table is whole with this piece. */
  add(name: string, { file, index, last, result }: TablePiece): boolean {
    const table = this.tables.get(file) ?? { name, all: Infinity, pieces: [], joined: null };
    table.pieces[index] = result;
    if (last) table.all = index + 1;
    this.tables.set(file, table);
    this.changed();
    return Object.keys(table.pieces).length === table.all;
  }

  /** What there is of a table; null: nothing. */
  resultOf(file: number): TableResult | null {
    const table = this.tables.get(file);
    return table ? this.joinedOf(table).result : null;
  }

  /** Forgets the tables of files from this number on. */
  truncate(first: number): void {
    for (const file of [...this.tables.keys()]) if (file >= first) this.tables.delete(file);
    this.changed();
  }

  /** Logs or rules have changed. */
  changed(): void {
    this.combined = null;
  }

  /** First and last moment of a table; null when it has no time. */
  private intervalOf(file: number): Interval | null {
    const result = this.resultOf(file);
    return !result || Number.isNaN(result.firstTime) ? null : intervalOfTable(result);
  }

  /** What is to be said of a table beyond its rows. */
  problemsOf(file: number): Problem[] {
    const table = this.tables.get(file);
    if (!table || this.joinedOf(table).result.format.id !== 'hub-requests') return [];
    return [
      {
        severity: 'note',
        ...{ file: table.name, line: 0, remedy: '' },
        reason:
          'The log names no files, so what a client asks of a repository within five minutes counts as one download, also of a model.',
      },
    ];
  }

  /** Coverage of the logs and the tables. */
  coverage(ofLogs: Interval[], zone?: string): FullCoverage {
    const ofTables = [...this.tables.keys()].flatMap((file) => this.intervalOf(file) ?? []);
    return coverageOf([...ofLogs, ...ofTables], zone);
  }

  view(traffic: Traffic, span: DaySpan, isAllTime: boolean): SourcesView {
    const combined = this.combine(traffic);
    const { sources, titles, resolution } = combined;
    return {
      span,
      sources: sources.map(({ name }, i) => ({ name, title: titles[i]! })),
      figures: figuresOf(resolution, isAllTime ? null : span).sort(inOrder),
      repositories: repositoriesOf(resolution, span, isAllTime),
      trendDays: trendDaysOf(span),
      problems: resolution.problems,
      pairs: pairsOf(sources),
      notDaily: countNotDaily(resolution),
      canWrite: whatCanBeWritten(combined, span),
    };
  }

  reconcile(traffic: Traffic, a: number, b: number): ReconcileRow[] {
    const { sources, logs } = this.combine(traffic);
    const dropped = traffic.tally.dropped.reduce((sum, [, lines]) => sum + lines, 0);
    // The logs are the first source.
    const facts =
      logs && a === 0
        ? { coverage: traffic.coverage.of, setAside: logs.setAside, droppedByStatus: dropped }
        : null;
    return reconcile(sources[a]!, sources[b]!, facts);
  }

  /** What tables add to files; null: none is held. */
  counted(traffic: Traffic, ofLogs: Interval[]): Counted | null {
    if (this.isEmpty) return null;
    const combined = this.combine(traffic);
    const elsewhere = [...this.tables.keys()].filter(
      (file) => this.resultOf(file)!.format.id !== DAILY_SHAPE,
    );
    return (combined.counted ??= countedOf(
      combined,
      this.coverage(ofLogs),
      coverageOf([...ofLogs, ...elsewhere.flatMap((file) => this.intervalOf(file) ?? [])]),
    ));
  }

  private combine(traffic: Traffic): Combined {
    if (this.combined) return this.combined;
    const logs = traffic.length > 0 ? countDays(traffic) : null;
    const sources = logs ? [sourceOfLogs('', logs.counts, logs.whole)] : [];
    const titles = logs ? [''] : [];
    const actions: Combined['actions'] = logs ? [null] : [];
    for (const [, table] of [...this.tables].sort(([a], [b]) => a - b)) {
      const { result, source } = this.joinedOf(table);
      if (!source) continue;
      sources.push(source);
      titles.push(result.format.title);
      actions.push(result.table.kind === 'actions' ? result.table.rows : null);
    }
    return (this.combined = {
      sources,
      titles,
      actions,
      resolution: resolveCounts(sources),
      logs,
      counted: null,
    });
  }

  private joinedOf(table: HeldTable): NonNullable<HeldTable['joined']> {
    if (table.joined) return table.joined;
    const joined = joinResults(Object.values(table.pieces));
    const { format, table: rows } = joined;
    const result: TableResult =
      rows.kind === 'requests'
        ? { ...joined, table: { kind: 'actions', rows: hubDownloads(rows.rows) } }
        : joined;
    const source = sourceOfTable(table.name, { ...result, format });
    return (table.joined = { result, source });
  }
}

const MEANING_ORDER = [...MEANINGS.keys()];
const MEASURE_ORDER: Measure[] = MEASURES.map(({ id }) => id);

/** Whatever row came first: by meaning, those of the user's own tables last; then by type and measure. */
function inOrder(a: Figure, b: Figure): number {
  const place = ({ meaning }: Figure) => MEANING_ORDER.indexOf(meaning) + 1 || MEANING_ORDER.length + 1;
  return (
    place(a) - place(b) ||
    (a.meaning < b.meaning ? -1 : a.meaning > b.meaning ? 1 : 0) ||
    REPO_TYPES.indexOf(a.repoType) - REPO_TYPES.indexOf(b.repoType) ||
    MEASURE_ORDER.indexOf(a.measure) - MEASURE_ORDER.indexOf(b.measure)
  );
}
