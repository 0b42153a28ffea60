/**
 * The analysis: from segments to answers. In: segments of all files, in any order of arrival. Out: views, exports and
 * the report. Runs in the analysis worker, and in tests. Requests are merged and classified while files are still
 * being read; only a log that is far out of order, or a change of the rules, costs a second pass.
 */
import { RequestCollector } from '../actions/collect-requests.ts';
import { coverageOf } from '../aggregates/coverage.ts';
import { repositoryDetail } from '../aggregates/detail.ts';
import { repositorySeries } from '../aggregates/repository-series.ts';
import { repositoryPage } from '../aggregates/repository-page.ts';
import { whyNumber } from '../aggregates/why.ts';
import { ClientTable } from '../clients/client-table.ts';
import { DEFAULT_USE_RULES } from '../clients/default-use-rules.ts';
import { parseUseRules } from '../clients/use-rules.ts';
import { type ExportSource, writeExport } from '../exports/index.ts';
import type { Origin } from '../exports/manifest.ts';
import type { WeekStart } from '../lib/calendar.ts';
import type { Step } from '../lib/local-time.ts';
import { type AddressFacts, NO_ADDRESS_FACTS } from '../model/address-columns.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import { type Filter, NO_FILTER } from '../model/filter.ts';
import type { Salt } from '../model/kept-address.ts';
import type { KeptFile } from '../model/kept-file.ts';
import type { OwnDatabase } from '../model/own-places.ts';
import type { Problem } from '../model/problem.ts';
import type { Segment } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type {
  Breakdowns,
  DashboardView,
  DaySpan,
  ExportedFile,
  ExportRequest,
  FileReport,
  ReadProgress,
  ReadReport,
} from '../model/view.ts';
import type { WhyAnswer, WhyScope } from '../model/why.ts';
import { ActionsKeeping } from './actions-keeping.ts';
import type { AnnouncedFile } from './file-entry.ts';
import { FileLedger } from './file-ledger.ts';
import { FileKeeping } from './file-keeping.ts';
import { linesOfFiles } from './file-report.ts';
import { figuresSoFar } from './figures-so-far.ts';
import { warnOfHarbor } from './warn-of-harbor.ts';
import { HeldCounts } from './held-counts.ts';
import { HeldTables } from './held-tables.ts';
import { openKnownPlaces } from './known-places.ts';
import type { OwnTitle } from './own-titles.ts';
import type { TablePiece } from './parse-table.ts';
import { foldableActions, otherCounts } from './other-counts.ts';
import { readReport } from './read-report.ts';
import { RowsInTime } from './rows-in-time.ts';

export class Analysis {
  private readonly collector = new RequestCollector();
  private readonly clientTable = new ClientTable(parseUseRules(DEFAULT_USE_RULES).rules);
  private readonly counts = new HeldCounts(this.collector.keptClients);
  private readonly ledger = new FileLedger();
  private readonly tables = new HeldTables();
  readonly keeping = new FileKeeping(this.collector, this.ledger, this.tables, this.counts);
  addressFacts = this.keeping.withKept(NO_ADDRESS_FACTS);
  private readonly inTime = new RowsInTime(this.collector, this.ledger, () => this.counts.forget());
  readonly actions = new ActionsKeeping(this.collector, this.ledger, this.inTime);
  /** Where the files of the present reading begin, for discard(). */
  private before = { files: 0, rows: 0 };

  /** Begins a reading: the files that will come, in addition to those that are held. Answers their first number. */
  announce(files: AnnouncedFile[]): number {
    this.before = { files: this.ledger.length, rows: this.collector.table.length };
    this.collector.forgetScanners();
    for (const file of files) {
      this.ledger.add(file);
      const number = this.inTime.merge.addFile(file.expectedFirst, file.contentKey);
      if (file.state !== 'waiting') this.inTime.merge.endFile(number);
    }
    return this.before.files;
  }

  /** Takes what a scanner made. Its segments must come in its order; a file's may come in any. */
  addSegment(segment: Segment): void {
    this.tables.changed();
    this.inTime.expectNoMore();
    this.collector.takeWords(segment);
    for (const next of this.ledger.nextInOrder(segment)) {
      const [from, to] = this.collector.takeRequests(next, (row) => this.inTime.merge.noticeRemoval(row));
      this.ledger.addRows(next.file, from, to);
      this.counts.takePushes(next);
      this.inTime.merge.addRows(next.file, from, to, next.lastTime);
      if (next.last) this.inTime.merge.endFile(next.file);
    }
    this.inTime.merge.run();
    this.describeNew();
  }

