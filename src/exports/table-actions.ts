/**
 * Actions that tables hold already classified, as rows of a raw file. In: the tables' actions, those that count, in
 * any order of time. Out: their rows, handed out up to a moment, so that they stand between those of logs.
 * Limits: a row that stands for several actions is no row here: `left` counts them.
 */
import { NO_WORD } from '../model/segment.ts';
import { ACTION_NAMES, METHOD_GET, METHOD_HEAD } from '../model/action-rows.ts';
import type { CountedActions } from '../model/counted-actions.ts';
import { MILLISECONDS_PER_DAY } from '../model/units.ts';
import type { DaySpan } from '../model/view.ts';
import { Clock } from './clock.ts';
import { csvCell, type CsvWriter } from './csv.ts';
import { splitName } from './name-parts.ts';

/** Columns of texts, in the order of the file: before and behind the day, method and action. */
const BEFORE = ['reference', 'digest', 'tag'] as const;
const BEHIND = ['type', 'host', 'country', 'tool', 'version'] as const;
const EMPTY = csvCell('');
const ACTIONS = ACTION_NAMES.map(csvCell);
const METHODS = new Map([
  [METHOD_HEAD, csvCell('HEAD')],
  [METHOD_GET, csvCell('GET')],
]);

export class TableActions {
  /** Actions in the span that have no row of their own. */
  left = 0;
  private readonly queues: Queue[];
  private readonly clock = new Clock();

  constructor(tables: readonly CountedActions[], span: DaySpan) {
    this.queues = tables.map((table) => {
      const queue = new Queue(table, span);
      this.left += queue.left;
      return queue;
    });
  }

  /** Writes all that is left from before this second. */
  writeBefore(second: number, writer: CsvWriter): void {
    for (;;) {
      let next: Queue | null = null;
      for (const queue of this.queues) if (queue.second < (next?.second ?? second)) next = queue;
      if (!next) return;
      this.clock.set(next.second);
      next.write(writer, this.clock);
    }
  }
}

/** One table's rows in order of time. */
class Queue {
  /** Of the row in hand; Infinity when there is none. */
  second = Infinity;
  left = 0;
  private readonly order: Uint32Array;
  private at = -1;
  /** By word, made when first asked for. */
  private readonly cells: Uint8Array[] = [];
  private readonly names: [namespace: Uint8Array, repository: Uint8Array][] = [];

  constructor(
    private readonly table: CountedActions,
    { first, last }: DaySpan,
  ) {
    const { columns, length } = table.rows;
    const { time, count } = columns;
    const [from, to] = [first * MILLISECONDS_PER_DAY, (last + 1) * MILLISECONDS_PER_DAY];
    const order = new Uint32Array(length);
    let taken = 0;
    let isSorted = true;
    for (let row = 0; row < length; row++) {
      if (!(time[row]! >= from && time[row]! < to) || !table.counts(row)) continue;
      if (count[row] !== 1) {
        this.left += count[row]!;
        continue;
      }
      if (taken > 0 && time[row]! < time[order[taken - 1]!]!) isSorted = false;
      order[taken++] = row;
    }
    this.order = order.subarray(0, taken);
    if (!isSorted) this.order.sort((a, b) => time[a]! - time[b]! || a - b);
    this.step();
  }

  write(writer: CsvWriter, clock: Clock): void {
    const { columns } = this.table.rows;
    const row = this.order[this.at]!;
    writer.cell(clock.timestamp);
    for (const cell of this.nameOf(columns.repository[row]!)) writer.cell(cell);
    for (const column of BEFORE) writer.cell(this.cellOf(columns[column][row]!));
    writer.cell(clock.day);
    writer.cell(METHODS.get(columns.method[row]!) ?? EMPTY);
    writer.cell(ACTIONS[columns.action[row]!]!);
    for (const column of BEHIND) writer.cell(this.cellOf(columns[column][row]!));
    writer.endRow();
    this.step();
  }

  private step(): void {
    this.at++;
    const row = this.order[this.at];
    this.second = row === undefined ? Infinity : Math.floor(this.table.rows.columns.time[row]! / 1000);
  }

  private cellOf(word: number): Uint8Array {
    if (word === NO_WORD) return EMPTY;
    return (this.cells[word] ??= csvCell(this.table.rows.words[word]!));
  }

  private nameOf(word: number): [namespace: Uint8Array, repository: Uint8Array] {
    if (word === NO_WORD) return [EMPTY, EMPTY];
    return (this.names[word] ??= splitName(this.table.rows.words[word]!).map(csvCell) as [
      Uint8Array,
      Uint8Array,
    ]);
  }
}
