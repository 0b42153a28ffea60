/**
 * The search box of the repository table. In: what was typed. Out: whether a name matches, and where.
 * Upper and lower case are the same. With * or ? the whole name must match, as on a command line; else any part.
 */
export interface Search {
  matches(name: string): boolean;
  /** The part of the name to mark; null when there is none. */
  find(name: string): [from: number, to: number] | null;
}

export function searchFor(typed: string): Search {
  const wanted = typed.trim().toLowerCase();
  if (/[*?]/.test(wanted)) return globSearch(wanted);
  return {
    matches: (name) => name.toLowerCase().includes(wanted),
    find(name) {
      const lower = name.toLowerCase();
      const from = wanted === '' ? -1 : lower.indexOf(wanted);
      // Some letters change their length with their case: then places would not fit.
      return from < 0 || lower.length !== name.length ? null : [from, from + wanted.length];
    },
  };
}

/** Marks the longest piece of the pattern that has no placeholder. */
function globSearch(pattern: string): Search {
  const pieces = pattern.split('*');
  const longest = searchFor(
    pattern.split(/[*?]/).reduce((best, piece) => (piece.length > best.length ? piece : best), ''),
  );
  return {
    matches: (name) => matchesPieces(name.toLowerCase(), pieces),
    find: longest.find,
  };
}

/** Whether the pieces follow each other in the name, the first at its beginning, the last at its end. */
function matchesPieces(name: string, pieces: string[]): boolean {
  const first = pieces[0]!;
  if (pieces.length === 1) return name.length === first.length && fits(name, 0, first);
  const last = pieces[pieces.length - 1]!;
  const end = name.length - last.length;
  if (end < first.length || !fits(name, 0, first) || !fits(name, end, last)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    while (at + piece.length <= end && !fits(name, at, piece)) at++;
    if (at + piece.length > end) return false;
    at += piece.length;
  }
  return true;
}

function fits(name: string, at: number, piece: string): boolean {
  for (let i = 0; i < piece.length; i++) if (piece[i] !== '?' && piece[i] !== name[at + i]) return false;
  return true;
}
