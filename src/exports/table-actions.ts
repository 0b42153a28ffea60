/**
 * Actions that tables hold already classified, as rows of a raw file. In: the tables' actions, those that count, in
 * any order of time. Out: their rows, handed out up to a moment, so that they stand between those of logs.
 * Limits: a row that stands for several actions is no row here: `left` counts them.
 */
import { NO_WORD } from '../model/segment.ts';
import { ACTION_NAMES, type ActionRows, METHOD_GET, METHOD_HEAD } from '../model/action-rows.ts';
import type { CountedActions } from '../model/counted-actions.ts';
import { ACTION_DOWNLOAD } from '../model/request-table.ts';
import type { DaySpan } from '../model/view.ts';
import { countWithoutRow, rowsByNamespace, rowsInSpan } from './actions-in-order.ts';
import { Clock } from './clock.ts';
import { csvCell, type CsvWriter } from './csv.ts';
import { splitName } from './name-parts.ts';
import { imageReference, type Style } from './style.ts';

/** Columns of texts, in the order of the file: before and behind the day, method and action. */
const BEFORE = ['reference', 'digest', 'tag'] as const;
const BEHIND = ['type', 'host', 'country', 'tool', 'version'] as const;
const EMPTY = csvCell('');
const ACTIONS = ACTION_NAMES.map((name) => csvCell(name));
const METHODS = new Map([
  [METHOD_HEAD, csvCell('HEAD')],
  [METHOD_GET, csvCell('GET')],
]);

/** Some rows of one table, by time. */
interface Part {
  table: ActionRows;
  order: Uint32Array;
}

/** What of the tables goes into one file. */
export class TableActions {
  readonly rows: number;

  private constructor(
    private readonly parts: readonly Part[],
    /** Actions that have no row of their own. */
    readonly left: number,
  ) {
    this.rows = parts.reduce((sum, { order }) => sum + order.length, 0);
  }

  static inSpan(tables: readonly CountedActions[], span: DaySpan): TableActions {
    return new TableActions(
      tables.map((table) => ({ table: table.rows, order: rowsInSpan(table, span) })),
      tables.reduce((sum, table) => sum + countWithoutRow(table, span), 0),
    );
  }

  /** Of each namespace; those that only have actions without a row are not there. */
  static byNamespace(tables: readonly CountedActions[], span: DaySpan): Map<string, TableActions> {
    const parts = new Map<string, Part[]>();
    for (const table of tables) {
      for (const [namespace, order] of rowsByNamespace(table, rowsInSpan(table, span)))
        parts.set(namespace, [...(parts.get(namespace) ?? []), { table: table.rows, order }]);
    }
    return new Map([...parts].map(([namespace, own]) => [namespace, new TableActions(own, 0)]));
  }

  open(style: Style): ComingActions {
    return new ComingActions(this.parts.map(({ table, order }) => new Queue(table, order, style)));
  }
}

/** Rows that are not written yet. */
export class ComingActions {
  private readonly clock = new Clock();
  private next: Queue | null = null;

  constructor(private readonly queues: readonly Queue[]) {
    this.choose();
  }

  /** When the next one was; Infinity: there is none. */
  get second(): number {
    return this.next?.second ?? Infinity;
  }

  /** Writes all that is left from before this second. */
  *writeBefore(second: number, writer: CsvWriter): Generator<void> {
    while (this.next && this.next.second < second) {
      this.clock.set(this.next.second);
      this.next.write(writer, this.clock);
      this.choose();
      if (writer.isFull) yield;
    }
  }

  private choose(): void {
    this.next = null;
    for (const queue of this.queues) if (queue.second < this.second) this.next = queue;
  }
}

/** One table's rows. */
class Queue {
  /** Of the row in hand; Infinity when there is none. */
  second = Infinity;
  private at = -1;
  /** By word, made when first asked for. */
  private readonly cells: Uint8Array[] = [];
  private readonly names: [namespace: Uint8Array, repository: Uint8Array][] = [];

  constructor(
    private readonly table: ActionRows,
    private readonly order: Uint32Array,
    private readonly style: Style,
  ) {
    this.step();
  }

  write(writer: CsvWriter, clock: Clock): void {
    const { columns } = this.table;
    const row = this.order[this.at]!;
    writer.cell(clock.timestamp);
    for (const cell of this.nameOf(columns.repository[row]!)) writer.cell(cell);
    for (const column of BEFORE) writer.cell(this.cellOf(columns[column][row]!));
    writer.cell(clock.day);
    writer.cell(METHODS.get(columns.method[row]!) ?? EMPTY);
    writer.cell(ACTIONS[columns.action[row]!]!);
    for (const column of BEHIND) writer.cell(this.cellOf(columns[column][row]!));
    if (this.style.isForSpreadsheet) writer.cell(this.imageOf(row));
    writer.endRow();
    this.step();
  }

  private step(): void {
    this.at++;
    const row = this.order[this.at];
    this.second = row === undefined ? Infinity : Math.floor(this.table.columns.time[row]! / 1000);
  }

  private cellOf(word: number): Uint8Array {
    if (word === NO_WORD) return EMPTY;
    return (this.cells[word] ??= csvCell(this.table.words[word]!, this.style));
  }

  private nameOf(word: number): [namespace: Uint8Array, repository: Uint8Array] {
    if (word === NO_WORD) return [EMPTY, EMPTY];
    return (this.names[word] ??= splitName(this.table.words[word]!).map((part) =>
      csvCell(part, this.style),
    ) as [Uint8Array, Uint8Array]);
  }

  private imageOf(row: number): Uint8Array {
    const { columns, words } = this.table;
    const [name, reference] = [columns.repository[row]!, columns.reference[row]!];
    if (columns.action[row] === ACTION_DOWNLOAD || name === NO_WORD || reference === NO_WORD) return EMPTY;
    return csvCell(imageReference(words[name]!, words[reference]!), this.style);
  }
}
