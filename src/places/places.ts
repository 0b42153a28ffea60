/**
 * Where an address is: country, provider, type of network, autonomous system. In: the bundled tables, unpacked.
 * Out: for each address the index of a place; columns say what is known of it. Many addresses share a place, so that
 * rows can keep a number. Unknown is '' (0 for a system's number), never a guess, and every answer names its basis.
 * Limits: a country is where the range is used as far as DB-IP Lite knows; XK (Kosovo) stands outside ISO 3166-1 proper.
 */
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

  add(place: Place): PlaceIndex {
    const columns = this.columns as Record<string, unknown[]>;
    for (const [column, value] of Object.entries(place)) columns[column]!.push(value);
    return this.length - 1;
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

/** Values of a table of places: a country and a network, a byte each. */
const VALUES = 65_536;

class BundledPlaces extends Places {
  private readonly ipv4: Ipv4Index;
  private readonly ipv6: Ipv6Index;
  private readonly systemsOfIpv4: Ipv4Index | null;
  private readonly systemsOfIpv6: Ipv6Index | null;
  /** Place of each value that was met, of addresses without a system; 0: not yet. */
  private readonly placeOfValue = new Int32Array(VALUES);
  /** Place of each system and value that were met together, by one number for both. */
  private readonly placeOfBoth = new Map<number, PlaceIndex>();

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
    if (version === 4) return this.lookUpIpv4();
    return version === 6 ? this.lookUpIpv6() : NO_ADDRESS;
  }

  private lookUpIpv4(): PlaceIndex {
    const word = words[3]!;
    const kind = kindOfIpv4(word);
    if (kind !== PUBLIC) return kind;
    const value = this.ipv4.valueAt(word);
    const system = this.systemsOfIpv4 === null ? 0 : this.systemsOfIpv4.valueAt(word);
    return this.placeOf(system, value);
  }

  private lookUpIpv6(): PlaceIndex {
    const kind = kindOfIpv6(words[0]!, words[1]!, words[2]!, words[3]!);
    if (kind !== PUBLIC) return kind;
    const value = this.ipv6.valueAt(words);
    const system = this.systemsOfIpv6 === null ? 0 : this.systemsOfIpv6.valueAt(words);
    return this.placeOf(system, value);
  }

  private placeOf(system: number, value: number): PlaceIndex {
    if (system === 0) {
      const known = this.placeOfValue[value]!;
      if (known !== 0) return known;
      return (this.placeOfValue[value] = this.addPlace(0, value));
    }
    const both = system * VALUES + value;
    let place = this.placeOfBoth.get(both);
    if (place === undefined) this.placeOfBoth.set(both, (place = this.addPlace(system, value)));
    return place;
  }

  private addPlace(system: number, value: number): PlaceIndex {
    const country = value >> 8;
    const network = value & 255;
    const { host, type, typeBasis } = this.tables.networks[network]!;
    return this.list.add({
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
