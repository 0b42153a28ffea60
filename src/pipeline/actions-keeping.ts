/**
 * What classifying made of the files of an analysis, as it is kept beside them, and taken again. In: the parts of the
 * analysis, and each file as it is kept. Out: KeptActions in steps; an analysis that takes them in place of classifying
 * when exactly their files come. Kept by the analysis. Limits: none where requests are set aside behind another log, or
 * where some file is not kept.
 */
import type { RequestCollector } from '../actions/collect-requests.ts';
import { ActionsKeeper } from '../actions/keep-actions.ts';
import { takeActions } from '../actions/take-actions.ts';
import { checksumIn, DamagedData, pack, unpack } from '../lib/packed.ts';
import type { ActionRows, ActionsHead, KeptActions } from '../model/kept-actions.ts';
import type { KeptFile } from '../model/kept-file.ts';
import type { Bytes } from '../model/units.ts';
import type { FileLedger } from './file-ledger.ts';
import type { RowsInTime } from './rows-in-time.ts';

/** What tells rows that are kept from others of the same file. */
export function printOfRows({ summary, head, rows }: KeptFile): string {
  return [summary.saltId, ...[head, ...rows].map((block) => checksumIn(block).toString(16))].join(' ');
}

export class ActionsKeeping {
  /** Of files that are as they are kept. */
  private readonly prints = new Map<number, string>();

  constructor(
    private readonly collector: RequestCollector,
    private readonly ledger: FileLedger,
    private readonly inTime: RowsInTime,
  ) {}

  /** The file is kept, and here as it is kept. */
  isKept(file: number, print: string): void {
    this.prints.set(file, print);
  }

  /** Files from this number on are gone. */
  truncate(length: number): void {
    for (const file of [...this.prints.keys()]) if (file >= length) this.prints.delete(file);
  }

  /** Those of all files; null: something of them is here already. */
  keysToCome(): string[] | null {
    if (this.collector.table.length > 0) return null;
    return this.filesOf().flatMap((file) => this.keyOf(file) ?? []);
  }

  /** Takes them when exactly their files have come. Before the first row comes. */
  expect({ head, blocks }: KeptActions): void {
    this.inTime.expect(() => {
      const byKey = new Map(this.filesOf().map((file) => [this.keyOf(file), file]));
      const files = head.files.map(({ key, print, rows, uncounted }) => {
        const file = byKey.get(key);
        if (file === undefined || this.prints.get(file) !== print) throw new DamagedData('Rows are others.');
        const [first] = this.ledger.rowsOf(file);
        return { file, rows, uncounted, from: first?.[0] ?? 0 };
      });
      const { table, clients } = this.collector;
      return takeActions(table, clients.size, files, unpacked(blocks));
    });
  }

  /** What tells what would be kept; null: nothing can be. */
  head(countedBy: string): Omit<ActionsHead, 'stored'> | null {
    const { table } = this.collector;
    const files = this.filesOf().filter(
      (file) => this.ledger.rowsOf(file).length > 0 || this.prints.has(file),
    );
    const isWhole =
      files.every((file) => this.prints.has(file)) &&
      new Set(files.map((file) => this.keyOf(file))).size === files.length;
    if (table.length === 0 || !this.inTime.hops.isEmpty || !isWhole) return null;
    const described = files.map((file) => ({
      key: this.keyOf(file)!,
      print: this.prints.get(file)!,
      rows: this.collector.tallyOf(file).kept,
      uncounted: this.inTime.classifier.uncountedOf(file),
    }));
    return { countedBy, files: described.sort((a, b) => (a.key < b.key ? -1 : 1)) };
  }

  /** What classifying made is what was taken, and not to be kept again. */
  get isAsKept(): boolean {
    return this.inTime.isAsKept;
  }

  /** `pause` is told what it takes, and waited for after each step; false: it is not wanted. null: rows or rules changed. */
  async keep(
    head: Omit<ActionsHead, 'stored'>,
    pause: (stored: Bytes) => Promise<boolean>,
  ): Promise<KeptActions | null> {
    const { changes, order, length } = this.inTime;
    const byKey = new Map(this.filesOf().map((file) => [this.keyOf(file), file]));
    const rows = head.files.map(({ key }) => this.ledger.rowsOf(byKey.get(key)!));
    const keeper = new ActionsKeeper(this.collector.table, order, length, rows);
    if (!keeper.isWhole || head.files.some((each, i) => each.rows !== keeper.rows[i])) return null;
    const blocks: KeptActions['blocks'] = [];
    let stored = 0;
    for (let piece = keeper.next(); piece; piece = keeper.next()) {
      stored += blocks[blocks.push(pack(piece)) - 1]!.length;
      if (!(await pause(stored)) || changes !== this.inTime.changes) return null;
    }
    return { head: { ...head, stored }, blocks };
  }

  private filesOf(): number[] {
    return Array.from({ length: this.ledger.length }, (_, file) => file);
  }

  private keyOf(file: number): string | undefined {
    return this.ledger.entryOf(file).announced.print?.fingerprint;
  }
}

function* unpacked(blocks: KeptActions['blocks']): Generator<ActionRows> {
  for (const block of blocks) yield unpack(block) as ActionRows;
}
