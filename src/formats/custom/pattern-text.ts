/**
 * Patterns as short texts for the hash of a URL and for the browser's storage. In: a pattern, or such a text from
 * anybody. Out: the other, or null when the text is no pattern that can be used. A text has letters, digits and
 * - _ . ~ * only: * and a letter is a field, a dot a blank, ~ and two digits a byte of UTF-8. Limits: 4,000
 * characters, 200 tokens.
 */
import { LINE_FIELDS } from '../../model/line-pattern.ts';
import type { LineField, LinePattern, PatternToken } from '../../model/line-pattern.ts';
import { lackOf } from './pattern-lacks.ts';

export const MAX_PATTERN_TEXT = 4000;
const MAX_TOKENS = 200;

/** In the order of LINE_FIELDS. Texts live in links for years: letters may be added, never changed. */
const LETTERS = 'xcftrmuswad';

/** What a text begins with. */
const KINDS = { text: 't', json: 'j' } as const;

export function writePattern(pattern: LinePattern): string {
  if (pattern.kind === 'json')
    return KINDS.json + pattern.keys.map(({ key, field }) => mark(field) + encode(key)).join('');
  const parts = pattern.tokens.map((token) => ('field' in token ? mark(token.field) : encode(token.literal)));
  return KINDS.text + parts.join('');
}

export function readPattern(text: string): LinePattern | null {
  if (text.length > MAX_PATTERN_TEXT || !/^[tj](?:[A-Za-z0-9_.-]|~[0-9a-f]{2}|\*[a-z])*$/.test(text))
    return null;
  const parts = text.slice(1).match(/\*[a-z]|(?:[A-Za-z0-9_.-]|~[0-9a-f]{2})+/g) ?? [];
  const pattern = text[0] === KINDS.json ? jsonOf(parts) : textOf(parts);
  return pattern && isSound(pattern) ? pattern : null;
}

function textOf(parts: string[]): LinePattern | null {
  const tokens: PatternToken[] = [];
  for (const part of parts) {
    const token = part[0] === '*' ? fieldOf(part) : literalOf(part);
    if (!token) return null;
    tokens.push(token);
  }
  return { kind: 'text', tokens };
}

function jsonOf(parts: string[]): LinePattern | null {
  const keys: { key: string; field: LineField }[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const field = fieldOf(parts[index]!);
    const key = literalOf(parts[index + 1] ?? '');
    if (!field || !key) return null;
    keys.push({ key: key.literal, field: field.field });
  }
  return { kind: 'json', keys };
}

/** Fields one by one and at most once, and of use. */
function isSound(pattern: LinePattern): boolean {
  if (!Array.isArray(lackOf(pattern))) return false;
  if (pattern.kind === 'json') {
    const keys = new Set(pattern.keys.map(({ key }) => key));
    return keys.size === pattern.keys.length && areOnce(pattern.keys.map(({ field }) => field));
  }
  const { tokens } = pattern;
  // Only a time may be in several fields, for the blanks in it.
  const fields = tokens.flatMap((token) => ('field' in token && token.field !== 'time' ? [token.field] : []));
  const apart = tokens.every(
    (token, index) => index === 0 || 'field' in token !== 'field' in tokens[index - 1]!,
  );
  return tokens.length <= MAX_TOKENS && apart && areOnce(fields);
}

function areOnce(fields: LineField[]): boolean {
  const told = fields.filter((field) => field !== 'skip');
  return new Set(told).size === told.length;
}

const mark = (field: LineField) => `*${LETTERS[LINE_FIELDS.indexOf(field)]!}`;

function fieldOf(part: string): { field: LineField } | null {
  const field = part[0] === '*' ? LINE_FIELDS[LETTERS.indexOf(part[1]!)] : undefined;
  return field ? { field } : null;
}

function encode(literal: string): string {
  let text = '';
  for (const byte of new TextEncoder().encode(literal)) {
    const char = String.fromCharCode(byte);
    if (char === ' ') text += '.';
    else text += /[A-Za-z0-9_-]/.test(char) ? char : `~${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}

function literalOf(part: string): { literal: string } | null {
  if (part === '' || part[0] === '*') return null;
  const bytes = part.match(/~..|./g)!.map((char) => {
    if (char === '.') return 0x20;
    return char[0] === '~' ? parseInt(char.slice(1), 16) : char.charCodeAt(0);
  });
  // A line break would never be found in a line.
  if (bytes.some((byte) => byte === 0 || byte === 0x0a || byte === 0x0d)) return null;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { literal: decoder.decode(Uint8Array.from(bytes)) };
  } catch {
    return null;
  }
}
