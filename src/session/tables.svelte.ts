/**
 * Tables: what they and the logs give together, and the question what an unknown table's columns are. In: a range, an
 * answer. Out: state that views read. Answers to questions that were asked anew meanwhile are dropped.
 */
import type { Client } from '../pipeline/client.ts';
import type { ReconcileRow } from '../model/resolved-counts.ts';
import type { SourcesView } from '../model/sources-view.ts';
import type { ChosenColumns, UnknownTable } from '../model/table-file.ts';
import type { Range } from './range.ts';
import {
  allRememberedColumns,
  forgetColumns,
  forgetColumnsOf,
  rememberColumns,
  rememberedColumns,
  type RememberedColumns,
} from './remembered-columns.ts';

/** Whose columns are asked for. */
export interface ColumnQuestion {
  table: UnknownTable;
  /** What was said before, when that is to be changed; null: nothing was. */
  before: ChosenColumns | null;
}

export class Tables {
  /** null when no table is held. */
  view = $state.raw<SourcesView | null>(null);
  /** The table whose columns are to be chosen. */
  question = $state.raw<ColumnQuestion | null>(null);
  /** What was said of columns, and is kept in this browser. */
  remembered = $state.raw<RememberedColumns[]>(allRememberedColumns());
  private answerQuestion: (chosen: ChosenColumns | null) => void = () => {};
  /** Tables that were read with chosen columns, by header: their rows are shown when the choice is changed. */
  private readonly known = new Map<string, UnknownTable>();
  private asked = 0;
  private readonly client: Client;

  /** onChange: a choice is another one now, for tables that may be held. */
  constructor(
    client: Client,
    private readonly onChange: () => void,
  ) {
    this.client = client;
    client.setAskColumns((table) => this.ask(table));
  }

  async show(range: Range | null): Promise<void> {
    const question = ++this.asked;
    // Tables without dates have no range: all that they say is of all time.
    const span = range?.span ?? { first: 0, last: 0 };
    const view = await this.client.sources(span, range === null || range.kind === 'all');
    if (question === this.asked) this.view = view;
  }

  answer(chosen: ChosenColumns | null): void {
    if (this.question && chosen) rememberColumns(this.question.table, chosen);
    this.remembered = allRememberedColumns();
    this.question = null;
    this.answerQuestion(chosen);
  }

  /** Asks again what the columns are of tables with a header. */
  changeColumns({ key, header, name, mapping, repository }: RememberedColumns): void {
    const table = this.known.get(key) ?? { key, name, delimiter: ',', header, firstRows: [], guess: mapping };
    this.question = { table, before: { mapping, repository } };
    this.answerQuestion = (chosen) => {
      if (chosen && this.known.has(key)) this.onChange();
    };
  }

  forgetColumns(key: string): void {
    forgetColumnsOf(key);
    this.remembered = allRememberedColumns();
  }

  reconcile(a: number, b: number): Promise<ReconcileRow[]> {
    return this.client.reconcile(a, b);
  }

  clear(): void {
    this.asked++;
    this.view = null;
  }

  forget(): void {
    this.clear();
    this.known.clear();
    forgetColumns();
    this.remembered = [];
  }

  private ask(table: UnknownTable): Promise<ChosenColumns | null> {
    this.known.set(table.key, table);
    const remembered = rememberedColumns(table.key);
    if (remembered) return Promise.resolve(remembered);
    this.question = { table, before: null };
    return new Promise((resolve) => (this.answerQuestion = resolve));
  }
}
