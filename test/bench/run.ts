/**
 * The bench: what reading costs, as ratios taken in one run. Nothing is asserted: machines differ and are shared.
 *   npm run bench -- --export --rows 50000000 --kinds raw,gzip,weeks,api   (export.ts: only that)
 *   npm run bench -- --remember --size 1GB       (remember.ts: only that; with --rows 10000000 of so many actions)
 *   npm run bench -- --tasks --size 1GB          (tasks.ts: only how long the page's own thread is busy at a stretch)
 *   npm run bench -- --filter   (filter.ts: only how long a change of span or filter takes)
 *   npm run bench -- --size 100MB|1GB|10GB --reps 3 --formats nginx,logfmt,json,caddy,csv --peers
 *   npm run bench -- --common: a row for each format of spellings.ts, with one worker, as a ratio to nginx.
 * The formats are those of spellings.ts, and csv: a raw CSV (tables.ts).
 * Files are generated (generate.ts) and kept in the system's temporary directory. The built page is measured.
 */
import { BENCH } from '../../src/build/of-product.ts';
import { mkdtempSync, readFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, preview, type PreviewServer } from 'vite';
import { actionsLog } from './actions-log.ts';
import { measure, type Measurement, textOfMeasuring } from './browser.ts';
import { measureExports } from './export.ts';
import { measureFacts } from './facts.ts';
import { generated, sizeOf } from './generate.ts';
import { measurePeers } from './peers.ts';
import { measureRemembering } from './remember.ts';
import { scannerBench } from './scanner.ts';
import { type BenchFormat, SPELLINGS } from './spellings.ts';
import { generatedRaw, measureTables } from './tables.ts';
import { measureTasks } from './tasks.ts';

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '100MB' },
    reps: { type: 'string', default: '3' },
    formats: { type: 'string', default: 'nginx,logfmt,json,csv' },
    seed: { type: 'string', default: '1' },
    peers: { type: 'boolean', default: false },
    common: { type: 'boolean', default: false },
    export: { type: 'boolean', default: false },
    remember: { type: 'boolean', default: false },
    filter: { type: 'boolean', default: false },
    tasks: { type: 'boolean', default: false },
    rows: { type: 'string' },
    kinds: { type: 'string', default: 'raw,gzip,weeks,api' },
  },
});

/** What the scanner is given alone. */
const SCANNED = 8e6;
const repetitions = Number(options.reps);
const directory = join(tmpdir(), 'pullscope-bench');
const gigabytes = sizeOf(options.size) / 1e9;

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;
const range = (numbers: number[], digits: number) =>
  `${median(numbers).toFixed(digits)} [${Math.min(...numbers).toFixed(digits)}–${Math.max(...numbers).toFixed(digits)}]`;
const print = (text: string) => process.stdout.write(`${text}\n`);

function row(name: string, runs: Measurement[], floor: Measurement[] | null): string {
  const seconds = runs.map((run) => run.seconds);
  const lines = Number(
    runs[0]!.status
      .replace(/^Read 1 file:\s*/, '')
      .match(/^[\d.,\s\u00a0\u202f]+/)![0]
      .replace(/\D/g, ''),
  );
  const ratios = floor ? runs.map((run, i) => run.seconds / floor[i]!.seconds) : [1];
  return `| ${[
    name,
    range(seconds, 2),
    range(
      runs.map((run) => run.whole),
      2,
    ),
    range(ratios, 2),
    ((gigabytes * 1000) / median(seconds)).toFixed(0),
    (lines / median(seconds) / 1e6).toFixed(2),
    range(
      runs.map((run) => run.cpuSeconds / gigabytes),
      2,
    ),
    range(
      runs.map((run) => run.memory),
      0,
    ),
    Math.max(...runs.map((run) => run.longestTask)).toFixed(0),
  ].join(' | ')} |`;
}

/** A row for each common format: bytes read a second, and that of nginx measured right before it. */
async function measureCommon(page: string, seed: number): Promise<void> {
  const { size } = options;
  const bytes = sizeOf(size);
  print(`Common formats, ${size} each, one worker, from drop to figures; each run beside one of nginx.`);
  print(`The scanner alone: of the first ${SCANNED / 1e6} MB, by processor time\n`);
  print('| format | MB/s | ÷ nginx | scanner alone, MB/s | ÷ nginx |');
  print('| --- | --- | --- | --- | --- |');
  const scanner = await scannerBench();
  const scanned = (format: BenchFormat) =>
    scanner.speed(readFileSync(generated(format, size, seed, directory)).subarray(0, SCANNED));
  const speed = async (format: BenchFormat) =>
    bytes / 1e6 / (await measure(page, generated(format, size, seed, directory), 1)).seconds;
  for (const format of Object.keys(SPELLINGS) as BenchFormat[]) {
    const speeds: number[] = [];
    const ratios: number[] = [];
    const alone: number[] = [];
    const aloneRatios: number[] = [];
    for (let i = 0; i < repetitions; i++) {
      const nginx = await speed('nginx');
      speeds.push(format === 'nginx' ? nginx : await speed(format));
      ratios.push(speeds[i]! / nginx);
      const nginxAlone = await scanned('nginx');
      alone.push(await scanned(format));
      aloneRatios.push(alone[i]! / nginxAlone);
    }
    const cells = [range(speeds, 0), range(ratios, 2), range(alone, 0), range(aloneRatios, 2)];
    print(`| ${format} | ${cells.join(' | ')} |`);
  }
  await scanner.close();
}

