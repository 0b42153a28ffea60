/**
 * The page's side of the workers. In: files and questions. Out: progress and answers.
 * One analysis worker holds everything; a pool of parse workers reads files and hands their segments straight to it.
 * Reading is cancelled by ending the parse workers; each reading begins with fresh ones.
 */
import { proxy, releaseProxy, type Remote, transfer, wrap } from 'comlink';
import type { CountingRules } from '../model/counting-rules.ts';
import type { Filter } from '../model/filter.ts';
import type { OwnPlaces } from '../model/own-places.ts';
import type { Problem } from '../model/problem.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type {
  Breakdowns,
  DashboardView,
  DaySpan,
  ExportedFile,
  ExportRequest,
  ReadProgress,
  ReadReport,
  RepositoryDetail,
} from '../model/view.ts';
import type { AnalysisApi } from './analysis-api.ts';
import AnalysisWorker from './analysis.worker.ts?worker&inline';
import type { AnnouncedFile } from './file-ledger.ts';
import { Copies } from './find-copies.ts';
import type { FileFacts } from './look-at-file.ts';
import type { ParseApi } from './parse-api.ts';
import type { ParseTask } from './parse-file.ts';
import ParseWorker from './parse.worker.ts?worker&inline';
import { PlacesKeeper } from './places-keeper.ts';
import { planTasks, workerCount } from './plan-tasks.ts';

/** What the page can ask of the workers. One instance a page. */
export interface Client {
  /**
   * Reads files and adds them to what is held. Calls onProgress at most 4 times a second.
   * Resolves 'read' when everything is counted, 'stopped' when cancel() came in between:
   * then what was read until there is shown by report() and view() after keep(), or gone after discard().
   */
  read(files: File[], onProgress: (progress: ReadProgress) => void): Promise<'read' | 'stopped'>;
  cancel(): void;
  keep(): Promise<void>;
  discard(): Promise<void>;
  /** What became of every file and line. */
  report(): Promise<ReadReport>;
  /** Counts for a span of days, of what the filter shows. */
  view(span: DaySpan, filter: Filter): Promise<DashboardView>;
  /** The same by values of facets. */
  breakdowns(span: DaySpan, filter: Filter): Promise<Breakdowns>;
  detail(repository: RepositoryIndex, span: DaySpan, filter: Filter): Promise<RepositoryDetail>;
  /** Counts everything held again by other rules. */
  setRules(rules: CountingRules): Promise<void>;
  /** How many actions the switch "fold further manifests" would fold, or folds (all time). */
  foldable(): Promise<number>;
  export(request: ExportRequest): Promise<ExportedFile>;
  /** By which rules a client's use is guessed; answers what is wrong with them. */
  setUseRules(text: string): Promise<Problem[]>;
  /** What is known of addresses: the bundled tables' sources, the user's databases and ranges. */
  places(): Promise<OwnPlaces>;
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

const REPORT_EVERY = 250;

interface Hand {
  worker: Worker;
  api: Remote<ParseApi>;
}

/** The rules of use that the page begins with. */
export { DEFAULT_USE_RULES } from '../clients/default-use-rules.ts';

export function createClient(): Client {
  return new WorkerClient();
}

class WorkerClient implements Client {
  private readonly analysisWorker = new AnalysisWorker();
  private readonly analysis: Remote<AnalysisApi> = wrap<AnalysisApi>(this.analysisWorker);
  private hands: Hand[] = [];
  private nextScanner = 0;
  /** Tells logs apart that are held or being read. */
  private copies = new Copies();
  private heldBefore = 0;
  private stop: (() => void) | null = null;
  private rules: CountingRules | null = null;
  private useRules: string | null = null;
  private readonly placesKeeper = new PlacesKeeper((...args) => this.analysis.setPlaces(...args));

  constructor() {
    this.makeHands();
  }