  /** Takes what a table, or a range of it, gave, other than requests. */
  addTable(piece: TablePiece): void {
    const isWhole = this.tables.add(this.ledger.nameOf(piece.file), piece);
    if (!isWhole) return;
    this.ledger.endTable(piece.file, true, this.tables.resultOf(piece.file)!);
    this.inTime.merge.endFile(piece.file);
    this.inTime.merge.run();
  }

  /** A file ends before its last segment: it is damaged, or gone. What came until then is kept. */
  endFile(file: number, problem: Problem): void {
    this.ledger.endEarly(file, problem);
    this.inTime.merge.endFile(file);
    this.inTime.merge.run();
  }

  /** A file that was kept, in place of its segments. Throws DamagedData when it is damaged; then there is nothing of it. */
  restore(file: number, kept: KeptFile, salt: Salt, goesOn = false): void {
    const isExpected = this.inTime.isExpected();
    const [from, to] = this.keeping.restore(file, kept, salt, goesOn);
    if (!isExpected) this.inTime.merge.addRows(file, from, to, NaN);
    if (!goesOn) this.inTime.merge.endFile(file);
    this.inTime.merge.run();
  }

  addProblem(file: number, problem: Problem): void {
    this.ledger.addProblem(file, problem);
  }

  /** All files were read, or reading was stopped and what was read is kept. */
  finish(): void {
    for (const file of this.ledger.unfinished()) {
      this.inTime.merge.endFile(file);
      const begun = this.tables.resultOf(file);
      if (begun) this.ledger.endTable(file, false, begun);
    }
    this.ledger.finish();
    for (let file = this.before.files; file < this.ledger.length; file++) this.warnOf(file);
    this.inTime.settle();
  }

  private warnOf(file: number): void {
    const { table, agents } = this.collector;
    const warning = warnOfHarbor(this.ledger.nameOf(file), this.ledger.rowsOf(file), table, agents);
    if (warning) this.ledger.addProblem(file, warning);
  }

  /** Forgets the files of the last reading. */
  discard(): void {
    this.collector.forgetFiles(this.before.files, this.before.rows);
    this.tables.truncate(this.before.files);
    this.counts.pushes.forgetFiles(this.before.files);
    this.ledger.truncate(this.before.files);
    this.actions.truncate(this.before.files);
    this.inTime.begin();
  }

  setRules(rules: CountingRules): void {
    this.counts.forget();
    this.tables.changed();
    this.inTime.setRules(rules);
  }

  /** What formats of the user's own are called. */
  setOwnTitles(titles: OwnTitle[]): void {
    this.ledger.ownTitles = titles;
  }

  /** How many actions fewer there are with further manifests folded than without, by the other rules in force. */
  foldable(): number {
    return foldableActions(this.traffic(), this.collector, this.inTime.classifier.counts, this.inTime.rules);
  }

  /** By which rules a client's use is guessed, as text. Answers what is wrong with them. */
  setUseRules(text: string): Problem[] {
    const { rules, problems } = parseUseRules(text);
    this.clientTable.setRules(rules);
    return problems;
  }

  /** Who tells what is known of addresses from now on. */
  setAddressFacts(facts: AddressFacts): void {
    this.addressFacts = this.keeping.withKept(facts);
  }

  /** The same, from the bundled tables, the user's databases and their own ranges. Answers what is wrong with those. */
  setPlaces(tables: Uint8Array, databases: OwnDatabase[], ownRanges: string): Problem[] {
    const { facts, problems } = openKnownPlaces(tables, databases, ownRanges);
    this.setAddressFacts(facts);
    return problems;
  }

  /** Looks up addresses and agents as they come, so that little is left when all files are read. */
  private describeNew(): void {
    if (this.addressFacts !== NO_ADDRESS_FACTS) this.addressFacts.columnsOf(this.collector.clients);
    this.clientTable.columnsOf(this.collector.agents);
  }

  /** Makes what questions with a filter are answered from. */
  prepare(): void {
    this.counts.indexOf(this.traffic());
  }

  view(span: DaySpan, filter: Filter = NO_FILTER, step: Step = 'day'): DashboardView {
    return this.counts.view(this.traffic(), span, filter, step);
  }

