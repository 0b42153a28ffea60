/**
 * Lines of a log, read again from the file where they stand. In: a content and places in its unpacked text. Out: the line
 * that begins at each, without its line break. A plain file is opened at the place; what is packed is unpacked up to it.
 * Limits: of a line, its first 8 KiB. Rejects when the file cannot be read any more.
 */
import { type Content, isPlain, readContent } from '../intake/content.ts';
import { JsonFlattener } from '../intake/flatten-json.ts';
import type { Bytes } from '../model/units.ts';

const LONGEST_SHOWN: Bytes = 8 << 10;
const NEWLINE = 10;

/** '' where the text ends before a place. */
export async function readLinesAt(content: Content, offsets: readonly Bytes[]): Promise<string[]> {
  if (isPlain(content)) {
    return Promise.all(
      offsets.map(async (offset) => {
        const bytes = await content.blob.slice(offset, offset + LONGEST_SHOWN).arrayBuffer();
        return firstLine(new Uint8Array(bytes));
      }),
    );
  }
  /** Of each place, the text from there on, as far as it has come. */
  const found = offsets.map((offset) => ({ offset, bytes: new Uint8Array(LONGEST_SHOWN), used: 0 }));
  const end = Math.max(...offsets) + LONGEST_SHOWN;
  const flattener = typeof content.layout === 'number' ? new JsonFlattener(content.layout) : null;
  let at = 0;
  await readContent(content, (piece) => {
    flattener?.flatten(piece);
    for (const line of found) {
      const from = Math.max(0, line.offset + line.used - at);
      const part = piece.subarray(from, from + LONGEST_SHOWN - line.used);
      if (from >= piece.length || part.length === 0) continue;
      line.bytes.set(part, line.used);
      line.used += part.length;
    }
    at += piece.length;
    return at < end;
  });
  return found.map(({ bytes, used }) => firstLine(bytes.subarray(0, used)));
}

function firstLine(bytes: Uint8Array): string {
  const newline = bytes.indexOf(NEWLINE);
  const line = newline < 0 ? bytes : bytes.subarray(0, newline);
  return new TextDecoder().decode(line).replace(/\r$/, '');
}
