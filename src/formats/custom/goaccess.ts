/**
 * GoAccess formats. In: lines of its configuration (log-format, date-format, time-format), the same as command line
 * options, or a format string alone. Out: formats. Source: GoAccess' manual, "Custom log/date format". Of its named
 * formats, those whose lines differ from what is read anyway are told apart by their letters only.
 */
import { addSource } from './pasted-format.ts';
import type { PastedReading } from './pasted-format.ts';
import { field, isField, isLiteral, text } from './pieces.ts';
import type { Piece } from './pieces.ts';
import { timePieces } from './time-notation.ts';

const SPECIFIERS = new Map<string, Piece>([
  ['h', field('client')],
  ['r', field('request')],
  ['m', field('method')],
  ['U', field('target')],
  ['s', field('status')],
  ['b', field('written')],
  ['u', field('agent')],
]);

/** How GoAccess itself spells its named formats. */
const NAMED = new Map([
  ['COMBINED', '%h %^[%d:%t %^] "%r" %s %b "%R" "%u"'],
  ['VCOMBINED', '%v:%^ %h %^[%d:%t %^] "%r" %s %b "%R" "%u"'],
  ['COMMON', '%h %^[%d:%t %^] "%r" %s %b'],
  ['VCOMMON', '%v:%^ %h %^[%d:%t %^] "%r" %s %b'],
]);

/** ~h{delimiters} is a list of forwarded addresses. */
const SPECIFIER = /%([A-Za-z^~%])|~([A-Za-z])\{([^}]{0,200})\}/g;

export function isGoaccess(source: string): boolean {
  return /%\^|~h\{|^[ \t]*(-{0,2}(date|time|datetime)-format|log-format\s+V?COM)|--log-format/m.test(source);
}

export function readGoaccess(source: string): PastedReading {
  const reading: PastedReading = { formats: [], problems: [] };
  const format = option(source, 'log-format') ?? (hasOptions(source) ? undefined : source.trim());
  if (format === undefined) {
    reading.problems.push({
      reason: 'This GoAccess configuration has no log-format.',
      remedy: 'Paste the line that begins with log-format as well.',
    });
    return reading;
  }
  const date = option(source, 'date-format') ?? '%d';
  const clock = option(source, 'time-format') ?? '%t';
  const both = option(source, 'datetime-format') ?? `${date}${clock}`;
  const spelled = (NAMED.get(format) ?? format).replaceAll('\\t', '\t').replaceAll('\\"', '"');
  addSource(reading, NAMED.has(format) ? format : '', 'goaccess', spelled, (part) =>
    withZone(split(part, date, clock, both)),
  );
  return reading;
}

const hasOptions = (source: string) => /^[ \t]*(date|time|datetime)-format\s/m.test(source);

/** The value of an option: of the configuration file, or of the command line with quotes around it. */
function option(source: string, name: string): string | undefined {
  const quoted = new RegExp(`--${name}[= ](?:'([^']*)'|"((?:[^"\\\\]|\\\\.)*)"|(\\S+))`).exec(source);
  if (quoted) return quoted[1] ?? quoted[2] ?? quoted[3];
  return new RegExp(`^[ \\t]*${name}[ \\t]+(.+)$`, 'm').exec(source)?.[1]?.trim();
}

function split(format: string, date: string, clock: string, both: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  let hasDay = false;
  for (const match of format.matchAll(SPECIFIER)) {
    const [whole, letter, list] = match;
    pieces.push(text(format.slice(done, match.index)));
    done = match.index + whole.length;
    if (letter === 'd' || letter === 'x') pieces.push(...timePieces(letter === 'd' ? date : both, 0));
    // A clock alone is no time; behind the day it is the rest of it.
    else if (letter === 't' && hasDay) pieces.push({ field: 'time', rank: 0, continues: true });
    else if (letter === 't') pieces.push(...timePieces(clock, 0));
    else if (letter === '%') pieces.push(text('%'));
    // ~ passes over blanks, as every blank of a pattern does.
    else if (letter !== '~') pieces.push(list === 'h' ? field('forwarded') : known(letter));
    hasDay ||= letter === 'd' || letter === 'x';
  }
  pieces.push(text(format.slice(done)));
  return pieces;
}

const known = (letter: string | undefined): Piece => SPECIFIERS.get(letter ?? '') ?? field('skip');

/**
 * GoAccess knows no zones and no fractions and passes over both with %^. Directly behind a time, behind its dot, or up
 * to the bracket around it, that is what stands there.
 */
function withZone(pieces: Piece[]): Piece[] {
  const solid = pieces.filter((piece) => isField(piece) || piece.literal !== '');
  return solid.map((piece, index) => {
    if (!isField(piece) || piece.field !== 'skip') return piece;
    const [before, last, next] = [solid[index - 2], solid[index - 1], solid[index + 1]];
    const isTime = (each: Piece | undefined) => isField(each) && each.field === 'time';
    const literal = isLiteral(last) ? last.literal : '';
    const isFraction = (literal === '.' || literal === ',') && isTime(before);
    const isZone = literal === ' ' && isTime(before) && isLiteral(next) && next.literal.startsWith(']');
    return isTime(last) || isFraction || isZone ? { field: 'time', rank: 0, continues: true } : piece;
  });
}
