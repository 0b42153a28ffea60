/**
 * Lines that read a CSV of ours in tools. In: its name and columns, as the standard preset has them. Out: a line for each
 * tool. What looks like a number and is none (the tag 1.10) is named as text, and NA is a country.
 * Sources: the documentation of pandas' read_csv, DuckDB's read_csv, and BigQuery's bq load.
 */
export interface LoadLine {
  tool: 'pandas' | 'DuckDB' | 'BigQuery';
  line: string;
}

/** Texts that may all look like numbers in one file. */
const MAY_LOOK_LIKE_NUMBERS = new Set([
  ...['namespace', 'repository', 'reference', 'tag', 'user_agent_version', 'repoName'],
]);
const TYPES = new Map([
  ['timestamp', 'TIMESTAMP'],
  ['action_day', 'DATE'],
  ...['unique_ip_addresses', 'pulls_by_tag', 'pulls_by_digest', 'version_checks', 'total', 'downloads'].map(
    (column): [string, string] => [column, 'INTEGER'],
  ),
]);

export function loadLines(name: string, columns: readonly string[]): LoadLine[] {
  const texts = columns.filter((column) => MAY_LOOK_LIKE_NUMBERS.has(column));
  const times = columns.filter((column) => ['TIMESTAMP', 'DATE'].includes(TYPES.get(column) ?? ''));
  const types = texts.map((column) => `"${column}": str`).join(', ');
  const dates = times.length > 0 ? `, parse_dates=[${times.map((column) => `"${column}"`).join(', ')}]` : '';
  const table = `your_dataset.${name.replace(/\.csv(\.gz)?$/, '').replace(/[^\w]/g, '_')}`;
  return [
    {
      tool: 'pandas',
      line: `pd.read_csv("${name}", dtype={${types}}${dates}, keep_default_na=False, na_values=[""])`,
    },
    {
      tool: 'DuckDB',
      line: `SELECT * FROM read_csv('${name}', types = {${texts.map((column) => `'${column}': 'VARCHAR'`).join(', ')}});`,
    },
    {
      tool: 'BigQuery',
      line: `bq load --source_format=CSV --skip_leading_rows=1 ${table} ${name} ${columns
        .map((column) => `${column}:${TYPES.get(column) ?? 'STRING'}`)
        .join(',')}`,
    },
  ];
}
