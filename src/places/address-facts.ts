/**
 * What is known of all addresses of a dictionary, as columns. In: Traffic.clients, growing. Out: AddressColumns; each
 * address is looked up once, until another database or other own networks are given. Limits: holds the columns.
 */
import { WordTable } from '../lib/word-table.ts';
import type { AddressColumns, AddressFacts } from '../model/address-columns.ts';
import { NO_LABEL, type OwnNetworks } from './own-networks.ts';
import type { Places } from './places.ts';

export class KnownPlaces implements AddressFacts {
  private columns = emptyColumns(0);
  private known = 0;

  constructor(
    private readonly places: Places,
    private readonly networks: OwnNetworks | null,
  ) {}

  columnsOf(clients: WordTable): AddressColumns {
    if (clients.size > this.columns.countryOf.length) this.grow(clients.size);
    const { columns, places, networks } = this;
    for (; this.known < clients.size; this.known++) {
      const address = clients.bytesOf(this.known);
      const place = places.columns;
      const index = places.find(address);
      const kind = place.kind[index]!;
      columns.countryOf[this.known] = columns.countries.internText(place.country[index]!);
      columns.hostOf[this.known] = columns.hosts.internText(place.host[index]!);
      columns.typeOf[this.known] = columns.types.internText(place.type[index]!);
      columns.kindOf[this.known] = columns.kinds.internText(kind === 'public' ? '' : kind);
      const label = networks ? networks.find(address) : NO_LABEL;
      columns.networkOf[this.known] = columns.networks.internText(
        label === NO_LABEL ? '' : networks!.labels[label]!,
      );
    }
    return columns;
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
