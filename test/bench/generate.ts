/**
 * Load for the bench: a registry's traffic, made from a seed. The same seed gives the same requests in every format.
 * In: format, size, seed. Out: a file in the directory given, kept for the next run.
 * Run: npx tsx test/bench/generate.ts --format nginx --size 100MB --out /some/directory
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { digest, pick } from '../helpers/log-lines.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
import { type BenchFormat, type Line, SPELLINGS } from './spellings.ts';

const REPOSITORIES = 5000;
const ADDRESSES = 60_000;
const START = Date.UTC(2026, 8, 1);
/** Lines of different clients stand between each other within so many milliseconds. */
const SPREAD = 4000;

const RAW_AGENTS = [
  String.raw`docker/24.0.7 go/go1.20.10 git-commit/311b9ff kernel/6.1.0-18-amd64 os/linux arch/amd64 UpstreamClient(Docker-Client/24.0.7 \(linux\))`,
  String.raw`docker/27.3.1 go/go1.22.7 git-commit/41ca978 kernel/6.8.0-45-generic os/linux arch/amd64 UpstreamClient(Docker-Client/27.3.1 \(linux\))`,
  'containerd/1.7.24',
  'containerd/1.6.21+unknown',
  'containers/5.34.2 (github.com/containers/image)',
  'cri-o/1.34.0 go/go1.25.0 os/linux arch/amd64',
  'Watchtower/1.7.1',
  'RenovateBot/41.30.0 (https://github.com/renovatebot/renovate)',
  'buildkit/v0.17',
  'skopeo/1.13.3',
];

/** Bytes of a size such as 100MB or 1GB. */
export function sizeOf(text: string): number {
  const match = /^([\d.]+)(MB|GB)$/.exec(text);
  if (!match) throw new Error(`A size looks like 100MB or 1GB, not ${text}.`);
  return Number(match[1]) * (match[2] === 'GB' ? 1e9 : 1e6);
}

/** Path of a generated file; made when it is not there yet. */
export function generated(format: BenchFormat, size: string, seed: number, directory: string): string {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `pullscope-${format}-${size}-${seed}.log`);
  if (!existsSync(path)) {
    write(format, sizeOf(size), seed, `${path}.part`);
    renameSync(`${path}.part`, path);
  }
  return path;
}

/** Sessions are drawn in time; their lines are put in order inside a sliding window. */
function write(format: BenchFormat, bytes: number, seed: number, path: string): void {
  const random = randomNumbers(seed);
  const spell = SPELLINGS[format];
  if (!spell) throw new Error(`A format is one of ${Object.keys(SPELLINGS).join(', ')}, not ${format}.`);
  const file = openSync(path, 'w');
  const waiting: Line[] = [];
  let time = START;
  let written = 0;
  let block: string[] = [];
  let blockSize = 0;
  while (written < bytes) {
    for (let i = 0; i < 400; i++) {
      time += random() * 20;
      session(random, time, waiting);
    }
    waiting.sort((a, b) => a.time - b.time);
    const ready = waiting.findIndex((line) => line.time > time - SPREAD);
    for (const line of waiting.splice(0, Math.max(0, ready))) {
      const text = spell(line) + '\n';
      block.push(text);
      blockSize += text.length;
    }
    if (blockSize > 4e6) {
      written += writeSync(file, block.join(''));
      block = [];
      blockSize = 0;
    }
  }
  closeSync(file);
}

/** A number below `count`, small ones more often. */
const zipf = (random: () => number, count: number) => Math.floor(count ** random()) - 1;

function session(random: () => number, time: number, lines: Line[]): void {
  const client = addressOf(zipf(random, ADDRESSES) + Math.floor(random() * 40));
  const repository = zipf(random, REPOSITORIES);
  const name = `team-${repository % 200}/service-${repository}`;
  const agent = pick(random, RAW_AGENTS);
  const tag = pick(random, [
    'latest',
    'latest',
    'stable',
    `1.${zipf(random, 40)}.${zipf(random, 9)}`,
    `v2.${zipf(random, 60)}`,
  ]);
  let at = time;
  const add = (method: string, path: string, status: number, size: number) => {
    lines.push({ time: at, client, method, path, status, size, agent });
    at += 30 + random() * 400;
  };
  const manifest = (method: string, reference: string, status = 200) =>
    add(method, `/v2/${name}/manifests/${reference}`, status, method === 'GET' ? 1609 : 0);
  const blobs = (most: number) => {
    const count = Math.floor(random() * most);
    for (let i = 0; i < count; i++) {
      const layer = digest(`${name} ${zipf(random, 60)}`);
      if (random() < 0.3) add('HEAD', `/v2/${name}/blobs/${layer}`, 200, 0);
      add('GET', `/v2/${name}/blobs/${layer}`, random() < 0.1 ? 206 : 200, 31_337_000);
    }
  };
  const index = digest(`${name}:${tag}`);
  const kind = random();
  if (random() < 0.3) {
    add('GET', '/v2/', 401, 87);
    add('GET', `/service/token?scope=repository%3A${name}%3Apull&service=registry`, 200, 1210);
  }
  if (kind < 0.42) {
    manifest('HEAD', tag);
    manifest('GET', index);
    manifest('GET', digest(index));
    blobs(12);
  } else if (kind < 0.66) manifest('HEAD', tag);
  else if (kind < 0.76) {
    manifest('GET', tag);
    manifest('GET', digest(index));
    blobs(10);
  } else if (kind < 0.86) {
    manifest('HEAD', index);
    manifest('GET', index);
    blobs(8);
  } else if (kind < 0.9) {
    manifest('HEAD', tag, 404);
    for (let i = 0; i < 3; i++) add('POST', `/v2/${name}/blobs/uploads/`, 202, 0);
    manifest('PUT', tag, 201);
  } else if (kind < 0.93) manifest('GET', tag, 429);
  else if (kind < 0.95) manifest('GET', `${digest(index).replace(':', '-')}.sig`);
  else if (kind < 0.98) add('GET', '/', 200, 0);
  else add('GET', pick(random, ['/wp-login.php', '/.env', `/v2/${name}/tags/list`]), 404, 153);
}

const addresses: string[] = [];

function addressOf(number: number): string {
  return (addresses[number] ??= `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`);
}

if (process.argv[1]?.endsWith('generate.ts')) {
  const { values } = parseArgs({
    options: {
      format: { type: 'string', default: 'nginx' },
      size: { type: 'string', default: '100MB' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: '.' },
    },
  });
  const path = generated(values.format as BenchFormat, values.size, Number(values.seed), values.out);
  process.stdout.write(`${path}\n`);
}
