/**
 * What the page asks of the analysis worker. In: questions. Out: answers; what tells facts of addresses waits until they
 * are known, and everything waits while kept files are being opened. Reading, which comes before, is in client.ts.
 */
import { wrap } from 'comlink';
import type { CountingRules } from '../model/counting-rules.ts';
import type { Filter } from '../model/filter.ts';
import type { LastUse } from '../model/last-use.ts';
import type { RepositoryPage, Source } from '../model/repository-page.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type { Breakdowns, DaySpan, RepositoryDetail } from '../model/view.ts';
import type { WhyAnswer, WhyScope } from '../model/why.ts';
import type { AnalysisApi } from './analysis-api.ts';
import { behind } from './behind.ts';
import type { Client } from './client-interface.ts';
import { openLate } from './late-worker.ts';
import { Memory } from './memory.ts';
import { PlacesKeeper } from './places-keeper.ts';
import { pullExport } from './pull-export.ts';

export const loadAnalysis = () => import('./analysis.worker.ts?worker&inline');

export class Questions {
  /** Reading goes this way. */
  protected readonly filled = wrap<AnalysisApi>(openLate(loadAnalysis).port);
  /** Kept files are being opened: figures may be shown already, and all questions wait. */
  protected opening: Promise<unknown> | null = null;
  protected readonly analysis = behind(this.filled, () => this.opening);
  readonly memory = new Memory(this.analysis);
  protected readonly placesKeeper = new PlacesKeeper(
    (...args) => this.filled.setPlaces(...args),
    (tables) => this.filled.setSystems(tables),
  );

  report = () => this.analysis.report();

  view: Client['view'] = async (span, filter, step) => {
    // Without a filter nothing of addresses is asked, so the first figures need not wait for the tables.
    if (Object.keys(filter).length > 0) await this.placesKeeper.ready();
    return this.analysis.view(span, filter, step);
  };
  series: Client['series'] = (...args) => this.analysis.series(...args);
  calendar: Client['calendar'] = (...args) => this.analysis.calendar(...args);

  breakdowns(span: DaySpan, filter: Filter): Promise<Breakdowns> {
    return this.withPlaces(() => this.analysis.breakdowns(span, filter));
  }

  hammering: Client['hammering'] = (...args) => this.withPlaces(() => this.analysis.hammering(...args));
  noise: Client['noise'] = (...args) => this.withPlaces(() => this.analysis.noise(...args));

  detail(repository: RepositoryIndex, span: DaySpan, filter: Filter): Promise<RepositoryDetail> {
    return this.analysis.detail(repository, span, filter);
  }

  async lastUse(filter: Filter): Promise<LastUse> {
    await this.placesKeeper.ready();
    return this.analysis.lastUse(filter);
  }

  repositoryPage(repository: RepositoryIndex, span: DaySpan, filter: Filter): Promise<RepositoryPage> {
    return this.analysis.repositoryPage(repository, span, filter);
  }

  async why(scope: WhyScope): Promise<WhyAnswer> {
    await this.placesKeeper.ready();
    return this.analysis.why(scope);
  }

  otherCounts = (scope: WhyScope) => this.analysis.otherCounts(scope);
  sourceOf = (asker: Source) => this.analysis.sourceOf(asker);
  whereIs = (asker: Source) =>
    this.placesKeeper.withSystems((systems) => this.analysis.whereIs(asker, systems));

  async setRules(rules: CountingRules): Promise<void> {
    await this.analysis.setRules(rules);
  }

  prepare = () => this.analysis.prepare();
  foldable = () => this.analysis.foldable();
  sources = (span: DaySpan, isAllTime: boolean) => this.analysis.sources(span, isAllTime);
  reconcile = (a: number, b: number) => this.analysis.reconcile(a, b);

  export: Client['export'] = (request) => this.withPlaces(() => this.analysis.export(request));

  previewExport: Client['previewExport'] = (...wish) =>
    this.withPlaces(() => this.analysis.previewExport(...wish));

  writeExport: Client['writeExport'] = (...wish) => this.withPlaces(() => pullExport(this.analysis, ...wish));

  setUseRules = (text: string) => this.analysis.setUseRules(text);
  fetchPlaces = () => this.placesKeeper.fetch();
  places = () => this.placesKeeper.state();
  addDatabase = (file: File) => this.placesKeeper.addDatabase(file);
  forgetDatabases = () => this.placesKeeper.forgetDatabases();
  setNetworks = (text: string) => this.placesKeeper.setNetworks(text);
  forgetPlaces = () => this.placesKeeper.forgetAll();

  /** What tells facts of addresses waits until they are known. */
  private async withPlaces<T>(ask: () => Promise<T>): Promise<T> {
    await this.placesKeeper.ready();
    return ask();
  }
}
