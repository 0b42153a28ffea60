/** What is known of where a client address is: the nouns of the room `places`. */

/** 'public', or why an address is nowhere. A kind's number is its place here, and its PlaceIndex. */
export const ADDRESS_KINDS = [
  'public',
  'no address',
  'unspecified',
  'this network',
  'private',
  'loopback',
  'link-local',
  'carrier-grade',
  'documentation',
  'benchmarking',
  'multicast',
  'broadcast',
  'unique local',
  'reserved',
] as const;
export type AddressKind = (typeof ADDRESS_KINDS)[number];

/** What each is: places/network-type.ts. */
export type NetworkType = 'business' | 'isp' | 'hosting' | 'education' | '';

/** What an answer rests on: our list of systems, words of a name, the bundled table, the user's own database. */
export type Basis = 'list' | 'name rule' | 'table' | 'database' | '';

/** Row of PlaceColumns. Those below ADDRESS_KINDS.length are the kinds of address, with nothing else known. */
export type PlaceIndex = number;

export interface Place {
  kind: AddressKind;
  /** ISO 3166-1 alpha-2 (and XK for Kosovo), or ''. */
  country: string;
  countryBasis: Basis;
  /** Cloud or hosting provider, or ''. */
  host: string;
  hostBasis: Basis;
  type: NetworkType;
  typeBasis: Basis;
  /** Autonomous system; 0 when unknown, or when no table with systems is open. */
  system: number;
  systemBasis: Basis;
  /** Who the system is registered to, or ''. */
  organisation: string;
}

/** What is known of one client's address, for the person who asks for it. */
export interface AddressAnswer {
  /** null: only a hash of the address was kept, by which nothing can be looked up. */
  place: Place | null;
  /** The person's own name for its range, or ''. */
  network: string;
  systems: SystemsState;
}

/** Whether the table of autonomous systems is open: the single-file build leaves it out, and loading it may fail. */
export type SystemsState = 'known' | 'left out' | 'not loaded';

/** Places met so far, one entry in each column. */
export type PlaceColumns = { readonly [Column in keyof Place]: readonly Place[Column][] };

/** Data that answers are made of, to be named wherever answers are shown. */
export interface PlacesSource {
  name: string;
  /** What is answered from it. */
  use: string;
  /** npm package and version that it was taken from. */
  package: string;
  version: string;
  /** Day of the data, YYYY-MM-DD. */
  date: string;
  licence: string;
  licenceLink: string;
  /** What the licence asks to be shown, and where it must lead. */
  attribution: string;
  link: string;
}
