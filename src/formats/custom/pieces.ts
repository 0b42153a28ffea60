/**
 * The pieces of a pasted format, and the joining of them to the tokens of a pattern.
 * In: literals and fields in the order of the format, as every front end finds them. Out: tokens, or what stands in
 * the way. Limits: at most 200 tokens, which no real format comes near.
 */
import type { LineField, PatternToken } from '../../model/line-pattern.ts';

export interface FieldPiece {
  field: LineField;
  /** Which of several pieces for one field counts: the lowest, then the first. The others are skipped. */
  rank: number;
  /** Goes on with the time just before it: a clock behind its date, a zone behind its clock. */
  continues?: true;
  /** Literals that the field holds itself. */
  inner?: string[];
}
export type Piece = { literal: string } | FieldPiece;

/** What a person has to know, and what can be done. */
export interface FormatProblem {
  reason: string;
  remedy: string;
}

const MAX_TOKENS = 200;

export const text = (literal: string): Piece => ({ literal });
export const field = (name: LineField, rank = 0): FieldPiece => ({ field: name, rank });
export const isField = (piece: Piece | undefined): piece is FieldPiece =>
  piece !== undefined && 'field' in piece;
export const isLiteral = (piece: Piece | undefined): piece is { literal: string } =>
  piece !== undefined && 'literal' in piece;

/** A time that is written with a blank in the middle, such as 21/Nov/2026:10:00:00 +0000. */
export const timeWithBlank = (rank: number): Piece[] => [
  field('time', rank),
  text(' '),
  { field: 'time', rank, continues: true },
];

export function joinPieces(pieces: Piece[]): PatternToken[] | FormatProblem {
  const joined = dropSecondChoices(joinTargets(joinTimes(joinLiterals(pieces))));
  const tokens = tokensOf(joinSkips(joinTargets(joined)));
  if (!Array.isArray(tokens)) return tokens;
  const short = cutTail(tokens);
  if (short.length > MAX_TOKENS)
    return {
      reason: `This format has ${short.length} parts, and at most ${MAX_TOKENS} can be read.`,
      remedy: 'Shorten it to the parts up to the last one that is needed.',
    };
  return short;
}

/** One literal between two fields, without empty ones; any run of blanks and line breaks is one blank. */
function joinLiterals(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (isField(piece)) joined.push({ ...piece });
    else if (isLiteral(last)) last.literal += piece.literal;
    else if (piece.literal !== '') joined.push({ ...piece });
  }
  for (const piece of joined) if (isLiteral(piece)) piece.literal = piece.literal.replace(/[ \r\n]+/g, ' ');
  return joined;
}

/** Date and clock, clock and zone become one field that remembers what stood between. */
function joinTimes(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    if (!isField(piece) || !piece.continues) {
      joined.push(piece);
      continue;
    }
    const between = joined.at(-1);
    const before = isLiteral(between) ? joined.at(-2) : between;
    if (isField(before) && before.field === 'time') {
      before.inner = [...(before.inner ?? [])];
      if (isLiteral(between)) before.inner.push((joined.pop() as { literal: string }).literal);
    } else joined.push({ field: piece.field, rank: piece.rank });
  }
  return joined;
}

/** Scheme, host, port and query belong to the target that they touch: a target may be a whole URL. */
function joinTargets(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    joined.push(piece);
    while (joinLastTarget(joined));
  }
  return joined;
}

function joinLastTarget(joined: Piece[]): boolean {
  const last = joined.at(-1);
  if (!isField(last)) return false;
  const before = joined.at(-2);
  const isTarget = last.field === 'target';
  if (isField(before)) {
    const fits = (piece: FieldPiece) => piece.field === 'target' || piece.field === 'skip';
    if (!fits(last) || !fits(before)) return false;
    const kept = isTarget && before.field !== 'target' ? last : before;
    joined.splice(-2, 2, kept);
    return true;
  }
  const first = joined.at(-3);
  if (before === undefined || !isField(first)) return false;
  const url =
    before.literal === '://' || (before.literal === ':' && isLiteral(joined.at(-4)) && endsScheme(joined));
  if (isTarget && first.field === 'skip' && url) joined.splice(-3, 3, last);
  else if (last.field === 'skip' && first.field === 'target' && before.literal === '?') joined.splice(-2, 2);
  else return false;
  return true;
}

