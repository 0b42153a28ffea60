/**
 * All rows in the order of time, and what they come to. In: rows of files as they are read (`merge`), rules. Out: the
 * order, and actions, as the classifier writes them into the table. Rows are merged and classified while files are still
 * being read; only a log that is far out of order, one behind another log, or a change of the rules costs a second pass.
 * What was kept of exactly the files that come is taken in place of all that (`expect`); whatever else comes, then or
 * later, or a change of the rules, and everything is merged and classified from the beginning.
 */
import { Classifier } from '../actions/classify.ts';
import type { RequestCollector } from '../actions/collect-requests.ts';
import { takeVisible, TimeMerge } from '../actions/merge-by-time.ts';
import type { TakenActions } from '../actions/take-actions.ts';
import { DamagedData } from '../lib/packed.ts';
import { type CountingRules, DEFAULT_RULES } from '../model/counting-rules.ts';
import { FLAG_BEHIND, FLAG_REMOVED } from '../model/request-table.ts';
import type { FileLedger } from './file-ledger.ts';
import { FoundHops } from './found-hops.ts';

export class RowsInTime {
  rules: CountingRules = DEFAULT_RULES;
  merge: TimeMerge;
  classifier: Classifier;
  /** Rows in time order, as many as `length` tells. */
  order = new Uint32Array(1 << 12);
  length = 0;
  readonly hops = new FoundHops();
  /** What was kept, to be taken when all rows have come; it throws DamagedData. null: nothing of it is in use. */
  private kept: (() => TakenActions) | 'taken' | null = null;
  /** Rises with every change of what is in the order, or of what it comes to. */
  changes = 0;

  /** onRows: what was counted of the order holds no more. */
  constructor(
    private readonly collector: RequestCollector,
    private readonly ledger: FileLedger,
    private readonly onRows: () => void,
  ) {
    this.merge = this.openMerge();
    this.classifier = this.openClassifier();
  }

  setRules(rules: CountingRules): void {
    const hidesOther = rules.countInnerHops !== this.rules.countInnerHops && !this.hops.isEmpty;
    this.rules = rules;
    if (this.kept) return this.mergeAnew();
    this.changes++;
    // Other rows are in the order of time then.
    if (hidesOther) return this.mergeAnew();
    this.classifier = this.openClassifier();
    this.classifier.pushAll(this.order, 0, this.length);
  }

  /** Nothing is merged until all rows have come: then it is taken. None must be here yet. */
  expect(kept: () => TakenActions): void {
    this.kept = kept;
  }

  /** Rows come that were kept. False: they are to be merged. */
  isExpected(): boolean {
    if (this.kept === 'taken') this.mergeAnew();
    return this.kept !== null;
  }

  /** Rows come of which nothing was kept. */
  expectNoMore(): void {
    if (this.kept) this.mergeAnew();
  }

  /** What was kept is what there is. */
  get isAsKept(): boolean {
    return this.kept === 'taken';
  }

  /** All rows have come. */
  settle(): void {
    if (this.kept && this.takeKept(this.kept)) return;
    this.merge.run();
    // With other files beside it, what was behind another log may be so no more.
    const wasHiding = this.showHops();
    if (this.merge.isLate || this.ledger.hasTies() || wasHiding) this.mergeAnew();
    this.hideHops();
  }

  /** Files are gone: everything from the beginning. */
  begin(): void {
    this.showHops();
    this.mergeAnew();
    this.hideHops();
  }

  private openMerge(): TimeMerge {
    return new TimeMerge(this.collector.table, (rows, from, to) => this.take(rows, from, to));
  }

  private openClassifier(): Classifier {
    return new Classifier(this.collector.table, this.rules, this.collector);
  }

  private take(rows: Uint32Array, from: number, to: number): void {
    this.changes++;
    this.onRows();
    const hidden = this.rules.countInnerHops ? FLAG_REMOVED : FLAG_REMOVED | FLAG_BEHIND;
    if (this.length + to - from > this.order.length) {
      const grown = new Uint32Array(Math.max(this.order.length * 2, this.length + to - from));
      grown.set(this.order);
      this.order = grown;
    }
    const first = this.length;
    this.length = takeVisible(this.collector.table, rows, from, to, hidden, this.order, first);
    this.classifier.pushAll(this.order, first, this.length);
  }

  /** False: it is damaged, or of other rows. */
  private takeKept(kept: (() => TakenActions) | 'taken'): boolean {
    if (kept === 'taken') return true;
    try {
      const taken = kept();
      this.kept = 'taken';
      this.order = taken.order;
      this.length = taken.order.length;
      this.classifier.take(taken);
      this.onRows();
      return true;
    } catch (error) {
      if (!(error instanceof DamagedData)) throw error;
      this.mergeAnew();
      return false;
    }
  }

  /** Forgets what is behind another log; answers whether rows are missing from the order for it. */
  private showHops(): boolean {
    const wasHiding = !this.hops.isEmpty && !this.rules.countInnerHops;
    this.hops.clear(this.collector.table, this.ledger.filesWithRequests());
    return wasHiding;
  }

  /** Finds, in the order of all rows, what is behind another log, and takes it out. */
  private hideHops(): void {
    const { table, nameOf, agents } = this.collector;
    const rows = { table, order: this.order, length: this.length, nameOf, agents };
    this.hops.find(rows, this.ledger.filesWithRequests());
    if (!this.hops.isEmpty && !this.rules.countInnerHops) this.mergeAnew();
  }

  /** Merges and classifies everything from the beginning; of files that are still being read, what is here. */
  private mergeAnew(): void {
    this.kept = null;
    this.changes++;
    this.classifier = this.openClassifier();
    this.length = 0;
    this.onRows();
    this.merge = this.openMerge();
    for (let file = 0; file < this.ledger.length; file++) {
      const { ended, announced } = this.ledger.entryOf(file);
      const number = this.merge.addFile(
        ended ? -Infinity : announced.expectedFirst,
        this.ledger.contentKeyOf(file),
      );
      for (const [from, to] of this.ledger.rowsOf(file)) this.merge.addRows(number, from, to, NaN);
      if (ended) this.merge.endFile(number);
    }
    this.merge.run();
  }
}
