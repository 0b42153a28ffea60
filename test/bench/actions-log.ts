/**
 * A log in which every line is an action: a GET by tag, no two of a client close together. In: how many, and a directory.
 * Out: a file in it, kept for the next run.
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { commonTime } from '../helpers/log-lines.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';

const START = Date.UTC(2026, 5, 1);
const DAYS = 92;
const NAMESPACES = 8;
const CLIENTS = 200_000;

export function actionsLog(rows: number, directory: string): string {
  const path = join(directory, `actions-${rows}-of-${CLIENTS}.log`);
  if (existsSync(path) && statSync(path).size > 0) return path;
  mkdirSync(directory, { recursive: true });
  const random = randomNumbers(3);
  const rests = Array.from({ length: 4000 }, (_, i) => {
    const name = `team${i % NAMESPACES}/thing-${Math.floor(i ** 0.7)}`;
    const agent = ['docker/27.3.1 go/go1.22.7', 'containerd/v1.7.24', 'Watchtower/1.7.1'][i % 3]!;
    return `"GET /v2/${name}/manifests/1.${i % 300} HTTP/1.1" 200 1234 "-" "${agent}"\n`;
  });
  const file = openSync(`${path}.part`, 'w');
  let block: string[] = [];
  // Spelled once a second: tens of millions of rows are several in each.
  let second = -1;
  let time = '';
  for (let row = 0; row < rows; row++) {
    const next = Math.floor((row / rows) * DAYS * 86_400);
    if (next !== second) time = commonTime(START + next * 1000);
    second = next;
    const number = row % CLIENTS;
    const client = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
    block.push(`${client} - - [${time}] ${rests[Math.floor(4000 * random() ** 2)]!}`);
    if (block.length === 50_000 || row === rows - 1) {
      writeSync(file, block.join(''));
      block = [];
    }
  }
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}
