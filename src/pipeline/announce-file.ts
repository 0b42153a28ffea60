/** What the analysis is told of a file before it is read. In: a first look at it. Out: the file as it is announced. */
import { isPlain } from '../intake/content.ts';
import type { FilePrint, KeptRef } from '../model/kept-file.ts';
import type { Bytes } from '../model/units.ts';
import type { AnnouncedFile } from './file-entry.ts';
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
  /** What was kept of it, of its bytes below `from`; 0: of all. */
  kept: { ref: KeptRef; from: Bytes } | null;
}

export function announceFile({ facts, source, copyOf, kept }: Looked): AnnouncedFile {
  const { content, state } = facts;
  const isWithoutBytes = kept !== null && facts.withoutBytes !== undefined;
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
    compressed: isWithoutBytes ? kept.ref.summary.compressed : content.outer !== null,
    expectedFirst: facts.firstTime,
    contentKey: facts.contentKey,
    state: copyOf !== null ? 'duplicate' : STATES[state],
    problems,
    source: source.id,
    options: source.options,
    table: isWithoutBytes ? kept.ref.summary.table : titleOf(facts),
    ...(state === 'log' && copyOf === null ? { print: printOf(facts) } : {}),
  };
}

/** What is read of a file, and how; null: it is not read, or not here. */
export function heldOf({ facts, source, copyOf, kept }: Looked): HeldLog | HeldTable | null {
  const { state, table: plan, content } = facts;
  if (state !== 'log' || copyOf !== null || plan?.kind === 'unknown') return null;
  if (kept && facts.withoutBytes) return null;
  return plan ? { content, plan } : { content, options: source.options };
}

export function printOf({ fingerprint, contentHash, content, withoutBytes }: FileFacts): FilePrint {
  return { fingerprint, contentHash, isPlain: withoutBytes?.isPlain ?? isPlain(content) };
}

const STATES = {
  log: 'waiting',
  empty: 'read',
  skipped: 'skipped',
  failed: 'failed',
  partly: 'partly',
} as const;
