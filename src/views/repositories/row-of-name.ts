/** The row of a repository's page. In: the rows of a view, a name and its type. Out: the row, or −1. */
import { NAME_TYPES, type NameType } from '../../model/repository-name.ts';
import type { RepositoryColumns } from '../../model/view.ts';

/** Where nothing of the type has the name, what else has it: links that were made before types stood in them. */
export function rowOfName({ names, types }: RepositoryColumns, name: string, type: NameType): number {
  const isOfType = (row: number) => NAME_TYPES[types[row]!] === type;
  let found = -1;
  for (let row = names.indexOf(name); row >= 0; row = names.indexOf(name, row + 1)) {
    if (isOfType(row)) return row;
    if (found < 0) found = row;
  }
  return found;
}
