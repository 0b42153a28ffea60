/**
 * The bundled tables, on the page's side. Out: bytes for `openPlaces`, which a worker may be handed (transfer them).
 * Each table is a script of its own that holds the gzip file as base64, fetched when first asked for: the page's policy
 * allows scripts of its own host and no other request. Never import this file into a worker: workers are single
 * scripts inlined into the page, and would carry the tables with them.
 */

/** Country, provider and type: 1.0 MB in gzip, 1.3 MB as base64. */
export async function loadPlaces(): Promise<Uint8Array<ArrayBuffer>> {
  const { default: address } = await import('./tables/places.bin.gz?inline');
  return gunzip(address);
}

/** Numbers and names of autonomous systems: 2.3 MB in gzip, 3.0 MB as base64. null: this build has none. */
export async function loadSystems(): Promise<Uint8Array<ArrayBuffer> | null> {
  const { default: address } = await import('./tables/systems.bin.gz?inline');
  return address === '' ? null : gunzip(address);
}

/** address: data:…;base64,… */
async function gunzip(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob(await decode(address)).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Characters of base64 that are decoded at a time, a multiple of four: the page must answer in between. */
const SLICE = 1 << 18;

async function decode(address: string): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = address.indexOf(',') + 1; at < address.length; at += SLICE) {
    const text = atob(address.slice(at, at + SLICE));
    const part = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) part[i] = text.charCodeAt(i);
    parts.push(part);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return parts;
}
