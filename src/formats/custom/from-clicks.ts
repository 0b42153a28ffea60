/**
 * A format from one line in which a person selected the fields. In: the line and the selected ranges of characters.
 * Out: a pattern with what it lacks, or a problem. Separators, quotes and brackets between the selections are kept;
 * words, numbers and quoted strings between them are skipped, because other lines have others there.
 */
import type { LineField, LinePattern } from '../../model/line-pattern.ts';
import { readJsonTemplate } from './json-template.ts';
import { lineAtoms } from './line-atoms.ts';
import type { LineAtom } from './line-atoms.ts';
import { lackOf } from './pattern-lacks.ts';
import { MAX_PATTERN_TEXT, writePattern } from './pattern-text.ts';
import { field, joinPieces, text } from './pieces.ts';
import type { FieldPiece, FormatProblem, Piece } from './pieces.ts';

export interface LineSelection {
  start: number;
  end: number;
  field: LineField;
}

export function patternFromClicks(
  line: string,
  selections: LineSelection[],
): { pattern: LinePattern; missing: string[] } | FormatProblem {
  const sorted = selections
    .map((selection) => trimmed(line, selection))
    .filter(({ start, end, field }) => end > start && field !== 'skip')
    .sort((a, b) => a.start - b.start);
  if (sorted.some(({ start }, index) => index > 0 && start < sorted[index - 1]!.end))
    return { reason: 'Two of the fields overlap.', remedy: 'Select each character for one field only.' };
  const twice = sorted.find(({ field }, index) =>
    sorted.some((other, at) => at < index && other.field === field),
  );
  if (twice)
    return { reason: `Two parts are the ${twice.field}.`, remedy: 'Choose another field for one of them.' };
  const values = line.startsWith('{') ? readJsonTemplate(line) : null;
  const pattern = values ? jsonPattern(values, sorted) : textPattern(line, sorted);
  if ('reason' in pattern) return pattern;
  // The scanner takes programs of at most 64 KB; a link takes less.
  if (writePattern(pattern).length > MAX_PATTERN_TEXT)
    return {
      reason: 'This line is too long for a format.',
      remedy: 'Select the fields in a shorter line of the same log.',
    };
  const lacks = lackOf(pattern);
  return Array.isArray(lacks)
    ? { pattern, missing: lacks }
    : { reason: `This selection ${lacks.reason}`, remedy: 'Select that part of the line as well.' };
}

/** Within the line, without blanks around it and without the quotes or brackets that enclose it. */
function trimmed(line: string, selection: LineSelection): LineSelection {
  let start = Math.max(0, selection.start);
  let end = Math.min(line.length, selection.end);
  const blanks = () => {
    while (start < end && /\s/.test(line[start]!)) start++;
    while (end > start && /\s/.test(line[end - 1]!)) end--;
  };
  blanks();
  if (end - start > 1 && ['""', '[]', '{}', '()', "''"].includes(line[start]! + line[end - 1]!)) {
    // An IPv6 address keeps its brackets.
    if (selection.field !== 'client') {
      start++;
      end--;
    }
  }
  blanks();
  if (selection.field === 'target' && end > start) {
    // A target is the whole word: with its host, which other lines may have another of, and its query.
    start -= /[a-z]+:\/\/[^\s"]*$/i.exec(line.slice(0, start))?.[0].length ?? 0;
    end += /^[^\s"|]*/.exec(line.slice(end))![0].length;
  }
  return { start, end, field: selection.field };
}

function jsonPattern(
  values: { key: string; start: number; end: number }[],
  selections: LineSelection[],
): LinePattern | FormatProblem {
  const keys: { key: string; field: LineField }[] = [];
  for (const { start, end, field } of selections) {
    const value = values.find((each) => each.start <= start && each.end >= end);
    if (!value || value.start !== start || value.end !== end)
      return {
        reason: `The ${field} is not the whole value of a key.`,
        remedy: 'In lines of JSON, select whole values.',
      };
    keys.push({ key: value.key, field });
  }
  return { kind: 'json', keys };
}

function textPattern(line: string, selections: LineSelection[]): LinePattern | FormatProblem {
  const pieces: Piece[] = [];
  let open = 0;
  for (const atom of lineAtoms(line)) {
    let at = atom.start;
    // A selection may begin in one atom and end in another.
    for (; open < selections.length && selections[open]!.start < atom.end; open++) {
      const selection = selections[open]!;
      if (selection.start >= atom.start) {
        pieces.push(...between(line, atom, at, selection.start), selected(line, selection));
      }
      at = Math.max(at, Math.min(selection.end, atom.end));
      if (selection.end > atom.end) break;
    }
    pieces.push(...between(line, atom, at, atom.end));
  }
  const tokens = joinPieces(pieces);
  return Array.isArray(tokens) ? { kind: 'text', tokens } : tokens;
}

/** A selected field; it may hold what another field would end at. */
function selected(line: string, { start, end, field: name }: LineSelection): FieldPiece {
  const value = line.slice(start, end);
  if (name === 'time') return { ...field('time'), inner: value.match(/ /g) ?? [] };
  // Addresses and lists of them end as addresses end, what is in quotes at its closing quote.
  const isQuoted = line[start - 1] === '"' && line[end] === '"';
  const isPlain = isQuoted || name === 'client' || name === 'forwarded';
  return isPlain ? field(name) : { ...field(name), inner: [value] };
}

/** The pieces of a part of an atom in which nothing is selected. */
function between(line: string, atom: LineAtom, start: number, end: number): Piece[] {
  const part = line.slice(start, end);
  if (atom.kind === 'literal') return [text(part)];
  if (part === '') return start === atom.start && end === atom.end ? [field('skip')] : [];
  if (start === atom.start && end === atom.end) return [field('skip')];
  return part.split(/( +)/).flatMap((word, index, words): Piece[] => {
    if (index % 2 === 1) return [text(word)];
    if (word === '') return [];
    // What touches the selection in the same word: its punctuation and names stay, its numbers may change.
    const touches = (index === 0 && start > atom.start) || (index === words.length - 1 && end < atom.end);
    if (!touches) return [field('skip')];
    const runs = word.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) ?? [];
    return runs.map((run) => (/\p{N}/u.test(run) ? field('skip') : text(run)));
  });
}
