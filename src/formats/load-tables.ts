/**
 * Describes formats to the scanner: JSON keys and text patterns as bytes. In: index.ts, known/json-keys.ts, and formats
 * of the user's own. Out: bytes as json.ts (loadKeys) and text-program.ts read them. Runs beside the scanner, not in it.
 */
import { LINE_FIELDS, type LinePattern } from '../model/line-pattern.ts';
import { LOG_FORMATS, OWN_FORMATS } from './index.ts';
import { JSON_KEYS, type JsonField, TELLING_KEYS } from './known/json-keys.ts';

/** Numbers of the fields in line-fields.ts. */
const FIELD_NUMBERS = new Map<JsonField | 'captured', number>([
  ...LINE_FIELDS.map((field, number): [JsonField | 'captured', number] => [field, number]),
  ['name', 11],
  ['reference', 12],
  ['logger', 13],
  ['action', 14],
  ['media', 15],
  ['namespace', 16],
  ['error', 17],
  ['inner', 18],
  ['stream', 19],
  ['captured', 20],
  ['event', 21],
  ['partial', 22],
  ['last', 23],
  ['owner', 24],
]);
/** Keys that a user names come before all that are known. */
const FIRST_RANK = 0;
/** Bit of a format whose lines are messages. */
const MESSAGES = 128;
/** Bit of a field that must be an address, and of the last field of a time: from there on it can be read. */
const CHECKED = 128;
const LONGEST_LITERAL = 250;
const LONGEST_KEY = 250;
/** Its size stands in two bytes before it, behind the format's number. */
const LONGEST_PROGRAM = 0xffff + 3;
/** json.ts looks keys up in 1024 places, some of which must stay free. */
const MOST_KEYS = 768;

const encoder = new TextEncoder();
const formatNumber = (id: string) => LOG_FORMATS.findIndex((format) => format.id === id);

/** Key records: size, path, field, rank, format; 0 at the end. */
export function keyTable(own: LinePattern[]): Uint8Array {
  const records = new Map<string, { field: number; rank: number; format: number }>();
  const at = (key: string) => {
    const record = records.get(key) ?? { field: 0, rank: 0, format: 0 };
    records.set(key, record);
    return record;
  };
  for (const [field, keys] of Object.entries(JSON_KEYS) as [JsonField, string[]][]) {
    keys.forEach((key, i) => {
      const record = at(key);
      record.field = FIELD_NUMBERS.get(field)!;
      record.rank = i + 1;
    });
  }
  for (const [format, keys] of Object.entries(TELLING_KEYS)) {
    for (const key of keys) at(key).format = formatNumber(format);
  }
  own.forEach((pattern, i) => {
    if (pattern.kind !== 'json') return;
    for (const { key, field } of pattern.keys) {
      const record = at(key.toLowerCase());
      record.field = FIELD_NUMBERS.get(field)!;
      record.rank = FIRST_RANK;
      record.format = LOG_FORMATS.length + (i % OWN_FORMATS);
    }
  });
  const bytes: number[] = [];
  for (const [key, { field, rank, format }] of [...records].slice(0, MOST_KEYS)) {
    const path = encoder.encode(key);
    if (path.length === 0 || path.length > LONGEST_KEY) continue;
    bytes.push(path.length, ...path, field, rank, Math.max(0, format));
  }
  return Uint8Array.from([...bytes, 0]);
}

/** Programs of the formats that are described by a pattern. */
export function knownPrograms(): Uint8Array {
  return Uint8Array.from(
    LOG_FORMATS.flatMap(({ patterns = [] }, number) =>
      patterns.flatMap((pattern) =>
        programOf(readTokens(pattern.replace(/^!/, '')), number | (pattern.startsWith('!') ? MESSAGES : 0)),
      ),
    ),
  );
}

/** Programs of the user's own formats; one that is too long (its writer was told) is left out. */
export function ownPrograms(own: LinePattern[]): Uint8Array {
  return Uint8Array.from(
    own.flatMap((pattern, i) => {
      if (pattern.kind !== 'text') return [];
      const program = programOf(pattern.tokens, LOG_FORMATS.length + (i % OWN_FORMATS));
      return program.length > LONGEST_PROGRAM ? [] : program;
    }),
  );
}

type KnownToken = { literal: string } | { field: JsonField | 'captured'; isChecked?: boolean };

function programOf(tokens: readonly KnownToken[], format: number): number[] {
  const bytes: number[] = [];
  const lastTime = tokens.findLast((token) => 'field' in token && token.field === 'time');
  for (const token of tokens) {
    if ('field' in token)
      bytes.push(
        1,
        FIELD_NUMBERS.get(token.field)! |
          (token === lastTime || ('isChecked' in token && token.isChecked) ? CHECKED : 0),
      );
    else {
      const literal = encoder.encode(token.literal.replace(/ +/g, ' '));
      for (let at = 0; at < literal.length; at += LONGEST_LITERAL) {
        const part = literal.subarray(at, at + LONGEST_LITERAL);
        bytes.push(2, part.length, ...part);
      }
    }
  }
  bytes.push(0);
  return [format, bytes.length & 255, bytes.length >> 8, ...bytes];
}

/**
 * A pattern as the list of formats writes it: {field} and literals, {} for what counts for nothing; {client!} must be
 * an address with its port, or the line is of another format. A pattern after ! is of messages that are no requests.
 */
function readTokens(pattern: string): KnownToken[] {
  return pattern
    .split(/(\{\w*!?\})/)
    .filter((part) => part !== '')
    .map((part): KnownToken => {
      const field = /^\{(\w*)(!?)\}$/.exec(part);
      if (!field) return { literal: part };
      const name = [...FIELD_NUMBERS.keys()].find((each) => each === (field[1] || 'skip'));
      if (!name) throw new Error(`No such field: ${part}`);
      return { field: name, isChecked: field[2] === '!' };
    });
}
