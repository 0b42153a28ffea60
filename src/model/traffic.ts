/** All that was read of logs, as aggregates and exports see it. */
import type { RowSet } from '../lib/row-set.ts';
import { WordTable } from '../lib/word-table.ts';
import type { AddressColumns } from './address-columns.ts';
import type { AgentColumns } from './agent-columns.ts';
import { RequestTable } from './request-table.ts';
import type { DaySpan, LineTally } from './view.ts';
import type { Day, Milliseconds } from './units.ts';

/** Which days the files cover, and how far. */
export interface Coverage {
  /** First and last day with a covered moment; null when nothing was read. */
  days: DaySpan | null;
  /** COVERED_* of a day. */
  of(day: Day): number;
  /** COVERED_* of any time, its end left out. */
  between(from: Milliseconds, to: Milliseconds): number;
}

/**
 * All that was read, merged by time and classified: what aggregates and exports work on.
 * Addresses stay in here: no export and no view holds them.
 */
export interface Traffic {
  table: RequestTable;
  /** Rows in time order, folded and set-aside ones included, removed ones not: order[0 … length). */
  order: Uint32Array;
  length: number;
  /** Client addresses. */
  clients: WordTable;
  /** Prefix, NUL, name; `nameOf` gives the number in `names`. */
  repositories: WordTable;
  nameOf: Uint32Array;
  /** Full names of repositories: what people see and files hold. */
  names: WordTable;
  /** Tags and digests. */
  references: WordTable;
  /** User agents, unescaped. */
  agents: WordTable;
  /** What agents tell, for all of them; those that are new are looked at now. */
  describeAgents(): AgentColumns;
  /** What is known of client addresses, likewise. */
  describeAddresses(): AddressColumns;
  upstreams: WordTable;
  /** Actions that are a HEAD which a push made; looked for when first asked for. */
  ownPushes(): RowSet;
  coverage: Coverage;
  tally: LineTally;
}
