/** The bundled tables, read from their files. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const tableBytes = (name: 'places' | 'systems'): Uint8Array =>
  gunzipSync(readFileSync(resolve(`src/places/tables/${name}.bin.gz`)));
