/** What a session file brings to another browser: the days it covers, and what its pushes hide. */
import { expect, test } from 'vitest';
import { readSession, readSessionPart, writeSession } from '../../src/cache/session-file.ts';
import { NO_FILTER, OWN_PUSH, withValue } from '../../src/model/filter.ts';
import { newSalt } from '../../src/model/kept-address.ts';
import type { KeptFile } from '../../src/model/kept-file.ts';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE } from '../../src/model/view.ts';
import { Analysis } from '../../src/pipeline/analysis.ts';
import { type LogFile, readLogs } from '../helpers/read-logs.ts';

const line = (day: number, time: string, method: string, path: string, client = '192.0.2.1') =>
  `${client} - - [${String(day).padStart(2, '0')}/Sep/2026:${time} +0000] "${method} ${path} HTTP/1.1" ${method === 'PUT' ? 201 : 200} 9 "" "docker/27"\n`;
const MANIFEST = '/v2/acme/web/manifests/1.0';
const PING = '/v2/';
const log = (name: string, ...lines: string[]): LogFile => ({
  name,
  bytes: new TextEncoder().encode(lines.join('')),
});
/** The first to the third of September, with requests on one day only; the fifth is not there; the sixth in part. */
const BEGINNING = log(
  'a.log',
  line(1, '00:00:01', 'GET', PING),
  line(1, '10:00:00', 'HEAD', MANIFEST),
  line(1, '10:00:02', 'PUT', MANIFEST),
  line(1, '11:00:00', 'HEAD', MANIFEST),
  line(3, '23:59:58', 'GET', PING),
);
const LATER = log(
  'b.log',
  line(6, '12:00:00', 'GET', PING),
  line(6, '13:00:00', 'HEAD', '/v2/acme/api/manifests/2', '192.0.2.2'),
  line(6, '13:00:03', 'PUT', '/v2/acme/api/manifests/2', '192.0.2.2'),
);

async function saved(...files: LogFile[]): Promise<{ analysis: Analysis; session: Blob }> {
  const { analysis } = await readLogs(files, { print: true });
  const salt = newSalt();
  const kept = analysis.keeping.keepable();
  async function* all(): AsyncGenerator<KeptFile> {
    for (const file of kept)
      yield (await analysis.keeping.keep(file, salt, [], analysis.addressFacts, async () => true))!;
  }
  return { analysis, session: await writeSession(all()) };
}

/** In a browser with another salt, beside what is there. */
async function opened(session: Blob, analysis = new Analysis()): Promise<Analysis> {
  const contents = await readSession(session);
  if (!contents || !('files' in contents)) throw new Error('It is no session file.');
  const salt = newSalt();
  const first = analysis.announce(
    contents.files.map(({ summary }) => {
      const { name, size, compressed, contentKey, options, table, key } = summary;
      return {
        ...{ name, size, compressed, contentKey, options, table },
        expectedFirst: summary.firstTime,
        state: 'waiting' as const,
        problems: [],
        source: 0,
        print: { fingerprint: key, contentHash: null, isPlain: true },
      };
    }),
  );
  for (const [i, { summary, place }] of contents.files.entries()) {
    if (!('part' in place)) throw new Error('It is in no session file.');
    analysis.restore(first + i, await readSessionPart(summary, place.part), salt);
  }
  analysis.finish();
  return analysis;
}

const ownPushes = (analysis: Analysis) => analysis.noise(analysis.report().days!).ownPushes;
const withoutPushes = (analysis: Analysis) =>
  analysis.view(analysis.report().days!, withValue(NO_FILTER, 'push', OWN_PUSH, 'exclude')).figures
    .versionChecks;

test('days are covered as they were, also by another clock', async () => {
  const { analysis, session } = await saved(BEGINNING, LATER);
  const elsewhere = await opened(session);
  const { coverage, days } = elsewhere.report();
  expect([...coverage!.covered]).toEqual([
    ...[COVERED_WHOLE, COVERED_WHOLE, COVERED_WHOLE, COVERED_NOT, COVERED_NOT],
    COVERED_PARTLY,
  ]);
  expect([coverage, days]).toEqual([analysis.report().coverage, analysis.report().days]);
  for (const zone of ['America/New_York', 'Asia/Kathmandu'])
    expect(elsewhere.calendar(zone)).toEqual(analysis.calendar(zone));
  const covered = (each: Analysis) => each.report().files.map(({ coverage: own }) => own);
  expect(covered(elsewhere)).toEqual(covered(analysis));
});

test('days of a session file and of a log beside it are covered together', async () => {
  const { session } = await saved(BEGINNING);
  const both = await opened(session, (await readLogs([LATER], { print: true })).analysis);
  const { analysis } = await readLogs([BEGINNING, LATER]);
  expect(both.report().coverage).toEqual(analysis.report().coverage);
});

test('HEADs of own pushes are told and left out as they were', async () => {
  const { analysis, session } = await saved(BEGINNING, LATER);
  const elsewhere = await opened(session);
  expect([ownPushes(analysis), withoutPushes(analysis)]).toEqual([2, 1]);
  expect([ownPushes(elsewhere), withoutPushes(elsewhere)]).toEqual([2, 1]);
});

test('a HEAD and its push tell nothing of each other from two browsers', async () => {
  const heads = log('heads.log', line(1, '10:00:00', 'HEAD', MANIFEST));
  const puts = log('puts.log', line(1, '10:00:02', 'PUT', MANIFEST), line(1, '10:00:09', 'GET', PING));
  const [first, second] = [await saved(heads), await saved(puts)];
  expect(ownPushes(await opened(second.session, await opened(first.session)))).toBe(0);
});
