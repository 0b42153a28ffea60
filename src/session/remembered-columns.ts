/** What the columns of unknown tables were said to be, by header. In: a choice. Out: the same when the header comes again. */
import type { ChosenColumns } from '../model/table-file.ts';
import type { ColumnMapping } from '../model/table-format.ts';

const KEY = 'pullscope-columns';
const PLACES = ['time', 'repository', 'count', 'kind', 'address', 'agent', 'path', 'status'] as const;

export function rememberedColumns(header: string): ChosenColumns | null {
  return read().get(header) ?? null;
}

export function rememberColumns(header: string, chosen: ChosenColumns): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...read().set(header, chosen)]));
  } catch {
    // Storage is off or full: it is asked again.
  }
}

export function forgetColumns(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Storage is off: nothing is there.
  }
}

function read(): Map<string, ChosenColumns> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return new Map(Array.isArray(stored) ? stored.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

/** Another version of this page may have written something else. */
function isEntry(entry: unknown): entry is [string, ChosenColumns] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false;
  const { mapping, repository } = (entry[1] ?? {}) as Partial<ChosenColumns>;
  return typeof repository === 'string' && mapping !== undefined && isMapping(mapping);
}

function isMapping(mapping: Partial<ColumnMapping>): boolean {
  return (
    PLACES.every((place) => Number.isInteger(mapping[place])) &&
    ['counts', 'actions', 'requests'].includes(mapping.rows ?? '') &&
    typeof mapping.isRunning === 'boolean'
  );
}
