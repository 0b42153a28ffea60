/** What is kept of files, and taken back, is counted as the files themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DamagedData, pack, unpack } from '../../src/lib/packed.ts';
import { newSalt, type Salt } from '../../src/model/kept-address.ts';
import type { KeptFile, KeptHead } from '../../src/model/kept-file.ts';
import { Analysis } from '../../src/pipeline/analysis.ts';
import { allShown } from '../helpers/all-shown.ts';
import { type LogFile, readLogs } from '../helpers/read-logs.ts';

const SALT = newSalt();

async function keepAll(analysis: Analysis, salt = SALT): Promise<KeptFile[]> {
  const kept: KeptFile[] = [];
  for (const file of analysis.keeping.keepable())
    kept.push((await analysis.keeping.keep(file, salt, [], analysis.addressFacts, async () => true))!);
  return kept;
}

function restoreAll(kept: KeptFile[], salt: Salt = SALT, analysis = new Analysis()): Analysis {
  const first = analysis.announce(kept.map(({ summary }) => announced(summary)));
  kept.forEach((each, i) => analysis.restore(first + i, each, salt));
  analysis.finish();
  return analysis;
}

const announced = ({
  name,
  size,
  compressed,
  firstTime,
  contentKey,
  options,
  table,
  key,
}: KeptFile['summary']) => ({
  ...{ name, size, compressed, contentKey, options, table },
  expectedFirst: firstTime,
  state: 'waiting' as const,
  problems: [],
  source: 0,
  print: { fingerprint: key, contentHash: null, isPlain: true },
});

const fixtures = (folder: string): LogFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(log|csv)$/.test(name))
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));

test.each(['test/fixtures/logs', 'test/fixtures/tables'])(
  'all of %s is the same after it was kept',
  async (folder) => {
    const { analysis } = await readLogs(fixtures(folder), { print: true });
    const kept = await keepAll(analysis);
    expect(kept.length).toBeGreaterThan(5);
    expect(await allShown(restoreAll(kept))).toEqual(await allShown(analysis));
  },
);

const line = (client: string, second: number, tag = '1.0') =>
  `${client} - - [01/Sep/2026:10:00:${String(second).padStart(2, '0')} +0000] "GET /v2/acme/web/manifests/${tag} HTTP/1.1" 200 9 "" "docker/27"\n`;
const log = (name: string, ...lines: string[]): LogFile => ({
  name,
  bytes: new TextEncoder().encode(lines.join('')),
});
const MONDAY = log('monday.log', line('192.0.2.1', 1), line('192.0.2.2', 2), line('10.0.0.1', 3));
const TUESDAY = log('tuesday.log', line('192.0.2.1', 41, '1.1'), line('192.0.2.3', 42), line('10.0.0.1', 43));

const keptOf = async (file: LogFile, salt = SALT) =>
  keepAll((await readLogs([file], { print: true })).analysis, salt);
const addressesOf = (analysis: Analysis) => analysis.view(analysis.report().days!).figures.uniqueAddresses;

test('an address is one, whether its file was kept or read', async () => {
  const monday = await keptOf(MONDAY);
  const both = restoreAll([...monday, ...(await keptOf(TUESDAY))]);
  expect(addressesOf(both)).toBe(4);
  const readBefore = (await readLogs([TUESDAY], { print: true })).analysis;
  expect(addressesOf(restoreAll(monday, SALT, readBefore))).toBe(4);
  // Kept again, it is what it was.
  expect(addressesOf(restoreAll(await keepAll(readBefore)))).toBe(4);
});

test('what hashes were looked up by stays said, what a file is looked up by is new', async () => {
  const { analysis } = await readLogs([MONDAY], { print: true });
  analysis.keeping.origin = 'then';
  const kept = await keepAll(analysis);
  expect(kept[0]!.summary.factsBy).toBe('then');
  const again = (await readLogs([TUESDAY], { print: true })).analysis;
  again.keeping.origin = 'now';
  restoreAll(kept, SALT, again);
  expect((await keepAll(again)).map(({ summary }) => summary.factsBy).sort()).toEqual(['now', 'then']);
});

test('addresses of another browser are counted apart', async () => {
  const foreign = await keptOf(MONDAY, newSalt());
  expect(addressesOf(restoreAll([...foreign, ...(await keptOf(TUESDAY))]))).toBe(6);
});

test('no address is in what is kept', async () => {
  for (const { summary, head, rows, facts } of await keptOf(MONDAY)) {
    const text = [head, ...rows, facts].map((bytes) => new TextDecoder('latin1').decode(bytes)).join('');
    expect(text).not.toMatch(/192\.0|10\.0\.0/);
    expect(JSON.stringify(summary)).not.toMatch(/192\.0|10\.0\.0/);
  }
});

const request = (method: string, client: string, second: number) =>
  line(client, second)
    .replace('GET', method)
    .replace('" 200', method === 'PUT' ? '" 201' : '" 200');
const LOOKS = log('looks.log', request('HEAD', '192.0.2.1', 1), request('HEAD', '10.0.0.1', 2));
const PUTS = log('puts.log', request('PUT', '192.0.2.1', 3), request('PUT', '10.0.0.1', 4));
const ownPushes = (analysis: Analysis) => analysis.noise(analysis.report().days!).ownPushes;

test('what a push asked before it is told, whichever of the two files was kept', async () => {
  const read = (...files: LogFile[]) => readLogs(files, { print: true });
  expect(ownPushes((await read(LOOKS, PUTS)).analysis)).toBe(2);
  const [looks, puts] = [await keptOf(LOOKS), await keptOf(PUTS)];
  expect(ownPushes(restoreAll([...looks, ...puts]))).toBe(2);
  expect(ownPushes(restoreAll([...puts, ...looks]))).toBe(2);
  const readBefore = (await read(LOOKS)).analysis;
  expect(ownPushes(restoreAll(puts, SALT, readBefore))).toBe(2);
  expect(ownPushes(restoreAll(looks, SALT, (await read(PUTS)).analysis))).toBe(2);
  // Kept again, they are what they were.
  expect(ownPushes(restoreAll(await keepAll(readBefore)))).toBe(2);
  // Of another browser nobody can say that it is the same address.
  expect(ownPushes(restoreAll([...(await keptOf(LOOKS, newSalt())), ...puts]))).toBe(0);
  for (const { head } of puts) expect(new TextDecoder('latin1').decode(head)).not.toMatch(/192\.0|10\.0\.0/);
});

test('a push that points to nothing is damage, and leaves nothing behind', async () => {
  const [kept] = await keptOf(PUTS);
  const head = unpack(kept!.head) as KeptHead;
  for (const pushes of [
    { ...head.pushes, client: Uint8Array.of(0, 9) },
    { ...head.pushes, millis: Uint16Array.of(1000) },
    { ...head.pushes, seconds: new Uint32Array(1) },
    { ...head.pushes, saltId: '<b>' },
  ]) {
    const analysis = new Analysis();
    expect(() => restoreAll([{ ...kept!, head: pack({ ...head, pushes }) }], SALT, analysis)).toThrow(
      DamagedData,
    );
    analysis.finish();
    expect(analysis.noise({ first: 0, last: 0 }).ownPushes).toBe(0);
  }
});

test('damaged blocks are told, and leave nothing behind', async () => {
  const [kept] = await keptOf(MONDAY);
  for (const part of ['head', 'facts'] as const) {
    const damaged = kept![part].slice();
    damaged[damaged.length >> 1]! ^= 1;
    const analysis = new Analysis();
    expect(() => restoreAll([{ ...kept!, [part]: damaged }], SALT, analysis)).toThrow(DamagedData);
    analysis.finish();
    expect(analysis.report().requests).toBe(0);
  }
  expect(() => restoreAll([{ ...kept!, rows: [] }])).toThrow(DamagedData);
});
