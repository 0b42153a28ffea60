/**
 * A file as it is kept: its requests without the bytes they were read from. In this browser, or in a session file.
 * Rows are kept as they are before they are classified, so every rule can still be changed; lines are not.
 */
import type { Narrow, Steps } from '../lib/narrow.ts';
import type { FileOptions } from './file-options.ts';
import type { OwnFormat } from './own-format.ts';
import type { Problem } from './problem.ts';
import type { RequestTally } from './request-table.ts';
import type { UnreadableLine, LineCounts } from './segment.ts';
import type { TableResult } from './table-format.ts';
import type { Bytes, Milliseconds } from './units.ts';
import type { FileState } from './view.ts';

/** Of the columns below. What another version kept is thrown away. */
export const KEPT_VERSION = 2;

/** What tells a file again. */
export interface FilePrint {
  /** Of the bytes on disk. */
  fingerprint: string;
  /** Of what they unpack to, where it was read for that. */
  contentHash: string | null;
  /** Its bytes are its lines. */
  isPlain: boolean;
}

/** What can be said of a kept file without opening it. */
export interface KeptSummary {
  /** Fingerprint of the bytes on disk. */
  key: string;
  version: number;
  /** Which build read it: with another one the file is read again when it is there. */
  readBy: string;
  /** What was said of it, and by which formats of the user's own it was read. */
  reading: string;
  options: FileOptions;
  /** By which tables, databases and networks its addresses were looked up (places-keeper.ts). */
  factsBy: string;
  saltId: string;
  name: string;
  size: Bytes;
  compressed: boolean;
  contentKey: string;
  contentHash: string | null;
  /** Bytes unpacked. */
  bytes: Bytes;
  /** Its bytes are its lines. */
  isPlain: boolean;
  table: string | null;
  lines: number;
  unreadable: number;
  /** Lines behind its end can be read alone: none of them can be the second record of a request before it. */
  canGrow: boolean;
  requests: number;
  firstTime: Milliseconds;
  lastTime: Milliseconds;
  /** Bytes that it takes. */
  stored: Bytes;
  savedAt: Milliseconds;
  usedAt: Milliseconds;
}

/** The words of one dictionary that the file uses: bytes of word i are ends[i-1] to ends[i]. */
export interface KeptWords {
  bytes: Uint8Array;
  ends: Uint32Array;
}

/** What became of the file's lines. Texts of lines are not kept: addresses stand in them. */
export interface KeptAccount {
  state: FileState;
  problems: Problem[];
  lines: LineCounts;
  /** By the format's title, because numbers of formats change. */
  linesByFormat: [title: string, lines: number][];
  unreadableByReason: number[];
  unreadable: UnreadableLine[];
  bytes: Bytes;
  usesZone: boolean;
  usesYear: boolean;
  usesStart: boolean;
  hasForwarded: boolean;
  firstLine: Milliseconds;
  lastLine: Milliseconds;
  firstRequest: Milliseconds;
  lastRequest: Milliseconds;
}

/** Lines by which clients pushed manifests. Numbers are places in these lists, which are of pushes alone. */
export interface KeptPushes {
  length: number;
  seconds: Uint32Array;
  millis: Narrow;
  client: Narrow;
  repository: Narrow;
  agent: Narrow;
  saltId: string;
  /** As those of KeptHead. */
  clients: Uint8Array;
  isPrivate: Uint8Array;
  repositories: KeptWords;
  agents: KeptWords;
}

/** All of a file but its rows. Numbers in rows are places in these lists. */
export interface KeptHead {
  account: KeptAccount;
  tally: RequestTally;
  /** Hashes of addresses, 16 bytes each, and whether each is of a private range. */
  clients: Uint8Array;
  isPrivate: Uint8Array;
  repositories: KeptWords;
  references: KeptWords;
  agents: KeptWords;
  upstreams: KeptWords;
  pushes: KeptPushes;
  /** Of a table whose rows are no requests. */
  table: TableResult | null;
  rows: number;
}

/** Rows in the file's order, 65,536 at most. */
export interface KeptRows {
  length: number;
  /** Where the first row's line begins in the file, and the others' behind it. */
  start: Bytes;
  offset: Steps;
  seconds: Steps;
  millis: Narrow;
  client: Narrow;
  repository: Narrow;
  reference: Narrow;
  agent: Narrow;
  /** 0: none; else the number and 1. */
  digest: Narrow;
  upstream: Narrow;
  flags: Narrow;
}

/** What was known of each address, in the order of `clients`. Kept apart, because it can be learned later. */
export interface KeptFacts {
  countries: string[];
  hosts: string[];
  types: string[];
  networks: string[];
  kinds: string[];
  countryOf: Narrow;
  hostOf: Narrow;
  typeOf: Narrow;
  networkOf: Narrow;
  kindOf: Narrow;
}

/** The file as blocks of bytes (lib/packed.ts): KeptHead, KeptRows, KeptFacts. */
export interface KeptFile {
  summary: KeptSummary;
  head: Uint8Array<ArrayBuffer>;
  rows: Uint8Array<ArrayBuffer>[];
  facts: Uint8Array<ArrayBuffer>;
}

/** What reading depended on, as a text to compare. The latest day matters only where lines show no year. */
export function readingOf(options: FileOptions, usesYear: boolean, own: readonly OwnFormat[]): string {
  const { zone, usesForwarded, latest, started } = options;
  return JSON.stringify([
    zone,
    usesForwarded,
    started,
    usesYear ? latest : null,
    own.map(({ text }) => text),
  ]);
}

/** Whether a file would be read now as it was. */
export function isReadAlike(
  { reading }: KeptSummary,
  options: FileOptions,
  own: readonly OwnFormat[],
): boolean {
  return [false, true].some((usesYear) => reading === readingOf(options, usesYear, own));
}

/** Where a kept file is: in this browser, or in a part of a session file. */
export type KeptPlace = { key: string } | { part: Blob };

export interface KeptRef {
  summary: KeptSummary;
  place: KeptPlace;
}
