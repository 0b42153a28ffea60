/** What a job writes. In: an Analysis and a wish. Out: its bytes, or the entries of its archive, unpacked by fflate. */
import { unzipSync } from 'fflate';
import { openJob } from '../../src/exports/job.ts';
import type { ExportJob } from '../../src/model/export-job.ts';
import type { Analysis } from '../../src/pipeline/analysis.ts';

export async function writtenJob(
  analysis: Analysis,
  job: ExportJob,
): Promise<{ bytes: Uint8Array; leftOut: string[]; rows: number; files: number; share: number }> {
  const { pieces, watch } = openJob(analysis.exportSource(), job, () => analysis.origin());
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  const { rows, files, share } = watch.progress();
  return { bytes: new Uint8Array(Buffer.concat(parts)), leftOut: watch.leftOut, rows, files, share };
}

/** By name, in the order of the archive. */
export async function writtenEntries(analysis: Analysis, job: ExportJob): Promise<Map<string, Uint8Array>> {
  return new Map(Object.entries(unzipSync((await writtenJob(analysis, job)).bytes)));
}

/** With a byte order mark, if there is one. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
