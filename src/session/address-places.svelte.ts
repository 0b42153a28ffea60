/**
 * What is known of addresses beside the bundled tables: the user's own ranges and databases. In: text, files. Out: what
 * is known now; `changed` is called when counts may be others.
 */
import type { OwnPlaces } from '../model/own-places.ts';
import type { Client } from '../pipeline/client.ts';

type Keeper = Pick<
  Client,
  'places' | 'setNetworks' | 'addDatabase' | 'forgetDatabases' | 'forgetPlaces' | 'tookKept'
>;

export class AddressPlaces {
  /** Ranges that were kept from before, used when addresses are first looked up. */
  networks = '';
  /** null until it is first needed. */
  known = $state.raw<OwnPlaces | null>(null);
  /** The client was told of `networks`. */
  private isTold = false;

  constructor(
    private readonly client: Keeper,
    private readonly changed: (change: () => Promise<void>) => Promise<void>,
    private readonly readAgain: () => Promise<unknown>,
  ) {}

  /** Before addresses are looked up; again when the client may have forgotten. */
  async load(): Promise<void> {
    const { isTold, networks } = this;
    this.isTold = true;
    this.known = await (isTold || !networks ? this.client.places() : this.client.setNetworks(networks));
  }

  /** The user's own ranges, as text. */
  async setNetworks(text: string): Promise<void> {
    this.isTold = true;
    await this.change(() => this.client.setNetworks(text));
  }

  /** Databases of addresses (.mmdb). */
  async add(files: readonly File[]): Promise<void> {
    for (const file of files) await this.change(() => this.client.addDatabase(file));
  }

  async forgetDatabases(): Promise<void> {
    await this.change(() => this.client.forgetDatabases());
  }

  async forget(): Promise<void> {
    await this.client.forgetPlaces();
    this.networks = '';
    this.isTold = false;
    this.known = null;
  }

  private async change(work: () => Promise<OwnPlaces>): Promise<void> {
    await this.changed(async () => {
      this.known = await work();
    });
    // Of an address that was kept nothing new can be told: the file says it again.
    if (this.client.tookKept()) await this.readAgain();
  }
}

export function sortDatabases(files: readonly File[]): { databases: File[]; others: File[] } {
  const isDatabase = ({ name }: File) => /\.mmdb$/i.test(name);
  return { databases: files.filter(isDatabase), others: files.filter((file) => !isDatabase(file)) };
}
