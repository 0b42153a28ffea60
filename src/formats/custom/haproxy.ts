/**
 * HAProxy log formats. In: a configuration with log-format directives in it, or a format string alone. Out: formats.
 * Source: HAProxy's configuration manual, "Custom log format", and the fetches that log the same things. Captured
 * headers are known when the lines that capture them are pasted too. Skipped: option httplog, which needs no telling.
 */
import { requestHeader, responseHeader } from './header-fields.ts';
import { addKeys, addSource } from './pasted-format.ts';
import type { PastedReading } from './pasted-format.ts';
import { field, isField, text, timeWithBlank } from './pieces.ts';
import type { FieldPiece, Piece } from './pieces.ts';

const VARIABLES = new Map<string, Piece[]>([
  ['ci', [field('client')]],
  ['tr', [field('time', 1)]],
  ['t', [field('time', 1)]],
  ['trg', timeWithBlank(0)],
  ['trl', timeWithBlank(0)],
  ['T', timeWithBlank(0)],
  ['Tl', timeWithBlank(0)],
  ['Ts', [field('time')]],
  ['ms', [{ field: 'time', rank: 0, continues: true }]],
  ['r', [field('request')]],
  ['HM', [field('method')]],
  ['HU', [field('target')]],
  ['HP', [field('target', 1)]],
  ['HPO', [field('target', 2)]],
  ['ST', [field('status')]],
  ['B', [field('written')]],
  // Prints nothing: it only sets flags.
  ['o', []],
]);

const FETCHES = new Map<string, FieldPiece>([
  ['src', field('client')],
  ['method', field('method')],
  ['capture.req.method', field('method')],
  ['capture.req.uri', field('target')],
  ['url', field('target')],
  ['pathq', field('target')],
  ['path', field('target', 1)],
  ['status', field('status')],
  ['date', field('time', 1)],
  ['accept_date', field('time')],
  ['request_date', field('time')],
  ['bytes_out', field('written')],
]);

/** Headers that a section captures, in order, and the fetches behind its variables. */
interface Captures {
  request: string[];
  response: string[];
  variables: Map<string, string>;
}

/** % (name) {flags} [fetch] or letters */
const ITEM =
  /%(?:%|(?:\(([^)]{0,200})\))?(?:\{([^}]{0,200})\})?(?:\(([^)]{0,200})\))?(?:\[((?:[^\][]|\[[^\]]{0,200}\]){0,500})\]|([A-Za-z]+)))/g;

export function isHaproxy(source: string): boolean {
  return (
    /%(\{[^}]{0,200}\})?\[[a-z]|%\{\+[A-Za-z,+]+\}|%(ci|tr|trg|trl|ST|HM|HU|HP|ft|hr|hs|tsc|Tl|Ts)\b/.test(
      source,
    ) || /^[ \t]*(option\s+httpslog|option\s+httplog)\b/m.test(source)
  );
}

export function readHaproxy(source: string): PastedReading {
  const reading: PastedReading = { formats: [], problems: [] };
  const sections = source.split(/^(?=(?:defaults|frontend|listen|backend|global)\b)/m);
  const captured = sections.filter((section) => /capture/.test(section));
  let directives = 0;
  for (const section of sections) {
    // Defaults have no captures of their own: those of the only frontend that has some apply.
    const own = /capture/.test(section) || captured.length !== 1 ? section : captured[0]!;
    for (const [, rest] of section.matchAll(/^[ \t]*log-format\s+(.+)$/gm)) {
      directives++;
      const name = /^(?:frontend|listen|defaults)\s+(\S+)/.exec(section)?.[1] ?? '';
      add(reading, name, unquote(rest!.trim()), capturesOf(own));
    }
  }
  if (directives > 0) return reading;
  if (source.includes('%')) add(reading, '', unquote(source.trim()), capturesOf(''));
  else
    reading.problems.push({
      reason: 'This HAProxy configuration has no log-format.',
      remedy: 'Drop the log itself: the lines of option httplog are read without being told.',
    });
  return reading;
}

function add(reading: PastedReading, name: string, format: string, captures: Captures): void {
  if (/%\{[^}]*\+json[^}]{0,200}\}o/.test(format)) {
    const items = [...format.matchAll(ITEM)];
    const values = items.map(([item, before, , after]) => ({
      key: before ?? after ?? '',
      pieces: split(item, captures),
    }));
    addKeys(reading, name, 'haproxy', values);
  } else {
    // HAProxy writes no blanks at the beginning, such as the one behind %{+Q}o.
    const written = format.replace(/^(?: |%\{[^}]{0,200}\}o)+/, (start) => start.replaceAll(' ', ''));
    addSource(reading, name, 'haproxy', written, (part) => split(part, captures));
  }
}

