/**
 * Takes what the scanner has read out of its memory. In: the scanner's functions and values (either build) and its
 * memory. Out: a segment: columns with buffers of their own, so that they can be transferred; the words that are new
 * since the last one; an account of the lines.
 */
import {
  type PushColumns,
  type RequestColumns,
  type Segment,
  type UnreadableLine,
  type UnreadableReason,
  UNREADABLE_REASONS,
  WORD_KINDS,
  type WordsDelta,
} from '../model/segment.ts';
import type { Milliseconds } from '../model/units.ts';
import { LOG_FORMATS, OWN_FORMATS } from './index.ts';
import {
  COLUMN_AGENT,
  COLUMN_CLIENT,
  COLUMN_DIGEST,
  COLUMN_FLAGS,
  COLUMN_MILLIS,
  COLUMN_OFFSET,
  COLUMN_REFERENCE,
  COLUMN_REPOSITORY,
  COLUMN_SECONDS,
  COLUMN_START_SECOND,
  COLUMN_STATUS,
  COLUMN_UPSTREAM,
  COLUMN_WRITTEN,
} from './rows.ts';

/** The functions and values that both builds of scanner.ts have. */
export type Kernel = typeof import('./scanner.ts');

/** Where a segment belongs: the file, its place in it, and who read it. */
export type SegmentPlace = Pick<Segment, 'file' | 'index' | 'last' | 'start' | 'scanner'>;

/** Where the scanner's counters begin (line-account.ts): fates, reasons of unreadable lines, lines by format. */
const [REASONS_AT, FORMATS_AT] = [8, 16];

export class SegmentTaker {
  /** By kind: words that segments have told, and the bytes of these. */
  private readonly sent = new Array<{ words: number; bytes: number }>(WORD_KINDS).fill({
    words: 0,
    bytes: 0,
  });
  private sequence = 0;

  constructor(
    private readonly kernel: Kernel,
    /** Asked for each time: memory that grows gets another buffer. */
    private readonly memory: () => Uint8Array,
  ) {}

  /** What was read since the last segment; nothing of it is counted any more. */
  take(place: SegmentPlace): Segment {
    const { kernel } = this;
    const counters = this.numbers(kernel.counterAddress(), kernel.COUNTERS);
    const segment: Segment = {
      ...place,
      size: kernel.consumed(),
      sequence: this.sequence++,
      requests: this.takeRequests(),
      pushes: this.takePushes(),
      words: Array.from({ length: WORD_KINDS }, (_, kind) => this.takeWords(kind)),
      lines: {
        read: kernel.lineCount(),
        otherRegistry: counters[1]!,
        otherPath: counters[2]!,
        applicationMessage: counters[3]!,
        blank: counters[4]!,
        unreadable: this.countUnreadable(),
      },
      unreadableByReason: [...counters.subarray(REASONS_AT, REASONS_AT + UNREADABLE_REASONS)],
      unreadable: this.takeUnreadable(),
      linesByFormat: [...counters.subarray(FORMATS_AT, FORMATS_AT + LOG_FORMATS.length + OWN_FORMATS)],
      firstTime: timeOf(kernel.firstSeconds, kernel.firstMillis),
      lastTime: timeOf(kernel.lastSeconds, kernel.lastMillis),
      usesZone: kernel.zoneless !== 0,
      usesYear: kernel.yearless !== 0,
      usesStart: kernel.startless !== 0,
      hasForwarded: kernel.hasForwarded !== 0,
    };
    kernel.clear();
    return segment;
  }

  /** Lines since the last segment that could not be read. */
  countUnreadable(): number {
    const reasons = this.numbers(this.kernel.counterAddress() + REASONS_AT * 4, UNREADABLE_REASONS);
    return reasons.reduce((sum, count) => sum + count, 0);
  }

  private takeRequests(): RequestColumns {
    const { kernel } = this;
    return {
      length: kernel.rowCount,
      seconds: this.column(Uint32Array, COLUMN_SECONDS),
      client: this.column(Uint32Array, COLUMN_CLIENT),
      repository: this.column(Uint32Array, COLUMN_REPOSITORY),
      reference: this.column(Uint32Array, COLUMN_REFERENCE),
      agent: this.column(Uint32Array, COLUMN_AGENT),
      digest: kernel.hasDigest ? this.column(Uint32Array, COLUMN_DIGEST) : new Uint32Array(),
      upstream: kernel.hasUpstream ? this.column(Uint32Array, COLUMN_UPSTREAM) : new Uint32Array(),
      written: this.column(Uint32Array, COLUMN_WRITTEN),
      startSecond: this.column(Uint32Array, COLUMN_START_SECOND),
      offset: this.column(Uint32Array, COLUMN_OFFSET),
      millis: this.column(Uint16Array, COLUMN_MILLIS),
      status: this.column(Uint16Array, COLUMN_STATUS),
      flags: this.column(Uint8Array, COLUMN_FLAGS),
    };
  }

  private takePushes(): PushColumns {
    const { PUSH_FIELDS: width, pushCount: length } = this.kernel;
    const records = this.numbers(this.kernel.pushRecords(), length * width);
    const field = (push: number, place: number) => records[push * width + place]!;
    const each = (valueOf: (push: number) => number) => Array.from({ length }, (_, push) => valueOf(push));
    const ends = Uint32Array.from({ length: length * 3 }, (_, i) => field(Math.floor(i / 3), 2 + (i % 3)));
    const start = this.kernel.pushTexts();
    return {
      length,
      seconds: Uint32Array.from(each((push) => field(push, 0))),
      millis: Uint16Array.from(each((push) => field(push, 1))),
      words: { bytes: this.memory().slice(start, start + (ends[ends.length - 1] ?? 0)), ends },
    };
  }

  /** The words of one kind that are new since the last segment. */
  private takeWords(kind: number): WordsDelta {
    const { kernel } = this;
    const before = this.sent[kind]!;
    const words = kernel.wordCount(kind);
    const ends = this.numbers(kernel.wordEnds(kind) + before.words * 4, words - before.words);
    const used = ends.length > 0 ? ends[ends.length - 1]! : before.bytes;
    const start = kernel.wordBytes(kind);
    this.sent[kind] = { words, bytes: used };
    for (let i = 0; i < ends.length; i++) ends[i]! -= before.bytes;
    return { bytes: this.memory().slice(start + before.bytes, start + used), ends };
  }

  /** The first lines that could not be read: four numbers each, and the line's beginning. */
  private takeUnreadable(): UnreadableLine[] {
    const { kernel } = this;
    const lines: UnreadableLine[] = [];
    for (let i = 0, at = kernel.sampleAddress(); i < kernel.sampleCount; i++, at += kernel.SAMPLE) {
      const [line, offset, reason, size] = [...this.numbers(at, 4)] as [number, number, number, number];
      const text = new TextDecoder().decode(this.memory().slice(at + 16, at + 16 + size));
      lines.push({ line, offset, reason: reason as UnreadableReason, text: text.slice(0, 200) });
    }
    return lines;
  }

  private column<T>(type: { new (buffer: ArrayBuffer): T; BYTES_PER_ELEMENT: number }, column: number): T {
    const address = this.kernel.columnAddress(column);
    const end = address + this.kernel.rowCount * type.BYTES_PER_ELEMENT;
    return new type(this.memory().slice(address, end).buffer as ArrayBuffer);
  }

  private numbers(address: number, count: number): Uint32Array {
    return new Uint32Array(this.memory().slice(address, address + count * 4).buffer);
  }
}

const timeOf = (seconds: number, millis: number): Milliseconds =>
  seconds < 0 ? NaN : seconds * 1000 + millis;
