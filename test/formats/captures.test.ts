import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { readLogs, type ReadResult } from '../helpers/read-logs.ts';

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
