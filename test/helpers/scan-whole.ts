/**
 * All that a scanner tells of a text, with its numbers put back into words, so that two answers can be compared.
 * In: a scanner that goes on from text to text, and bytes. Out: plain values. Limits: one text at a time.
 */
import { openScanner } from '../../src/formats/open-scanner.ts';
import { defaultOptions } from '../../src/model/file-options.ts';
import type { LinePattern } from '../../src/model/line-pattern.ts';
import { NO_WORD, type Segment } from '../../src/model/segment.ts';

export interface Row {
  offset: number;
  /** The other columns, words by their bytes. */
  values: string;
}

export interface Scanned extends Pick<
  Segment,
  'lines' | 'unreadable' | 'unreadableByReason' | 'linesByFormat' | 'firstTime' | 'lastTime' | 'usesZone'
> {
  rows: Row[];
  size: number;
  usesYear: boolean;
}

export type Scan = (bytes: Uint8Array, piece?: number) => Scanned;

/** The last moment of the fixtures' year. */
const NOW = Date.UTC(2026, 11, 31);

/** Reads texts with one scanner, whose memory and words go on from one to the next. */
export async function openScan(kernel: 'wasm' | 'javascript', own: LinePattern[] = []): Promise<Scan> {
  const scanner = await openScanner(kernel, own);
  scanner.setOptions(defaultOptions(NOW));
  const words: string[][] = [];
  return (bytes, piece = 1 << 20) => {
    scanner.begin(false);
    for (let at = 0; at < bytes.length; at += piece) scanner.feed(bytes.subarray(at, at + piece));
    scanner.finish();
    const segment = scanner.takeSegment({ file: 0, index: 0, last: true, start: 0, scanner: 0 });
    segment.words.forEach((delta, kind) => {
      const known = (words[kind] ??= []);
      let from = 0;
      for (const end of delta.ends) {
        known.push(Buffer.from(delta.bytes.subarray(from, end)).toString('latin1'));
        from = end;
      }
    });
    return tell(segment, words);
  };
}

function tell(segment: Segment, words: string[][]): Scanned {
  const { requests: columns } = segment;
  const word = (kind: number, column: Uint32Array, i: number) =>
    column.length === 0 || column[i] === NO_WORD ? null : words[kind]![column[i]!]!;
  const rows = Array.from({ length: columns.length }, (_, i): Row => ({
    offset: columns.offset[i]!,
    values: JSON.stringify([
      columns.seconds[i],
      columns.millis[i],
      word(0, columns.client, i),
      word(1, columns.repository, i),
      word(2, columns.reference, i),
      word(3, columns.agent, i),
      word(2, columns.digest, i),
      word(4, columns.upstream, i),
      columns.written[i],
      columns.startSecond[i],
      columns.status[i],
      columns.flags[i],
    ]),
  }));
  const { lines, unreadable, unreadableByReason, linesByFormat, firstTime, lastTime, size } = segment;
  const { usesZone, usesYear } = segment;
  return {
    rows,
    lines,
    unreadable,
    unreadableByReason,
    linesByFormat,
    firstTime,
    lastTime,
    size,
    usesZone,
    usesYear,
  };
}

/** Manifest requests and the other kinds together: as many as lines were read. */
export function linesTogether({ rows, lines }: Scanned): number {
  const { otherRegistry, otherPath, applicationMessage, blank, unreadable } = lines;
  return rows.length + otherRegistry + otherPath + applicationMessage + blank + unreadable;
}
