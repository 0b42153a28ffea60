/**
 * Which files of a model count as its download, as Hugging Face's libraries say it: path:"x", path_extension:"x",
 * path_filename:"x", path_prefix:"x/", _exists_:"path_prefix", joined by AND, OR, NOT and parentheses. In: such a query.
 * Out: whether a path matches, or what is wrong. AND binds closer than OR.
 */
type Matches = (path: string) => boolean;

export type FileQuery = { matches: Matches } | { problem: string };

/** The files that count where nothing else is said (spec/classification.md, section 7). */
export const DEFAULT_QUERY =
  'path:"config.json" OR path:"config.yaml" OR path:"hyperparams.yaml" OR path:"params.json" OR path:"meta.yaml"';
/** Files of this extension always count. */
const ALWAYS = 'gguf';
/** Parentheses in parentheses: more is nobody's query. */
const DEEPEST = 20;

const TOKEN = /\s*(?:([()])|(AND|OR|NOT)(?![\w:])|(\w+):(?:"([^"]*)"|([^\s()"]+)))/y;

interface Token {
  word: string;
  field?: string;
  value?: string;
}

/** The file counts by this query, or because files like it always do. */
export function countedFiles(query: string): FileQuery {
  const parsed = parseFileQuery(query);
  if ('problem' in parsed) return parsed;
  return { matches: (path) => extensionOf(path) === ALWAYS || parsed.matches(path) };
}

export function parseFileQuery(query: string): FileQuery {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const text = query.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) return { problem: `This is no part of a query: ${text.slice(from).trim().slice(0, 40)}` };
    const [, bracket, joint, field, quoted, bare] = found;
    tokens.push({ word: bracket ?? joint ?? 'term', field, value: quoted ?? bare });
  }
  if (tokens.length === 0) return { problem: 'The query is empty.' };
  const reader = new Reader(tokens);
  const matches = reader.either(0);
  const problem = reader.problem ?? reader.rest();
  return problem === null ? { matches } : { problem };
}

class Reader {
  problem: string | null = null;
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  either(depth: number): Matches {
    const parts = [this.both(depth)];
    while (this.skip('OR')) parts.push(this.both(depth));
    return (path) => parts.some((part) => part(path));
  }

  /** What stands behind the whole query; null: nothing. */
  rest(): string | null {
    return this.at < this.tokens.length ? 'Terms are joined by AND or OR.' : null;
  }

  private both(depth: number): Matches {
    const parts = [this.single(depth)];
    while (this.skip('AND')) parts.push(this.single(depth));
    return (path) => parts.every((part) => part(path));
  }

  private single(depth: number): Matches {
    if (depth > DEEPEST) return this.fail('The query has too many parentheses.');
    if (this.skip('NOT')) {
      const inner = this.single(depth + 1);
      return (path) => !inner(path);
    }
    if (this.skip('(')) {
      const inner = this.either(depth + 1);
      return this.skip(')') ? inner : this.fail('A parenthesis is not closed.');
    }
    const token = this.tokens[this.at];
    if (token?.field === undefined || token.value === undefined)
      return this.fail('A term is missing, such as path:"config.json".');
    this.at++;
    return this.term(token.field, token.value);
  }

  private term(field: string, value: string): Matches {
    switch (field) {
      case 'path':
        return (path) => path === value;
      case 'path_extension':
        return (path) => extensionOf(path) === value;
      case 'path_filename':
        return (path) => filenameOf(path) === value;
      case 'path_prefix':
        return (path) => path.startsWith(value);
      case '_exists_':
        if (value === 'path_prefix') return (path) => path.includes('/');
        if (value === 'path_extension') return (path) => extensionOf(path) !== '';
        return this.fail('_exists_ asks for "path_prefix" or "path_extension".');
      default:
        return this.fail(
          `“${field.slice(0, 40)}” is none of path, path_extension, path_filename, path_prefix, _exists_.`,
        );
    }
  }

  private skip(word: string): boolean {
    if (this.tokens[this.at]?.word !== word) return false;
    this.at++;
    return true;
  }

  private fail(problem: string): Matches {
    this.problem ??= problem;
    return () => false;
  }
}

/** Behind the last dot of the file's name; a name that begins with its only dot has none. */
function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1) : '';
}

/** The file's name without folders and extension. */
function filenameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}
