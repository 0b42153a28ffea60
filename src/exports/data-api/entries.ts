/**
 * Docker's DVP Data API as files. In: what is held, and a wish. Out: entries whose paths are the API's addresses below
 * its base. Source: the API's published OpenAPI description, 1.0.0. Weeks are ISO weeks, of their ISO year.
 * A url is relative to the address of the answer that holds it, unless it was said where the files will be served from.
 * Limits: a static host takes no query and no login, so /pulls always answers whole months by repository, and nothing is
 * protected. The description does not say what pullCount counts: here, pulls without version checks. Tables name no
 * addresses: pulls that they are part of have no ipCount.
 */
import { isoDay } from '../../lib/calendar.ts';
import { isoWeek, monthOf, yearOf } from '../../lib/iso-week.ts';
import { type DataApiJob, type FileSort, kindOfSort, MOST_EXCEL_ROWS } from '../../model/export-job.ts';
import type { Filter } from '../../model/filter.ts';
import { rangeOfSpan } from '../../model/time-range.ts';
import type { Traffic } from '../../model/traffic.ts';
import type { Bytes } from '../../model/units.ts';
import type { ExportRequest } from '../../model/view.ts';
import type { RowSource } from '../csv.ts';
import { tableEntries, Watch } from '../entries.ts';
import { type Counted, countedFor, coverageOfExport, exportFileName, type ExportSource } from '../index.ts';
import { compareCodePoints } from '../name-parts.ts';
import { type Period, periodsIn } from '../periods.ts';
import { openRaw, type Places } from '../raw.ts';
import { STYLES } from '../style.ts';
import { rowsAsSource, summaryRows } from '../summary.ts';
import type { SummaryRow } from '../summary-rows.ts';
import { TableActions } from '../table-actions.ts';
import type { ZipEntry } from '../zip.ts';
import { folderAnswer, leafAnswer, NO_NAMESPACE, segmentOf } from './answers.ts';
import { placesByNamespace } from './by-namespace.ts';
import { Catalogue } from './catalogue.ts';

const VIEWS = ['raw', 'summary', 'repo-summary', 'namespace-summary'] as const satisfies FileSort[];
type View = (typeof VIEWS)[number];

/** Each passes over the rows of a period about as often. */
const PASSES = 5;
const NOWHERE: Places = { from: 0, to: 0, list: new Uint32Array() };

export interface PlannedPeriod extends Period {
  weight: number;
}

export function planDataApi(source: ExportSource, job: DataApiJob): PlannedPeriod[] {
  const { traffic } = source;
  const coverage = coverageOfExport(source, job.filter);
  return (['month', 'week'] as const).flatMap((kind) =>
    periodsIn(job.span, coverage, kind).map((period) => {
      const [from, to] = rangeOfSpan(traffic, period.span);
      return { ...period, weight: (to - from + 1) * PASSES };
    }),
  );
}

export function* dataApiEntries(
  source: ExportSource,
  job: DataApiJob,
  planned: readonly PlannedPeriod[],
  watch: Watch,
): Generator<ZipEntry> {
  const catalogue = new Catalogue();
  for (const period of planned) yield* periodFiles(source, job, period, catalogue, watch);
  yield* catalogue.entries();
  watch.leftOut.push(...[...catalogue.leftOut].sort(compareCodePoints));
}

/** Number of a period in its year, and the folder that stands for it. */
function placeOf({ kind, span }: Period): { year: number; number: number; folder: 'months' | 'weeks' } {
  if (kind === 'month') return { year: yearOf(span.first), number: monthOf(span.first), folder: 'months' };
  const { year, week } = isoWeek(span.first);
  return { year, number: week, folder: 'weeks' };
}

/** What the files of a period are made of, by namespace. */
class PeriodRows {
  private readonly places: ReadonlyMap<string, Places>;
  private readonly ofTables: ReadonlyMap<string, TableActions>;
  private readonly summaries: ReadonlyMap<View, Map<string, SummaryRow[]>>;

