/**
 * What is known of addresses, on the page's side: loads the bundled tables when they are first needed, keeps the
 * person's own databases in this browser, and hands both to the analysis. In: choices. Out: OwnPlaces to show.
 */
import { forgetDatabases, loadDatabases, saveDatabase } from '../cache/databases.ts';
import { ContentHash, fingerprintFile } from '../intake/fingerprint.ts';
import type { OwnDatabase, OwnPlaces } from '../model/own-places.ts';
import type { SystemsState } from '../model/place.ts';
import type { Problem } from '../model/problem.ts';
import { loadPlaces, loadSystems, type PackedTables } from '../places/load.ts';
import { PLACES_SOURCES } from '../places/sources.ts';

/** What the analysis does with it: opens everything, and says what is wrong. */
export type GivePlaces = (
  tables: PackedTables,
  databases: OwnDatabase[],
  networks: string,
  /** All of it, as a text to compare. */
  origin: string,
) => Promise<Problem[]>;

export class PlacesKeeper {
  private tables: Promise<PackedTables> | null = null;
  private databases: OwnDatabase[] | null = null;
  private loading: Promise<OwnDatabase[]> | null = null;
  private networks = '';
  private given: Promise<Problem[]> | null = null;
  private systems: Promise<SystemsState> | null = null;
  /** Changes wait for each other, and questions for changes. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly give: GivePlaces,
    private readonly giveSystems: (tables: PackedTables) => Promise<void>,
  ) {}

  /** The tables come to the page; to open them takes time of the analysis, which is for figures first. */
  fetch(): void {
    // Failing, it is told and tried again where they are needed.
    this.loadTables().catch(() => {});
  }

  /** Resolves when the analysis knows all that there is to know. Addresses stay unknown when tables cannot be loaded. */
  async ready(): Promise<Problem[]> {
    this.given ??= this.hand();
    return this.given;
  }

  /** The same with autonomous systems, which are loaded when the first single address is asked for. */
  async withSystems<T>(ask: (systems: SystemsState) => Promise<T>): Promise<T> {
    await this.ready();
    return ask(await (this.systems ??= this.handSystems()));
  }

  /** What facts come from now, to compare with later: nothing of it can be read from this text. */
  async origin(): Promise<string> {
    const databases = await this.ownDatabases();
    const print = ({ name, bytes }: OwnDatabase) =>
      fingerprintFile(new Blob([bytes])).then((each) => [name, each]);
    const own = [this.networks, ...(await Promise.all(databases.map(print)))];
    const hash = new ContentHash();
    hash.add(new TextEncoder().encode(JSON.stringify([PLACES_SOURCES, own])));
    return hash.text();
  }

  private async ownDatabases(): Promise<OwnDatabase[]> {
    const loaded = await (this.loading ??= loadDatabases());
    return (this.databases ??= loaded);
  }

  /** The analysis was begun anew: it must be told again. */
  lost(): void {
    this.given = null;
  }

  state(): Promise<OwnPlaces> {
    return this.inTurn(() => this.present());
  }

  private async present(): Promise<OwnPlaces> {
    const problems = await this.ready();
    return {
      databases: this.databases!.map(({ name }) => name),
      networks: this.networks,
      problems,
      sources: PLACES_SOURCES,
    };
  }

  /** A database was dropped. One of the same name takes its place; one that cannot be read is not kept. */
  addDatabase(file: File): Promise<OwnPlaces> {
    return this.inTurn(() => this.add(file));
  }

  private async add(file: File): Promise<OwnPlaces> {
    await this.ready();
    const database = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    const others = this.databases!.filter(({ name }) => name !== file.name);
    this.databases = [...others, database];
    this.given = null;
    const state = await this.present();
    const isBad = state.problems.some((problem) => problem.file === file.name);
    if (isBad) {
      this.databases = others;
      this.given = null;
      const { problems } = state;
      return { ...(await this.present()), problems };
    }
    const isKept = await saveDatabase(database);
    if (isKept) return state;
    const problem: Problem = {
      severity: 'note',
      file: file.name,
      line: 0,
      reason: `This browser did not keep ${file.name}.`,
      remedy: 'It is used until the page is closed.',
    };
    return { ...state, problems: [...state.problems, problem] };
  }

  forgetDatabases(): Promise<OwnPlaces> {
    return this.inTurn(async () => {
      await forgetDatabases();
      this.databases = [];
      this.given = null;
      return this.present();
    });
  }

  /** Leaves nothing of the person's own, here and in the browser. */
  forgetAll(): Promise<void> {
    return this.inTurn(async () => {
      await forgetDatabases();
      this.databases = [];
      this.networks = '';
      this.given = null;
    });
  }

  setNetworks(text: string): Promise<OwnPlaces> {
    // At once: files that are read next are compared with it.
    this.networks = text;
    return this.inTurn(() => {
      this.given = null;
      return this.present();
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work, work);
    this.turn = result;
    return result;
  }

  private async handSystems(): Promise<SystemsState> {
    try {
      const tables = await loadSystems();
      if (!tables) return 'left out';
      await this.giveSystems(tables);
      return 'known';
    } catch {
      this.systems = null;
      return 'not loaded';
    }
  }

  private loadTables(): Promise<PackedTables> {
    return (this.tables ??= loadPlaces());
  }

  private async hand(): Promise<Problem[]> {
    const databases = await this.ownDatabases();
    try {
      const tables = await this.loadTables();
      return await this.give(tables, databases, this.networks, await this.origin());
    } catch (error) {
      this.tables = null;
      return [
        {
          severity: 'warning',
          file: '',
          line: 0,
          reason: `The tables of countries and networks could not be loaded (${error instanceof Error ? error.message : String(error)}).`,
          remedy: 'Reload the page.',
        },
      ];
    }
  }
}
