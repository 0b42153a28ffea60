/** What the page can ask of the workers: the words of client.ts. */
import type { WeekStart } from '../lib/calendar.ts';
import type { Step } from '../lib/local-time.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import type { ExportJob, ExportPreview, ExportProgress, Preset } from '../model/export-job.ts';
import type { Filter } from '../model/filter.ts';
import type { Hammering } from '../model/hammering.ts';
import type { LastUse } from '../model/last-use.ts';
import type { KeptRef } from '../model/kept-file.ts';
import type { NoiseCounts } from '../model/noise.ts';
import type { OwnPlaces } from '../model/own-places.ts';
import type { AddressAnswer } from '../model/place.ts';
import type {
  ClickedFormat,
  FoundFormat,
  LinePart,
  OwnFormat,
  PastedText,
  TriedLine,
} from '../model/own-format.ts';
import type { Problem } from '../model/problem.ts';
import type { ReconcileRow } from '../model/resolved-counts.ts';
import type { SourcesView } from '../model/sources-view.ts';
import type { AskColumns } from '../model/table-file.ts';
import type { RepositoryPage, Source } from '../model/repository-page.ts';
import type { Bytes, RepositoryIndex } from '../model/units.ts';
import type {
  Breakdowns,
  Calendar,
  DashboardView,
  DaySpan,
  ExportedFile,
  ExportRequest,
  ReadProgress,
  ReadReport,
  RepositoryDetail,
  RepositorySeries,
} from '../model/view.ts';
import type { Memory } from './memory.ts';
import type { PulledExport } from './pull-export.ts';
import type { LineAgain, OtherCounts, WhyAnswer, WhyScope } from '../model/why.ts';
import type { SourceChanges } from './sources.ts';

