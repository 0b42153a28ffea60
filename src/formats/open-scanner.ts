/**
 * Opens the scanner: `scanner.ts` as WebAssembly, or as JavaScript where that is not allowed, which gives the same
 * answers at about half the speed. In: bytes of one stream after the other, formats of the user's own. Out: segments.
 */
import type { Segment } from '../model/segment.ts';
import type { FileOptions } from '../model/file-options.ts';
import type { LinePattern } from '../model/line-pattern.ts';
import type { Bytes } from '../model/units.ts';
import { bytesOfBase64 } from '../lib/base64.ts';
import { zoneChanges } from '../lib/time-zone.ts';
import { memoryBytes } from './bytes.ts';
import { keyTable, knownPrograms, ownPrograms } from './load-tables.ts';
import * as javaScript from './scanner.ts';
import base64 from './scanner.ts?wasm';
import { type Kernel, type SegmentPlace, SegmentTaker } from './take-segment.ts';

/** A scanner with its dictionaries. */
export interface Scanner {
  /** What is known of the next streams beyond their bytes; until then: UTC, and this year. */
  setOptions(options: FileOptions): void;
  /** Begins a stream. skip: bytes up to the first newline belong to a line that began before it. */
  begin(skip: boolean): void;
  feed(piece: Uint8Array): void;
  /** The stream ends here, newline or not. */
  finish(): void;
  /** An unfinished line is in hand, or one is being stepped over. */
  isOpen(): boolean;
  /** Bytes at the stream's beginning that belonged to a line before it. */
  skipped(): Bytes;
  /** Bytes of the segment's finished lines. */
  consumed(): Bytes;
  /** Lines read since the last segment. */
  lines(): number;
  /** Lines since the last segment that could not be read. */
  unreadable(): number;
  /**
   * Of streams that Docker and CRI name (1 stdout, 2 stderr, 3 both): those of which the file showed lines so far, and
   * those of which it showed one that left no line open behind it.
   */
  streams(): { seen: number; closed: number };
  /** Forgets what was counted since the last segment, but not what is open. */
  forget(): void;
  /** What was read since the last segment, and nothing is counted any more. */
  takeSegment(place: SegmentPlace): Segment;
  /** Only counts newlines: the least that reading can cost. */
  countNewlines(piece: Uint8Array): number;
}

let compiled: Promise<WebAssembly.Module> | null = null;

/** `own`: formats of the user's own, tried before all others. */
export async function openScanner(
  kind: 'wasm' | 'javascript' = 'wasm',
  own: LinePattern[] = [],
): Promise<Scanner> {
  if (kind === 'javascript') return wrap(javaScript, memoryBytes, own);
  let instance: WebAssembly.Instance;
  try {
    instance = await WebAssembly.instantiate(await (compiled ??= WebAssembly.compile(bytesOfBase64(base64))));
  } catch {
    // No WebAssembly, no SIMD, or a policy that forbids it.
    return wrap(javaScript, memoryBytes, own);
  }
  const memory = instance.exports.memory as WebAssembly.Memory;
  return wrap(readGlobals(instance.exports), () => new Uint8Array(memory.buffer), own);
}

/** WebAssembly exports variables as objects with a value; here they read like the module's. */
function readGlobals(exports: WebAssembly.Exports): Kernel {
  const kernel = {};
  for (const [name, value] of Object.entries(exports)) {
    if (value instanceof WebAssembly.Global) Object.defineProperty(kernel, name, { get: () => value.value });
    else Object.defineProperty(kernel, name, { value });
  }
  return kernel as Kernel;
}

function wrap(kernel: Kernel, memory: () => Uint8Array, own: LinePattern[]): Scanner {
  kernel.init();
  loadFormats(kernel, memory, own);
  const segments = new SegmentTaker(kernel, memory);

  function put(piece: Uint8Array, take: (size: number) => void): void {
    for (let at = 0; at < piece.length; at += kernel.LARGEST_PIECE) {
      const part = piece.subarray(at, at + kernel.LARGEST_PIECE);
      memory().set(part, kernel.inputAddress());
      take(part.length);
    }
  }

  return {
    setOptions({ zone, latest, started, usesForwarded }) {
      const changes = Int32Array.from(zoneChanges(zone).flat());
      memory().set(new Uint8Array(changes.buffer), kernel.zoneAddress());
      const start = started === null ? -1 : Math.floor(started / 1000);
      kernel.setOptions(changes.length / 2, latest / 1000, start, usesForwarded ? 1 : 0);
    },
    begin: (skip) => kernel.begin(skip ? 1 : 0),
    feed: (piece) => put(piece, kernel.feed),
    finish: () => kernel.finish(),
    isOpen: () => kernel.isOpen() !== 0,
    skipped: () => kernel.skipped,
    consumed: () => kernel.consumed(),
    lines: () => kernel.lineCount(),
    unreadable: () => segments.countUnreadable(),
    streams: () => ({ seen: kernel.seenStreams, closed: kernel.closedStreams }),
    forget: () => kernel.clear(),
    takeSegment: (place) => segments.take(place),
    countNewlines(piece) {
      let count = 0;
      put(piece, (size) => (count += kernel.countNewlines(size)));
      return count;
    },
  };
}

/** Gives the scanner what it looks up: keys of JSON, the formats of the user's own and those that are known. */
function loadFormats(kernel: Kernel, memory: () => Uint8Array, own: LinePattern[]): void {
  const place = (bytes: Uint8Array) => {
    const address = kernel.tableAddress(bytes.length);
    memory().set(bytes, address);
    return address;
  };
  const [ownText, known] = [ownPrograms(own), knownPrograms()];
  const ownKeys = own.some(({ kind }) => kind === 'json') ? 1 : 0;
  kernel.loadTables(
    place(keyTable(own)),
    place(ownText),
    ownText.length,
    place(known),
    known.length,
    ownKeys,
  );
}
