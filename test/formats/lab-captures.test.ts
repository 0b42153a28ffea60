import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { readLogs, type ReadAction, type ReadResult } from '../helpers/read-logs.ts';

/** Logs that real registries wrote while real clients pulled (test/fixtures/README.md), run by run. */
interface Run {
  id: string;
  start: string;
  end: string;
  ips: string[];
  /** The only repository of the run, unless its requests name theirs. */
  repo?: string;
  requests: { t: string; m: string; by: 'tag' | 'digest'; ref: string; st: number; repo?: string }[];
  /** Requests by their places in `requests`; ref: what the action is a pull or check of. */
  expected: { action: string; requests: number[]; ref: string; repo?: string }[] | null;
  ambiguous: boolean;
}

/** Each capture's logs; the second ones show the same traffic in another place or shape. */
const LOGS = [
  'nginx-combined/access.log',
  'reg-text/registry.log',
  'reg-json/registry.log',
  'reg-logstash/registry.log',
  'reg-events/events.ndjson',
  'nginx-json/access.log',
  'nginx-custom/access.log',
  'nginx-custom/lb-haproxy.log',
  'apache/access.log',
  'apache/other_vhosts_access.log',
  'caddy/access.log',
  'haproxy/haproxy.log',
  'haproxy/haproxy-stdout.log',
  'auth/access.log',
  'auth/backend-registry.log',
  'mirror/mirror-registry.log',
] as const;
type Log = (typeof LOGS)[number];

/** Registries that write an access line and a logger line of each request. */
const DOUBLED: Log[] = ['reg-text/registry.log', 'reg-json/registry.log', 'mirror/mirror-registry.log'];
/** The registry writes no logger line of a request that it refuses to authorise, so 401s have one line. */
const DOUBLED_WHEN_LET_IN: Log = 'auth/backend-registry.log';
/** A registry notifies of what it hands out, so of nothing that it refused. */
const WITHOUT_REFUSED: Log = 'reg-events/events.ndjson';
/** Their lines show the digest of the answer. */
const WITH_DIGESTS: Log[] = [
  'reg-events/events.ndjson',
  'nginx-json/access.log',
  'nginx-custom/access.log',
  'caddy/access.log',
];
const isIn = (logs: readonly Log[], log: Log) => logs.includes(log);
const isBlind = (log: Log) => !isIn(WITH_DIGESTS, log);

/**
 * Where the capture was reasoned otherwise than the specification decides, or the log cannot tell: what must come out
 * (version checks / by tag / by digest), and why.
 */
const DECIDED: { id: string; logs?: (log: Log) => boolean; counts: string; why: string }[] = [
  {
    id: 'D01-get-tag-then-same',
    logs: isBlind,
    counts: '0/1/0',
    why: 'These logs show no digest of an answer: that the GET by digest asked for the tag’s own digest cannot be seen.',
  },
  {
    id: 'D04-head-tag-get-other',
    logs: isBlind,
    counts: '0/1/0',
    why: 'The digest of the HEAD is not logged, so it is unknown, and a GET of any digest continues it.',
  },
  {
    id: 'I06-nat-two-pulls-same',
    counts: '0/2/0',
    why: 'HEAD T, HEAD T, GET D1, GET D1, GET D2, GET D2 is a vector: chains are followed side by side, not line by line.',
  },
  {
    id: 'nat-4-clients-one-tag',
    logs: isBlind,
    counts: '0/4/0',
    why: 'Each of three HEADs and one GET by tag has its GETs; strict folding gives every one of them its own.',
  },
  {
    id: 'nat-4-clients-one-tag',
    logs: (log) => !isBlind(log),
    counts: '0/3/0',
    why: 'With digests shown, a GET of another digest joins no HEAD, so the GET by tag finds the third HEAD still open.',
  },
  {
    id: 'docker28-manifest-inspect',
    counts: '0/2/0',
    why: 'GET T, GET T, GET D1, GET D2: each GET by tag takes one GET by digest.',
  },
  {
    id: 'W08-shown-5s-really-5.4',
    logs: (log) => log === 'nginx-combined/access.log',
    counts: '0/1/0',
    why: 'Whole seconds: the log shows 5 s, which is inside the window.',
  },
  {
    id: 'W08-shown-5s-really-5.4',
    logs: (log) => log === 'nginx-json/access.log',
    counts: '0/1/0',
    why: 'The machine was late with the HEAD: on the wire they are 4.2 s apart.',
  },
];

