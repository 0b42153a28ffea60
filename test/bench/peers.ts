/** Other programs on the same file, where they are installed: goaccess, rg and mawk, wc, DuckDB. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

interface Peer {
  name: string;
  /** Whether it can run here, and how to make it so. */
  isHere: () => boolean;
  install: string;
  /** Answers what it counted. */
  run: (file: string) => string;
}

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const shell = (command: string) =>
  execFileSync('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }).trim();

function hasDuckDb(): boolean {
  try {
    createRequire(import.meta.url).resolve('@duckdb/node-api');
    return true;
  } catch {
    return false;
  }
}

const PEERS: Peer[] = [
  { name: 'wc -l', isHere: () => has('wc'), install: '', run: (file) => shell(`wc -l < ${file}`) },
  {
    name: 'rg | mawk, the same counting',
    isHere: () => has('rg') && has('mawk'),
    install: 'apt-get install ripgrep mawk',
    run: (file) => shell(`rg -N /manifests/ ${file} | mawk -f ${resolve('test/bench/count.awk')}`),
  },
  {
    name: 'GoAccess',
    isHere: () => has('goaccess'),
    install: 'apt-get install goaccess',
    run: (file) =>
      shell(
        `goaccess ${file} --log-format=COMBINED --no-progress -o ${join(tmpdir(), 'pullscope-goaccess.json')}`,
      ),
  },
  {
    name: 'DuckDB (2 threads), nearly the same counting',
    isHere: hasDuckDb,
    install: 'npm install --no-save @duckdb/node-api',
    run: (file) => shell(`npx tsx ${resolve('test/bench/duckdb.ts')} ${resolve(file)}`),
  },
];

/** A table of the peers' times on the file, and how many times ours they are. */
export async function measurePeers(file: string, ours: number, repetitions: number): Promise<string> {
  const times = new Map<string, number[]>();
  const answers = new Map<string, string>();
  for (let i = 0; i < repetitions; i++) {
    for (const peer of PEERS) {
      if (!peer.isHere()) continue;
      const begun = performance.now();
      answers.set(peer.name, peer.run(file).slice(0, 80));
      times.set(peer.name, [...(times.get(peer.name) ?? []), (performance.now() - begun) / 1000]);
    }
  }
  const rows = PEERS.map(({ name, install }) => {
    const runs = times.get(name)?.sort((a, b) => a - b);
    if (!runs) return `| ${name} | not installed: ${install} | | |`;
    const seconds = runs[runs.length >> 1]!;
    return `| ${name} | ${seconds.toFixed(2)} | ${(seconds / ours).toFixed(1)} | ${answers.get(name)} |`;
  });
  return ['| peer | seconds | ÷ ours | its answer |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}
