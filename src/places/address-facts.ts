/**
 * What is known of all addresses of a dictionary, as columns. In: Traffic.clients, growing. Out: AddressColumns; each
 * address is looked up once, until another database or other own networks are given. Limits: holds the columns.
 */
import { WordTable } from '../lib/word-table.ts';
import type { AddressColumns, AddressFacts } from '../model/address-columns.ts';
import type { PlaceIndex } from '../model/place.ts';
import { NO_LABEL, type OwnNetworks } from './own-networks.ts';
import type { Places } from './places.ts';

export class KnownPlaces implements AddressFacts {
  readonly isKept = true;
  private columns = emptyColumns(0);
  private known = 0;
  /** By place: where its words stand in `numbers`. */
  private readonly startOf: number[] = [];
  /** Of each place met: country, host, type and kind, as numbers in the columns' tables. */
  private readonly numbers: number[] = [];

  constructor(
    private readonly places: Places,
    private readonly networks: OwnNetworks | null,
  ) {}

  columnsOf(clients: WordTable): AddressColumns {
    if (clients.size > this.columns.countryOf.length) this.grow(clients.size);
    const { columns, places, networks } = this;
    for (; this.known < clients.size; this.known++) {
      const address = clients.bytesOf(this.known);
      const index = this.numbersOf(places.find(address));
      columns.countryOf[this.known] = this.numbers[index]!;
      columns.hostOf[this.known] = this.numbers[index + 1]!;
      columns.typeOf[this.known] = this.numbers[index + 2]!;
      columns.kindOf[this.known] = this.numbers[index + 3]!;
      const label = networks ? networks.find(address) : NO_LABEL;
      if (label !== NO_LABEL)
        columns.networkOf[this.known] = columns.networks.internText(networks!.labels[label]!);
    }
    return columns;
  }

  /** Where a place's words stand in `numbers`: they are looked up once, for all of its addresses. */
  private numbersOf(place: PlaceIndex): number {
    const known = this.startOf[place];
    if (known !== undefined) return known;
    const { country, host, type, kind } = this.places.columns;
    const { countries, hosts, types, kinds } = this.columns;
    const start = this.numbers.push(
      countries.internText(country[place]!),
      hosts.internText(host[place]!),
      types.internText(type[place]!),
      kinds.internText(kind[place] === 'public' ? '' : kind[place]!),
    );
    return (this.startOf[place] = start - 4);
  }

  private grow(size: number): void {
    const old = this.columns;
    const grown = emptyColumns(size * 2);
    grown.countryOf.set(old.countryOf);
    grown.hostOf.set(old.hostOf);
    grown.typeOf.set(old.typeOf);
    grown.networkOf.set(old.networkOf);
    grown.kindOf.set(old.kindOf);
    const { countries, hosts, types, networks, kinds } = old;
    this.columns = { ...grown, countries, hosts, types, networks, kinds };
  }
}

function emptyColumns(size: number): AddressColumns {
  const table = () => {
    const words = new WordTable();
    words.internText('');
    return words;
  };
  return {
    countries: table(),
    hosts: table(),
    types: table(),
    networks: table(),
    kinds: table(),
    countryOf: new Uint32Array(size),
    hostOf: new Uint32Array(size),
    typeOf: new Uint32Array(size),
    networkOf: new Uint32Array(size),
    kindOf: new Uint32Array(size),
  };
}
