/** What parse workers are given, and whom they tell. */
import type { Content } from '../intake/content.ts';
import type { Segment } from '../model/segment.ts';
import type { Bytes } from '../model/units.ts';

/** What a parse worker is asked to read: a range of a plain file, something compressed, or members of an archive. */
export interface ParseTask {
  /** With each, the place of its file in the list being read. More than one only of one compressed archive, in order. */
  parts: { content: Content; file: number }[];
  /** Number of the piece in its file. */
  index: number;
  start: Bytes;
  end: Bytes;
}

export type EmitSegment = (segment: Segment) => Promise<void> | void;
/** Told of bytes of the file, and of lines, that were read since the last call. */
export type OnRead = (bytes: Bytes, lines: number) => void;
