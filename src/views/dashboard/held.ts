/** What sort of data is held, and what can be made of it. In: a session in which files were read. */
import { isFiltered } from '../../model/filter.ts';
import type { Problem } from '../../model/problem.ts';
import type { ExportKind } from '../../model/view.ts';
import type { Session } from '../../session/session.svelte.ts';

export interface Held {
  /** Where only tables are held, there is nothing to say of logs. */
  hasLogs: boolean;
  /** Tables are part of what is shown: a filter is of logs alone. */
  hasTables: boolean;
  /** Some line asks for a manifest or a file of a hub. */
  hasRequests: boolean;
  /** Files that would hold a row. */
  canWrite: Record<ExportKind, boolean>;
  problems: Problem[];
}

export function heldBy({ report, tables: { view: tables }, filter }: Session): Held {
  const { requests, total, files } = report!;
  const hasLogs = tables === null || requests > 0;
  return {
    hasLogs,
    hasTables: tables !== null && !isFiltered(filter),
    hasRequests: total.counted > 0 || total.setAside > 0 || total.otherFiles > 0,
    canWrite: hasLogs || !tables ? { raw: true, summary: true, daily: true } : tables.canWrite,
    problems: [...files.flatMap(({ problems }) => problems), ...(tables?.problems ?? [])],
  };
}
