/**
 * Just enough YAML (and JSON) to take a log format out of a manifest. In: a document and where a key's colon ended.
 * Out: the text of its value. Source: YAML 1.2, flow scalars and block scalars. Limits: anchors, tags and folded
 * blank lines are not known.
 */

/** The scalar, the map in braces, or the block of deeper lines, that begins at `at`. */
export function readYamlValue(source: string, at: number): string {
  const lineStart = source.lastIndexOf('\n', at - 1) + 1;
  const indent = /^ */.exec(source.slice(lineStart))![0].length;
  const rest = source.slice(at);
  const inline = /^[ \t]*/.exec(rest)![0].length;
  const first = rest.slice(inline).split('\n', 1)[0]!.trimEnd();
  if (first.startsWith('"')) return unescapeDouble(/^"((?:[^"\\]|\\[^])*)/.exec(rest.slice(inline))![1]!);
  if (first.startsWith("'"))
    return /^'((?:[^']|'')*)/
      .exec(rest.slice(inline))![1]!
      .replaceAll("''", "'")
      .replace(/\s*\n\s*/g, ' ');
  if (first.startsWith('{')) return flowMap(rest.slice(inline));
  const below = deeperLines(rest.slice(inline + first.length), indent);
  if (/^[|>][-+\d]*\s*(#.*)?$/.test(first))
    return stripIndent(below)
      .join(first[0] === '|' ? '\n' : ' ')
      .trim();
  if (first === '') return stripIndent(below).join('\n');
  return [first.replace(/\s+#.*$/, ''), ...below.map((line) => line.trim())].join(' ').trim();
}

/** Up to the brace that closes the first one; to the end where none does. */
function flowMap(rest: string): string {
  let depth = 0;
  for (const match of rest.matchAll(/"(?:[^"\\]|\\[^])*"|[{}]/g)) {
    if (match[0] === '{') depth++;
    else if (match[0] === '}') depth--;
    if (depth === 0) return rest.slice(0, match.index + 1);
  }
  return rest;
}

/** The lines after the one in hand that are indented deeper than their key. */
function deeperLines(rest: string, indent: number): string[] {
  const lines: string[] = [];
  // Line by line: a document may hold thousands of keys, and each begins here.
  for (let end = rest.indexOf('\n'); end >= 0;) {
    const next = rest.indexOf('\n', end + 1);
    const line = rest.slice(end + 1, next < 0 ? rest.length : next);
    end = next;
    if (line.trim() !== '' && /^ */.exec(line)![0].length <= indent) break;
    lines.push(line.trimEnd());
  }
  return lines;
}

function stripIndent(lines: string[]): string[] {
  const depths = lines.filter((line) => line !== '').map((line) => /^ */.exec(line)![0].length);
  const least = Math.min(...depths);
  return lines.map((line) => line.slice(least));
}

function unescapeDouble(quoted: string): string {
  return quoted
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
}

/** A map of strings, nested ones with dots between the keys; null when a line of it is something else. */
export function readYamlMap(source: string): { key: string; value: string }[] | null {
  const values: { key: string; value: string }[] = [];
  const parents: { indent: number; key: string }[] = [];
  for (const line of source.split('\n')) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const [, blanks, quotedKey, bareKey, rest] =
      /^( *)(?:["']([^"']+)["']|([\w@.\-/]+))\s*:(\s.*|)$/.exec(line) ?? [];
    const key = quotedKey ?? bareKey;
    if (key === undefined || blanks === undefined || rest === undefined) return null;
    while (parents.length > 0 && parents.at(-1)!.indent >= blanks.length) parents.pop();
    const path = [...parents.map((parent) => parent.key), key].join('.');
    if (rest.trim() === '') parents.push({ indent: blanks.length, key });
    else values.push({ key: path, value: readYamlValue(rest, 0) });
  }
  return values.length > 0 ? values : null;
}