  async read(files: File[], onProgress: (progress: ReadProgress) => void): Promise<'read' | 'stopped'> {
    const stopped = new Promise<'stopped'>((resolve) => (this.stop = () => resolve('stopped')));
    this.heldBefore = this.copies.length;
    try {
      return await Promise.race([this.readAll(files, onProgress), stopped]);
    } finally {
      this.stop = null;
      this.makeHands();
    }
  }

  cancel(): void {
    if (!this.stop) return;
    this.endHands();
    this.stop();
  }

  async keep(): Promise<void> {
    await this.analysis.finish();
  }

  async discard(): Promise<void> {
    this.copies.truncate(this.heldBefore);
    await this.analysis.discard();
  }

  report(): Promise<ReadReport> {
    return this.analysis.report();
  }

  async view(span: DaySpan, filter: Filter): Promise<DashboardView> {
    // Without a filter nothing of addresses is asked, so the first figures need not wait for the tables.
    if (Object.keys(filter).length > 0) await this.placesKeeper.ready();
    return this.analysis.view(span, filter);
  }

  async breakdowns(span: DaySpan, filter: Filter): Promise<Breakdowns> {
    await this.placesKeeper.ready();
    return this.analysis.breakdowns(span, filter);
  }

  detail(repository: RepositoryIndex, span: DaySpan, filter: Filter): Promise<RepositoryDetail> {
    return this.analysis.detail(repository, span, filter);
  }

  async setRules(rules: CountingRules): Promise<void> {
    this.rules = rules;
    await this.analysis.setRules(rules);
  }

  foldable(): Promise<number> {
    return this.analysis.foldable();
  }

  async export(request: ExportRequest): Promise<ExportedFile> {
    await this.placesKeeper.ready();
    return this.analysis.export(request);
  }

  async forget(): Promise<void> {
    this.copies = new Copies();
    await this.analysis.forget();
    this.placesKeeper.lost();
    if (this.useRules !== null) await this.analysis.setUseRules(this.useRules);
    if (this.rules) await this.analysis.setRules(this.rules);
  }

  setUseRules(text: string): Promise<Problem[]> {
    this.useRules = text;
    return this.analysis.setUseRules(text);
  }

  places(): Promise<OwnPlaces> {
    return this.placesKeeper.state();
  }

  addDatabase(file: File): Promise<OwnPlaces> {
    return this.placesKeeper.addDatabase(file);
  }

  forgetDatabases(): Promise<OwnPlaces> {
    return this.placesKeeper.forgetDatabases();
  }

  setNetworks(text: string): Promise<OwnPlaces> {
    return this.placesKeeper.setNetworks(text);
  }

  forgetPlaces(): Promise<void> {
    return this.placesKeeper.forgetAll();
  }

  private async readAll(files: File[], onProgress: (progress: ReadProgress) => void): Promise<'read'> {
    const begun = performance.now();
    const looked = await this.lookAtAll(files);
    const announced = looked.map(announce);
    const first = await this.analysis.announce(announced);
    const contents = looked.map(({ facts, copyOf }) =>
      facts.state === 'log' && copyOf === null ? facts.content : null,
    );
    const tasks = planTasks(contents, first, this.hands.length);
    const state = { bytesRead: 0, linesRead: 0, task: tasks[0] ?? null, toldAt: -Infinity, telling: false };
    const bytesTotal = tasks.reduce((sum, { start, end }) => sum + end - start, 0);

    const tell = async () => {
      if (state.telling || performance.now() - state.toldAt < REPORT_EVERY) return;
      state.telling = true;
      const { states, ...soFar } = await this.analysis.soFar();
      state.telling = false;
      state.toldAt = performance.now();
      const inHand = state.task?.parts[0];
      onProgress({
        bytesRead: Math.min(state.bytesRead, bytesTotal),
        bytesTotal,
        linesRead: state.linesRead,
        file: inHand ? inHand.file - first + 1 : announced.length,
        files: announced.length,
        fileName: inHand?.content.name ?? '',
        elapsed: performance.now() - begun,
        soFar,
        states: states.slice(first),
      });
    };
    const onRead = proxy((bytes: number, lines: number) => {
      state.bytesRead += bytes;
      state.linesRead += lines;
      void tell();
    });

    await Promise.all(
      this.hands.map(async (hand) => {
        for (let task = tasks.shift(); task; task = tasks.shift()) {
          state.task = task;
          await this.readTask(hand, task, tasks, onRead);
        }
        await hand.api.flush();
      }),
    );
    await this.analysis.finish();
    return 'read';
  }

