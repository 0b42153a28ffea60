import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { readLogs, type ReadOptions, type ReadResult } from '../helpers/read-logs.ts';

/** The same runs against servers that log in other layouts (test/fixtures/README.md): what each client's address did. */
const FOLDER = 'test/fixtures/captures';

/** Manifest requests of each log that count, its lines, and whether it shows X-Forwarded-For. */
const LOGS = [
  { log: 'nginx-combined', lines: 219, counted: 75, forwarded: 'no' },
  { log: 'nginx-msec', lines: 219, counted: 75, forwarded: 'no', unreadable: 22 },
  { log: 'nginx-logstash-json', lines: 219, counted: 75, forwarded: 'yes' },
  { log: 'nginx-ingress-json', lines: 219, counted: 75, forwarded: 'yes' },
  { log: 'nginx-forwarded-first', lines: 198, counted: 76, forwarded: 'yes' },
  { log: 'registry', lines: 397, counted: 75, forwarded: 'first only' },
  { log: 'apache-long', lines: 221, counted: 77, forwarded: 'yes' },
  { log: 'apache-json', lines: 221, counted: 77, forwarded: 'no' },
  { log: 'caddy-console', lines: 99, counted: 76, forwarded: 'yes' },
  { log: 'haproxy-own-format', lines: 223, counted: 75, forwarded: 'no' },
  { log: 'lighttpd', lines: 221, counted: 76, forwarded: 'no' },
  { log: 'squid-combined', lines: 164, counted: 68, forwarded: 'no' },
  { log: 'varnish', lines: 202, counted: 76, forwarded: 'yes' },
] as const;

/** Runs that went otherwise there. */
const OTHERWISE: { logs: string[]; address: string; counts: string; why: string }[] = [
  {
    logs: ['nginx-combined', 'nginx-msec', 'nginx-logstash-json', 'nginx-ingress-json', 'registry'],
    address: '198.51.100.14',
    counts: '0/1/1',
    why: 'podman manifest inspect was called wrongly and asked for nothing.',
  },
  {
    logs: ['apache-long', 'apache-json', 'lighttpd'],
    address: '198.51.100.135',
    counts: '0/1/0',
    why: 'The server takes .. out of the path before it asks the registry.',
  },
  {
    logs: ['lighttpd', 'haproxy-own-format'],
    address: '2001:db8:100::13',
    counts: '0/0/0',
    why: 'It did not listen there.',
  },
  {
    logs: ['squid-combined'],
    address: '198.51.100.15',
    counts: '0/0/0',
    why: 'Pushes did not come through, so that there was nothing to delete.',
  },
  { logs: ['squid-combined'], address: '198.51.100.16', counts: '0/1/0', why: 'The same.' },
];

const KINDS = ['version_check', 'pull_by_tag', 'pull_by_digest'] as const;
const runs = readFileSync(`${FOLDER}/runs.tsv`, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t') as [address: string, forwarded: string, counts: string, did: string]);

describe.each(LOGS)('$log', ({ log, lines, counted, forwarded, ...facts }) => {
  let result: ReadResult;
  beforeAll(async () => {
    const bytes = new Uint8Array(readFileSync(`${FOLDER}/${log}.log`));
    result = await readLogs([{ name: log, bytes }]);
  });

  test('every line is told what it is', () => {
    expect(result.tally.read).toBe(lines);
    expect(result.tally.counted).toBe(counted);
    expect(result.tally.setAside).toBe(2);
    expect(result.tally.unreadable).toBe('unreadable' in facts ? facts.unreadable : 0);
    expect(result.tally.loggedTwice).toBe(log === 'registry' ? 83 : 0);
  });

  test('each client did what it did', () => {
    const clientOf = (address: string, told: string, i: number) =>
      told && (forwarded === 'yes' || (forwarded === 'first only' && i === 0)) ? told : address;
    const withTold = runs.filter(([, told]) => told);
    const expected = runs.map((run) => {
      const [address, told, counts, did] = run;
      const other = OTHERWISE.find((each) => each.logs.includes(log) && each.address === address);
      return [clientOf(address, told, withTold.indexOf(run)), other?.counts ?? counts, other?.why ?? did];
    });
    const found = expected.map(([client, , did]) => [
      client,
      KINDS.map(
        (kind) => result.actions.filter((each) => each.client === client && each.action === kind).length,
      ).join('/'),
      did,
    ]);
    expect(found).toEqual(expected);
    const clients = new Set(expected.map(([client]) => client));
    expect(result.actions.filter(({ client }) => !clients.has(client))).toEqual([]);
  });
});

const linesOf = (log: string) => readFileSync(`${FOLDER}/${log}.log`, 'utf8').trim().split('\n');
const facts = ({ actions }: ReadResult) =>
  actions.map(({ requests, ...rest }) => JSON.stringify({ ...rest, requests: requests.length })).sort();
const read = (lines: string[], options?: ReadOptions) =>
  readLogs(
    [{ name: 'log', bytes: new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')) }],
    options,
  );

describe('a registry and the proxy in front of it in one log', () => {
  const proxy = linesOf('nginx-combined');
  const registry = linesOf('registry');
  /** Each line of the proxy so many lines behind the registry's own of the same request; the others in the end. */
  const mixed = (late: number): { service: string; line: string }[] => {
    const left = [...proxy];
    const waiting: { after: number; line: string }[] = [];
    const lines = registry.flatMap((line, i) => {
      const [, request] = /^127[^"]*"(\w+ \S+)/.exec(line) ?? [];
      const place = request ? left.findIndex((each) => each.includes(`"${request} `)) : -1;
      if (place >= 0) waiting.push({ after: i + late, line: left.splice(place, 1)[0]! });
      const due = waiting.splice(0, waiting.findLastIndex(({ after }) => after <= i) + 1);
      return [
        { service: 'registry-1 ', line },
        ...due.map((each) => ({ service: 'proxy-1    ', line: each.line })),
      ];
    });
    const rest = [...waiting.map(({ line }) => line), ...left];
    return [...lines, ...rest.map((line) => ({ service: 'proxy-1    ', line }))];
  };

  test.each<[string, string[]]>([
    ['as compose writes them', mixed(0).map(({ service, line }) => `${service} | ${line}`)],
    ['line by line', mixed(0).map(({ line }) => line)],
    ['the proxy a little late', mixed(5).map(({ line }) => line)],
    ['one after the other', [...registry, ...proxy]],
  ])('%s: each request counts once', async (_, lines) => {
    const alone = await read(registry);
    const both = await read(lines);
    expect(facts(both)).toEqual(facts(alone));
    expect(both.tally.loggedTwice).toBe(2 * alone.tally.loggedTwice);
    const pieces = await read(lines, { chunk: [777, 4096, 50], scanners: 3, seed: 5 });
    expect(facts(pieces)).toEqual(facts(alone));
  });
});
