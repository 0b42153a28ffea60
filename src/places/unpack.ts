/**
 * Bundled tables, unpacked where they are used. In: what load.ts gives. Out: bytes for `openPlaces`. Takes 40 ms of the
 * processor, too much for the page's own thread while it shows progress.
 */
import { bytesOfBase64 } from '../lib/base64.ts';
import type { PackedTables } from './load.ts';

export async function unpackTables(packed: PackedTables): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = bytesOfBase64(packed.slice(packed.indexOf(',') + 1));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
