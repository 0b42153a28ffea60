/** What the analysis is told of a file before it is read. In: a first look at it. Out: the file as it is announced. */
import type { AnnouncedFile } from './file-ledger.ts';
import type { FileFacts } from './look-at-file.ts';
import { titleOf } from './settle-tables.ts';
import type { Source } from './sources.ts';
import type { HeldLog } from './unreadable-lines.ts';
import type { HeldTable } from './unreadable-rows.ts';

export interface Looked {
  facts: FileFacts;
  /** The given file that it is, or is in. */
  source: Source;
  /** Name of the log that it is a copy of. */
  copyOf: string | null;
}

export function announceFile({ facts, source, copyOf }: Looked): AnnouncedFile {
  const { content, state } = facts;
  const problems = [...facts.problems];
  if (copyOf !== null) {
    problems.push({
      severity: 'note',
      file: content.name,
      line: 0,
      reason: `${content.name} has the same content as ${copyOf}. It was not counted again.`,
      remedy: '',
    });
  }
  return {
    name: content.name,
    size: facts.size,
    compressed: content.outer !== null,
    expectedFirst: facts.firstTime,
    contentKey: facts.contentKey,
    state: copyOf !== null ? 'duplicate' : STATES[state],
    problems,
    source: source.id,
    options: source.options,
    table: titleOf(facts),
  };
}

/** What is read of a file, and how; null: nothing. */
export function heldOf({ facts, source, copyOf }: Looked): HeldLog | HeldTable | null {
  const { state, table: plan, content } = facts;
  if (state !== 'log' || copyOf !== null || plan?.kind === 'unknown') return null;
  return plan ? { content, plan } : { content, options: source.options };
}

const STATES = {
  log: 'waiting',
  empty: 'read',
  skipped: 'skipped',
  failed: 'failed',
  partly: 'partly',
} as const;
