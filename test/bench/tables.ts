/**
 * A raw CSV: the whole job against Papa Parse alone, which only parses. In: the two pages, a size. Out: rows of the
 * bench. The file is made from a seed, and kept; it has the columns of Docker Hub's raw data.
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { digest, pick } from '../helpers/log-lines.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
import { measure, type Measurement } from './browser.ts';

const HEADER =
  'timestamp,namespace,repository,reference,digest,tag,action_day,http_method,action,type,host,country,user_agent_tool,user_agent_version\r\n';
const START = Date.UTC(2026, 8, 1);
const REPOSITORIES = 5000;
const DIGESTS = [...'0123456789abcdef'].map(digest);
const ACTIONS = ['pull_by_tag', 'pull_by_digest', 'version_check'];

export function generatedRaw(bytes: number, label: string, directory: string): string {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `pullscope-raw-${label}.csv`);
  if (existsSync(path)) return path;
  const random = randomNumbers(1);
  const file = openSync(`${path}.part`, 'w');
  let written = writeSync(file, HEADER);
  for (let second = 0; written < bytes;) {
    let block = '';
    for (let i = 0; i < 4096; i++) {
      second += random() < 0.5 ? 1 : 0;
      const time = new Date(START + second * 1000).toISOString().slice(0, 19).replace('T', ' ');
      const action = pick(random, ACTIONS);
      const [of, tag] = [pick(random, DIGESTS), `v${Math.floor(random() * 40)}`];
      const isDigest = action === 'pull_by_digest';
      const name = `app-${Math.floor(random() ** 3 * REPOSITORIES)}`;
      block += `${time},acme,${name},${isDigest ? of : tag},${of},${isDigest ? '' : tag},${time.slice(0, 10)},GET,${action},hosting,aws,DE,docker,27.3.1\r\n`;
    }
    written += writeSync(file, block);
  }
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!;

/** The rows: Papa Parse in one worker, the page with one and with two, interleaved. */
export async function measureTables(
  page: string,
  papa: string,
  file: string,
  repetitions: number,
): Promise<string> {
  const runs: [name: string, url: string, cores: number, runs: Measurement[]][] = [
    ['Papa Parse alone, 1 worker', papa, 1, []],
    ['whole job, 1 worker', page, 1, []],
    ['whole job, 2 workers', page, 2, []],
  ];
  for (let i = 0; i < repetitions; i++) {
    for (const [, url, cores, of] of runs) of.push(await measure(url, file, cores));
  }
  const floor = runs[0]![3];
  const rows = runs.map(([name, , , of]) => {
    const seconds = of.map((run) => run.seconds);
    const ratios = seconds.map((each, i) => each / floor[i]!.seconds);
    const longest = Math.max(...of.map((run) => run.longestTask));
    return `| ${name} | ${median(seconds).toFixed(2)} [${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)}] | ${median(ratios).toFixed(2)} [${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}] | ${longest.toFixed(0)} |`;
  });
  return [
    '| what | seconds | ÷ Papa Parse alone | longest task, ms |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
