/** What a person adds to what is known of addresses. */
import type { PlacesSource } from './place.ts';
import type { Problem } from './problem.ts';

/** A database of addresses that a person dropped (.mmdb). */
export interface OwnDatabase {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What a person adds to the bundled tables, as the page shows it. */
export interface OwnPlaces {
  /** Names of their databases; the last one that knows an address is believed. */
  databases: string[];
  /** Ranges of their own, as they wrote them. */
  networks: string;
  problems: Problem[];
  /** What the bundled answers are made of. */
  sources: readonly PlacesSource[];
}