/** What the page can ask of the workers. One instance a page. */
export interface Client {
  /** Settled when the workers' code is there, or could not be loaded: then nothing is answered. */
  readonly parts: Promise<unknown>;
  /**
   * Reads files and adds them, and what was kept of others, to what is held. Calls onProgress at most 4 times a second.
   * Resolves 'read' when everything is counted, 'stopped' when cancel() came in between:
   * then what was read until there is shown by report() and view() after keep(), or gone after discard().
   */
  read(
    files: File[],
    onProgress: (progress: ReadProgress) => void,
    kept?: KeptRef[],
  ): Promise<'read' | 'stopped'>;
  /** What this browser remembers, and session files. */
  readonly memory: Pick<Memory, keyof Memory>;
  cancel(): void;
  keep(): Promise<void>;
  discard(): Promise<void>;
  /**
   * Counts everything held anew, with other options, without some files, or with other formats of the user's own: the
   * same figures as if it had been given so. Stopped, all is as it was. gone: files that can no longer be read;
   * notHere: files of which only what was kept is held.
   */
  readAgain(
    changes: SourceChanges,
    onProgress: (progress: ReadProgress) => void,
  ): Promise<'read' | 'stopped' | { gone: string[]; notHere: string[] }>;
  /** Names formats of the user's own anew, in their order. */
  renameFormats(own: OwnFormat[]): Promise<void>;
  /** All lines that could not be read of the file at this place in the report. Rejects when the file is gone. */
  unreadable(place: number): Promise<{ blob: Blob; lines: number }>;
  /** The first lines that could not be read, of all files, whole. */
  firstUnreadable(most: number): Promise<string[]>;
  /** Formats of the user's own: in, from a paste, a stored text or clicks; out, lines as they are read with one. */
  readPasted(text: string): Promise<PastedText>;
  readFormat(text: string): Promise<FoundFormat | null>;
  splitLine(line: string): Promise<LinePart[]>;
  fromClicks(line: string, parts: LinePart[]): Promise<ClickedFormat>;
  tryFormat(text: string, lines: string[]): Promise<TriedLine[]>;
  /** What became of every file and line. */
  report(): Promise<ReadReport>;
  /** Counts for a span of days, of what the filter shows. */
  view(span: DaySpan, filter: Filter, step?: Step): Promise<DashboardView>;
  /** Pulls of a few repositories over that span, by name. */
  series(names: readonly string[], span: DaySpan, filter: Filter, step: Step): Promise<RepositorySeries[]>;
  /** The days that are held, as a zone's calendar has them, and weeks from some weekday on. */
  calendar(zone?: string, from?: WeekStart): Promise<Calendar>;
  /** The same by values of facets. */
  breakdowns(span: DaySpan, filter: Filter): Promise<Breakdowns>;
  /** What switches against noise hide, or would hide. */
  noise(span: DaySpan, filter: Filter): Promise<NoiseCounts>;
  detail(repository: RepositoryIndex, span: DaySpan, filter: Filter): Promise<RepositoryDetail>;
  /** When each repository and tag was pulled last, in all of the data. */
  lastUse(filter: Filter): Promise<LastUse>;
  /** Who asks too often, of all repositories. */
  hammering(span: DaySpan, filter: Filter): Promise<Hammering>;
  /** What the page of a repository shows besides. */
  repositoryPage(repository: RepositoryIndex, span: DaySpan, filter: Filter): Promise<RepositoryPage>;
  /** What is behind a number, and the same number by other rules. */
  why(scope: WhyScope): Promise<WhyAnswer>;
  otherCounts(scope: WhyScope): Promise<OtherCounts>;
  /** The lines that begin at these places of the file at this place in the report. */
  linesAt(file: number, offsets: Bytes[]): Promise<LineAgain[]>;
  /** A file that could no longer be read was given again; false: it is none of those that are held. */
  giveAgain(file: File): Promise<boolean>;
  /** Who it is that asks, for the person who wants to see it. The address is null when only its hash was kept. */
  sourceOf(source: Source): Promise<{ address: string | null; agent: string }>;
  /** Where that is, and whose network. */
  whereIs(source: Source): Promise<AddressAnswer>;
  /** Whether files that are here were not read, but taken from what was kept of them. */
  tookKept(): boolean;
  /** Counts everything held again by other rules. */
  setRules(rules: CountingRules): Promise<void>;
  /** How many actions the switch "fold further manifests" would fold, or folds (all time). */
  foldable(): Promise<number>;
  /** Makes, while nobody waits, what the next questions are answered from. */
  prepare(): Promise<void>;
  /** Tables, and the logs as one source beside them; null when no table is held. */
  sources(span: DaySpan, isAllTime: boolean): Promise<SourcesView | null>;
  /** Two sources of that view, side by side. */
  reconcile(a: number, b: number): Promise<ReconcileRow[]>;
  /** Who says what the columns of an unknown table are; until then such tables are skipped. */
  setAskColumns(ask: AskColumns): void;
  export(request: ExportRequest): Promise<ExportedFile>;
  /** What a file will be. */
  previewExport(request: ExportRequest, preset: Preset): Promise<ExportPreview>;
  /** Writes what may be longer than memory: each piece is kept before the one after the next is made. */
  writeExport(
    job: ExportJob,
    keep: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
    onProgress: (progress: ExportProgress) => void,
    signal: AbortSignal,
  ): Promise<PulledExport>;
  /** By which rules a client's use is guessed; answers what is wrong with them. */
  setUseRules(text: string): Promise<Problem[]>;
  /** What is known of addresses: the bundled tables' sources, the user's databases and ranges. */
  places(): Promise<OwnPlaces>;
  /** Its tables will soon be asked for. */
  fetchPlaces(): void;
  /** A database (.mmdb) was dropped; it stays in this browser. */
  addDatabase(file: File): Promise<OwnPlaces>;
  forgetDatabases(): Promise<OwnPlaces>;
  /** Ranges of the user's own, with names, as text. */
  setNetworks(text: string): Promise<OwnPlaces>;
  /** Leaves none of the user's databases and ranges, here and in the browser. */
  forgetPlaces(): Promise<void>;
  /** Drops everything from memory. */
  forget(): Promise<void>;
}
