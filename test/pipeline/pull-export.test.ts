import { expect, test } from 'vitest';
import type { ExportJob, ExportPiece } from '../../src/model/export-job.ts';
import { NO_FILTER } from '../../src/model/filter.ts';
import { DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import { createExportJobs } from '../../src/pipeline/export-jobs.ts';
import { type ExportJobs, pullExport } from '../../src/pipeline/pull-export.ts';
import { analyse, exported, manifestLine as line } from '../helpers/exported.ts';
import { textOf } from '../helpers/written-job.ts';

const LOG = [1, 2, 3].map((n) => line(`2026-09-01 10:00:0${n}`, `192.0.2.${n}`, 'GET', 'a/b', `${n}`));
const JOB: ExportJob = {
  form: 'file',
  request: {
    kind: 'raw',
    level: 'reference',
    span: { first: 0, last: 99_999 },
    spanKind: 'all',
    filter: NO_FILTER,
  },
  ...{ preset: 'standard', gzip: false, split: false, now: 0 },
};

/** The worker's jobs as the page reaches them. */
async function held() {
  const analysis = await analyse([LOG]);
  const { stopExports, ...jobs } = createExportJobs(() => analysis);
  const remote: ExportJobs = {
    beginExport: async (job) => jobs.beginExport(job),
    nextPiece: (id) => jobs.nextPiece(id),
    endExport: (id) => jobs.endExport(id),
  };
  return { analysis, remote, jobs, stopExports };
}

test('the pieces are the file', async () => {
  const { analysis, remote } = await held();
  const parts: Uint8Array[] = [];
  const shares: number[] = [];
  const end = await pullExport(
    remote,
    JOB,
    async (bytes) => void parts.push(bytes),
    ({ share }) => shares.push(share),
    new AbortController().signal,
  );
  expect(end).toEqual({ end: 'written', rows: 3, files: 1, leftOut: [] });
  expect(textOf(new Uint8Array(Buffer.concat(parts)))).toBe((await exported(analysis, 'raw')).text);
  expect(shares.at(-1)).toBe(1);
});

test('a change of what is held ends the file with an error', async () => {
  const { analysis, jobs, stopExports } = await held();
  const id = jobs.beginExport(JOB);
  stopExports();
  analysis.setRules({ ...DEFAULT_RULES, window: 0 });
  await expect(jobs.nextPiece(id)).rejects.toThrow('What is held has changed');
});

test('no more than one piece is asked for ahead of the one that is being kept', async () => {
  let asked = 0;
  let kept = 0;
  const progress = { share: 0, name: '', rows: 0, files: 0 };
  const jobs: ExportJobs = {
    beginExport: async () => 1,
    async nextPiece(): Promise<ExportPiece> {
      asked++;
      return { bytes: asked > 5 ? null : new Uint8Array(1), progress, leftOut: [] };
    },
    endExport: async () => {},
  };
  const keep = async () => {
    kept++;
    await new Promise((done) => setImmediate(done));
    expect(asked).toBe(kept + 1);
  };
  await pullExport(jobs, JOB, keep, () => {}, new AbortController().signal);
  expect(kept).toBe(5);
});

test('stopping waits for no piece, and tells the worker', async () => {
  const stop = new AbortController();
  let ended = 0;
  const jobs: ExportJobs = {
    beginExport: async () => 7,
    nextPiece: () => new Promise(() => {}),
    endExport: async (id) => void (ended = id),
  };
  const pulled = pullExport(
    jobs,
    JOB,
    async () => {},
    () => {},
    stop.signal,
  );
  stop.abort();
  expect((await pulled).end).toBe('stopped');
  expect(ended).toBe(7);
});
