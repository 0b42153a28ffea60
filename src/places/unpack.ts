/**
 * Bundled tables, unpacked where they are used. In: what load.ts gives. Out: bytes for `openPlaces`. Takes 40 ms of the
 * processor, too much for the page's own thread while it shows progress.
 */
import type { PackedTables } from './load.ts';

export async function unpackTables(packed: PackedTables): Promise<Uint8Array<ArrayBuffer>> {
  const text = atob(packed.slice(packed.indexOf(',') + 1));
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
