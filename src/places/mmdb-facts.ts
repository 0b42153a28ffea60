/**
 * What a record of a database says, whoever made it. In: a decoded record. Out: country, system, organisation, type;
 * what it does not say is absent. Layouts: GeoLite2 and GeoIP2 Country, City, ASN, ISP and Enterprise; DB-IP Lite and
 * paid (the same names); IPinfo Lite, ASN, Company and Standard; ip-location-db. Source: their documentation, 2026.
 */
import type { NetworkType } from '../model/place.ts';
import type { MmdbValue } from './mmdb.ts';

export interface DatabaseFacts {
  country?: string;
  system?: number;
  organisation?: string;
  type?: NetworkType;
}

/** Words for types of network: IPinfo's, then MaxMind's `user_type` and DB-IP's usage types. */
const TYPE_OF_WORD = new Map<string, NetworkType>([
  ['isp', 'isp'],
  ['hosting', 'hosting'],
  ['business', 'business'],
  ['education', 'education'],
  ['government', 'business'],
  ['military', 'business'],
  ['corporate', 'business'],
  ['library', 'education'],
  ['college', 'education'],
  ['school', 'education'],
  ['residential', 'isp'],
  ['consumer', 'isp'],
  ['cellular', 'isp'],
  ['dialup', 'isp'],
  ['content_delivery_network', 'hosting'],
]);

export function factsOf(record: MmdbValue): DatabaseFacts {
  const facts: DatabaseFacts = {};
  // A range may be registered elsewhere than it is used: registered_country is the last resort, as MaxMind advises.
  const country = firstText(record, [
    'country.iso_code',
    'country_code',
    'country',
    'geo.country_code',
    'registered_country.iso_code',
  ]);
  if (/^[A-Za-z]{2}$/.test(country)) facts.country = country.toUpperCase();

  const system = at(record, 'autonomous_system_number') ?? at(record, 'traits.autonomous_system_number');
  // IPinfo writes AS64496.
  const asText = firstText(record, ['asn', 'asn.asn', 'as.asn']);
  const number = typeof system === 'number' ? system : Number(/^(?:AS)?(\d{1,10})$/i.exec(asText)?.[1] ?? 0);
  if (number > 0) facts.system = number;

  const organisation = firstText(record, [
    'autonomous_system_organization',
    'traits.autonomous_system_organization',
    'as_name',
    'as.name',
    'asn.name',
    'organization',
    'traits.organization',
  ]);
  if (organisation !== '') facts.organisation = organisation;

  const word = firstText(record, [
    'as_type',
    'type',
    'as.type',
    'asn.type',
    'company.type',
    'traits.user_type',
  ]);
  const type = TYPE_OF_WORD.get(word.toLowerCase());
  if (type) facts.type = type;
  return facts;
}

function firstText(record: MmdbValue, paths: string[]): string {
  for (const path of paths) {
    const value = at(record, path);
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

function at(record: MmdbValue, path: string): MmdbValue | undefined {
  let value: MmdbValue | undefined = record;
  for (const key of path.split('.')) value = value instanceof Map ? value.get(key) : undefined;
  return value;
}
