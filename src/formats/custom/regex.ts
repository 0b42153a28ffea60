/**
 * Regular expressions with named groups. In: one expression, or several, one a line. Out: formats, when each
 * expression is a sequence of literals and fields; else which part is not, and what to write instead. The expression
 * itself is never run: its fields end at the literal that follows, as in every other format.
 */
import type { LineField } from '../../model/line-pattern.ts';
import { fieldByName } from './field-names.ts';
import { addPieces } from './pasted-format.ts';
import type { PastedReading } from './pasted-format.ts';
import { isField, text } from './pieces.ts';
import type { FieldPiece, FormatProblem, Piece } from './pieces.ts';
import { cannotCompile, parseRegex } from './regex-syntax.ts';
import type { RegexChar, RegexGroup, RegexNode } from './regex-syntax.ts';

const MAX_LENGTH = 5000;

export const isRegex = (source: string) => /\(\?P?<[A-Za-z_]/.test(source);

export function readRegex(source: string): PastedReading {
  const reading: PastedReading = { formats: [], problems: [] };
  const lines = source.split('\n').map((line) => line.trimStart());
  const expressions = lines.filter((line) => line !== '');
  // Lines that do not say enough for themselves are one expression that was broken for reading.
  const isEach = expressions.every(saysEnough);
  for (const expression of isEach ? expressions : [expressions.join('')])
    readOne(reading, bare(expression.trim()));
  return reading;
}

function saysEnough(line: string): boolean {
  const names = [...line.matchAll(/\(\?P?<(\w+)>/g)].map((match) => match[1]!);
  const fields = new Set(names.map((name) => fieldOfName(name, [])));
  return fields.has('time') && (fields.has('target') || fields.has('request'));
}

/** An expression without the delimiters of the language it comes from. */
function bare(expression: string): string {
  const slashes = /^\/(.*)\/[a-z]*;?$/.exec(expression);
  const quotes = /^r?(["'`])(.*)\1[;,]?$/.exec(expression);
  return slashes ? slashes[1]! : quotes && quotes[2]!.startsWith('^') ? quotes[2]! : expression;
}

function readOne(reading: PastedReading, expression: string): void {
  if (expression.length > MAX_LENGTH) {
    const reason = `The regular expression is longer than ${MAX_LENGTH} characters.`;
    reading.problems.push({ reason, remedy: 'Leave out what follows the last field that is needed.' });
    return;
  }
  const parsed = parseRegex(expression);
  const compiled = Array.isArray(parsed) ? compile(parsed, expression) : parsed;
  if ('reason' in compiled) reading.problems.push(compiled);
  else for (const pieces of compiled.variants) addPieces(reading, '', 'regex', pieces);
}

/** The expression with all of its optional tails first, then with one less each. */
function compile(options: RegexNode[][], source: string): { variants: Piece[][] } | FormatProblem {
  if (options.length > 1)
    return cannotCompile(
      source.slice(options[1]![0]?.from ?? 0),
      'paste the alternatives one a line, as expressions of their own',
    );
  const nodes = options[0]!;
  const compiler = new Compiler(source, allNames(nodes));
  const tails = nodes.filter((node) => node.kind !== 'end');
  const required =
    tails.findLastIndex((node) => node.min > 0 || node.kind !== 'group' || !hasField(node)) + 1;
  const isAnchored = nodes[0]?.kind === 'start';
  const begin = isAnchored || isVariable(nodes[0]) ? [] : [compiler.skip()];
  const variants: Piece[][] = [];
  for (let take = tails.length; take >= required; take--) {
    const unfolded = tails.slice(0, take).map((node, at) => (at >= required ? { ...node, min: 1 } : node));
    const pieces = compiler.sequence(unfolded);
    if (!Array.isArray(pieces)) return pieces;
    variants.push([...begin, ...pieces]);
  }
  return { variants };
}

function fieldOfName(name: string | null, names: string[]): LineField | null {
  const field = fieldByName(name ?? '');
  // grok calls the target the request.
  const hasMethod = names.some((each) => /^(request_?)?(method|verb)$/i.test(each));
  return field === 'request' && hasMethod ? 'target' : field;
}

function allNames(nodes: RegexNode[]): string[] {
  return nodes.flatMap((node) =>
    node.kind === 'group' ? [...(node.name ? [node.name] : []), ...node.options.flatMap(allNames)] : [],
  );
}

const hasField = (node: RegexNode): boolean =>
  allNames([node]).some((name) => fieldOfName(name, []) !== null);

const isVariable = (node: RegexNode | undefined): boolean =>
  node?.kind === 'group'
    ? node.name !== null || isVariable(node.options[0]![0])
    : node?.kind === 'char' && node.literal === null && !isBlank(node);

const isBlank = (node: RegexChar) => node.literal === ' ' || (node.literal === null && isBlankClass(node));
const isBlankClass = (node: RegexChar) => node.has(' ') && !node.has('a') && !node.has('"') && !node.has('0');

class Compiler {
  private seenTime = false;

  constructor(
    private readonly source: string,
    private readonly names: string[],
  ) {}

  skip = (): FieldPiece => ({ field: 'skip', rank: 0 });

  sequence(nodes: RegexNode[]): Piece[] | FormatProblem {
    this.seenTime = false;
    const flat = this.flatten(nodes);
    if (!Array.isArray(flat)) return flat;
    const pieces: Piece[] = [];
    for (const [index, node] of flat.entries()) {
      if (node.kind === 'char' && isFixed(node)) pieces.push(text(literalOf(node)));
      else if (node.kind === 'char' && isBlank(node)) {
        // Before and behind everything blanks do not matter.
        if (node.min === 0 && index > 0 && index < flat.length - 1 && !isNextBlank(flat, index))
          return this.cannot(node, 'write \\s+ where there is always a blank, else leave it out');
        if (node.min > 0) pieces.push(text(' '));
      } else {
        const last = pieces.at(-1);
        // What may follow an address in the same word is its port.
        if (isField(last) && last.field === 'client' && node.min === 0 && !hasField(node)) continue;
        const trouble = this.greedy(node, flat, index);
        if (trouble) return trouble;
        pieces.push(...this.fieldPieces(node));
      }
    }
    return pieces;
  }

  /** Groups that only hold parts together give way to their parts. */
  private flatten(nodes: RegexNode[]): RegexNode[] | FormatProblem {
    const flat: RegexNode[] = [];
    for (const node of nodes) {
      if (node.kind === 'start' || node.kind === 'end') continue;
      const isGroup = node.kind === 'group' && fieldOfName(node.name, this.names) === null;
      if (!isGroup || !(hasField(node) || isPlainGroup(node))) flat.push(node);
      else if (node.min !== 1 || node.max !== 1)
        return this.cannot(
          node,
          node.max === 1
            ? 'paste two expressions, one with this part and one without it'
            : 'write the part once, without a repetition',
        );
      else if (node.options.length > 1)
        return this.cannot(node, 'paste the alternatives one a line, as expressions of their own');
      else {
        const inside = this.flatten(node.options[0]!);
        if (!Array.isArray(inside)) return inside;
        flat.push(...inside);
      }
    }
    return flat;
  }

  /** .* takes as much as it can; a field ends at the first literal. Both are the same inside of quotes or brackets. */
  private greedy(node: RegexNode, flat: RegexNode[], index: number): FormatProblem | null {
    const next = flat[index + 1];
    const last = lastChar(node);
    if (!last || last.lazy || last.max === 1 || next?.kind !== 'char' || next.min === 0) return null;
    const end = next.literal ?? ' ';
    if (!last.has(end) || !last.has(' ') || !last.has('a')) return null;
    const before = flat[index - 1];
    const opened = before?.kind === 'char' ? before.literal : null;
    if (opened !== null && PAIRS.get(opened) === end) return null;
    const not = end === ']' ? '\\]' : end;
    return this.cannot(last, `write ${this.source.slice(last.from, last.to)}? or [^${not}]* instead`);
  }

  private fieldPieces(node: RegexNode): Piece[] {
    if (node.kind !== 'group') return [this.skip()];
    const name = fieldOfName(node.name, this.names) ?? 'skip';
    const blanks = Math.max(...node.options.map(blanksIn));
    const inner = literalsIn(node).filter((literal) => literal !== ' ');
    if (name !== 'time') return [{ field: name, rank: 0, inner: blanks > 0 ? [...inner, ' '] : inner }];
    const first: FieldPiece = { field: 'time', rank: 0, inner };
    // A group for the day and one for the clock are one time.
    if (this.seenTime) first.continues = true;
    this.seenTime = true;
    const more: Piece[] = [];
    for (let blank = 0; blank < blanks; blank++)
      more.push(text(' '), { field: 'time', rank: 0, continues: true });
    return [first, ...more];
  }

  private cannot(node: RegexNode, instead: string): FormatProblem {
    return cannotCompile(this.source.slice(node.from, node.to), instead);
  }
}

const PAIRS = new Map([
  ['"', '"'],
  ["'", "'"],
  ['[', ']'],
  ['(', ')'],
  ['{', '}'],
]);

const MAX_REPEATED = 100;
const isFixed = (node: RegexChar) =>
  node.literal !== null && node.literal !== ' ' && node.min === node.max && node.min <= MAX_REPEATED;
const literalOf = (node: RegexChar) => node.literal!.repeat(node.min);

const isNextBlank = (flat: RegexNode[], index: number) =>
  [flat[index - 1], flat[index + 1]].some((node) => node?.kind === 'char' && isBlank(node) && node.min > 0);

/** A group without alternatives and repetition. */
const isPlainGroup = (node: RegexGroup) => node.options.length === 1 && node.min === 1 && node.max === 1;

function lastChar(node: RegexNode): RegexChar | null {
  if (node.kind === 'char') return node;
  if (node.kind !== 'group') return null;
  const last = node.options[0]!.at(-1);
  return last && node.options.length === 1 ? lastChar(last) : null;
}

function blanksIn(nodes: RegexNode[]): number {
  let blanks = 0;
  for (const node of nodes) {
    if (node.kind === 'group') blanks += Math.max(...node.options.map(blanksIn));
    else if (node.kind === 'char' && isBlank(node)) blanks++;
  }
  return blanks;
}

function literalsIn(node: RegexGroup): string[] {
  return node.options.flat().flatMap((part) => {
    if (part.kind === 'group') return literalsIn(part);
    return part.kind === 'char' && part.literal !== null ? [part.literal] : [];
  });
}
