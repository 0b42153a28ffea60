/**
 * The page's side of a file being written: asks for a piece while the one before is being kept, so that disk and worker
 * both have something to do and no more than two pieces wait. In: a wish and where its bytes go. Out: what was written.
 */
import type { ExportJob, ExportPiece, ExportProgress } from '../model/export-job.ts';

/** What the analysis worker offers for it. */
export interface ExportJobs {
  beginExport(job: ExportJob): Promise<number>;
  nextPiece(id: number): Promise<ExportPiece>;
  endExport(id: number): Promise<void>;
}

export interface PulledExport {
  end: 'written' | 'stopped';
  rows: number;
  files: number;
  leftOut: string[];
}

const STOPPED: PulledExport = { end: 'stopped', rows: 0, files: 0, leftOut: [] };

export async function pullExport(
  jobs: ExportJobs,
  job: ExportJob,
  keep: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
  onProgress: (progress: ExportProgress) => void,
  signal: AbortSignal,
): Promise<PulledExport> {
  // A long pass over the rows need not be waited for.
  const aborted = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null)));
  const id = await jobs.beginExport(job);
  try {
    let coming = jobs.nextPiece(id);
    for (;;) {
      const piece = await Promise.race([coming, aborted]);
      if (!piece || signal.aborted) return STOPPED;
      const { bytes, progress, leftOut } = piece;
      onProgress(progress);
      if (!bytes) return { end: 'written', rows: progress.rows, files: progress.files, leftOut };
      coming = jobs.nextPiece(id);
      // Its failure is told when it is waited for; until then it must not count as one that nobody handles.
      coming.catch(() => {});
      await keep(bytes);
    }
  } finally {
    void jobs.endExport(id);
  }
}
