/** Traffic of many clients, and the logs that hops write of it. */
import { digest, logLine, pick } from './log-lines.ts';
import { randomNumbers } from './random-numbers.ts';
import type { LogFile } from './read-logs.ts';

export interface WireRequest {
  time: number;
  client: string;
  method: 'HEAD' | 'GET';
  path: string;
  agent: string;
}

export const START = Date.UTC(2026, 8, 1, 10);

/** Pulls by tag (HEAD, GET, GET) of a few images by clients that come one after the other, about every `gap` ms. */
export function trafficOf(pulls: number, gap: number, clients: number, seed: number): WireRequest[] {
  const random = randomNumbers(seed);
  const requests: WireRequest[] = [];
  for (let i = 0, time = START; i < pulls; i++, time += Math.round(gap * (0.2 + 1.6 * random()))) {
    const name = pick(random, ['acme/web', 'acme/api', 'acme/jobs']);
    const tag = pick(random, ['1.0', '2.0', 'latest']);
    const client = `203.0.113.${1 + Math.floor(random() * clients)}`;
    const agent = pick(random, ['docker/27.3.1', 'containerd/1.7.24', 'skopeo/1.16.0']);
    const add = (method: 'HEAD' | 'GET', reference: string, after: number) =>
      requests.push({
        time: time + after,
        client,
        method,
        path: `/v2/${name}/manifests/${reference}`,
        agent,
      });
    add('HEAD', tag, 0);
    add('GET', digest(`${name}:${tag}`), 40);
    add('GET', digest(`${name}:${tag} amd64`), 90);
  }
  return requests.sort((a, b) => a.time - b.time);
}

export interface Hop {
  /** Added to the times, in milliseconds. */
  delay?: number;
  /** What it takes for the client. */
  client?: (request: WireRequest, place: number) => string;
  prefix?: string;
  agent?: (agent: string) => string;
}

/** The access log of a hop that sees these requests. */
export function hopLog(name: string, requests: WireRequest[], hop: Hop = {}): LogFile {
  const { delay = 0, client = (request) => request.client, prefix = '', agent = (same) => same } = hop;
  const lines = requests.map((request, place) =>
    logLine(
      request.time + delay,
      client(request, place),
      request.method,
      prefix + request.path,
      200,
      9,
      agent(request.agent),
    ),
  );
  return { name, bytes: new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')) };
}
