/**
 * The user's own database over other places. In: places, and an opened .mmdb. Out: places whose answers are the
 * database's where it has one. A system that it names decides host and type as well, by the same lists and rules; a
 * type that it names itself stands before them. Several databases: layer one after the other, the last one wins.
 * Limits: what is not public (private, loopback and so on) stays so, whatever the database says.
 */
import { ADDRESS_KINDS, type Place, type PlaceIndex } from '../model/place.ts';
import type { Mmdb, RecordOffset } from './mmdb.ts';
import { NO_RECORD } from './mmdb.ts';
import { factsOf, type DatabaseFacts } from './mmdb-facts.ts';
import { networkTypeOf } from './network-type.ts';
import { Places } from './places.ts';
import { providerOf } from './providers.ts';

export function layerPlaces(base: Places, database: Mmdb): Places {
  return new LayeredPlaces(base, database);
}

/** More than any file's offsets, so that a place and a record make one number. */
const OFFSETS = 2 ** 33;

class LayeredPlaces extends Places {
  private readonly placeOfPair = new Map<number, PlaceIndex>();
  private readonly factsOfRecord = new Map<RecordOffset, DatabaseFacts>();

  constructor(
    private readonly base: Places,
    private readonly database: Mmdb,
  ) {
    super();
  }

  findIpv4(word: number): PlaceIndex {
    const below = this.base.findIpv4(word);
    if (isNowhere(below)) return below;
    return this.intern(below, this.database.recordOfIpv4(word));
  }

  protected findPlainIpv6(first: number, second: number, third: number, fourth: number): PlaceIndex {
    const below = this.base.findIpv6(first, second, third, fourth);
    if (isNowhere(below)) return below;
    return this.intern(below, this.database.recordOfIpv6(first, second, third, fourth));
  }

  private intern(below: PlaceIndex, record: RecordOffset): PlaceIndex {
    const pair = below * OFFSETS + record + 1;
    let place = this.placeOfPair.get(pair);
    if (place === undefined) {
      const merged =
        record === NO_RECORD ? this.base.place(below) : merge(this.base.place(below), this.facts(record));
      this.placeOfPair.set(pair, (place = this.list.add(merged)));
    }
    return place;
  }

  private facts(record: RecordOffset): DatabaseFacts {
    let facts = this.factsOfRecord.get(record);
    if (!facts) this.factsOfRecord.set(record, (facts = this.read(record)));
    return facts;
  }

  /** A damaged record says nothing; the tables below still answer. */
  private read(record: RecordOffset): DatabaseFacts {
    try {
      return factsOf(this.database.valueAt(record));
    } catch {
      return {};
    }
  }
}

/** One of the kinds that have no place; index 0 is 'public' with nothing known. */
function isNowhere(place: PlaceIndex): boolean {
  return place > 0 && place < ADDRESS_KINDS.length;
}

function merge(below: Place, facts: DatabaseFacts): Place {
  const place = { ...below };
  if (facts.country !== undefined) {
    place.country = facts.country;
    place.countryBasis = 'database';
  }
  if (facts.system !== undefined) {
    const { type, basis } = networkTypeOf(facts.system, facts.organisation ?? '');
    // The bundled name of the same system is better than none.
    const organisation = facts.organisation ?? (facts.system === below.system ? below.organisation : '');
    Object.assign(place, { system: facts.system, organisation, type, typeBasis: basis });
    place.host = providerOf(facts.system);
    place.hostBasis = place.host === '' ? '' : 'list';
  }
  if (facts.type !== undefined && facts.type !== '') {
    place.type = facts.type;
    place.typeBasis = 'database';
  }
  return place;
}