  private async readTask(
    hand: Hand,
    task: ParseTask,
    tasks: ParseTask[],
    onRead: (bytes: number, lines: number) => void,
  ): Promise<void> {
    const { failed, problems } = await hand.api.parse(task, onRead);
    for (const { file, problem } of problems) {
      if (failed) await this.analysis.endFile(file, problem);
      else await this.analysis.addProblem(file, problem);
    }
    if (!failed) return;
    const given = new Set(task.parts.map(({ file }) => file));
    const rest = tasks.filter(({ parts }) => !given.has(parts[0]!.file));
    tasks.splice(0, tasks.length, ...rest);
  }

  /** Looks at all files, finds copies, and puts the logs in the order of their first lines. */
  private async lookAtAll(files: File[]): Promise<Looked[]> {
    const facts = (await this.spread(files, (hand, file) => hand.api.look(file))).flat();
    const { api } = this.hands[0]!;
    const looked: Looked[] = [];
    for (const each of facts) {
      const copyOf = each.state === 'log' ? await this.copies.find(each, api) : null;
      looked.push({ facts: each, copyOf });
    }
    return looked.sort((a, b) => a.facts.firstTime - b.facts.firstTime || 0);
  }

  /** Gives every hand the next file as soon as it is free. */
  private async spread<T>(files: File[], work: (hand: Hand, file: File) => Promise<T>): Promise<T[]> {
    const results = new Array<T>(files.length);
    let next = 0;
    await Promise.all(
      this.hands.map(async (hand) => {
        while (next < files.length) {
          const i = next++;
          results[i] = await work(hand, files[i]!);
        }
      }),
    );
    return results;
  }

  /** Fresh parse workers, connected to the analysis. */
  private makeHands(): void {
    this.endHands();
    const count = workerCount(navigator.hardwareConcurrency || 2);
    for (let i = 0; i < count; i++) {
      const worker = new ParseWorker();
      const api = wrap<ParseApi>(worker);
      const { port1, port2 } = new MessageChannel();
      void this.analysis.attach(transfer(port1, [port1]));
      void api.connect(transfer(port2, [port2]), this.nextScanner++);
      this.hands.push({ worker, api });
    }
  }

  private endHands(): void {
    for (const { worker, api } of this.hands) {
      api[releaseProxy]();
      worker.terminate();
    }
    this.hands = [];
  }
}

interface Looked {
  facts: FileFacts;
  /** Name of the log that it is a copy of. */
  copyOf: string | null;
}

function announce({ facts, copyOf }: Looked): AnnouncedFile {
  const { content, state } = facts;
  const problems = [...facts.problems];
  if (copyOf !== null) {
    problems.push({
      severity: 'note',
      file: content.name,
      line: 0,
      reason: `${content.name} has the same content as ${copyOf}. It was not counted again.`,
      remedy: '',
    });
  }
  return {
    name: content.name,
    size: facts.size,
    compressed: content.outer !== null,
    expectedFirst: facts.firstTime,
    contentKey: facts.contentKey,
    state: copyOf !== null ? 'duplicate' : STATES[state],
    problems,
  };
}

const STATES = {
  log: 'waiting',
  empty: 'read',
  skipped: 'skipped',
  failed: 'failed',
  partly: 'partly',
} as const;
