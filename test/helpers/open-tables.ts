/** The bundled tables, read from their files, and their starts spelled out: slowly, and by other means than the page's. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { PackedIpv4, PackedIpv6, PackedWords } from '../../src/places/packed-ranges.ts';

export const tableBytes = (name: 'places' | 'systems'): Uint8Array =>
  gunzipSync(readFileSync(resolve(`src/places/tables/${name}.bin.gz`)));

const counted = ([high, low]: Uint8Array[]): number[] =>
  Array.from(high!, (byte, i) => byte * 256 + low![i]!);

function wordsOf({ counts, distances, lowest }: PackedWords): number[] {
  const words: number[] = [];
  for (const [half, count] of counted(counts).entries()) {
    let second = 0;
    for (let i = 0; i < count; i++) {
      second = (second + distances[words.length]!) % 256;
      words.push(half * 65_536 + second * 256 + lowest[words.length]!);
    }
  }
  return words;
}

export const startsOfIpv4 = ({ starts }: PackedIpv4): Uint32Array => Uint32Array.from(wordsOf(starts));

export function startsOfIpv6({
  firstWords,
  counts,
  distances,
}: PackedIpv6): Record<'high' | 'low', Uint32Array> {
  const high: number[] = [];
  const low: number[] = [];
  const words = wordsOf(firstWords);
  for (const [group, count] of counted(counts).entries()) {
    let second = 0;
    for (let i = 0; i < count; i++) {
      second = (second + distances.reduce((sum, plane) => sum * 256 + plane[low.length]!, 0)) % 2 ** 32;
      high.push(words[group]!);
      low.push(second);
    }
  }
  return { high: Uint32Array.from(high), low: Uint32Array.from(low) };
}

/** Of each range. */
export const valuesOf = ({ values }: PackedIpv4 | PackedIpv6): number[] =>
  Array.from(values[0]!, (_, i) => values.reduce((sum, plane) => sum * 256 + plane[i]!, 0));
