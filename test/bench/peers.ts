/** Other programs on the same file, where they are installed: goaccess, rg and mawk, wc, DuckDB. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The same counting in awk, for files whose requests are in order and name no digest; prints the three counts. */
const AWK = String.raw`
{
  split($0, q, "\""); split(q[2], r, " "); split(q[3], s, " ");
  if ((r[1] != "HEAD" && r[1] != "GET") || s[1] !~ /^(2..|302|303|304|307)$/) next;
  path = r[2]; sub(/\?.*/, "", path);
  cut = match(path, /\/manifests\/[^\/]+$/); if (!cut) next;
  name = substr(path, 5, cut - 5); ref = substr(path, cut + 11);
  if (ref ~ /^sha256-[0-9a-f]+(\.sig|\.att|\.sbom)?$/ && length(ref) >= 71) next;
  print $1, name, ref, r[1], substr($4, 2);
}`;

interface Peer {
  name: string;
  /** Whether it can run here, and how to make it so. */
  isHere: () => boolean;
  install: string;
  run: (file: string) => void;
}

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const shell = (command: string) =>
  execFileSync('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'ignore'] });

function duckdbScript(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pullscope-duckdb-'));
  const path = join(directory, 'count.sql');
  writeFileSync(
    path,
    String.raw`SET threads = 2;
WITH lines AS (SELECT column0 AS line FROM read_csv(getenv('LOG'), header = false, delim = '\x01', quote = '', escape = '', columns = {'column0': 'VARCHAR'}, max_line_size = 1048576)),
requests AS (SELECT regexp_extract(line, '^(\S+) \S+ \S+ \[([^\]]+)\] "(HEAD|GET) /v2/(\S+)/manifests/(\S+) [^"]*" (2\d\d|302|303|304|307) ', ['ip', 't', 'm', 'name', 'ref', 'st']) AS q FROM lines WHERE contains(line, '/manifests/')),
ev AS (SELECT q.ip AS ip, q.name AS name, q.m AS m, q.ref AS ref, CASE WHEN q.ref LIKE 'sha256:%' THEN 1 ELSE 0 END AS d, strptime(q.t, '%d/%b/%Y:%H:%M:%S %z') AS t, row_number() OVER () AS id FROM requests WHERE q.m <> ''),
lagged AS (SELECT *, LAG(t) OVER w AS pt, LAG(m) OVER w AS pm, LAG(d) OVER w AS pd FROM ev WINDOW w AS (PARTITION BY ip, name ORDER BY t, id))
SELECT m, d, COUNT(*) FILTER (WHERE pt IS NULL OR t - pt > INTERVAL 5 SECONDS OR m = 'HEAD'), COUNT(*) FROM lagged GROUP BY ALL;`,
  );
  return path;
}

const PEERS: Peer[] = [
  { name: 'wc -l', isHere: () => has('wc'), install: '', run: (file) => shell(`wc -l ${file}`) },
  {
    name: 'rg | mawk (requests only)',
    isHere: () => has('rg') && has('mawk'),
    install: 'apt-get install ripgrep mawk',
    run: (file) => {
      const script = join(mkdtempSync(join(tmpdir(), 'pullscope-awk-')), 'count.awk');
      writeFileSync(script, AWK);
      shell(`rg -N /manifests/ ${file} | mawk -f ${script} | wc -l`);
    },
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
    name: 'DuckDB (2 threads)',
    isHere: () => has('duckdb'),
    install: 'the duckdb command line',
    run: (file) => shell(`LOG=${resolve(file)} duckdb -f ${duckdbScript()}`),
  },
];

/** A table of the peers' times on the file, and how many times ours they are. */
export async function measurePeers(file: string, ours: number, repetitions: number): Promise<string> {
  const times = new Map<string, number[]>();
  for (let i = 0; i < repetitions; i++) {
    for (const peer of PEERS) {
      if (!peer.isHere()) continue;
      const begun = performance.now();
      peer.run(file);
      times.set(peer.name, [...(times.get(peer.name) ?? []), (performance.now() - begun) / 1000]);
    }
  }
  const rows = PEERS.map(({ name, install }) => {
    const runs = times.get(name)?.sort((a, b) => a - b);
    if (!runs) return `| ${name} | not installed: ${install} | |`;
    const seconds = runs[runs.length >> 1]!;
    return `| ${name} | ${seconds.toFixed(2)} | ${(seconds / ours).toFixed(1)} |`;
  });
  return ['| peer | seconds | ÷ ours |', '| --- | --- | --- |', ...rows, ''].join('\n');
}
