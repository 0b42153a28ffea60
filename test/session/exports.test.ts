import { expect, test } from 'vitest';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import { Exports } from '../../src/session/exports.svelte.ts';
import type { FileSink } from '../../src/session/file-sink.ts';
import { createFakeClient } from '../helpers/fake-client.ts';

const SPAN = { first: 20_697, last: 20_726 };
const WEEK = { kind: 'week', span: { first: 20_696, last: 20_702 } } as const;

/** A place for files that notes what is done with it. */
function opened(client = createFakeClient(), wish: () => Promise<FileSink | null> | null = () => null) {
  const told: string[] = [];
  const sink: FileSink = {
    write: async (bytes) => void told.push(`write ${bytes.length}`),
    close: async () => void told.push('close'),
    abandon: async () => void told.push('abandon'),
  };
  const open = (name: string) => {
    told.push(name);
    return wish() ?? Promise.resolve(sink);
  };
  return { exports: new Exports(client, open), told };
}

test('a file is looked at, then saved under its name', async () => {
  const { exports, told } = opened();
  await exports.look(WEEK, NO_FILTER);
  expect(exports.looked?.preview?.rows).toBe(1204);
  exports.gzip = true;
  await exports.saveFile(false);
  expect(told).toEqual(['all_raw_all.csv.gz', 'write 12', 'close']);
  expect(exports.writing).toEqual({
    ...{ step: 'done', name: 'all_raw_all.csv.gz', rows: 1204, files: 1, bytes: 12, leftOut: [] },
  });
  await exports.saveFile(true);
  expect(told).toContain('all_raw_all.zip');
});

test('archives tell their span, and that they are filtered', async () => {
  const { exports, told } = opened();
  await exports.savePeriods(SPAN, NO_FILTER, ['raw']);
  await exports.saveDataApi(SPAN, withValue(NO_FILTER, 'country', 'DE', 'include'));
  expect(told.filter((each) => each.endsWith('.zip'))).toEqual([
    'all_periods_2026-09-01_2026-09-30.zip',
    'all_data-api_2026-09-01_2026-09-30_filtered.zip',
  ]);
});

test('no place, no file', async () => {
  const { exports, told } = opened(createFakeClient(), () => Promise.resolve(null));
  await exports.savePeriods(SPAN, NO_FILTER, ['raw']);
  expect(exports.writing).toEqual({ step: 'unsaved' });
  expect(told).toHaveLength(1);
});

test('what fails or is stopped leaves nothing behind', async () => {
  const client = createFakeClient();
  const failing = opened({ ...client, writeExport: () => Promise.reject(new Error('the disk is full')) });
  await failing.exports.savePeriods(SPAN, NO_FILTER, ['raw']);
  expect(failing.exports.writing).toEqual({ step: 'failed', reason: 'the disk is full' });
  expect(failing.told.at(-1)).toBe('abandon');
  const stopped = opened({
    ...client,
    writeExport: (_job, _keep, _tell, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ end: 'stopped', rows: 0, files: 0, leftOut: [] }));
        stopped.exports.cancel();
      }),
  });
  await stopped.exports.saveDataApi(SPAN, NO_FILTER);
  expect(stopped.exports.writing).toEqual({ step: 'stopped' });
  expect(stopped.told.at(-1)).toBe('abandon');
});

test('an answer that comes late does not replace a newer one', async () => {
  const client = createFakeClient();
  const answers: (() => void)[] = [];
  const { exports } = opened({
    ...client,
    previewExport: async (request, preset) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      return { ...(await client.previewExport(request, preset)), name: request.spanKind };
    },
  });
  const both = [exports.look(WEEK, NO_FILTER), exports.look({ kind: 'month', span: SPAN }, NO_FILTER)];
  answers.reverse().forEach((answer) => answer());
  await Promise.all(both);
  expect(exports.looked?.preview?.name).toBe('month');
  exports.clear();
  expect(exports.looked).toBeNull();
});