/** The pages of the bench beside the product's. */
async function serveOwnPages(): Promise<PreviewServer> {
  const directory = mkdtempSync(join(tmpdir(), 'pullscope-floor-'));
  const shared = { root: 'test/bench', configFile: resolve('vite.config.ts'), logLevel: 'warn' } as const;
  await build({
    ...shared,
    mode: BENCH,
    build: {
      outDir: directory,
      emptyOutDir: true,
      rollupOptions: { input: ['floor', 'papa', 'filter'].map((name) => resolve(`test/bench/${name}.html`)) },
    },
  });
  return preview({ ...shared, build: { outDir: directory }, preview: { port: 0 } });
}

async function main(): Promise<void> {
  const own = await serveOwnPages();
  const servers = [await preview({ logLevel: 'warn', preview: { port: 0 } }), own];
  const [page, floor] = servers.map((server) => server.resolvedUrls!.local[0]!) as [string, string];
  print(`${cpus().length} × ${cpus()[0]!.model}, ${options.size}, ${repetitions} repetitions, interleaved\n`);
  const totals = new Map<string, string>();
  if (options.common) await measureCommon(page, Number(options.seed));
  const formats = options.common ? [] : options.formats.split(',');
  if (formats.includes('csv')) {
    const file = generatedRaw(sizeOf(options.size), options.size, directory);
    print(`### csv\n\n${await measureTables(page, `${floor}papa.html`, file, repetitions)}\n`);
  }
  for (const format of formats.filter((each) => each !== 'csv') as BenchFormat[]) {
    const file = generated(format, options.size, Number(options.seed), directory);
    const runs = { floor1: [], whole1: [], floor2: [], whole2: [] } as Record<string, Measurement[]>;
    for (let i = 0; i < repetitions; i++) {
      runs.floor1!.push(await measure(`${floor}floor.html`, file, 1));
      runs.whole1!.push(await measure(page, file, 1));
      runs.floor2!.push(await measure(`${floor}floor.html`, file, 2));
      runs.whole2!.push(await measure(page, file, 2));
    }
    totals.set(format, JSON.stringify(runs.whole1![0]!.figures));
    print(`### ${format}\n`);
    print(
      '| what | figures, s | repositories, s | ÷ floor | MB/s | M lines/s | CPU-s per GB | renderer + MB | longest task while reading, ms |',
    );
    print('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
    print(row('floor, 1 worker', runs.floor1!, null));
    print(row('whole job, 1 worker', runs.whole1!, runs.floor1!));
    if (runs.whole2!.length > 0) {
      print(row('floor, 2 workers', runs.floor2!, null));
      print(row('whole job, 2 workers', runs.whole2!, runs.floor2!));
    }
    print(`\nFigures: ${totals.get(format)}\n`);
    if (format === 'nginx') print(await measureFacts(page, file, repetitions));
    if (options.peers && format === 'nginx')
      print(await measurePeers(file, median(runs.whole2!.map((run) => run.seconds)), repetitions));
  }
  if (totals.size > 1) {
    const isSame = new Set(totals.values()).size === 1;
    print(
      isSame
        ? 'All formats give the same figures.'
        : 'THE FORMATS GIVE DIFFERENT FIGURES (the files end at different requests when they are cut by size).',
    );
  }
  await Promise.all(servers.map((server) => server.close()));
}

async function exportsAlone(): Promise<void> {
  const server = await preview({ logLevel: 'warn', preview: { port: 0 } });
  const rows = Number(options.rows ?? 20_000_000);
  await measureExports(server.resolvedUrls!.local[0]!, rows, options.kinds.split(','), directory, print);
}

async function rememberingAlone(): Promise<void> {
  const server = await preview({ logLevel: 'warn', preview: { port: 0 } });
  const file = options.rows
    ? actionsLog(Number(options.rows), directory)
    : generated('nginx', options.size, Number(options.seed), directory);
  print(await measureRemembering(server.resolvedUrls!.local[0]!, file, repetitions));
}

async function filtersAlone(): Promise<void> {
  const server = await serveOwnPages();
  print(`${cpus().length} × ${cpus()[0]!.model}, 13 million requests, 10 million actions of them\n`);
  print(await textOfMeasuring(`${server.resolvedUrls!.local[0]!}filter.html`));
}

async function tasksAlone(): Promise<void> {
  const server = await preview({ logLevel: 'warn', preview: { port: 0 } });
  const file = generated('nginx', options.size, Number(options.seed), directory);
  print(`${cpus().length} × ${cpus()[0]!.model}, ${options.size}, most of ${repetitions} repetitions\n`);
  print(await measureTasks(server.resolvedUrls!.local[0]!, file, repetitions));
}

const alone = options.filter
  ? filtersAlone
  : options.remember
    ? rememberingAlone
    : options.export
      ? exportsAlone
      : options.tasks
        ? tasksAlone
        : main;
await alone();
process.exit(0);
