/**
 * What classifying made of a set of files, kept beside them: for each request its place in the order of time, its action
 * and the next request of its chain. It is right for exactly these files, as they are kept, by exactly these rules.
 * All columns go from the last request to the first, so that what a request points to is known before it.
 */
import type { Narrow } from '../lib/narrow.ts';
import type { Bytes } from './units.ts';

/** Requests of a block, at most. */
export const BLOCK_PLACES = 1 << 16;
/** Of `made`: the action, and beside it FLAG_CHAIN_HAS_GET. */
export const MADE_ACTION = 7;
export const MADE_HAS_GET = 8;

/** What tells whether it is still right, and how much it is. */
export interface ActionsHead {
  /** Rules and build (pipeline/first-figures.ts). */
  countedBy: string;
  /** In the order of their keys. Of what is kept of each a print, as the same file may have been read otherwise since. */
  files: { key: string; print: string; rows: number; uncounted: number }[];
  stored: Bytes;
}

/** A head, and blocks of ActionRows (lib/packed.ts). */
export interface KeptActions {
  head: ActionsHead;
  blocks: Uint8Array<ArrayBuffer>[];
}

export interface ActionRows {
  length: number;
  /** Place of the request's file in the head. */
  file: Narrow;
  /** How many of its file's rows are between it and the one before in these columns; folded, 0 for the next row. */
  row: Narrow;
  /** How many places on the next request of its chain is; 0: there is none. */
  next: Narrow;
  /** MADE_*. */
  made: Narrow;
}
