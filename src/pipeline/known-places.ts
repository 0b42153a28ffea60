/**
 * What is known of addresses, opened. In: the bundled tables, the user's databases and their own ranges. Out: facts, and
 * what is wrong with the user's part. A later database is asked before an earlier one, the bundled tables last.
 */
import type { AddressFacts } from '../model/address-columns.ts';
import type { OwnDatabase } from '../model/own-places.ts';
import type { Problem } from '../model/problem.ts';
import { KnownPlaces } from '../places/address-facts.ts';
import { layerPlaces } from '../places/layer-places.ts';
import { openMmdb } from '../places/mmdb.ts';
import { parseOwnNetworks } from '../places/own-networks.ts';
import { openPlaces, type Places } from '../places/places.ts';

export function openKnownPlaces(
  tables: Uint8Array,
  databases: OwnDatabase[],
  ownRanges: string,
): { facts: AddressFacts; problems: Problem[] } {
  const { networks, problems } = parseOwnNetworks(ownRanges);
  const { places, problems: ofDatabases } = openLayers(openPlaces(tables), databases);
  problems.push(...ofDatabases);
  return { facts: new KnownPlaces(places, networks.labels.length > 0 ? networks : null), problems };
}

export function openLayers(
  bundled: Places,
  databases: OwnDatabase[],
): { places: Places; problems: Problem[] } {
  const problems: Problem[] = [];
  let places = bundled;
  for (const { name, bytes } of databases) {
    const opened = openMmdb(bytes, name);
    if ('problem' in opened) problems.push(opened.problem);
    else places = layerPlaces(places, opened.database);
  }
  return { places, problems };
}