  constructor(
    private readonly traffic: Traffic,
    counted: Counted | null,
    { span }: Period,
    filter: Filter,
  ) {
    this.places = placesByNamespace(traffic, span, filter);
    this.ofTables = TableActions.byNamespace(counted?.actions ?? [], span);
    this.summaries = new Map(
      VIEWS.slice(1).map((view) => {
        const { level } = kindOfSort(view);
        const added = counted?.besideLogs(span, level).counts ?? [];
        return [view, rowsByNamespace(summaryRows(traffic, { level, span, filter }, added))] as const;
      }),
    );
  }

  namespaces(): string[] {
    const all = [this.places, this.ofTables, ...this.summaries.values()].flatMap((each) => [...each.keys()]);
    return [...new Set(all)].sort(compareCodePoints);
  }

  open(view: View, namespace: string, request: ExportRequest): RowSource {
    const style = STYLES.standard;
    if (view !== 'raw') return rowsAsSource(this.summary(view, namespace), request.level, style);
    const ofTables = this.ofTables.get(namespace) ?? null;
    return openRaw(this.traffic, request, style, ofTables, this.places.get(namespace) ?? NOWHERE);
  }

  summary(view: View, namespace: string): SummaryRow[] {
    return this.summaries.get(view)!.get(namespace) ?? [];
  }
}

function* periodFiles(
  source: ExportSource,
  job: DataApiJob,
  period: PlannedPeriod,
  catalogue: Catalogue,
  watch: Watch,
): Generator<ZipEntry> {
  const { kind, span } = period;
  const { year, number, folder } = placeOf(period);
  watch.begin(`${folder} ${year}/${number}`, period.weight);
  const rows = new PeriodRows(source.traffic, countedFor(source, job.filter), period, job.filter);
  for (const namespace of rows.namespaces()) {
    const segment = namespace === '' ? NO_NAMESPACE : segmentOf(namespace);
    if (segment === null) {
      catalogue.leftOut.add(namespace);
      continue;
    }
    const base = `namespaces/${segment}/pulls/exports/years/${year}/${folder}/${number}`;
    for (const view of VIEWS) {
      const request = { ...kindOfSort(view), span, spanKind: kind, filter: job.filter };
      const name = exportFileName(request, coverageOfExport(source, job.filter), segment);
      yield* viewFiles(rows.open(view, namespace, request), { base, view, name }, job, watch);
    }
    yield* folderAnswer(base, kind === 'month' ? { month: number } : { week: number });
    catalogue.addPeriod(segment, year, folder, number);
    if (kind === 'month')
      catalogue.addPulls(
        segment,
        isoDay(span.first),
        isoDay(span.last),
        rows.summary('repo-summary', namespace),
      );
  }
}

/** The files of a view, and the answer that names them. */
function* viewFiles(
  rows: RowSource,
  { base, view, name }: { base: string; view: View; name: string },
  { gzip, base: servedFrom }: DataApiJob,
  watch: Watch,
): Generator<ZipEntry> {
  const data: { url: string; size: Bytes }[] = [];
  yield* tableEntries(
    `${base}/files/${view}/${name}`,
    rows,
    // The API cuts large files as well; it does not say where.
    { style: STYLES.standard, gzip, mostRows: MOST_EXCEL_ROWS },
    watch,
    ({ path, bytes }) => data.push({ url: urlOf(path, base, servedFrom), size: bytes }),
  );
  yield leafAnswer(`${base}/${view}`, { data });
}

/** Relative to the answer, which stands beside the folder of files. */
function urlOf(path: string, folder: string, base: string): string {
  return base === '' ? path.slice(folder.length + 1) : `${base.replace(/\/+$/, '')}/${path}`;
}

function rowsByNamespace(rows: SummaryRow[]): Map<string, SummaryRow[]> {
  const found = new Map<string, SummaryRow[]>();
  for (const row of rows) {
    const own = found.get(row.keys[0]!);
    if (own) own.push(row);
    else found.set(row.keys[0]!, [row]);
  }
  return found;
}
