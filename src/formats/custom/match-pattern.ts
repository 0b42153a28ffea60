/**
 * The slow, obvious reading of a line by a pattern: to show a person its fields, and to compare the scanner with. In: a pattern and a line without its
 * line break. Out: the text of each field, or null when the line is of another format. Values are as they are
 * written; numbers of JSON are as JavaScript writes them.
 */
import type { LineField, LinePattern, PatternToken } from '../../model/line-pattern.ts';

export function matchPattern(pattern: LinePattern, line: string): Map<LineField, string> | null {
  return pattern.kind === 'json' ? matchJson(pattern.keys, line) : matchText(pattern.tokens, line);
}

function matchText(tokens: PatternToken[], line: string): Map<LineField, string> | null {
  const found = new Map<LineField, string>();
  let at = 0;
  let timeStart = -1;
  for (const [index, token] of tokens.entries()) {
    if ('literal' in token) {
      const end = endOfLiteral(token.literal, line, at);
      if (end < 0) return null;
      at = end;
      continue;
    }
    const next = tokens[index + 1];
    const literal = next && 'literal' in next ? next.literal : '';
    const before = tokens[index - 1];
    const opened = before !== undefined && 'literal' in before && before.literal.endsWith('"');
    const end = endOfField(token.field, literal, opened, line, at);
    if (end < 0) return null;
    if (token.field === 'time' && timeStart < 0) timeStart = at;
    const start = token.field === 'time' ? timeStart : at;
    if (token.field !== 'skip') found.set(token.field, line.slice(start, end));
    at = end;
  }
  return found;
}

const ONE_WORD = new Set<LineField>(['client', 'method', 'target', 'status', 'written', 'digest']);

function endOfField(field: LineField, literal: string, opened: boolean, line: string, from: number): number {
  if (literal === '') {
    const blank = ONE_WORD.has(field) ? line.indexOf(' ', from) : -1;
    return blank < 0 ? Math.max(from, line.trimEnd().length) : blank;
  }
  if (opened && literal.startsWith('"')) {
    for (let at = from; at < line.length; at++) {
      if (line[at] === '\\') at++;
      else if (line[at] === '"') return endOfLiteral(literal, line, at) < 0 ? -1 : at;
    }
    return -1;
  }
  let last = -1;
  for (let at = from; at < line.length; at++) {
    if (field === 'client' && last >= 0 && line[at] === ' ') break;
    if (endOfLiteral(literal, line, at) < 0) continue;
    if (field === 'forwarded' && literal.startsWith(' ') && line[at - 1] === ',') {
      while (line[at + 1] === ' ') at++;
      continue;
    }
    last = at;
    if (field !== 'client' || !literal.startsWith(':')) break;
  }
  return last;
}

/** Where the literal ends that stands at `at`, or -1. */
function endOfLiteral(literal: string, line: string, at: number): number {
  for (const char of literal) {
    if (!line.startsWith(char, at)) return -1;
    at += char.length;
    if (char === ' ') while (line[at] === ' ') at++;
  }
  return at;
}

function matchJson(keys: { key: string; field: LineField }[], line: string): Map<LineField, string> | null {
  const parsed = parseLine(line);
  if (typeof parsed !== 'object' || parsed === null) return null;
  const found = new Map<LineField, string>();
  for (const { key, field } of keys) {
    const value = valueAt(parsed, key);
    if (value !== null) found.set(field, value);
  }
  return found.size > 0 ? found : null;
}

function parseLine(line: string): unknown {
  // nginx without escape=json writes \\x22; shipped formats have a comma too many or too few.
  const mended = line
    .replace(/(?:\\x[\dA-F]{2})+/gi, (run) => {
      const bytes = run.match(/[\dA-F]{2}/gi)!.map((hex) => parseInt(hex, 16));
      const text = new TextDecoder().decode(Uint8Array.from(bytes));
      return JSON.stringify(text).slice(1, -1);
    })
    .replace(/,\s*\}/g, '}')
    .replace(/"\s*"(?=[^",:]*":)/g, '","');
  for (const text of [line, mended]) {
    try {
      return JSON.parse(text);
    } catch {
      continue;
    }
  }
  return null;
}

/** The value of a key with dots in it or of nested keys; of an array its first element. */
function valueAt(parsed: unknown, key: string): string | null {
  if (Array.isArray(parsed)) return parsed.length > 0 ? valueAt(parsed[0], key) : null;
  if (key === '') return typeof parsed === 'string' || typeof parsed === 'number' ? String(parsed) : null;
  if (typeof parsed !== 'object' || parsed === null) return null;
  const record = new Map<string, unknown>(Object.entries(parsed));
  if (record.has(key)) return valueAt(record.get(key), '');
  const parts = key.split('.');
  for (let take = parts.length - 1; take > 0; take--) {
    const first = parts.slice(0, take).join('.');
    if (record.has(first)) return valueAt(record.get(first), parts.slice(take).join('.'));
  }
  return null;
}
