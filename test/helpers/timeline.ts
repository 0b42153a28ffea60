/**
 * Timelines: requests with commas between them. +1 is a second after the one before (else the same moment).
 * T, T1, T2 are tags, D1, D2 digests, S a look-up of a signature; (D1 logged) stands on the line itself; 404 is a status;
 * of B another repository; @b another address (@unknown: none); by podman another user agent.
 * In: a timeline. Out: rows, a log, or what the log is read as.
 */
import type { CountingRules } from '../../src/model/counting-rules.ts';
import type { LineTally } from '../../src/model/view.ts';
import type { Row } from './classify-rows.ts';
import { type ReadAction, readLogs, type ReadResult } from './read-logs.ts';

const STEP =
  /^(?:\+([\d.]+) )?(HEAD|GET|PUT) (T\d?|D\d?|S|S\.sig|S\.att|S\.sbom)(?: \((D\d) logged\))?(?: (\d{3}))?(?: of (\w+))?(?: @(\S+))?(?: by (\w+))?$/;
const START = Date.UTC(2026, 8, 1);

export const digestOf = (name: string) => `sha256:${(name[1] ?? '1').repeat(64)}`;

type TimelineRow = Required<Omit<Row, 'digest'>> & Pick<Row, 'digest'>;

export function rowsOf(timeline: string): TimelineRow[] {
  let t = START;
  return timeline.split(',').map((text) => {
    const step = STEP.exec(text.trim());
    if (!step) throw new Error(`Not a step of a timeline: ${text}`);
    const [, wait, method, what, logged, status, repository, client, agent] = step;
    t += Math.round(Number(wait ?? 0) * 1000);
    const reference = what!.startsWith('D')
      ? digestOf(what!)
      : what!.startsWith('S')
        ? `sha256-${'5'.repeat(64)}${what!.slice(1)}`
        : what!;
    return {
      t,
      method: method as Row['method'],
      reference,
      ...(logged ? { digest: digestOf(logged) } : {}),
      status: Number(status ?? 200),
      repository: repository ?? 'A',
      client: client ?? '192.0.2.1',
      agent: agent ?? 'docker',
    };
  });
}

/**
 * The timeline as a log of distribution, which shows milliseconds: a line for each step. Where a digest is logged, the
 * line is a notification, as no other line has both a tag and its digest.
 */
export function linesOf(timeline: string): string[] {
  return rowsOf(timeline).map((row, place) => {
    const address = row.client === 'unknown' ? 'unknown' : `${row.client}:4711`;
    if (row.digest !== undefined)
      return JSON.stringify({
        id: `e${place}`,
        timestamp: new Date(row.t).toISOString(),
        action: 'pull',
        target: {
          mediaType: 'application/vnd.oci.image.index.v1+json',
          ...{ digest: row.digest, repository: row.repository, tag: row.reference },
        },
        request: { id: `r${place}`, addr: address, method: row.method, useragent: row.agent },
      });
    return JSON.stringify({
      'http.request.method': row.method,
      'http.request.remoteaddr': address,
      'http.request.uri': `/v2/${row.repository}/manifests/${row.reference}`,
      'http.request.useragent': row.agent,
      'http.response.duration': '1ms',
      'http.response.status': row.status,
      'http.response.written': 9,
      level: 'info',
      msg: 'response completed',
      time: new Date(row.t).toISOString(),
    });
  });
}

export interface TimelineResult {
  /** version_check / by tag / by digest, as in the specification. */
  counts: string;
  /** Of each action, in the order of time: the places of its requests in the timeline. */
  chains: number[][];
  actions: ReadAction[];
  tally: LineTally;
  analysis: ReadResult['analysis'];
}

/** Writes the timeline as a log and reads that, from bytes to actions. */
export async function readTimeline(
  timeline: string,
  rules: Partial<CountingRules> = {},
): Promise<TimelineResult> {
  const lines = linesOf(timeline).map((line) => `${line}\n`);
  const places = new Map<number, number>();
  lines.reduce((offset, line, place) => {
    places.set(offset, place);
    return offset + Buffer.byteLength(line);
  }, 0);
  const log = { name: 'log', bytes: new TextEncoder().encode(lines.join('')) };
  const { actions, tally, analysis } = await readLogs([log], { rules });
  return {
    counts: countsOf(actions),
    chains: actions.map(({ requests }) => requests.map(({ offset }) => places.get(offset)!)),
    actions,
    tally,
    analysis,
  };
}

export function countsOf(actions: { action: ReadAction['action'] }[]): string {
  const of = (kind: string) => actions.filter(({ action }) => action === kind).length;
  return `${of('version_check')}/${of('pull_by_tag')}/${of('pull_by_digest')}`;
}
