/** A wish as a stream of bytes. In: what is held, and a wish. Out: pieces of a CSV, a .csv.gz or an archive. */
import { type ExportJob, type FileJob, MOST_EXCEL_ROWS } from '../model/export-job.ts';
import { CsvFiles } from './csv.ts';
import { dataApiEntries, planDataApi } from './data-api/entries.ts';
import { tableEntries, tracked, Watch } from './entries.ts';
import type { Piece } from './gzip.ts';
import { type ExportSource, nameOfExport, openExport } from './index.ts';
import type { Origin } from './manifest.ts';
import { periodEntries, planPeriods } from './period-entries.ts';
import { STYLES } from './style.ts';
import { zipPieces } from './zip.ts';

export interface OpenJob {
  pieces: AsyncGenerator<Piece>;
  watch: Watch;
}

export function openJob(source: ExportSource, job: ExportJob, originOf: () => Origin): OpenJob {
  if (job.form === 'file') return openFile(source, job);
  if (job.form === 'periods') {
    const planned = planPeriods(source, job);
    const watch = new Watch(weightOf(planned));
    return { watch, pieces: zipPieces(periodEntries(source, job, planned, originOf(), watch), job.now) };
  }
  const planned = planDataApi(source, job);
  const watch = new Watch(weightOf(planned));
  return { watch, pieces: zipPieces(dataApiEntries(source, job, planned, watch), job.now) };
}

const weightOf = (planned: { weight: number }[]) => planned.reduce((sum, { weight }) => sum + weight, 0);

function openFile(source: ExportSource, { request, preset, gzip, split, now }: FileJob): OpenJob {
  const style = STYLES[preset];
  const watch = new Watch(1);
  const name = nameOfExport(source, request);
  watch.begin(name, 1);
  const rows = openExport(source, request, style);
  const pieces = split
    ? zipPieces(
        tableEntries(name, rows, { style, gzip, mostRows: MOST_EXCEL_ROWS }, watch, () => {}),
        now,
      )
    : tracked(new CsvFiles(rows, style), rows.rows, gzip, watch, () => {});
  return { watch, pieces };
}
