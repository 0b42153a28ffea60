/**
 * Tables: what they and the logs give together, and the question what an unknown table's columns are. In: a range, an
 * answer. Out: state that views read. Answers to questions that were asked anew meanwhile are dropped.
 */
import type { Client } from '../pipeline/client.ts';
import type { ReconcileRow } from '../model/resolved-counts.ts';
import type { SourcesView } from '../model/sources-view.ts';
import type { ChosenColumns, UnknownTable } from '../model/table-file.ts';
import type { Range } from './range.ts';
import { forgetColumns, rememberColumns, rememberedColumns } from './remembered-columns.ts';

export class Tables {
  /** null when no table is held. */
  view = $state.raw<SourcesView | null>(null);
  /** The table whose columns are to be chosen. */
  unknown = $state.raw<UnknownTable | null>(null);
  private answerUnknown: (chosen: ChosenColumns | null) => void = () => {};
  private asked = 0;
  private readonly client: Client;

  constructor(client: Client) {
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
    if (this.unknown && chosen) rememberColumns(this.unknown.key, chosen);
    this.unknown = null;
    this.answerUnknown(chosen);
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
    forgetColumns();
  }

  private ask(table: UnknownTable): Promise<ChosenColumns | null> {
    const remembered = rememberedColumns(table.key);
    if (remembered) return Promise.resolve(remembered);
    this.unknown = table;
    return new Promise((resolve) => (this.answerUnknown = resolve));
  }
}
