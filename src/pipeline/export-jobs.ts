/**
 * Files being written, in the analysis worker. In: wishes. Out: pieces, each made when it is asked for, so that no more
 * than two are ever in memory. What is held must not change meanwhile: if it does, the file ends with an error.
 */
import { transfer } from 'comlink';
import { type OpenJob, openJob } from '../exports/job.ts';
import { previewExport } from '../exports/preview.ts';
import { joinBytes } from '../lib/join-bytes.ts';
import type { ExportJob, ExportPiece, ExportPreview, Preset } from '../model/export-job.ts';
import type { Bytes } from '../model/units.ts';
import type { ExportRequest } from '../model/view.ts';
import type { Analysis } from './analysis.ts';

/** The compressor gives crumbs; a message for each would cost more than their work. */
const PIECE: Bytes = 1 << 20;

export function createExportJobs(analysisOf: () => Analysis) {
  const open = new Map<number, OpenJob>();
  let next = 0;

  return {
    previewExport: (request: ExportRequest, preset: Preset): ExportPreview =>
      previewExport(analysisOf().exportSource(), request, preset),

    beginExport(job: ExportJob): number {
      const analysis = analysisOf();
      open.set(
        next,
        openJob(analysis.exportSource(), job, () => analysis.origin()),
      );
      return next++;
    },

    async nextPiece(id: number): Promise<ExportPiece> {
      const job = open.get(id);
      if (!job) throw new Error('What is held has changed while the file was being written. Write it again.');
      const parts: Uint8Array[] = [];
      let length = 0;
      let isDone = false;
      while (length < PIECE && !isDone) {
        const { value, done } = await job.pieces.next();
        isDone = done ?? false;
        if (!value) continue;
        parts.push(value);
        length += value.length;
      }
      if (length === 0) open.delete(id);
      const { watch } = job;
      const bytes = length === 0 ? null : joinBytes(parts);
      const piece = { bytes, progress: watch.progress(), leftOut: watch.leftOut };
      return bytes ? transfer(piece, [bytes.buffer]) : piece;
    },

    async endExport(id: number): Promise<void> {
      const job = open.get(id);
      open.delete(id);
      await job?.pieces.return(undefined);
    },

    /** Rows, rules or places are about to change. */
    stopExports: (): void => open.clear(),
  };
}
