/**
 * Times that a format spells out with strftime's letters. In: such a spelling, e.g. [%d/%b/%Y:%H:%M:%S %z].
 * Out: its pieces. What stands around it is literal; blanks in it are kept, because a field ends at a blank.
 */
import { field, text } from './pieces.ts';
import type { Piece } from './pieces.ts';

/** A day in any spelling, or seconds since 1970, which need none. */
const SAYS_DAY = /%[-_0^#]?[EO]?[cdeDFjsxvy]/;

export function timePieces(notation: string, rank: number): Piece[] {
  const first = notation.indexOf('%');
  if (first < 0) return [text(notation)];
  // Specifiers are a % and letters; what follows the last one is literal.
  const lastSpecifier = /%[-_0^#*\d]*[EO]?[A-Za-z][^%]*$/.exec(notation);
  const tail = lastSpecifier ? lastSpecifier[0].replace(/^%[-_0^#*\d]*[EO]?[A-Za-z]/, '') : '';
  // The Z of an ISO time belongs to it.
  const end = notation.length - (tail.startsWith('Z') ? tail.length - 1 : tail.length);
  const core = notation.slice(first, end);
  const pieces: Piece[] = [text(notation.slice(0, first))];
  for (const [index, part] of core.split(/( +)/).entries()) {
    if (index % 2 === 1) pieces.push(text(' '));
    else if (index > 0 || !SAYS_DAY.test(core)) pieces.push({ field: 'time', rank, continues: true });
    else pieces.push(field('time', rank));
    if (part === '') pieces.pop();
  }
  pieces.push(text(notation.slice(end)));
  return pieces;
}