/** Method, name and reference that a line of any of these logs shows. */
function requestOf(line: string): string {
  const [method] = /\b(HEAD|GET)\b/.exec(line)!;
  const path = /\/v2\/([^\s"?]+)\/manifests\/([^\s"?]+)/.exec(line)!;
  // A notification's url has the digest; the tag stands beside it.
  const tag = /"tag":"([^"]+)"/.exec(line);
  return `${method} ${path[1]} ${tag?.[1] ?? decodeURIComponent(path[2]!)}`;
}

const kinds = ['version_check', 'pull_by_tag', 'pull_by_digest'] as const;
const countsOf = (actions: string[]) =>
  kinds.map((kind) => actions.filter((action) => action.replaceAll(' ', '_') === kind).length).join('/');

describe.each(LOGS)('%s', (log) => {
  const path = `test/fixtures/lab/${log}`;
  const runs = readFileSync(`${path.slice(0, path.lastIndexOf('/'))}/truth.ndjson`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Run);
  const bytes = readFileSync(path);
  let result: ReadResult;
  beforeAll(async () => {
    result = await readLogs([{ name: 'log', bytes }]);
  });

  /** Method, name and reference of the line that begins there. */
  const requestAt = (offset: number): string =>
    requestOf(bytes.toString('utf8', offset, bytes.indexOf(10, offset)));

  /** A run has addresses of its own; servers write up to a second later than the capture. */
  const actionsOf = ({ ips, start, end }: Run): ReadAction[] =>
    result.actions.filter(
      ({ client, time }) =>
        ips.includes(client) && time >= Date.parse(start) - 1500 && time <= Date.parse(end) + 1500,
    );

  test('lines add up, and each request of the wire is in the log once', () => {
    const { tally } = result;
    const dropped = tally.dropped.reduce((sum, [, lines]) => sum + lines, 0);
    const wire = runs.flatMap(({ requests }) => requests).filter(({ m }) => m === 'HEAD' || m === 'GET');
    const fulfilled = wire.filter(({ st }) => (st >= 200 && st < 300) || st === 304).length;
    expect(tally.counted).toBe(fulfilled);
    expect(tally.setAside).toBe(0);
    expect(dropped).toBe(log === WITHOUT_REFUSED ? 0 : wire.length - fulfilled);
    expect(tally.unreadable).toBe(0);
    expect(tally.loggedTwice).toBe(
      isIn(DOUBLED, log) ? wire.length : log === DOUBLED_WHEN_LET_IN ? fulfilled : 0,
    );
  });

  test.each(runs.map((run) => [run.id, run] as const))('%s', (id, run) => {
    const decided = DECIDED.find((each) => each.id === id && (each.logs?.(log) ?? true));
    const found = actionsOf(run);
    if (decided) {
      expect(countsOf(found.map(({ action }) => action)), decided.why).toBe(decided.counts);
      return;
    }
    // Only the runs above are not reasoned, or decided otherwise.
    expect(run.expected).not.toBeNull();
    const nameOf = (each: { repo?: string }) => each.repo ?? run.repo!;
    const expected = run.expected!.map(({ action, requests, ref, ...own }) => ({
      action: action.replaceAll(' ', '_'),
      of: `${nameOf(own)} ${ref}`,
      requests: requests.map((i) => run.requests[i]!).map((each) => `${each.m} ${nameOf(each)} ${each.ref}`),
    }));
    const real = found.map(({ action, name, reference, requests }) => ({
      action,
      of: `${name} ${reference}`,
      requests: requests.map(({ offset }) => requestAt(offset)),
    }));
    const inOrder = (actions: unknown[]) => actions.map((action) => JSON.stringify(action)).sort();
    expect(inOrder(real)).toEqual(inOrder(expected));
  });

  test('no action is left that belongs to no run', () => {
    expect(runs.reduce((sum, run) => sum + actionsOf(run).length, 0)).toBe(result.actions.length);
  });
});
