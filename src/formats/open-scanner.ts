import {
  WORD_KINDS,
  type PushColumns,
  type RequestColumns,
  type Segment,
  type UnreadableLine,
  type UnreadableReason,
  UNREADABLE_REASONS,
  type WordsDelta,
} from '../model/segment.ts';
import type { FileOptions } from '../model/file-options.ts';
import type { LinePattern } from '../model/line-pattern.ts';
import type { Bytes } from '../model/units.ts';
import { bytesOfBase64 } from '../lib/base64.ts';
import { zoneChanges } from '../lib/time-zone.ts';
import { memoryBytes } from './bytes.ts';
import { keyTable, knownPrograms, ownPrograms } from './load-tables.ts';
import { LOG_FORMATS, OWN_FORMATS } from './index.ts';
import * as javaScript from './scanner.ts';
import base64 from './scanner.ts?wasm';

/** The functions and values that both builds of scanner.ts have. */
type Kernel = typeof javaScript;

/**
 * A scanner with its dictionaries. In: bytes of one stream after the other. Out: segments.
 * The WebAssembly build is used where it is allowed; JavaScript gives the same answers at about half the speed.
 */
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
  takeSegment(place: { file: number; index: number; last: boolean; start: Bytes; scanner: number }): Segment;
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
  const sent = new Array<{ words: number; bytes: number }>(WORD_KINDS).fill({ words: 0, bytes: 0 });
  let sequence = 0;

  function put(piece: Uint8Array, take: (size: number) => void): void {
    for (let at = 0; at < piece.length; at += kernel.LARGEST_PIECE) {
      const part = piece.subarray(at, at + kernel.LARGEST_PIECE);
      memory().set(part, kernel.inputAddress());
      take(part.length);
    }
  }

  /** A copy of a column: its own buffer, so that it can be transferred. */
  function column<T>(type: { new (buffer: ArrayBuffer): T }, place: number, width: number): T {
    const address = kernel.columnAddress(place);
    return new type(memory().slice(address, address + kernel.rowCount * width).buffer as ArrayBuffer);
  }

  function numbers(address: number, count: number): Uint32Array {
    return new Uint32Array(memory().slice(address, address + count * 4).buffer);
  }

  function takeRequests(): RequestColumns {
    return {
      length: kernel.rowCount,
      seconds: column(Uint32Array, 0, 4),
      client: column(Uint32Array, 1, 4),
      repository: column(Uint32Array, 2, 4),
      reference: column(Uint32Array, 3, 4),
      agent: column(Uint32Array, 4, 4),
      digest: kernel.hasDigest ? column(Uint32Array, 5, 4) : new Uint32Array(),
      upstream: kernel.hasUpstream ? column(Uint32Array, 6, 4) : new Uint32Array(),
      written: column(Uint32Array, 7, 4),
      startSecond: column(Uint32Array, 8, 4),
      offset: column(Uint32Array, 9, 4),
      millis: column(Uint16Array, 10, 2),
      status: column(Uint16Array, 11, 2),
      flags: column(Uint8Array, 12, 1),
    };
  }

  function takePushes(): PushColumns {
    const { PUSH_FIELDS: width, pushCount: length } = kernel;
    const records = numbers(kernel.pushRecords(), length * width);
    const field = (push: number, place: number) => records[push * width + place]!;
    const each = (valueOf: (push: number) => number) => Array.from({ length }, (_, push) => valueOf(push));
    const ends = Uint32Array.from({ length: length * 3 }, (_, i) => field(Math.floor(i / 3), 2 + (i % 3)));
    const start = kernel.pushTexts();
    return {
      length,
      seconds: Uint32Array.from(each((push) => field(push, 0))),
      millis: Uint16Array.from(each((push) => field(push, 1))),
      words: { bytes: memory().slice(start, start + (ends[ends.length - 1] ?? 0)), ends },
    };
  }

  /** The words of one kind that are new since the last segment. */
  function takeWords(kind: number): WordsDelta {
    const before = sent[kind]!;
    const words = kernel.wordCount(kind);
    const ends = numbers(kernel.wordEnds(kind) + before.words * 4, words - before.words);
    const used = ends.length > 0 ? ends[ends.length - 1]! : before.bytes;
    const start = kernel.wordBytes(kind);
    sent[kind] = { words, bytes: used };
    for (let i = 0; i < ends.length; i++) ends[i]! -= before.bytes;
    return { bytes: memory().slice(start + before.bytes, start + used), ends };
  }

  function takeUnreadable(): UnreadableLine[] {
    const lines: UnreadableLine[] = [];
    for (let i = 0, at = kernel.sampleAddress(); i < kernel.sampleCount; i++, at += kernel.SAMPLE) {
      const [line, offset, reason, size] = [...numbers(at, 4)] as [number, number, number, number];
      const text = new TextDecoder().decode(memory().slice(at + 16, at + 16 + size));
      lines.push({ line, offset, reason: reason as UnreadableReason, text: text.slice(0, 200) });
    }
    return lines;
  }

  const milliseconds = (seconds: number, millis: number) => (seconds < 0 ? NaN : seconds * 1000 + millis);

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
    unreadable: () =>
      numbers(kernel.counterAddress() + 32, UNREADABLE_REASONS).reduce((sum, count) => sum + count, 0),
    streams: () => ({ seen: kernel.seenStreams, closed: kernel.closedStreams }),
    forget: () => kernel.clear(),
    takeSegment({ file, index, last, start, scanner }) {
      const counters = [...numbers(kernel.counterAddress(), kernel.COUNTERS)];
      const segment: Segment = {
        file,
        index,
        last,
        start,
        size: kernel.consumed(),
        scanner,
        sequence: sequence++,
        requests: takeRequests(),
        pushes: takePushes(),
        words: Array.from({ length: WORD_KINDS }, (_, kind) => takeWords(kind)),
        lines: {
          read: kernel.lineCount(),
          otherRegistry: counters[1]!,
          otherPath: counters[2]!,
          applicationMessage: counters[3]!,
          blank: counters[4]!,
          unreadable: 0,
        },
        unreadableByReason: counters.slice(8, 8 + UNREADABLE_REASONS),
        unreadable: takeUnreadable(),
        linesByFormat: counters.slice(16, 16 + LOG_FORMATS.length + OWN_FORMATS),
        firstTime: milliseconds(kernel.firstSeconds, kernel.firstMillis),
        lastTime: milliseconds(kernel.lastSeconds, kernel.lastMillis),
        usesZone: kernel.zoneless !== 0,
        usesYear: kernel.yearless !== 0,
        usesStart: kernel.startless !== 0,
        hasForwarded: kernel.hasForwarded !== 0,
      };
      segment.lines.unreadable = segment.unreadableByReason.reduce((sum, count) => sum + count, 0);
      kernel.clear();
      return segment;
    },
    countNewlines(piece) {
      let count = 0;
      put(piece, (size) => (count += kernel.countNewlines(size)));
      return count;
    },
  };
}
