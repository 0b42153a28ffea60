/** Which files are read, and from where, when something was kept of them. */
import { describe, expect, test } from 'vitest';
import { defaultOptions } from '../../src/model/file-options.ts';
import type { KeptRef, KeptSummary } from '../../src/model/kept-file.ts';
import { readingOf } from '../../src/model/kept-file.ts';
import { contentOfFile } from '../../src/intake/content.ts';
import { fingerprintFile } from '../../src/intake/fingerprint.ts';
import { behindKept, findKept } from '../../src/pipeline/kept-sources.ts';
import { planTasks } from '../../src/pipeline/plan-tasks.ts';
import { READ_BY } from '../../src/pipeline/read-by.ts';
import type { FileFacts } from '../../src/pipeline/look-at-file.ts';

const OPTIONS = defaultOptions(0);
const YESTERDAY = 'a line of the log\n'.repeat(100_000);

async function keptOf(text: string, changes: Partial<KeptSummary> = {}): Promise<KeptRef> {
  const summary = {
    key: await fingerprintFile(new Blob([text])),
    size: text.length,
    readBy: READ_BY,
    factsBy: 'tables of today',
    reading: readingOf(OPTIONS, false, []),
    isPlain: true,
    canGrow: true,
    unreadable: 0,
    ...changes,
  } as KeptSummary;
  return { summary, place: { key: summary.key } };
}

async function found(text: string, kept: KeptRef, more: Partial<FileFacts> = {}) {
  const file = new File([text], 'access.log');
  const facts = {
    content: contentOfFile(file),
    state: 'log',
    fingerprint: await fingerprintFile(file),
    table: null,
    ...more,
  } as FileFacts;
  const source = { id: 1, file, kept: null, options: OPTIONS };
  return findKept(facts, source, [], new Map([[kept.summary.key, kept]]), 'tables of today');
}

describe('of a log', () => {
  test('that is as it was, nothing is read', async () => {
    expect((await found(YESTERDAY, await keptOf(YESTERDAY)))?.from).toBe(0);
  });

  test('a table is read again: its columns may have been chosen anew', async () => {
    const table = { kind: 'unknown' } as FileFacts['table'];
    expect(await found(YESTERDAY, await keptOf(YESTERDAY), { table })).toBeNull();
  });

  test('that has grown, only what is behind its old end is read', async () => {
    const grown = `${YESTERDAY}${'more of it\n'.repeat(300_000)}`;
    const kept = await found(grown, await keptOf(YESTERDAY));
    expect(kept?.from).toBe(YESTERDAY.length);
    const content = contentOfFile(new File([grown], 'access.log'));
    const tasks = behindKept(planTasks([content], 4, 2), 4, [kept!.from]);
    expect(tasks[0]!.start).toBe(YESTERDAY.length);
    expect(tasks.at(-1)!.end).toBe(grown.length);
    tasks.slice(1).forEach(({ start }, i) => expect(start).toBe(tasks[i]!.end));
    // The first piece is what was kept.
    expect(tasks.map(({ index }) => index)).toEqual(tasks.map((_, i) => i + 1));
  });

  test('whose addresses were looked up otherwise, all is read', async () => {
    expect(await found(YESTERDAY, await keptOf(YESTERDAY, { factsBy: 'own networks' }))).toBeNull();
  });

  test.each([
    ['whose last line was cut off then', YESTERDAY.slice(0, -1), {}],
    ['that begins otherwise', `b${YESTERDAY.slice(1)}`, {}],
    ['that another version of the page has read', YESTERDAY, { readBy: 'another' }],
    ['of which something else was said', YESTERDAY, { reading: 'otherwise' }],
    ['whose lines hang together', YESTERDAY, { canGrow: false }],
  ])('%s, all is read', async (_, before, changes) => {
    expect(await found(`${YESTERDAY}more\n`, await keptOf(before, changes))).toBeNull();
  });
});
