/** What the analysis worker offers to the page, and to parse workers on ports of their own. */
import { expose } from 'comlink';
import { type CountingRules, DEFAULT_RULES } from '../model/counting-rules.ts';
import type { OwnFormat } from '../model/own-format.ts';
import type { SystemsState } from '../model/place.ts';
import type { Problem } from '../model/problem.ts';
import type { Source } from '../model/repository-page.ts';
import type { Segment } from '../model/segment.ts';
import type { PackedTables } from '../places/load.ts';
import { unpackTables } from '../places/unpack.ts';
import { Analysis } from './analysis.ts';
import type { AnnouncedFile } from './file-entry.ts';
import { createExportJobs } from './export-jobs.ts';
import { countedBy } from './first-figures.ts';
import { createKeepingApi } from './keeping-api.ts';
import { titlesOf } from './own-titles.ts';
import type { TablePiece } from './parse-table.ts';
import type { GivePlaces } from './places-keeper.ts';
import { isKeptOnly, SingleAddresses } from './single-addresses.ts';
import { WhileReading } from './while-reading.ts';

export function createAnalysisApi() {
  let rules: CountingRules = DEFAULT_RULES;
  let own: OwnFormat[] = [];
  let useRules: string | null = null;
  /** What is known of addresses; null until the page has said it. */
  let places: Parameters<Analysis['setPlaces']> | null = null;
  /** Unpacked once. */
  let tables: Uint8Array | null = null;
  let origin = '';
  const single = new SingleAddresses();
  /** Questions go to the one, segments to the other. They differ while everything is read again. */
  let shown = new Analysis();
  let filled = shown;
  const reading = new WhileReading();
  const { stopExports, ...exportJobs } = createExportJobs(() => shown);

  function create(): Analysis {
    const analysis = new Analysis();
    analysis.setRules(rules);
    analysis.setOwnTitles(titlesOf(own));
    if (useRules !== null) analysis.setUseRules(useRules);
    if (places) analysis.setPlaces(...places);
    analysis.keeping.origin = origin;
    return analysis;
  }

  return {
    ...createKeepingApi(() => ({ shown, filled, own, countedBy: countedBy(rules, useRules) }), reading),
    /** A parse worker's way in. */
    attach(port: MessagePort): void {
      expose(
        {
          addSegment: (segment: Segment) => filled.addSegment(segment),
          addTable: (piece: TablePiece) => filled.addTable(piece),
        },
        port,
      );
    },
    announce(files: AnnouncedFile[]): number {
      if (filled === shown) stopExports();
      reading.begin();
      return filled.announce(files);
    },
    endFile: (...args: Parameters<Analysis['endFile']>) => filled.endFile(...args),
    addProblem: (...args: Parameters<Analysis['addProblem']>) => filled.addProblem(...args),
    finish(): void {
      filled.finish();
      reading.end();
    },
    discard(): void {
      filled.discard();
      reading.end();
    },
    /** It threw. What was read stays, and what stepped aside for it goes on. */
    readingFailed: () => reading.end(),
    /** Files are read into an analysis of its own, until endAgain() says which of the two is kept. */
    beginAgain(formats: OwnFormat[]): void {
      own = formats;
      filled = create();
    },
    endAgain(kept: 'new' | 'old', formats: OwnFormat[]): void {
      if (kept === 'new') stopExports();
      own = formats;
      if (kept === 'new') shown = filled;
      else filled = shown;
      reading.end();
    },
    setOwnTitles(formats: OwnFormat[]): void {
      own = formats;
      shown.setOwnTitles(titlesOf(own));
    },
    setRules(next: CountingRules): void {
      stopExports();
      rules = next;
      for (const analysis of new Set([shown, filled])) analysis.setRules(rules);
    },
    setUseRules(text: string): Problem[] {
      stopExports();
      useRules = text;
      if (filled !== shown) filled.setUseRules(text);
      return shown.setUseRules(text);
    },
    async setPlaces(...[packed, databases, networks, by]: Parameters<GivePlaces>): Promise<Problem[]> {
      tables ??= await unpackTables(packed);
      stopExports();
      places = [tables, databases, networks];
      single.setOrigins(places);
      origin = by;
      for (const analysis of [shown, filled]) analysis.keeping.origin = origin;
      if (filled !== shown) filled.setPlaces(...places);
      return shown.setPlaces(...places);
    },
    foldable: () => shown.foldable(),
    prepare: () => shown.prepare(),
    view: (...args: Parameters<Analysis['view']>) => shown.view(...args),
    series: (...args: Parameters<Analysis['series']>) => shown.series(...args),
    calendar: (...args: Parameters<Analysis['calendar']>) => shown.calendar(...args),
    breakdowns: (...args: Parameters<Analysis['breakdowns']>) => shown.breakdowns(...args),
    noise: (...args: Parameters<Analysis['noise']>) => shown.noise(...args),
    hammering: (...args: Parameters<Analysis['hammering']>) => shown.hammering(...args),
    repositoryPage: (...args: Parameters<Analysis['repositoryPage']>) => shown.repositoryPage(...args),
    why: (...args: Parameters<Analysis['why']>) => shown.why(...args),
    otherCounts: (...args: Parameters<Analysis['otherCounts']>) => shown.otherCounts(...args),
    /** The address is null when only its hash was kept. */
    sourceOf(source: Source): { address: string | null; agent: string } {
      const { address, agent } = shown.sourceOf(source);
      return { address: isKeptOnly(address) ? null : address, agent };
    },
    setSystems: async (packed: PackedTables) => single.setSystems(await unpackTables(packed)),
    whereIs: (source: Source, systems: SystemsState) =>
      single.answer(shown.sourceOf(source).address, systems),
    detail: (...args: Parameters<Analysis['detail']>) => shown.detail(...args),
    lastUse: (...args: Parameters<Analysis['lastUse']>) => shown.lastUse(...args),
    sources: (...args: Parameters<Analysis['sources']>) => shown.sources(...args),
    reconcile: (...args: Parameters<Analysis['reconcile']>) => shown.reconcile(...args),
    export: (...args: Parameters<Analysis['export']>) => shown.export(...args),
    ...exportJobs,
    report: () => shown.report(),
    soFar: () => ({ ...filled.soFar(), states: filled.states() }),
    forget(): void {
      stopExports();
      places = null;
      single.setOrigins(null);
      origin = '';
      shown = filled = create();
      reading.end();
    },
  };
}

export type AnalysisApi = ReturnType<typeof createAnalysisApi>;