  /** Pulls of a few repositories, by name. */
  series(names: readonly string[], span: DaySpan, filter: Filter, step: Step) {
    return repositorySeries(...this.counts.indexed(this.traffic()), names, span, filter, step);
  }

  /** The days that are held, as a zone has them. */
  calendar(zone?: string, from?: WeekStart) {
    const { days, lastMonth, months, weeks } = this.tables.coverage(this.ledger.intervals(), zone);
    return { days, lastMonth: lastMonth(), months: months(), weeks: weeks(from) };
  }

  breakdowns(span: DaySpan, filter: Filter = NO_FILTER): Breakdowns {
    return this.counts.breakdowns(this.traffic(), span, filter);
  }

  /** What switches against noise hide, or would hide. */
  noise(span: DaySpan, filter: Filter = NO_FILTER) {
    return this.counts.noise(this.traffic(), span, filter);
  }

  detail(repository: RepositoryIndex, span: DaySpan, filter: Filter = NO_FILTER) {
    return repositoryDetail(this.traffic(), repository, span, filter);
  }

  lastUse(filter: Filter) {
    return this.counts.lastUse(this.traffic(), filter);
  }

  /** Who asks too often, of all repositories. */
  hammering(span: DaySpan, filter: Filter = NO_FILTER) {
    return this.counts.hammering(this.traffic(), span, filter);
  }

  repositoryPage(repository: RepositoryIndex, span: DaySpan, filter: Filter = NO_FILTER) {
    return repositoryPage(...this.counts.indexed(this.traffic()), repository, span, filter);
  }

  /** What is behind a number. */
  why(scope: WhyScope): WhyAnswer {
    return whyNumber(this.traffic(), scope, this.inTime.rules);
  }

  /** The same number by other rules. */
  otherCounts(scope: WhyScope) {
    return otherCounts(this.traffic(), this.collector, scope, this.inTime.rules);
  }

  /** A client's address and user agent, for the person who asks for them; they go nowhere else. */
  sourceOf({ client, agent }: { client: number; agent: number }): { address: string; agent: string } {
    const { clients, agents } = this.collector;
    return { address: clients.textOf(client), agent: agents.textOf(agent) };
  }

  /** Tables, and the logs beside them; null: there is no table. */
  sources(span: DaySpan, isAllTime: boolean) {
    return this.tables.isEmpty ? null : this.tables.view(this.traffic(), span, isAllTime);
  }

  /** Two sources of that view, side by side. */
  reconcile(a: number, b: number) {
    return this.tables.reconcile(this.traffic(), a, b);
  }

  export(request: ExportRequest): ExportedFile {
    return writeExport(this.exportSource(), request);
  }

  /** What files are written from; good until rows, rules or places change. */
  exportSource(): ExportSource {
    const traffic = this.traffic();
    return { traffic, counted: this.tables.counted(traffic, this.ledger.intervals()) };
  }

  /** By what figures came about. */
  origin(): Origin {
    return { rules: this.inTime.rules, files: this.reports() };
  }

  report(): ReadReport {
    return readReport(this.reports(), this.traffic(), this.collector, this.ledger, this.tables, this.inTime);
  }

  /** Figures while files are being read. */
  soFar(): ReadProgress['soFar'] {
    return figuresSoFar(this.inTime.classifier.counts, this.collector.names.size);
  }

  states(): ReadProgress['states'] {
    return this.ledger.states();
  }

  /** What aggregates and exports work on. */
  traffic(): Traffic {
    const { table, clients, repositories, nameOf, names, references, agents, upstreams } = this.collector;
    return {
      ...{ table, clients, repositories, nameOf, names, references, agents, upstreams },
      order: this.inTime.order,
      length: this.inTime.length,
      describeAgents: () => this.clientTable.columnsOf(agents),
      describeAddresses: () => this.addressFacts.columnsOf(clients),
      ownPushes: () => this.counts.pushes.rows(this.traffic()),
      coverage: coverageOf(this.ledger.intervals()),
      tally: linesOfFiles(this.reports()),
    };
  }

  private reports(): FileReport[] {
    const uncounted = (file: number) => this.inTime.classifier.uncountedOf(file);
    return this.ledger.reports(this.collector, this.inTime.rules, this.inTime.hops, uncounted);
  }
}
