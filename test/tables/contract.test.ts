import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TableResult } from '../../src/model/table-format.ts';
import { mappedFormat } from '../../src/tables/column-mapping.ts';
import { READERS } from '../../src/tables/index.ts';
import { looksLikeApiJson, readApiJson } from '../../src/tables/read-api-json.ts';
import { parseRecords } from '../../src/tables/read-csv.ts';
import { joinResults, readTable } from '../../src/tables/read-table.ts';
import { lookAtTable, recognizeTable } from '../../src/tables/recognize-table.ts';
import { chunkAtRecords } from '../../src/tables/record-borders.ts';
import { inPieces, showTable } from '../helpers/show-table.ts';

const FIXTURES = 'test/fixtures/tables';
const samples = READERS.flatMap(({ id }) =>
  readdirSync(join(FIXTURES, id))
    .filter((name) => /\.[ct]sv$/.test(name))
    .map((name) => ({
      id,
      name,
      path: join(FIXTURES, id, name),
      bytes: new Uint8Array(readFileSync(join(FIXTURES, id, name))),
    })),
);

/** An unknown table is read by the guess at its columns. */
function formatOf(bytes: Uint8Array) {
  const look = lookAtTable(bytes)!;
  return look.format ?? mappedFormat(look.header, look.guess!, look.delimiter)!;
}

async function read(bytes: Uint8Array, name: string, piece?: number): Promise<TableResult> {
  return readTable(inPieces(bytes, piece), { name, format: formatOf(bytes) });
}

describe.each(samples)('$id: $name', ({ id, name, path, bytes }) => {
  test('is claimed by its own reader only', () => {
    const { delimiter, format } = lookAtTable(bytes)!;
    const [header, ...firstRows] = parseRecords(new TextDecoder().decode(bytes), delimiter) as [
      string[],
      ...string[][],
    ];
    const claims = READERS.map((reader) => reader.id).filter(
      (each) => recognizeTable(header, firstRows, delimiter)?.id === each,
    );
    expect(claims).toEqual(id === 'mapped' ? [] : [id]);
    expect(format?.id ?? 'mapped').toBe(id);
  });

  test('gives exactly the rows that were expected', async () => {
    await expect(showTable(await read(bytes, name))).toMatchFileSnapshot(
      join(process.cwd(), path.replace(/\.[ct]sv$/, '.expected.txt')),
    );
  });

  test('is the same in any pieces, spellings of line ends, with a mark and compressed', async () => {
    const expected = showTable(await read(bytes, name));
    for (const piece of [1, 7, 64]) expect(showTable(await read(bytes, name, piece))).toBe(expected);
    const text = new TextDecoder().decode(bytes);
    const crlf = new TextEncoder().encode(`\ufeff${text.replaceAll(/\r?\n/g, '\r\n')}`);
    expect(showTable(await read(crlf, name))).toBe(expected);
    const unfinished = new TextEncoder().encode(text.replace(/\r?\n$/, ''));
    expect(showTable(await read(unfinished, name))).toBe(expected);
    expect(showTable(await read(new Uint8Array(gunzipSync(gzipSync(bytes))), name))).toBe(expected);
  });

  test('is the same read in ranges', async () => {
    const format = formatOf(bytes);
    if (!format.divisible) return;
    const ranges = await chunkAtRecords(new Blob([bytes]), format.delimiter, 150, 64);
    const results = await Promise.all(
      ranges.map(({ start, end }) =>
        readTable(inPieces(bytes.slice(start, end)), { name, format, isLaterRange: start > 0 }),
      ),
    );
    const joined = joinResults(results);
    const lines = (result: TableResult) => new Set(showTable(result).split('\n'));
    const [whole, parts] = [lines(await read(bytes, name)), lines(joined)];
    // A repository's running total comes once a range: the resolver takes the latest.
    expect([...whole].filter((line) => !parts.has(line))).toEqual([]);
    expect([...parts].filter((line) => !whole.has(line) && !line.includes('running_total'))).toEqual([]);
    expect(joined.lines).toBe((await read(bytes, name)).lines);
  });

  test('has a place for every row, and no address of the usage report', async () => {
    const result = await read(bytes, name);
    const { tally } = result;
    expect(tally.read).toBe(tally.used + tally.skipped + tally.unreadable);
    if (id === 'docker-usage' || id === 'mapped') {
      if (id === 'docker-usage') expect(lookAtTable(bytes)!.firstRows).toEqual([]);
      expect(JSON.stringify(result)).not.toMatch(/192\.0\.2|198\.51\.100|203\.0\.113|2001:db8|alice|laptop/);
    }
  });
});

test('logs are no tables', () => {
  const logs = ['formats', 'lab', 'logs'].flatMap((room) =>
    readdirSync(join('test/fixtures', room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.log'))
      .map((name) => join('test/fixtures', room, name)),
  );
  expect(logs.length).toBeGreaterThan(3);
  const tables = logs.filter((path) => lookAtTable(new Uint8Array(readFileSync(path))) !== null);
  // What cloud consoles export is a table, though its rows are requests.
  expect(tables.filter((path) => !/csv-requests|azure-acr/.test(path))).toEqual([]);
});

test('every reader has a fixture', () => {
  expect(new Set(samples.map(({ id }) => id))).toEqual(new Set(READERS.map(({ id }) => id)));
});

test.each(['week', 'repos'])('answers of the API: %s', async (name) => {
  const text = readFileSync(join(FIXTURES, 'docker-api', `${name}.json`), 'utf8');
  expect(looksLikeApiJson(text)).toBe(true);
  await expect(showTable(readApiJson(text)!)).toMatchFileSnapshot(
    join(process.cwd(), FIXTURES, 'docker-api', `${name}.expected.txt`),
  );
});

test.each(['{"pulls":', '[]', '{"repos":[]}', '{"level":"info","msg":"x"}'])(
  '%s is no answer of the API',
  (text) => {
    expect(readApiJson(text)).toBeNull();
  },
);
