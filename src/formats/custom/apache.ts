/**
 * Apache log formats. In: a configuration with LogFormat (or CustomLog with a format) in it, or a format string alone.
 * Out: formats. Source: mod_log_config's directives, with those of mod_logio and mod_remoteip. Skipped: every other
 * directive, environment variables, cookies and notes.
 */
import { requestHeader, responseHeader } from './header-fields.ts';
import { addSource } from './pasted-format.ts';
import type { PastedReading } from './pasted-format.ts';
import { field, text, timeWithBlank } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { timePieces } from './time-notation.ts';

/** % conditions {argument} letters */
const DIRECTIVE = /%(?:%|([!\d,<>]*)(?:\{([^}]{0,200})\})?([!\d,<>]*)(\^?[A-Za-z]{2}(?<=\^..)|[A-Za-z]))/g;

const LINE = /^[ \t]*(LogFormat|CustomLog)[ \t]+(.+)$/gim;

export function isApache(source: string): boolean {
  return (
    /^[ \t]*(LogFormat|CustomLog)\s/im.test(source) ||
    /%[!\d,]*[<>]s|%[!\d,<>]*\{[^}]{0,200}\}\^?[iotaen]|%h %l %u|%t\b.{0,300}%r/.test(source)
  );
}

export function readApache(source: string): PastedReading {
  const reading: PastedReading = { formats: [], problems: [] };
  const joined = source.replace(/\\\r?\n[ \t]*/g, ' ');
  let directives = 0;
  for (const [, directive, rest] of joined.matchAll(LINE)) {
    directives++;
    const [first, second] = readArguments(rest!);
    const isLog = directive!.toLowerCase() === 'customlog';
    const format = isLog ? second : first;
    // A CustomLog that names a nickname, and a LogFormat that only refers to one, say nothing new.
    if (!format?.includes('%')) continue;
    addSource(reading, isLog ? '' : (second ?? ''), 'apache', unescapeControls(format), splitApache);
  }
  if (directives === 0) addSource(reading, '', 'apache', bareFormat(source.trim()), splitApache);
  else if (reading.formats.length + reading.problems.length === 0)
    reading.problems.push({
      reason: 'This Apache configuration has no LogFormat with a format in it.',
      remedy: 'Paste the line that begins with LogFormat and ends with the name that CustomLog mentions.',
    });
  return reading;
}

/** A format alone: in the quotes of the configuration, or as the server prints it. */
function bareFormat(source: string): string {
  if (/^"[^]*\\"[^]*"/.test(source)) return unescapeControls(readArguments(source)[0] ?? '');
  return source.includes('\\"') ? unescapeControls(source.replaceAll('\\"', '"')) : source;
}

/** Words of a directive; quoted ones may hold blanks and, behind a backslash, their own quote. */
function readArguments(line: string): string[] {
  const words = line.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+)/g);
  return [...words].map(([, double, single, bare]) =>
    double !== undefined
      ? double.replace(/\\(["\\])/g, '$1')
      : single !== undefined
        ? single.replace(/\\(['\\])/g, '$1')
        : bare!,
  );
}

const unescapeControls = (format: string) => format.replaceAll('\\t', '\t').replaceAll('\\n', '\n');

/** Splits a format at its % directives. */
function splitApache(format: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    const [whole, before, argument, after, letters] = match;
    pieces.push(text(format.slice(done, match.index)));
    if (letters === undefined) pieces.push(text('%'));
    else pieces.push(...directive(letters, argument ?? '', `${before}${after}`));
    done = match.index + whole.length;
  }
  pieces.push(text(format.slice(done)));
  return pieces;
}

function directive(letters: string, argument: string, conditions: string): Piece[] {
  switch (letters) {
    case 'a':
      // {c} is the peer, where mod_remoteip has put the client into %a.
      return [field('client', argument === 'c' ? 2 : 0)];
    case 'h':
      return [field('client', argument === 'c' ? 3 : 1)];
    case 't':
      return argument === '' ? [text('['), ...timeWithBlank(1), text(']')] : time(argument);
    case 'r':
      return [field('request')];
    case 'm':
      return [field('method')];
    case 'U':
      return [field('target')];
    case 's':
      return [field('status', conditions.includes('>') ? 0 : 1)];
    case 'b':
    case 'B':
      return [field('written')];
    case 'O':
      return [field('written', 1)];
    case 'i':
      return [requestHeader(argument)];
    case 'o':
      return [responseHeader(argument)];
    default:
      return [field('skip')];
  }
}

/** %{…}t: strftime, or the time in one of its units. */
function time(argument: string): Piece[] {
  // The end of the request is as good as its beginning when the format has only that.
  const isEnd = argument.startsWith('end:');
  const notation = argument.replace(/^(begin|end):/, '');
  const rank = isEnd ? 2 : 1;
  if (/^(sec|msec|usec)$/.test(notation)) return [field('time', rank - 1)];
  if (/^(msec|usec)_frac$/.test(notation)) return [{ field: 'time', rank, continues: true }];
  return timePieces(notation, rank);
}