function capturesOf(section: string): Captures {
  const captures: Captures = { request: [], response: [], variables: new Map() };
  for (const match of section.matchAll(
    /^[ \t]*(?:http-(?:request|response)\s+)?capture\s+(?:(request|response)\s+header\s+(\S+)|(req|res)\.f?hdr\(([^),]+)[^)]{0,200}\))/gm,
  )) {
    const isRequest = (match[1] ?? match[3])!.startsWith('req');
    (isRequest ? captures.request : captures.response).push((match[2] ?? match[4])!);
  }
  for (const [, name, fetch] of section.matchAll(/set-var\(([\w.]+)\)\s+(\S+)/g))
    captures.variables.set(name!, fetch!);
  return captures;
}

/** An argument of the configuration: in quotes, or with a backslash in front of each blank. */
function unquote(argument: string): string {
  const single = /^'([^']*)'/.exec(argument);
  if (single) return single[1]!;
  const double = /^"((?:[^"\\]|\\.)*)"\s*(#.*)?$/.exec(argument);
  const inner = double ? double[1]! : argument;
  return inner.replace(/\\(.)/g, (_, char: string) => (char === 't' ? '\t' : char === 'n' ? '\n' : char));
}

function split(format: string, captures: Captures): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  // %{+Q}o turns quotes on for all that follows.
  let quotes = false;
  for (const match of format.matchAll(ITEM)) {
    const [whole, , flags = '', , fetch, letters] = match;
    pieces.push(text(format.slice(done, match.index)));
    done = match.index + whole.length;
    if (whole === '%%') {
      pieces.push(text('%'));
      continue;
    }
    const quoted: boolean = flags.includes('-Q') ? false : quotes || /\+(Q|[^,]*,\+?Q)/.test(flags);
    if (letters === 'o') quotes = quoted;
    const found = fetch === undefined ? variable(letters!, captures) : [fetched(fetch, captures)];
    if (quoted && (fetch !== undefined || isText(found))) pieces.push(text('"'), ...found, text('"'));
    else pieces.push(...found);
  }
  pieces.push(text(format.slice(done)));
  return pieces;
}

/** Only texts are put in quotes: numbers and times never are, and what is skipped may be either. */
const isText = (pieces: Piece[]) =>
  pieces.some((piece) => isField(piece) && !['skip', 'time', 'status', 'written'].includes(piece.field));

function variable(letters: string, captures: Captures): Piece[] {
  // Without any capture in sight, whatever stands there; beside the other's captures, nothing.
  const isKnown = captures.request.length + captures.response.length > 0;
  if (letters === 'hr' && isKnown) return block(captures.request.map(requestHeader));
  if (letters === 'hs' && isKnown) return block(captures.response.map(responseHeader));
  return VARIABLES.get(letters) ?? [field('skip')];
}

/** {first|second}: the captured headers. */
function block(headers: FieldPiece[]): Piece[] {
  if (headers.length === 0) return [];
  return [text('{'), ...headers.flatMap((header, index) => [text(index > 0 ? '|' : ''), header]), text('}')];
}

/** A sample fetch; converters behind it change its spelling, not its meaning. */
function fetched(expression: string, captures: Captures, depth = 0): FieldPiece {
  const [, name, argument = ''] = /^[ \t]*([\w.]+)(?:\(([^)]{0,200})\))?/.exec(expression) ?? [];
  if (name === undefined) return field('skip');
  const first = argument.split(',')[0]!.trim();
  if (/^(req\.)?f?hdr$|^req\.f?hdr$|^hdr_ip$|^req\.hdr_ip$/.test(name)) return requestHeader(first);
  if (/^res\.f?hdr$/.test(name)) return responseHeader(first);
  if (name === 'capture.req.hdr') return requestHeader(captures.request[Number(first)] ?? '');
  if (name === 'capture.res.hdr') return responseHeader(captures.response[Number(first)] ?? '');
  const stored = name === 'var' ? captures.variables.get(first) : undefined;
  if (stored !== undefined && depth === 0) return fetched(stored, captures, 1);
  // Converted times are in a spelling that only the configuration's author knows.
  if (/,(ltime|utime)/.test(expression) && FETCHES.get(name)?.field === 'time') return field('time', 1);
  return FETCHES.get(name) ?? field('skip');
}
