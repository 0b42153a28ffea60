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
  try {
    return new RegexReader(source).whole();
  } catch (error) {
    if (error instanceof Unreadable) return error.problem;
    throw error;
  }
}

/** Reads an expression from left to right, a method for each thing in it. Throws what cannot be read. */
class RegexReader {
  private at = 0;

  constructor(private readonly source: string) {}

  whole(): RegexNode[][] {
    const all = this.options(0);
    if (this.at < this.source.length)
      throw unreadable(this.source.slice(this.at), 'open the group that ends there');
    return all;
  }

  private options(depth: number): RegexNode[][] {
    const all: RegexNode[][] = [[]];
    while (this.at < this.source.length && this.coming(1) !== ')') {
      if (this.coming(1) === '|') {
        this.at++;
        all.push([]);
      } else {
        const node = this.part(depth);
        if (node) all.at(-1)!.push(this.quantified(node));
      }
    }
    return all;
  }

  private part(depth: number): RegexNode | null {
    const from = this.at;
    const char = this.source[this.at++]!;
    if (char === '(') return this.group(from, depth);
    if (char === '[') return this.classAt(from);
    if (char === '^') return { kind: 'start', ...this.once(from) };
    if (char === '$') return { kind: 'end', ...this.once(from) };
    if (char === '.') return { kind: 'char', literal: null, has: () => true, ...this.once(from) };
    if (char !== '\\') return this.plain(char, from);
    const escaped = this.coming(1);
    // The border of a word takes no character.
    if (escaped === 'b' || escaped === 'A' || escaped === 'Z' || escaped === 'z') {
      this.at++;
      return null;
    }
    if (/[1-9kpPGBXR]/.test(escaped))
      throw unreadable(this.source.slice(from, this.at + 1), 'write what it stands for, or [^ ]+ for a word');
    const [literal, has] = this.escapeAt();
    return { kind: 'char', literal, has, ...this.once(from) };
  }

  private plain(char: string, from: number): RegexChar {
    return { kind: 'char', literal: char, has: (other) => other === char, ...this.once(from) };
  }

  private group(from: number, depth: number): RegexNode {
    if (depth === MAX_DEPTH) throw unreadable('groups this deep', 'write fewer groups in one another');
    const [opening = '', name] = /^\?(?:P?<([A-Za-z_][\w.-]*)>|:)/.exec(this.coming(80)) ?? [];
    if (this.coming(1) === '?' && opening === '')
      throw unreadable(this.source.slice(from, from + 4), 'leave it out, or write the text itself');
    this.at += opening.length;
    const inside = this.options(depth + 1);
    if (this.coming(1) !== ')') throw unreadable(this.source.slice(from), 'close the group with “)”');
    this.at++;
    return { kind: 'group', name: name ?? null, options: inside, ...this.once(from) };
  }

  /** The character or class behind a backslash, which stands before `at`. */
  private escapeAt(): [string | null, (char: string) => boolean] {
    const char = this.source[this.at++] ?? '\\';
    const code = char === 'x' ? this.coming(2) : char === 'u' ? this.coming(4) : '';
    if (/^([\da-f]{2}|[\da-f]{4})$/i.test(code)) {
      this.at += code.length;
      const literal = String.fromCharCode(parseInt(code, 16));
      return [literal, (other) => other === literal];
    }
    const known = CLASSES.get(char.toLowerCase());
    if (known) return [null, char === char.toLowerCase() ? known : (other) => !known(other)];
    const literal = char === 't' ? '\t' : char === 'n' || char === 'r' ? '\n' : char;
    return [literal, (other) => other === literal];
  }

  private classAt(from: number): RegexChar {
    const not = this.coming(1) === '^';
    if (not) this.at++;
    const tests: ((char: string) => boolean)[] = [];
    const singles: string[] = [];
    for (let first = true; first || this.coming(1) !== ']'; first = false) {
      if (this.at >= this.source.length)
        throw unreadable(this.source.slice(from), 'close the class with “]”');
      const [low, has] = this.classMember();
      if (low !== null && /^-[^\]]/.test(this.coming(2))) {
        this.at++;
        const [high] = this.classMember();
        tests.push((char) => char >= low && char <= (high ?? low));
      } else tests.push(has);
      if (low !== null) singles.push(low);
    }
    this.at++;
    const any = (char: string) => tests.some((has) => has(char));
    // [ ] and [.] are ways to write one character.
    const literal =
      !not && tests.length === 1 && singles.length === 1 && this.at - from <= 4 ? singles[0]! : null;
    return { kind: 'char', literal, has: not ? (char) => !any(char) : any, ...this.once(from) };
  }

  private classMember(): [string | null, (char: string) => boolean] {
    const char = this.source[this.at++]!;
    return char === '\\' ? this.escapeAt() : [char, (other) => other === char];
  }

  private quantified(node: RegexNode): RegexNode {
    const [written, sign, least, comma, most] = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})/.exec(this.coming(20)) ?? [];
    if (written === undefined) return node;
    this.at += written.length;
    const min = sign ? (sign === '+' ? 1 : 0) : Number(least);
    const max = sign ? (sign === '?' ? 1 : Infinity) : comma ? (most ? Number(most) : Infinity) : min;
    const lazy = this.coming(1) === '?';
    // A possessive + changes nothing for literals and fields.
    if (lazy || this.coming(1) === '+') this.at++;
    return { ...node, min, max, lazy, to: this.at };
  }

  private coming(length: number): string {
    return this.source.slice(this.at, this.at + length);
  }

  private once(from: number) {
    return { from, to: this.at, min: 1, max: 1, lazy: false };
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