const endsScheme = (joined: Piece[]) => (joined.at(-4) as { literal: string }).literal.endsWith('://');

function dropSecondChoices(pieces: Piece[]): Piece[] {
  const best = new Map<LineField, FieldPiece>();
  for (const piece of pieces) {
    if (!isField(piece)) continue;
    const known = best.get(piece.field);
    if (!known || piece.rank < known.rank) best.set(piece.field, piece);
  }
  // A request line says both already.
  if (best.has('request')) {
    best.delete('method');
    best.delete('target');
  }
  return pieces.map((piece) => {
    if (!isField(piece) || best.get(piece.field) === piece) return piece;
    const inner = piece.inner ?? (piece.field === 'request' ? [' ', ' '] : undefined);
    return inner ? { field: 'skip', rank: 0, inner } : field('skip');
  });
}

/**
 * Skipped words with blanks between them are skipped together up to a quote or bracket: lists of upstream servers
 * hold blanks, and header captures may be missing.
 */
function joinSkips(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const [skip, blank, second] = joined.slice(-3);
    const opens = isLiteral(piece) && /^ ["[{(|]/.test(piece.literal);
    const isSkip = (each: Piece | undefined) => isField(each) && each.field === 'skip';
    if (opens && isSkip(skip) && isSkip(second) && isLiteral(blank) && blank.literal === ' ') {
      joined.splice(-2, 2);
      while (isSkip(joined.at(-3)) && isBlank(joined.at(-2))) joined.splice(-2, 2);
    }
    joined.push(piece);
  }
  return joined;
}

const isBlank = (piece: Piece | undefined) => isLiteral(piece) && piece.literal === ' ';

function tokensOf(pieces: Piece[]): PatternToken[] | FormatProblem {
  const tokens: PatternToken[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (!isField(piece)) {
      tokens.push({ literal: piece.literal });
      continue;
    }
    const next = pieces[index + 1];
    if (isField(next)) {
      if (piece.field === 'skip' && next.field === 'skip') continue;
      return notTold(piece.field, next.field);
    }
    const end = next?.literal ?? '';
    if (piece.field === 'request' && end === ' ') {
      tokens.push({ field: 'method' }, { literal: ' ' }, { field: 'target' }, { literal: ' ' });
      tokens.push({ field: 'skip' });
      continue;
    }
    const hidden = piece.inner?.filter((inner) => end !== '' && inner.includes(end)) ?? [];
    if (hidden.length > 0 && piece.field !== 'time' && piece.field !== 'skip')
      return {
        reason: `The ${piece.field} holds “${end}” and also ends with it.`,
        remedy: 'Put quotes or brackets around it in the log format.',
      };
    // A time in several fields goes from the beginning of the first to the end of the last.
    for (const inner of hidden) tokens.push({ field: piece.field }, { literal: inner });
    tokens.push({ field: piece.field });
  }
  return tokens;
}

function notTold(first: LineField, second: LineField): FormatProblem {
  const name = (each: LineField) => (each === 'skip' ? 'another value' : `the ${each}`);
  return {
    reason: `Nothing stands between ${name(first)} and ${name(second)}, so that they cannot be told apart.`,
    remedy: 'Put a blank or a quote between them in the log format.',
  };
}

/** What is behind the last field that tells something does not have to be read; only what ends that field. */
function cutTail(tokens: PatternToken[]): PatternToken[] {
  const last = tokens.findLastIndex((token) => 'field' in token && token.field !== 'skip');
  if (last < 0) return tokens;
  const end = tokens[last + 1];
  if (end === undefined) return tokens;
  const literal = 'literal' in end ? end.literal.trimEnd() : '';
  const isLast = last + 2 >= tokens.length;
  if (literal === '') return [...tokens.slice(0, last + 1), ...(isLast ? [] : [{ literal: ' ' }])];
  return [...tokens.slice(0, last + 1), { literal }];
}
