/**
 * The user's own database over other places. In: places, and an opened .mmdb. Out: places whose answers are the
 * database's where it has one. A system that it names decides host and type as well, by the same lists and rules; a
 * type that it names itself stands before them. Several databases: layer one after the other, the last one wins.
 * Limits: what is not public (private, loopback and so on) stays so, whatever the database says.
 */
import { TripleNumbers } from '../lib/triple-numbers.ts';
import type { Place, PlaceIndex } from '../model/place.ts';
import { type AddressVersion, words } from './address.ts';
import type { Mmdb, RecordOffset } from './mmdb.ts';
import { NO_RECORD } from './mmdb.ts';
import { factsOf, type DatabaseFacts } from './mmdb-facts.ts';
import { networkTypeOf } from './network-type.ts';
import { FIRST_MET, Places } from './places.ts';
import { providerOf } from './providers.ts';

export function layerPlaces(base: Places, database: Mmdb): Places {
  return new LayeredPlaces(base, database);
}

class LayeredPlaces extends Places {
  /** Places below and records that were met together: their places stand in that order, after the kinds. */
  private readonly met = new TripleNumbers();
  private readonly factsOfRecord = new Map<RecordOffset, DatabaseFacts>();

  constructor(
    private readonly base: Places,
    private readonly database: Mmdb,
  ) {
    super();
  }

  lookUp(version: AddressVersion): PlaceIndex {
    const below = this.base.lookUp(version);
    if (isNowhere(below)) return below;
    const record = version === 4 ? this.database.recordOfIpv4(words) : this.database.recordOfIpv6(words);
    // 0 is no record.
    const place = FIRST_MET + this.met.numberOf(below, record + 1, 0);
    if (place === this.list.length) this.list.add(this.placeOf(below, record));
    return place;
  }

  private placeOf(below: PlaceIndex, record: RecordOffset): Place {
    const place = this.base.place(below);
    return record === NO_RECORD ? place : merge(place, this.facts(record));
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
  return place > 0 && place < FIRST_MET;
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
    const { system } = facts;
    Object.assign(place, { system, systemBasis: 'database', organisation, type, typeBasis: basis });
    place.host = providerOf(facts.system);
    place.hostBasis = place.host === '' ? '' : 'list';
  }
  if (facts.type !== undefined && facts.type !== '') {
    place.type = facts.type;
    place.typeBasis = 'database';
  }
  return place;
}
