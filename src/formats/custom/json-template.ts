/**
 * A format that writes one JSON object a line. In: the object with placeholders for values, e.g.
 * {"ip":"$remote_addr","status":$status}, or a line of such a log. Out: the values with their keys, nested ones with
 * dots. Commas may be missing or too many: shipped configurations have both. Limits: 20 levels deep.
 */

export interface JsonValue {
  /** Keys from the outside in, with dots between; elements of an array have the key of the array. */
  key: string;
  /** As it is written, without quotes. */
  value: string;
  /** Where it is written, without quotes. */
  start: number;
  end: number;
}

const MAX_DEPTH = 20;

/** Null when the text is not one object with values. */
export function readJsonTemplate(source: string): JsonValue[] | null {
  const values: JsonValue[] = [];
  let at = skipBlanks(source, 0);
  if (source[at] !== '{') return null;
  const keys: string[] = [];
  const closers: string[] = [];
  let key: string | null = null;
  while (at < source.length) {
    const char = source[at]!;
    if (char === '{' || char === '[') {
      if (closers.length === MAX_DEPTH) return null;
      if (key !== null) keys.push(key);
      closers.push(char === '{' ? (key === null ? '}' : '}k') : key === null ? ']' : ']k');
      // In an array, each element has the key of the array.
      key = char === '[' ? '' : null;
      at++;
    } else if (char === '}' || char === ']') {
      const closer = closers.pop();
      if (closer === undefined || closer[0] !== char) return null;
      if (closer.length > 1) keys.pop();
      key = closers.at(-1)?.[0] === ']' ? '' : null;
      at++;
      // Configurations may have a comma or a line break behind the object.
      if (closers.length === 0)
        return values.length > 0 && /^[\s,;]*$/.test(source.slice(at)) ? values : null;
    } else if (char === ',' || char === ':' || /\s/.test(char)) at++;
    else {
      const [start, end, next] = scalarAt(source, at);
      const value = source.slice(start, end);
      if (key === null && closers.at(-1)?.[0] === '}') key = value;
      else {
        values.push({ key: [...keys, key ?? ''].filter(Boolean).join('.'), value, start, end });
        key = closers.at(-1)?.[0] === ']' ? '' : null;
      }
      at = next;
    }
  }
  return null;
}

/** Start and end of what is written at `at`, and where to go on. */
function scalarAt(source: string, at: number): [number, number, number] {
  if (source[at] === '"') {
    let end = at + 1;
    while (end < source.length && source[end] !== '"') end += source[end] === '\\' ? 2 : 1;
    return [at + 1, Math.min(end, source.length), end + 1];
  }
  let end = at;
  // ${name} and %{name}i are placeholders with braces of their own.
  for (let braces = 0; end < source.length; end++) {
    const char = source[end]!;
    if (braces === 0 && /[,\]}\s"]/.test(char)) break;
    if (char === '{' || char === '(') braces++;
    if ((char === '}' || char === ')') && braces > 0) braces--;
  }
  return [at, Math.max(end, at + 1), Math.max(end, at + 1)];
}

function skipBlanks(source: string, at: number): number {
  while (at < source.length && /\s/.test(source[at]!)) at++;
  return at;
}
