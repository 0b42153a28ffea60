/**
 * Patterns with * (any text) and ? (one letter). In: pattern and text, of the same case. Out: whether the whole text
 * fits. No regular expression, so no pattern can take more than pattern × text steps.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let starFrom = 0;
  while (from < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      starFrom = from;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) {
      at++;
      from++;
    } else if (star >= 0) {
      // Let the last star take one letter more. Earlier stars need not be tried again.
      at = star + 1;
      from = ++starFrom;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
