/**
 * Files by week and month: what is chosen, what it will be, and how far its writing is. In: wishes. Out: files, and state
 * that views read. One file is written at a time.
 */
import { isoDay } from '../lib/calendar.ts';
import {
  type ExportJob,
  type ExportPreview,
  type ExportProgress,
  FILE_SORTS,
  type FileSort,
  kindOfSort,
  type Preset,
} from '../model/export-job.ts';
import { type Filter, isFiltered } from '../model/filter.ts';
import type { Bytes } from '../model/units.ts';
import type { DaySpan, ExportRequest } from '../model/view.ts';
import type { Client } from '../pipeline/client.ts';
import { type FileSink, openSink } from './file-sink.ts';
import type { Range } from './range.ts';

export type WritingState =
  | { step: 'idle' | 'unsaved' | 'stopped' }
  | { step: 'writing'; name: string; progress: ExportProgress | null; bytes: Bytes }
  | { step: 'done'; name: string; rows: number; files: number; bytes: Bytes; leftOut: string[] }
  | { step: 'failed'; reason: string };

/** The file that is looked at. */
export type Looked = { request: ExportRequest; preview: ExportPreview | null; failure: string };

export class Exports {
  sort = $state<FileSort>('raw');
  preset = $state<Preset>('standard');
  gzip = $state(false);
  /** What goes into the archive of periods. */
  sorts = $state<FileSort[]>([...FILE_SORTS]);
  periods = $state<('week' | 'month')[]>(['week', 'month']);
  /** Where the Data API's files will be served from. */
  base = $state('');
  looked = $state.raw<Looked | null>(null);
  writing = $state.raw<WritingState>({ step: 'idle' });
  private stop: AbortController | null = null;
  private readonly client: Client;
  private readonly open: (name: string) => Promise<FileSink | null>;

  constructor(client: Client, open = openSink) {
    this.client = client;
    this.open = open;
  }

  /** Shows what the file of a period will be. */
  async look({ kind, span }: Range, filter: Filter): Promise<void> {
    const request = { ...kindOfSort(this.sort), span, spanKind: kind, filter };
    const looked: Looked = { request, preview: null, failure: '' };
    this.looked = looked;
    try {
      const preview = await this.client.previewExport(request, this.preset);
      if (this.looked === looked) this.looked = { ...looked, preview };
    } catch (error) {
      if (this.looked === looked) this.looked = { ...looked, failure: messageOf(error) };
    }
  }

  /** The same period with another sort or preset. */
  async lookAgain(): Promise<void> {
    if (!this.looked) return;
    const { span, spanKind, filter } = this.looked.request;
    await this.look({ kind: spanKind, span }, filter);
  }

  /** The file that is looked at; split: as a zip of parts that Excel can open. */
  async saveFile(split: boolean): Promise<void> {
    if (!this.looked?.preview) return;
    const { request, preview } = this.looked;
    const name = split ? preview.name.replace(/csv$/, 'zip') : preview.name + (this.gzip ? '.gz' : '');
    await this.save(name, { form: 'file', request, split, ...this.how() });
  }

  async savePeriods(span: DaySpan, filter: Filter, sorts: FileSort[]): Promise<void> {
    const wish = { span, filter, sorts, periods: [...this.periods] };
    await this.save(archiveName('periods', span, filter), { form: 'periods', ...wish, ...this.how() });
  }

  async saveDataApi(span: DaySpan, filter: Filter): Promise<void> {
    const job = { form: 'data-api', span, filter, base: this.base.trim(), ...this.how() } as const;
    await this.save(archiveName('data-api', span, filter), job);
  }

  cancel(): void {
    this.stop?.abort();
  }

  /** What was looked at belongs to another span, filter or rules. A file that is being written goes on. */
  clear(): void {
    this.looked = null;
    if (this.writing.step !== 'writing') this.writing = { step: 'idle' };
  }

  private how() {
    return { preset: this.preset, gzip: this.gzip, now: Date.now() };
  }

  private async save(name: string, job: ExportJob): Promise<void> {
    if (this.writing.step === 'writing') return;
    const stop = (this.stop = new AbortController());
    const state = { step: 'writing', name, progress: null as ExportProgress | null, bytes: 0 } as const;
    let bytes = 0;
    let sink: FileSink | null = null;
    this.writing = state;
    try {
      sink = await this.open(name);
      if (!sink) {
        this.writing = { step: 'unsaved' };
        return;
      }
      const { write, close } = sink;
      const { end, rows, files, leftOut } = await this.client.writeExport(
        job,
        async (piece) => {
          await write(piece);
          bytes += piece.length;
        },
        (progress) => (this.writing = { ...state, progress, bytes }),
        stop.signal,
      );
      if (end === 'written') await close();
      else await sink.abandon();
      this.writing =
        end === 'written' ? { step: 'done', name, rows, files, bytes, leftOut } : { step: 'stopped' };
    } catch (error) {
      await sink?.abandon().catch(() => {});
      this.writing = { step: 'failed', reason: messageOf(error) };
    }
  }
}

/** all_periods_2026-09-01_2026-10-31_filtered.zip */
function archiveName(what: string, { first, last }: DaySpan, filter: Filter): string {
  return `all_${what}_${isoDay(first)}_${isoDay(last)}${isFiltered(filter) ? '_filtered' : ''}.zip`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
