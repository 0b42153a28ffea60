/**
 * Where an address is: country, provider, type of network, autonomous system. In: the bundled tables, unpacked.
 * Out: for each address the index of a place; columns say what is known of it. Many addresses share a place, so that
 * rows can keep a number. Unknown is '' (0 for a system's number), never a guess, and every answer names its basis.
 * Limits: a country is where the range is used as far as DB-IP Lite knows; XK (Kosovo) stands outside ISO 3166-1 proper.
 */
import { TripleNumbers } from '../lib/triple-numbers.ts';
import { ADDRESS_KINDS, type Place, type PlaceColumns, type PlaceIndex } from '../model/place.ts';
import { readAddressBytes, readAddressText, type AddressVersion, words } from './address.ts';
import { kindOfIpv4, kindOfIpv6, NO_ADDRESS, PUBLIC } from './address-kind.ts';
import { readPlacesFile, readSystemsFile, type PlacesTables, type SystemsTables } from './places-file.ts';
import { Ipv4Index, Ipv6Index } from './range-index.ts';

/** Places met so far: grows while addresses are looked up. */
export class PlaceList {
  readonly columns: { [Column in keyof Place]: Place[Column][] } = {
    kind: [],
    country: [],
    countryBasis: [],
    host: [],
    hostBasis: [],
    type: [],
    typeBasis: [],
    system: [],
    systemBasis: [],
    organisation: [],
  };

  constructor() {
    for (const kind of ADDRESS_KINDS) this.add({ ...NOTHING, kind });
  }

  get length(): number {
    return this.columns.kind.length;
  }

  add(place: Place): void {
    const columns = this.columns as Record<string, unknown[]>;
    for (const [column, value] of Object.entries(place)) columns[column]!.push(value);
  }

  at(index: PlaceIndex): Place {
    const row = Object.entries(this.columns).map(([column, values]) => [column, values[index]]);
    return Object.fromEntries(row) as Place;
  }
}

/** Place that is met first: those before it are the kinds. */
export const FIRST_MET: PlaceIndex = ADDRESS_KINDS.length;

const NOTHING: Place = {
  kind: 'public',
  country: '',
  countryBasis: '',
  host: '',
  hostBasis: '',
  type: '',
  typeBasis: '',
  system: 0,
  systemBasis: '',
  organisation: '',
};

/** A look-up of places. The answers of one look-up are indices of its own columns only. */
export abstract class Places {
  protected readonly list = new PlaceList();

  /** One entry for each place met so far. */
  get columns(): PlaceColumns {
    return this.list.columns;
  }

  place(index: PlaceIndex): Place {
    return this.list.at(index);
  }

  /**
   * The address that stands in `words`. They are the parameter because numbers of 32 unsigned bits, handed from function
   * to function, are objects, each made for one call.
   */
  abstract lookUp(version: AddressVersion): PlaceIndex;

  /** By number: 192.0.2.1 is 0xc0000201. */
  findIpv4(word: number): PlaceIndex {
    words[3] = word;
    return this.lookUp(4);
  }

  /** Four words of 32 bits, unsigned. */
  findIpv6(first: number, second: number, third: number, fourth: number): PlaceIndex {
    words[0] = first;
    words[1] = second;
    words[2] = third;
    words[3] = fourth;
    const isMapped = first === 0 && second === 0 && third === 0xffff;
    return this.lookUp(isMapped ? 4 : 6);
  }

  /** An address as text: a string, or its bytes as a log holds them. What is no address is 'no address'. */
  find(address: Uint8Array | string): PlaceIndex {
    if (typeof address === 'string') return this.lookUp(readAddressText(address));
    return this.findBytes(address, 0, address.length);
  }

  /** The same for a part of many bytes. */
  findBytes(bytes: Uint8Array, start: number, end: number): PlaceIndex {
    return this.lookUp(readAddressBytes(bytes, start, end));
  }

  findText(address: string): Place {
    return this.place(this.find(address));
  }
}

/** places, systems: what load.ts gives. Without systems, `system` and `organisation` stay empty. */
export function openPlaces(places: Uint8Array, systems?: Uint8Array): Places {
  return new BundledPlaces(readPlacesFile(places), systems ? readSystemsFile(systems) : null);
}

class BundledPlaces extends Places {
  private readonly ipv4: Ipv4Index;
  private readonly ipv6: Ipv6Index;
  private readonly systemsOfIpv4: Ipv4Index | null;
  private readonly systemsOfIpv6: Ipv6Index | null;
  /** Systems, countries and networks that were met together: their places stand in that order, after the kinds. */
  private readonly met = new TripleNumbers();

  constructor(
    private readonly tables: PlacesTables,
    private readonly systems: SystemsTables | null,
  ) {
    super();
    this.ipv4 = new Ipv4Index(tables.ipv4);
    this.ipv6 = new Ipv6Index(tables.ipv6);
    this.systemsOfIpv4 = systems && new Ipv4Index(systems.ipv4);
    this.systemsOfIpv6 = systems && new Ipv6Index(systems.ipv6);
  }

  lookUp(version: AddressVersion): PlaceIndex {
    if (version === 0) return NO_ADDRESS;
    return version === 4
      ? this.lookUpIpv4(words[3]!)
      : this.lookUpIpv6(words[0]!, words[1]!, words[2]!, words[3]!);
  }

  private lookUpIpv4(word: number): PlaceIndex {
    const kind = kindOfIpv4(word);
    if (kind !== PUBLIC) return kind;
    const { values } = this.tables.ipv4;
    const at = this.ipv4.placeOf(word);
    const system = this.systemsOfIpv4
      ? numberAt(this.systems!.ipv4.values, this.systemsOfIpv4.placeOf(word))
      : 0;
    return this.placeOf(system, values[0]![at]!, values[1]![at]!);
  }

  private lookUpIpv6(first: number, second: number, third: number, fourth: number): PlaceIndex {
    const kind = kindOfIpv6(first, second, third, fourth);
    if (kind !== PUBLIC) return kind;
    const { values } = this.tables.ipv6;
    const at = this.ipv6.placeOf(first, second);
    const system = this.systemsOfIpv6
      ? numberAt(this.systems!.ipv6.values, this.systemsOfIpv6.placeOf(first, second))
      : 0;
    return this.placeOf(system, values[0]![at]!, values[1]![at]!);
  }

  private placeOf(system: number, country: number, network: number): PlaceIndex {
    const place = FIRST_MET + this.met.numberOf(system, country, network);
    if (place === this.list.length) this.addPlace(system, country, network);
    return place;
  }

  private addPlace(system: number, country: number, network: number): void {
    const { host, type, typeBasis } = this.tables.networks[network]!;
    this.list.add({
      kind: 'public',
      country: this.tables.countries[country]!,
      countryBasis: country === 0 ? '' : 'table',
      host,
      hostBasis: host === '' ? '' : 'list',
      type,
      typeBasis,
      system: this.systems?.numbers[system] ?? 0,
      systemBasis: system === 0 ? '' : 'table',
      organisation: this.systems?.organisations[system] ?? '',
    });
  }
}

/** A value of three planes. */
function numberAt([high, middle, low]: readonly Uint8Array[], place: number): number {
  return (high![place]! << 16) | (middle![place]! << 8) | low![place]!;
}
