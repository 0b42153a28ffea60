/**
 * DuckDB's time for the same question: node duckdb.ts FILE. Prints the counts. SQL has no chains, so three neighbours
 * decide; on the bench's traffic that is right to a hundredth.
 */
// Not a dependency: npm install --no-save @duckdb/node-api
const duckdb = '@duckdb/node-api';
const { DuckDBInstance } = (await import(duckdb)) as {
  DuckDBInstance: {
    create(
      path: string,
      options: Record<string, string>,
    ): Promise<{
      connect(): Promise<{
        run(sql: string): Promise<unknown>;
        runAndReadAll(sql: string): Promise<{ getRowsJson(): string[][] }>;
      }>;
    }>;
  };
};
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
await connection.run("SET TimeZone='UTC'");
const file = process.argv[2]!.replaceAll("'", "''");
const counts = await connection.runAndReadAll(`
WITH requests AS (
  SELECT regexp_extract(column0, '^(\\S+) \\S+ \\S+ \\[([^\\]]+)\\] "(HEAD|GET) /v2/(\\S+)/manifests/([^ ?]+)[^"]*" (2\\d\\d|302|303|304|307) ', ['ip', 't', 'm', 'name', 'ref', 'st']) AS q
  FROM read_csv('${file}', header = false, delim = '\\x01', quote = '', escape = '', columns = {'column0': 'VARCHAR'}, max_line_size = 1048576, parallel = true, auto_detect = false)
  WHERE contains(column0, '/manifests/')),
rows AS (
  SELECT q.ip AS ip, q.name AS name, q.m = 'GET' AS g, replace(q.ref, '%3A', ':') AS ref, contains(replace(q.ref, '%3A', ':'), ':') AS d,
    epoch(strptime(q.t, '%d/%b/%Y:%H:%M:%S %z')) AS t, row_number() OVER () AS id
  FROM requests WHERE q.m <> '' AND NOT regexp_matches(q.ref, '^sha256-[0-9a-f]{64}')),
neighbours AS (
  SELECT *, lag(t) OVER w AS t1, lag(g) OVER w AS g1, lag(d) OVER w AS d1, lag(ref) OVER w AS r1,
    lag(t, 2) OVER w AS t2, lag(g, 2) OVER w AS g2, lag(d, 2) OVER w AS d2, lead(t) OVER w AS n1, lead(g) OVER w AS ng, lead(d) OVER w AS nd, lead(ref) OVER w AS nr
  FROM rows WINDOW w AS (PARTITION BY ip, name ORDER BY t, id))
SELECT CASE WHEN d THEN 'digest' WHEN g OR (n1 - t <= 5 AND ng AND (nd OR nr = ref)) THEN 'tag' ELSE 'check' END AS kind, count(*)
FROM neighbours
WHERE NOT (g AND t1 IS NOT NULL AND t - t1 <= 5 AND ((NOT g1 AND (d OR r1 = ref)) OR (d AND g1 AND NOT (d1 AND r1 = ref) AND NOT (d1 AND t2 IS NOT NULL AND t1 - t2 <= 5 AND g2))))
GROUP BY 1 ORDER BY 1`);
process.stdout.write(
  `${counts
    .getRowsJson()
    .map((row) => row.join(' '))
    .join(', ')}\n`,
);

export {};
