/**
 * The syntax of regular expressions, as far as it can describe literals and fields. In: an expression in JavaScript's,
 * Python's or PCRE's spelling. Out: a tree, or the part that is not understood. Nothing here runs an expression.
 * Limits: groups 20 deep; no look-around, no back references, no properties.
 */
import type { FormatProblem } from './pieces.ts';

export interface RegexPart {
  /** Where it is written. */
  from: number;
  to: number;
  min: number;
  max: number;
  lazy: boolean;
}
/** One character of `has`; `literal` when it can only be that one. */
export interface RegexChar extends RegexPart {
  kind: 'char';
  literal: string | null;
  has: (char: string) => boolean;
}
export interface RegexGroup extends RegexPart {
  kind: 'group';
  name: string | null;
  options: RegexNode[][];
}
export interface RegexAnchor extends RegexPart {
  kind: 'start' | 'end';
}
export type RegexNode = RegexChar | RegexGroup | RegexAnchor;

const MAX_DEPTH = 20;

/** What a part that cannot be read is, and what to write instead. */
class Unreadable {
  constructor(readonly problem: FormatProblem) {}
}

export function parseRegex(source: string): RegexNode[][] | FormatProblem {
  let at = 0;
  const once = (from: number) => ({ from, to: at, min: 1, max: 1, lazy: false });

  function options(depth: number): RegexNode[][] {
    const all: RegexNode[][] = [[]];
    while (at < source.length && source[at] !== ')') {
      if (source[at] === '|') {
        at++;
        all.push([]);
      } else {
        const node = part(depth);
        if (node) all.at(-1)!.push(quantified(node));
      }
    }
    return all;
  }

  function part(depth: number): RegexNode | null {
    const from = at;
    const char = source[at++]!;
    if (char === '(') return group(from, depth);
    if (char === '[') return classAt(from);
    if (char === '^') return { kind: 'start', ...once(from) };
    if (char === '$') return { kind: 'end', ...once(from) };
    if (char === '.') return { kind: 'char', literal: null, has: () => true, ...once(from) };
    if (char !== '\\') return plain(char, from);
    const escaped = source[at] ?? '';
    // The border of a word takes no character.
    if (escaped === 'b' || escaped === 'A' || escaped === 'Z' || escaped === 'z') {
      at++;
      return null;
    }
    if (/[1-9kpPGBXR]/.test(escaped))
      throw unreadable(source.slice(from, at + 1), 'write what it stands for, or [^ ]+ for a word');
    const [literal, has] = escapeAt();
    return { kind: 'char', literal, has, ...once(from) };
  }

  const plain = (char: string, from: number): RegexChar => ({
    kind: 'char',
    literal: char,
    has: (other) => other === char,
    ...once(from),
  });

  function group(from: number, depth: number): RegexNode {
    if (depth === MAX_DEPTH) throw unreadable('groups this deep', 'write fewer groups in one another');
    const [opening = '', name] = /^\?(?:P?<([A-Za-z_][\w.-]*)>|:)/.exec(source.slice(at, at + 80)) ?? [];
    if (source[at] === '?' && opening === '')
      throw unreadable(source.slice(from, from + 4), 'leave it out, or write the text itself');
    at += opening.length;
    const inside = options(depth + 1);
    if (source[at] !== ')') throw unreadable(source.slice(from), 'close the group with “)”');
    at++;
    return { kind: 'group', name: name ?? null, options: inside, ...once(from) };
  }

  /** The character or class behind a backslash, which stands before `at`. */
  function escapeAt(): [string | null, (char: string) => boolean] {
    const char = source[at++] ?? '\\';
    const code = char === 'x' ? source.slice(at, at + 2) : char === 'u' ? source.slice(at, at + 4) : '';
    if (/^([\da-f]{2}|[\da-f]{4})$/i.test(code)) {
      at += code.length;
      const literal = String.fromCharCode(parseInt(code, 16));
      return [literal, (other) => other === literal];
    }
    const known = CLASSES.get(char.toLowerCase());
    if (known) return [null, char === char.toLowerCase() ? known : (other) => !known(other)];
    const literal = char === 't' ? '\t' : char === 'n' || char === 'r' ? '\n' : char;
    return [literal, (other) => other === literal];
  }

  function classAt(from: number): RegexChar {
    const not = source[at] === '^';
    if (not) at++;
    const tests: ((char: string) => boolean)[] = [];
    const singles: string[] = [];
    for (let first = true; first || source[at] !== ']'; first = false) {
      if (at >= source.length) throw unreadable(source.slice(from), 'close the class with “]”');
      const [low, has] = classMember();
      if (low !== null && source[at] === '-' && source[at + 1] !== ']' && at + 1 < source.length) {
        at++;
        const [high] = classMember();
        tests.push((char) => char >= low && char <= (high ?? low));
      } else tests.push(has);
      if (low !== null) singles.push(low);
    }
    at++;
    const any = (char: string) => tests.some((has) => has(char));
    // [ ] and [.] are ways to write one character.
    const literal = !not && tests.length === 1 && singles.length === 1 && at - from <= 4 ? singles[0]! : null;
    return { kind: 'char', literal, has: not ? (char) => !any(char) : any, ...once(from) };
  }

  function classMember(): [string | null, (char: string) => boolean] {
    const char = source[at++]!;
    return char === '\\' ? escapeAt() : [char, (other) => other === char];
  }

  function quantified(node: RegexNode): RegexNode {
    const [written, sign, least, comma, most] =
      /^(?:([*+?])|\{(\d+)(,?)(\d*)\})/.exec(source.slice(at, at + 20)) ?? [];
    if (written === undefined) return node;
    at += written.length;
    const min = sign ? (sign === '+' ? 1 : 0) : Number(least);
    const max = sign ? (sign === '?' ? 1 : Infinity) : comma ? (most ? Number(most) : Infinity) : min;
    const lazy = source[at] === '?';
    // A possessive + changes nothing for literals and fields.
    if (lazy || source[at] === '+') at++;
    return { ...node, min, max, lazy, to: at };
  }

  try {
    const all = options(0);
    return at < source.length ? unreadable(source.slice(at), 'open the group that ends there').problem : all;
  } catch (error) {
    if (error instanceof Unreadable) return error.problem;
    throw error;
  }
}

const CLASSES = new Map<string, (char: string) => boolean>([
  ['d', (char) => char >= '0' && char <= '9'],
  ['w', (char) => /\w/.test(char)],
  ['s', (char) => /\s/.test(char)],
]);

const unreadable = (part: string, instead: string) => new Unreadable(cannotCompile(part, instead));

/** The words for a part of an expression that is no literal and no field. */
export function cannotCompile(part: string, instead: string): FormatProblem {
  const short = part.length > 40 ? `${part.slice(0, 40)}…` : part;
  return {
    reason: `“${short}” in the regular expression cannot be read as text and fields.`,
    remedy: `${instead[0]!.toUpperCase()}${instead.slice(1)}.`,
  };
}
