/**
 * A first look at all files to be read: what is in each, which is a copy, what was kept of it. In: sources. Out: looks, in
 * the order of their first lines. Somebody may be asked what the columns of a table are.
 */
import type { Content } from '../intake/content.ts';
import type { AskColumns, TablePlan } from '../model/table-file.ts';
import type { KeptRef } from '../model/kept-file.ts';
import type { OwnFormat } from '../model/own-format.ts';
import type { Bytes } from '../model/units.ts';
import type { Looked } from './announce-file.ts';
import type { Ask, Copies } from './find-copies.ts';
import { findKept, lookAtKept } from './kept-sources.ts';
import type { FileFacts } from './look-at-file.ts';
import type { TableTask } from './parse-table.ts';
import { settleTables } from './settle-tables.ts';
import type { Source } from './sources.ts';
import type { HeldLog } from './unreadable-lines.ts';
import type { HeldTable } from './unreadable-rows.ts';

export interface Looking {
  /** Looks at files that are here, in their order. */
  look(sources: Source[]): Promise<FileFacts[][]>;
  ask: AskColumns;
  copies: Copies;
  /** Questions about copies. */
  askCopies: Ask;
  own: readonly OwnFormat[];
  /** What this browser keeps. */
  kept: ReadonlyMap<string, KeptRef>;
  /** What facts of addresses come from. */
  origin: string;
}

export async function lookAtAll(sources: Source[], looking: Looking): Promise<Looked[]> {
  const { ask, copies, askCopies, own, kept, origin } = looking;
  const here = sources.filter(({ file }) => file !== null);
  const facts = await looking.look(here);
  await settleTables(facts.flat(), ask);
  const looked: Looked[] = [];
  for (const source of sources) {
    const remembered = source.file ? null : lookAtKept(source, source.kept!);
    for (const each of remembered ? [remembered.facts] : facts[here.indexOf(source)]!) {
      const copyOf = each.state === 'log' ? await copies.find(each, askCopies) : null;
      const found = remembered ? remembered.kept : await findKept(each, source, own, kept, origin);
      looked.push({ facts: each, source, copyOf, kept: copyOf === null ? found : null });
    }
  }
  return looked.sort((a, b) => a.facts.firstTime - b.facts.firstTime || 0);
}

/** Tables that are to be read: those of which nothing was kept. */
export async function planTables(
  held: readonly (HeldLog | HeldTable | null)[],
  first: number,
  ranges: readonly (Bytes | null)[],
  hand: { planTable(content: Content, plan: TablePlan, file: number): Promise<TableTask[]> },
): Promise<TableTask[]> {
  const tasks: TableTask[] = [];
  for (const [i, table] of held.entries()) {
    if (!table || !('plan' in table) || ranges[i] === null) continue;
    tasks.push(...(await hand.planTable(table.content, table.plan, first + i)));
  }
  return tasks;
}
