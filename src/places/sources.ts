/**
 * Whose data the bundled tables are made of: what the page and README must show wherever answers are shown.
 * `npm run tables` writes sources.json beside the tables.
 */
import type { PlacesSource } from '../model/place.ts';
import sources from './tables/sources.json' with { type: 'json' };

export const PLACES_SOURCES: readonly PlacesSource[] = sources;
