/**
 * What a parse worker hands to the analysis: a piece of a file as columns, its new words, and an account of its lines.
 */
import type { Bytes, Milliseconds } from './units.ts';

/** Bits of the `flags` column. The two lowest are the rank on equal times: HEAD tag < GET tag < HEAD digest < GET digest. */
export const FLAG_GET = 1;
export const FLAG_DIGEST = 2;
/** The reference is a look-up of a signature or attestation (sha256-<64 hex>[.sig|.att|.sbom]). */
export const FLAG_SIGNATURE = 4;
/** The line is the inner one of two: distribution's logger wrote it (logfmt or JSON), or gunicorn behind Quay's nginx. */
export const FLAG_LOGGER_LINE = 8;
/** The status is one that does not count: the request is tallied, never an action. */
export const FLAG_DROPPED = 16;
/** No usable client address: the request never chains. */
export const FLAG_NO_CLIENT = 32;
/** Of segments only: the line is a registry's notification; `written` and `startSecond` are made of the event's id. */
export const FLAG_EVENT = 64;

/** The string dictionaries of a scanner, in the order of `Segment.words`. */
export const WORD_CLIENT = 0;
/** Registry prefix, NUL, name: chains live inside it. */
export const WORD_REPOSITORY = 1;
/** Tags and digests, as requested; digests that a log shows are in it too. */
export const WORD_REFERENCE = 2;
/** User agents as the log spells them, escapes included. */
export const WORD_AGENT = 3;
/** Upstream hosts, from ?ns=. */
export const WORD_UPSTREAM = 4;
export const WORD_KINDS = 5;

/** No entry of a dictionary. */
export const NO_WORD = 0xffffffff;

/**
 * The manifest requests of one piece of a file, one column a fact, in file order.
 * Numbers in client, repository, … are places in the dictionaries of the scanner that made the segment.
 */
export interface RequestColumns {
  length: number;
  /** Time of the request, whole seconds since 1970 (UTC). */
  seconds: Uint32Array;
  /** Its milliseconds, 0 to 999. */
  millis: Uint16Array;
  client: Uint32Array;
  repository: Uint32Array;
  reference: Uint32Array;
  agent: Uint32Array;
  /** Digest that the line itself shows (Docker-Content-Digest), or NO_WORD. Empty when no line has one. */
  digest: Uint32Array;
  /** Upstream host (?ns=), or NO_WORD. Empty when no line has one. */
  upstream: Uint32Array;
  /** FLAG_* bits. */
  flags: Uint8Array;
  /** HTTP status; 0 when the log has none. */
  status: Uint16Array;
  /** Bytes of the answer's body as the log says. Only to recognise a request logged twice. */
  written: Uint32Array;
  /** Whole second in which the request began, as far as the log tells. Only to recognise a request logged twice. */
  startSecond: Uint32Array;
  /** Where the line begins, counted from the segment's `start`. */
  offset: Uint32Array;
}

/** Manifests that were pushed, by PUT: no requests that count, but they tell which HEADs a push made. */
export interface PushColumns {
  length: number;
  /** Time, as of requests. */
  seconds: Uint32Array;
  millis: Uint16Array;
  /** Three of each: client, repository (prefix, NUL, name), agent as the log spells it. They are in no dictionary. */
  words: WordsDelta;
}

/** New entries of one dictionary since the scanner's last segment: bytes of entry i are ends[i-1] to ends[i]. */
export interface WordsDelta {
  bytes: Uint8Array;
  ends: Uint32Array;
}

/** What happened to lines that are no manifest requests by HEAD or GET, and to those that could not be read. */
export interface LineCounts {
  /** All lines that begin in the segment. */
  read: number;
  /** Blobs, /v2/, tags, uploads, tokens, manifests by PUT, DELETE, … */
  otherRegistry: number;
  /** Requests of other paths. */
  otherPath: number;
  /** Lines of a known logger that are about no finished request. */
  applicationMessage: number;
  blank: number;
  unreadable: number;
}

/** Why a line could not be read. The texts stand in views/text.ts. */
export const enum UnreadableReason {
  unknownFormat,
  noTime,
  noRequest,
  noStatus,
  tooLong,
  binary,
}
export const UNREADABLE_REASONS = 6;

export interface UnreadableLine {
  /** Line number, counted from 1. */
  line: number;
  /** Where the line begins in the (decompressed) file. */
  offset: Bytes;
  reason: UnreadableReason;
  /** The beginning of the line, at most 200 characters. */
  text: string;
}

/** What one scanner made of one piece of one file. */
export interface Segment {
  /** Place of the file in the list being read. */
  file: number;
  /** Place of the piece in the file; pieces are numbered without gaps. */
  index: number;
  /** The file ends with this piece. */
  last: boolean;
  /** Where the piece's first own line begins in the (decompressed) file. */
  start: Bytes;
  /** Bytes of the lines that belong to the piece. */
  size: Bytes;
  /** Which scanner: its dictionaries go on from segment to segment. */
  scanner: number;
  /** Number of the segment among those of its scanner: dictionaries must be taken in this order. */
  sequence: number;
  requests: RequestColumns;
  pushes: PushColumns;
  words: WordsDelta[];
  lines: LineCounts;
  unreadableByReason: number[];
  /** The first few, with line numbers counted from the segment's first line. */
  unreadable: UnreadableLine[];
  /** How many lines each format of the list claimed. */
  linesByFormat: number[];
  /** Time of the earliest and latest line whose time was read; NaN when none was. */
  firstTime: Milliseconds;
  lastTime: Milliseconds;
  /** Times without a zone, or without a year, were read by the file's options. */
  usesZone: boolean;
  usesYear: boolean;
  /** Lines show seconds since their program started, and no other time. */
  usesStart: boolean;
  /** The client of some request was told by a list of forwarded addresses. */
  hasForwarded: boolean;
}
