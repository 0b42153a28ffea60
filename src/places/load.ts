/**
 * The bundled tables, on the page's side. Out: what `unpackTables` makes bytes of, in a worker: the page must answer.
 * Each table is a script of its own that holds the gzip file as base64, fetched when first asked for: the page's policy
 * allows scripts of its own host and no other request. Never import this file into a worker: workers are single
 * scripts inlined into the page, and would carry the tables with them.
 */

/** `data:…;base64,…` of a gzip file. */
export type PackedTables = string;

/** Country, provider and type: 1.0 MB in gzip, 1.3 MB as base64. */
export async function loadPlaces(): Promise<PackedTables> {
  return (await import('./tables/places.bin.gz?inline')).default;
}

/** Numbers and names of autonomous systems: 2.3 MB in gzip, 3.0 MB as base64. null: this build has none. */
export async function loadSystems(): Promise<PackedTables | null> {
  return (await import('./tables/systems.bin.gz?inline')).default || null;
}
