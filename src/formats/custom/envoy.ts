/**
 * Envoy log formats, also Istio's and Contour's. In: a configuration with text_format, inline_string, format,
 * accessLogFormat or json_format in it, or a format string or map alone. Out: formats. Source: Envoy's manual, "Access
 * logging", command operators. Skipped: typed filters, OpenTelemetry attributes.
 */
import { requestHeader, responseHeader } from './header-fields.ts';
import { addKeys, addSource } from './pasted-format.ts';
import type { PastedReading } from './pasted-format.ts';
import { field, text } from './pieces.ts';
import type { FieldPiece, Piece } from './pieces.ts';
import { timePieces } from './time-notation.ts';
import { readYamlMap, readYamlValue } from './yaml-value.ts';

/** %COMMAND(argument):length% */
const COMMAND = /%(?:%|([A-Z][A-Z0-9_]*)(?:\(([^)]{0,200})\))?(?::\d+)?%)/g;

const COMMANDS = new Map<string, FieldPiece>([
  ['RESPONSE_CODE', field('status')],
  ['BYTES_SENT', field('written')],
  ['DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT', field('client')],
  ['DOWNSTREAM_REMOTE_ADDRESS', field('client', 1)],
  ['DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT', field('client', 2)],
  ['DOWNSTREAM_DIRECT_REMOTE_ADDRESS', field('client', 3)],
  ['PATH', field('target')],
]);

const KEY =
  /(?:^|[\s{,"'])(json_format|typed_json_format|text_format|inline_string|accessLogFormat|format)["']?[ \t]*:/g;

export function isEnvoy(source: string): boolean {
  return /%(START_TIME|REQ|RESP|[A-Z]{1,20}_[A-Z_]{1,60}|PROTOCOL|DURATION)(\([^)]{0,200}\))?(:\d+)?%/.test(
    source,
  );
}

export function readEnvoy(source: string): PastedReading {
  const reading: PastedReading = { formats: [], problems: [] };
  let found = 0;
  for (const match of source.matchAll(KEY)) {
    const value = readYamlValue(source, match.index + match[0].length);
    // json_format and text_format may only hold the key that holds the format.
    if (!isEnvoy(value) || /^[ \t]*(inline_string|text_format|json_format)\s*:/.test(value)) continue;
    found++;
    add(reading, value);
  }
  if (found === 0) add(reading, source.trim());
  return reading;
}

function add(reading: PastedReading, format: string): void {
  const map = readYamlMap(format);
  if (map)
    addKeys(
      reading,
      '',
      'envoy',
      map.map(({ key, value }) => ({ key, pieces: splitEnvoy(value) })),
    );
  else addSource(reading, '', 'envoy', unquote(format).replaceAll('\\n', ''), splitEnvoy);
}

/** A format alone may stand in the quotes of the configuration. */
function unquote(format: string): string {
  const inner = /^"((?:[^"\\]|\\.)*)"$/.exec(format)?.[1] ?? /^'([^']*)'$/.exec(format)?.[1];
  return (inner ?? format).replaceAll('\\"', '"');
}

/** Splits a format at its commands. */
function splitEnvoy(format: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of format.matchAll(COMMAND)) {
    const [whole, command, argument = ''] = match;
    pieces.push(text(format.slice(done, match.index)));
    pieces.push(...(command === undefined ? [text('%')] : commandPieces(command, argument)));
    done = match.index + whole.length;
  }
  pieces.push(text(format.slice(done)));
  return pieces;
}

function commandPieces(command: string, argument: string): Piece[] {
  switch (command) {
    case 'START_TIME':
      return argument === '' ? [field('time')] : timePieces(envoyTime(argument), 0);
    case 'EMIT_TIME':
      return argument === '' ? [field('time', 1)] : timePieces(envoyTime(argument), 1);
    case 'REQ':
      return [header(argument, requestHeader)];
    case 'RESP':
      return [header(argument, responseHeader)];
    default:
      return [COMMANDS.get(command) ?? field('skip')];
  }
}

/** %3f, %f and the like are fractions of a second: part of the time, as strftime's letters are. */
const envoyTime = (argument: string) => argument.replace(/%E?\d*[*]?f/g, '%f');

/** A?B prints A, or B where there is no A; what either says is what the value says. */
function header(argument: string, read: (name: string) => FieldPiece): FieldPiece {
  const pieces = argument.split('?').map(read);
  return pieces.find((piece) => piece.field !== 'skip') ?? field('skip');
}
