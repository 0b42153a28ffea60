/** Formats that a person defines: as they are stored and shared, and what the page shows of them. */
import type { LineField } from './line-pattern.ts';

/** A name, and the pattern as a short text (formats/custom/pattern-text.ts). */
export interface OwnFormat {
  name: string;
  text: string;
}

/** Most formats of the user's own at a time: the scanner has this many numbers for them. */
export const MOST_OWN_FORMATS = 8;

export interface FoundFormat {
  text: string;
  kind: 'text' | 'json';
  /** What its lines tell. */
  fields: LineField[];
  /** What they do not, in a sentence; empty when nothing is missing. */
  missing: string;
}

export interface FormatTrouble {
  reason: string;
  remedy: string;
}

/** What was recognised in a pasted text. */
export interface PastedText {
  formats: (FoundFormat & { name: string; origin: FormatOrigin })[];
  problems: FormatTrouble[];
}
export type FormatOrigin = 'nginx' | 'apache' | 'haproxy' | 'envoy' | 'goaccess' | 'regex';

/** A part of a line, in characters, and what it is. */
export interface LinePart {
  start: number;
  end: number;
  field: LineField;
}

export type ClickedFormat = { format: FoundFormat } | { problem: FormatTrouble };

/** A line as it is read with a format. */
export interface TriedLine {
  line: string;
  /** The format claims the line. */
  isOwn: boolean;
  fate: 'manifest' | 'otherRegistry' | 'other' | 'unreadable';
  /** UnreadableReason; -1 when it can be read. */
  reason: number;
  fields: [field: LineField, value: string][];
}
