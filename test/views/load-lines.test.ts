import { expect, test } from 'vitest';
import { loadLines } from '../../src/views/exports/load-lines.ts';

const linesOf = (name: string, columns: string[]) =>
  Object.fromEntries(loadLines(name, columns).map(({ tool, line }) => [tool, line]));

test('a summary is read with tags as text and counts as numbers', () => {
  expect(linesOf('acme_summary_month_2026-09.csv', ['namespace', 'reference', 'version_checks'])).toEqual({
    pandas:
      'pd.read_csv("acme_summary_month_2026-09.csv", dtype={"namespace": str, "reference": str}, keep_default_na=False, na_values=[""])',
    DuckDB:
      "SELECT * FROM read_csv('acme_summary_month_2026-09.csv', types = {'namespace': 'VARCHAR', 'reference': 'VARCHAR'});",
    BigQuery:
      'bq load --source_format=CSV --skip_leading_rows=1 your_dataset.acme_summary_month_2026_09 acme_summary_month_2026-09.csv namespace:STRING,reference:STRING,version_checks:INTEGER',
  });
});

test('times are read as times, also of a compressed file', () => {
  const { pandas, BigQuery } = linesOf('all_raw_all.csv.gz', ['timestamp', 'tag', 'action_day', 'country']);
  expect(pandas).toContain(
    '"all_raw_all.csv.gz", dtype={"tag": str}, parse_dates=["timestamp", "action_day"]',
  );
  expect(BigQuery).toContain(
    'your_dataset.all_raw_all all_raw_all.csv.gz timestamp:TIMESTAMP,tag:STRING,action_day:DATE,country:STRING',
  );
});
