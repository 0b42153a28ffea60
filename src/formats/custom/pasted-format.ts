/**
 * The last step of every front end. In: the pieces of one format, or a JSON format with pieces for each key. Out: a
 * pattern with what it lacks, or a problem in words.
 */
import type { LineField, LinePattern } from '../../model/line-pattern.ts';
import { readJsonTemplate } from './json-template.ts';
import { lackOf } from './pattern-lacks.ts';
import { MAX_PATTERN_TEXT, writePattern } from './pattern-text.ts';
import { isField, joinPieces } from './pieces.ts';
import type { FieldPiece, FormatProblem, Piece } from './pieces.ts';

export type FormatOrigin = 'nginx' | 'apache' | 'haproxy' | 'envoy' | 'goaccess' | 'regex';

export interface PastedFormat {
  /** As the configuration names it, else as its origin. */
  name: string;
  origin: FormatOrigin;
  pattern: LinePattern;
  /** What lines of this format do not tell: client, method, status, agent. */
  missing: string[];
}

export interface PastedReading {
  formats: PastedFormat[];
  problems: FormatProblem[];
}

/** Adds the format of `source` to what was read. `split` finds literals and fields in a format or a part of one. */
export function addSource(
  reading: PastedReading,
  name: string,
  origin: FormatOrigin,
  source: string,
  split: (part: string) => Piece[],
): void {
  const values = readJsonTemplate(source);
  if (values)
    addKeys(
      reading,
      name,
      origin,
      values.map(({ key, value }) => ({ key, pieces: split(value) })),
    );
  else addPieces(reading, name, origin, split(source));
}

export function addPieces(reading: PastedReading, name: string, origin: FormatOrigin, pieces: Piece[]): void {
  const tokens = joinPieces(pieces);
  if (Array.isArray(tokens)) addPattern(reading, name, origin, { kind: 'text', tokens });
  else reading.problems.push({ ...tokens, reason: `${named(name, origin)}: ${tokens.reason}` });
}

export function addKeys(
  reading: PastedReading,
  name: string,
  origin: FormatOrigin,
  values: { key: string; pieces: Piece[] }[],
): void {
  const best = new Map<LineField, { key: string; rank: number }>();
  for (const { key, pieces } of values) {
    const found = fieldOfValue(pieces);
    const known = found && best.get(found.field);
    if (found && key !== '' && (!known || found.rank < known.rank))
      best.set(found.field, { key, rank: found.rank });
  }
  if (best.has('request')) {
    best.delete('method');
    best.delete('target');
  }
  const keys = [...best].map(([field, { key }]) => ({ key, field }));
  addPattern(reading, name, origin, { kind: 'json', keys });
}

/** What the value of a JSON key is, when it is one thing. */
function fieldOfValue(pieces: Piece[]): FieldPiece | null {
  const tokens = joinPieces(pieces);
  if (!Array.isArray(tokens)) return null;
  const fields = tokens.flatMap((token) => ('field' in token ? [token.field] : []));
  const literals = tokens.flatMap((token) => ('literal' in token ? [token.literal] : []));
  const told = fields.filter((each) => each !== 'skip');
  const [first] = told;
  if (first === undefined) return null;
  const ranks = pieces.flatMap((piece) => (isField(piece) && piece.field === first ? [piece.rank] : []));
  const rank = Math.min(...ranks);
  // Method, target and protocol in one string are a request line.
  if (told.join(' ') === 'method target' && fields[0] === 'method') return { field: 'request', rank };
  const isWhole = fields.length === 1 && literals.every((literal) => AROUND.has(literal));
  const hasPort = first === 'client' && fields[0] === 'client' && literals[0] === ':';
  return told.length === 1 && (isWhole || hasPort) ? { field: first, rank } : null;
}

/** What the readers of times and of targets pass over. */
const AROUND = new Set(['[', ']', 'http://', 'https://']);

function addPattern(reading: PastedReading, name: string, origin: FormatOrigin, pattern: LinePattern): void {
  const lacks =
    writePattern(pattern).length > MAX_PATTERN_TEXT
      ? { reason: 'is too long to be kept in a link.', remedy: 'Leave out the parts that are not needed.' }
      : lackOf(pattern);
  if (Array.isArray(lacks)) reading.formats.push({ name: name || origin, origin, pattern, missing: lacks });
  else reading.problems.push({ ...lacks, reason: `${named(name, origin)} ${lacks.reason}` });
}

const TITLES: Record<FormatOrigin, string> = {
  nginx: 'nginx format',
  apache: 'Apache format',
  haproxy: 'HAProxy format',
  envoy: 'Envoy format',
  goaccess: 'GoAccess format',
  regex: 'regular expression',
};

const named = (name: string, origin: FormatOrigin) =>
  name === '' || name === origin ? `The ${TITLES[origin]}` : `The ${TITLES[origin]} “${name}”`;
