/**
 * What tells files apart. In: a Blob. Out: a fingerprint of its size and of three places, which costs little whatever
 * the size; whether two files are the same to the byte, which reads both. Not cryptographic: nobody gains by a clash,
 * and equal fingerprints are confirmed by sameBytes.
 */
import type { Bytes } from '../model/units.ts';

/** Read at the head, in the middle and at the tail. */
const SAMPLE: Bytes = 64 << 10;
const COMPARED: Bytes = 4 << 20;

export async function fingerprintFile(file: Blob): Promise<string> {
  const { size } = file;
  const isSmall = size <= 3 * SAMPLE;
  const places = isSmall ? [0, SAMPLE, 2 * SAMPLE] : [0, Math.floor((size - SAMPLE) / 2), size - SAMPLE];
  const hashes: string[] = [];
  for (const place of places) {
    hashes.push(hashOf(new Uint8Array(await file.slice(place, place + SAMPLE).arrayBuffer())));
  }
  return `${size}-${hashes.join('')}`;
}

/** Two hashes of 32 bits by different multipliers, in hexadecimal. */
function hashOf(bytes: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b1;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return [a, b].map((hash) => (hash >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Whether two files hold the same bytes; stops at the first difference. Rejects when one cannot be read. */
export async function sameBytes(a: Blob, b: Blob): Promise<boolean> {
  if (a.size !== b.size) return false;
  for (let at = 0; at < a.size; at += COMPARED) {
    const [x, y] = await Promise.all(
      [a, b].map(async (file) => new Uint8Array(await file.slice(at, at + COMPARED).arrayBuffer())),
    );
    for (let i = 0; i < x!.length; i++) if (x![i] !== y![i]) return false;
  }
  return true;
}
