/**
 * Text of strangers (names of repositories, user agents, lines of a log) made fit to be looked at. In: any text.
 * Out: text in which nothing is invisible, turns the reading direction around or is endlessly long.
 */

/** Controls, format characters (bidi, zero width, tags), separators of lines, lone surrogates, and odd spaces. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0]/gu;

/** Invisible characters as escapes: \u202e. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, escape);
}

/** Colours and the like, as programs write them to a terminal: ECMA-48, control sequences with two bytes in front. */
const TERMINAL_CODES = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/** A line of a log: without what a terminal would not show either. */
export function visibleLine(line: string): string {
  return visible(line.replace(TERMINAL_CODES, ''));
}

/** At most `length` characters, the middle left out: beginnings and ends tell names apart. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = Math.floor((length - 1) / 3);
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`;
}

function escape(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
