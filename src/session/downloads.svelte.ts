/** The files that a person takes along. In: a wish. Out: a file in the browser's downloads, and its number of rows. */
import { isoDay } from '../lib/calendar.ts';
import type { Client } from '../pipeline/client.ts';
import type { Filter } from '../model/filter.ts';
import type { DaySpan, ExportKind, SummaryLevel } from '../model/view.ts';
import { Exports } from './exports.svelte.ts';
import { handOver, handOverCsv } from './hand-over.ts';
import type { Range } from './range.ts';

export type DownloadState =
  | { step: 'working' }
  /** left: of the figures shown, what the file cannot hold. */
  | { step: 'done'; name: string; rows: number; left: number }
  | { step: 'failed'; reason: string };

export class Downloads {
  level = $state<SummaryLevel>('reference');
  states = $state.raw<Partial<Record<ExportKind, DownloadState>>>({});
  /** Of the unreadable lines of a file, by its place in the report. */
  lineStates = $state.raw<ReadonlyMap<number, DownloadState>>(new Map());
  /** Those by week and month. */
  readonly periods: Exports;
  private readonly client: Client;

  constructor(client: Client) {
    this.client = client;
    this.periods = new Exports(client);
  }

  async download(kind: ExportKind, range: Range, filter: Filter): Promise<void> {
    if (this.states[kind]?.step === 'working') return;
    this.tell(kind, { step: 'working' });
    try {
      const {
        name,
        blob,
        rows,
        left = 0,
      } = await this.client.export({
        kind,
        level: this.level,
        span: range.span,
        spanKind: range.kind,
        filter,
      });
      handOver(name, blob);
      this.tell(kind, { step: 'done', name, rows, left });
    } catch (error) {
      this.tell(kind, { step: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** A small table that is on the page already. */
  saveText(name: string, span: DaySpan | null, csv: string): void {
    handOverCsv(span ? `${name}_${isoDay(span.first)}_${isoDay(span.last)}` : name, csv);
  }

  /** A chart of the page. */
  savePicture(name: string, { first, last }: DaySpan, picture: Blob): void {
    handOver(`${name}_${isoDay(first)}_${isoDay(last)}.png`, picture);
  }

  /** All lines of the file at this place in the report that could not be read, as they are. */
  async downloadUnreadable(place: number, fileName: string): Promise<void> {
    if (this.lineStates.get(place)?.step === 'working') return;
    const tellOf = (state: DownloadState) =>
      (this.lineStates = new Map([...this.lineStates, [place, state]]));
    tellOf({ step: 'working' });
    try {
      const { blob, lines } = await this.client.unreadable(place);
      const name = unreadableName(fileName);
      handOver(name, blob);
      tellOf({ step: 'done', name, rows: lines, left: 0 });
    } catch (error) {
      tellOf({ step: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** What was written before belongs to another span or to other rules. */
  clear(): void {
    this.states = {};
    this.lineStates = new Map();
    this.periods.clear();
  }

  private tell(kind: ExportKind, state: DownloadState): void {
    this.states = { ...this.states, [kind]: state };
  }
}

/** logs/access.log.2.gz: its lines are in access.log.2_unreadable.txt. */
function unreadableName(fileName: string): string {
  const name = fileName.replace(/^.*[/\\]/, '').replace(/\.(gz|zst|bz2|xz)$/i, '');
  return `${name || 'lines'}_unreadable.txt`;
}
