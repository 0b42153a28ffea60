/**
 * What the columns of unknown tables were said to be, by header. In: a choice. Out: the same when the header comes
 * again, and all of them, to be looked at. Limits: names of columns and of the file are kept, never a row.
 */
import type { ChosenColumns } from '../model/table-file.ts';
import type { ColumnMapping } from '../model/table-format.ts';

const KEY = 'pullscope-columns';
const PLACES = ['time', 'repository', 'count', 'kind', 'address', 'agent', 'path', 'status'] as const;

/** A choice, with the table that it was made for. */
export interface RememberedColumns extends ChosenColumns {
  /** Of the header: see UnknownTable. */
  key: string;
  header: string[];
  /** The file's. */
  name: string;
}

export function rememberedColumns(key: string): ChosenColumns | null {
  const found = read().get(key);
  return found ? { mapping: found.mapping, repository: found.repository } : null;
}

/** The latest first. */
export function allRememberedColumns(): RememberedColumns[] {
  return [...read()]
    .map(([key, { mapping, repository, header, name }]) => ({
      ...{ key, mapping, repository, name: name ?? '' },
      header: header ?? key.split(','),
    }))
    .reverse();
}

export function rememberColumns(
  { key, header, name }: Pick<RememberedColumns, 'key' | 'header' | 'name'>,
  { mapping, repository }: ChosenColumns,
): void {
  const all = read();
  all.delete(key);
  write(all.set(key, { mapping, repository, header, name }));
}

export function forgetColumnsOf(key: string): void {
  const all = read();
  all.delete(key);
  if (all.size > 0) write(all);
  else forgetColumns();
}

export function forgetColumns(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is off: nothing is there.
  }
}

/** What an older version of this page wrote has no header and no name. */
type Stored = ChosenColumns & Partial<Pick<RememberedColumns, 'header' | 'name'>>;

function write(all: Map<string, Stored>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...all]));
  } catch {
    // Storage is off or full: it is asked again.
  }
}

function read(): Map<string, Stored> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return new Map(Array.isArray(stored) ? stored.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

/** Another version of this page may have written something else. */
function isEntry(entry: unknown): entry is [string, Stored] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false;
  const { mapping, repository, header, name } = (entry[1] ?? {}) as Partial<Stored>;
  const isHeader =
    header === undefined || (Array.isArray(header) && header.every((cell) => typeof cell === 'string'));
  const isName = name === undefined || typeof name === 'string';
  return typeof repository === 'string' && isHeader && isName && mapping !== undefined && isMapping(mapping);
}

function isMapping(mapping: Partial<ColumnMapping>): boolean {
  return (
    PLACES.every((place) => Number.isInteger(mapping[place])) &&
    ['counts', 'actions', 'requests'].includes(mapping.rows ?? '') &&
    typeof mapping.isRunning === 'boolean'
  );
}
