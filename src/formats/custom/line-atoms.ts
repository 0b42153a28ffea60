/**
 * A line of an unknown log in its natural pieces. In: one line. Out: separators and values in turn: quoted strings
 * and bracketed parts without what encloses them, times in usual spellings, words; or what stands between tabs or
 * bars. Nothing is left out: the pieces cover the line.
 */

export interface LineAtom {
  kind: 'literal' | 'value';
  start: number;
  end: number;
}

/** Times with blanks in them, which would be several words: the usual orders of day, clock and zone. */
const TIME = new RegExp(
  [
    String.raw`\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z| ?[+-]\d\d:?\d\d)?`,
    String.raw`\d\d[/-][A-Z][a-z]{2}[/-]\d{4}[: ]\d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?`,
    String.raw`(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?: \d{4})?`,
  ].join('|'),
  'y',
);
/** rt=, or upstream: in front of a blank or a quote. */
const KEY = /[A-Za-z_][\w.-]*=|[A-Za-z_-]+:(?=[ "])/y;
const SEPARATOR = /[ \t|,;]+/y;
const WORD = /[^ \t|,;"]+/y;

const CLOSING = new Map([
  ['"', '"'],
  ['[', ']'],
  ['{', '}'],
  ['(', ')'],
]);

export function lineAtoms(line: string): LineAtom[] {
  const atoms: LineAtom[] = [];
  const add = (kind: LineAtom['kind'], start: number, end: number) => atoms.push({ kind, start, end });
  let at = 0;
  const bar =
    line.split('\t').length > 5 ? '\t' : line.split('|').length > 5 && !line.includes(' |') ? '|' : '';
  while (bar !== '' && at < line.length) {
    const next = line.indexOf(bar, at);
    const end = next < 0 ? line.length : next;
    if (end > at) add('value', at, end);
    if (next >= 0) add('literal', next, next + 1);
    at = end + 1;
  }
  while (at < line.length) {
    const close = closingOf(line, at);
    const separator = endOf(SEPARATOR, line, at) || endOf(KEY, line, at);
    if (close > 0) {
      add('literal', at, at + 1);
      add('value', at + 1, close);
      add('literal', close, close + 1);
      at = close + 1;
    } else if (separator > 0) {
      add('literal', at, separator);
      at = separator;
    } else {
      const end = endOf(TIME, line, at) || wordEnd(line, at);
      // A quote without its other half, or a closing bracket, is only itself.
      if (end > at) add('value', at, end);
      else add('literal', at, at + 1);
      at = Math.max(end, at + 1);
    }
  }
  return atoms;
}

/** Where the quote or bracket at `at` closes, or 0. */
function closingOf(line: string, at: number): number {
  const closing = CLOSING.get(line[at]!);
  if (closing === undefined) return 0;
  for (let end = at + 1; end < line.length; end++) {
    if (closing === '"' && line[end] === '\\') end++;
    else if (line[end] === closing) return end;
  }
  return 0;
}

/** A word ends in front of a bracket that nothing in it opened. */
function wordEnd(line: string, at: number): number {
  const end = endOf(WORD, line, at);
  const open: string[] = [];
  for (let p = at; p < end; p++) {
    const closing = CLOSING.get(line[p]!);
    if (closing !== undefined) open.push(closing);
    else if (line[p] === open.at(-1)) open.pop();
    else if (']})'.includes(line[p]!)) return p;
  }
  return end;
}

/** Where what stands at `at` ends, or 0. */
function endOf(sticky: RegExp, line: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.test(line) ? sticky.lastIndex : 0;
}
