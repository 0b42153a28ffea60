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
import { joinRanges } from './range-table.ts';

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
    organisation: [],
  };

  constructor() {
    for (const kind of ADDRESS_KINDS) this.add({ ...NOTHING, kind });
  }

  add(place: Place): PlaceIndex {
    const columns = this.columns as Record<string, unknown[]>;
    for (const [column, value] of Object.entries(place)) columns[column]!.push(value);
    return this.columns.kind.length - 1;
  }

  at(index: PlaceIndex): Place {
    const row = Object.entries(this.columns).map(([column, values]) => [column, values[index]]);
    return Object.fromEntries(row) as Place;
  }
}

const NOTHING: Place = {
  kind: 'public',
  country: '',
  countryBasis: '',
  host: '',
  hostBasis: '',
  type: '',
  typeBasis: '',
  system: 0,
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

  /** By number: 192.0.2.1 is 0xc0000201. */
  abstract findIpv4(word: number): PlaceIndex;
  /** Not IPv4-mapped. */
  protected abstract findPlainIpv6(word0: number, word1: number, word2: number, word3: number): PlaceIndex;

  /** Four words of 32 bits, unsigned. */
  findIpv6(first: number, second: number, third: number, fourth: number): PlaceIndex {
    const isMapped = first === 0 && second === 0 && third === 0xffff;
    return isMapped ? this.findIpv4(fourth) : this.findPlainIpv6(first, second, third, fourth);
  }

  /** An address as text: a string, or its bytes as a log holds them. What is no address is 'no address'. */
  find(address: Uint8Array | string): PlaceIndex {
    if (typeof address === 'string') return this.findRead(readAddressText(address));
    return this.findRead(readAddressBytes(address, 0, address.length));
  }

  /** The same for a part of many bytes. */
  findBytes(bytes: Uint8Array, start: number, end: number): PlaceIndex {
    return this.findRead(readAddressBytes(bytes, start, end));
  }

  findText(address: string): Place {
    return this.place(this.find(address));
  }

  private findRead(version: AddressVersion): PlaceIndex {
    if (version === 4) return this.findIpv4(words[3]!);
    return version === 6 ? this.findPlainIpv6(words[0]!, words[1]!, words[2]!, words[3]!) : NO_ADDRESS;
  }
}

/** places, systems: what load.ts gives. Without systems, `system` and `organisation` stay empty. */
export function openPlaces(places: Uint8Array, systems?: Uint8Array): Places {
  return new BundledPlaces(readPlacesFile(places), systems ? readSystemsFile(systems) : null);
}

class BundledPlaces extends Places {
  private readonly ipv4: Ipv4Index;
  private readonly ipv6: Ipv6Index;
  /** Country, network and system of each combination that the tables hold. */
  private readonly combinations: [country: number, network: number, system: number][] = [];
  /** Place of each combination; 0 while it was not met. */
  private readonly placeOf: Int32Array;

  constructor(
    private readonly tables: PlacesTables,
    private readonly systems: SystemsTables | null,
  ) {
    super();
    const numbers = new Map<number, number>();
    const numberOf = (values: number[]) => {
      const [country, network, system = 0] = values as [number, number, number?];
      const key = system * 65_536 + country * 256 + network;
      let number = numbers.get(key);
      if (number === undefined)
        numbers.set(key, (number = this.combinations.push([country, network, system]) - 1));
      return number;
    };
    const { countryOfIpv4, networkOfIpv4, countryOfIpv6, networkOfIpv6 } = tables;
    const [ipv4, ipv6] = [
      [countryOfIpv4, networkOfIpv4],
      [countryOfIpv6, networkOfIpv6],
    ] as const;
    this.ipv4 = new Ipv4Index(joinRanges([...ipv4, ...(systems ? [systems.systemOfIpv4] : [])], numberOf));
    this.ipv6 = new Ipv6Index(joinRanges([...ipv6, ...(systems ? [systems.systemOfIpv6] : [])], numberOf));
    this.placeOf = new Int32Array(this.combinations.length);
  }

  findIpv4(word: number): PlaceIndex {
    const kind = kindOfIpv4(word);
    if (kind !== PUBLIC) return kind;
    const combination = this.ipv4.valueAt(word);
    return this.placeOf[combination]! || this.addPlace(combination);
  }

  protected findPlainIpv6(first: number, second: number, third: number, fourth: number): PlaceIndex {
    const kind = kindOfIpv6(first, second, third, fourth);
    if (kind !== PUBLIC) return kind;
    const combination = this.ipv6.valueAt(first, second);
    return this.placeOf[combination]! || this.addPlace(combination);
  }

  private addPlace(combination: number): PlaceIndex {
    const [country, network, system] = this.combinations[combination]!;
    const { host, type, typeBasis } = this.tables.networks[network]!;
    const place = this.list.add({
      kind: 'public',
      country: this.tables.countries[country]!,
      countryBasis: country === 0 ? '' : 'table',
      host,
      hostBasis: host === '' ? '' : 'list',
      type,
      typeBasis,
      system: this.systems?.numbers[system] ?? 0,
      organisation: this.systems?.organisations[system] ?? '',
    });
    this.placeOf[combination] = place;
    return place;
  }
}
