/**
 * Unknown tables. In: header and first rows; then what the user made of the guess. Out: a mapping of columns, and a
 * format to read the table by. Limits: a mapped table's figures mean something of their own: they are never added to
 * those of tables with another header.
 */
import { dayOf } from '../lib/calendar.ts';
import { REPO_TYPES } from '../model/action-rows.ts';
import { LEVEL_REPOSITORY, type Measure } from '../model/count-rows.ts';
import { type ColumnMapping, type Delimiter, mappingLacks, type TableFormat } from '../model/table-format.ts';
import { countOf, factOf, parseTime, textOf, TimeCells } from './cells.ts';
import { actionNumber, methodNumber } from './readers/docker-actions.ts';
import { CLIENT } from './readers/request-tables.ts';
import { Differences } from './readers/running-totals.ts';
import {
  headerKey,
  type OpenTable,
  repoTypeNumber,
  type RowReader,
  type TableReader,
} from './table-reader.ts';

export const mapped: TableReader = {
  id: 'mapped',
  title: 'Table with chosen columns',
  rows: 'counts',
  meaning: 'mapped',
  divisible: true,
  fields: {},
  required: [],
  fits: () => false,
  open: openMapped,
};

/** By headers, most telling first. */
const TIME = /^(timestamp|datetime|date|time|day|period|week|month)$|time$|date$|^(date|time)/;
const REPOSITORY =
  /^(repository|repo|image|imagename|reponame|package|model|dataset|name|project)$|repo|image/;
const COUNT =
  /^(count|downloads?|pulls?|pullcount|downloadcount|hits|requests|total|value)$|count$|downloads|pulls/;
const KIND = /^(action|kind|method|httpmethod|verb|operation|event|type)$/;
const AGENT = /agent|^client$|^tool$/;
const PATH = /^(path|uri|url|request|requesturi|requestpath|requesturl)$/;
const STATUS = /status/;

export function guessMapping(header: string[], firstRows: string[][]): ColumnMapping {
  const keys = header.map(headerKey);
  const taken = new Set<number>();
  const cells = (column: number) =>
    firstRows.filter((row) => column < row.length).map((row) => textOf(row, column));
  const find = (pattern: RegExp, isOne: (cell: string) => boolean = () => true): number => {
    const fitting = keys
      .map((_, column) => column)
      .filter((column) => {
        const texts = cells(column).filter((text) => text !== '');
        return !taken.has(column) && pattern.test(keys[column]!) && texts.every(isOne);
      });
    // A header that is the word itself before one that holds it.
    const exact = fitting.find((column) => pattern.exec(keys[column]!)![0] === keys[column]);
    const found = exact ?? fitting[0] ?? -1;
    taken.add(found);
    return found;
  };
  const isCount = (text: string) => !Number.isNaN(countOf([text], 0));
  const time = find(TIME, (text) => !Number.isNaN(parseTime(text)));
  const address = find(new RegExp(`^(${CLIENT.join('|')}|address)$`));
  const status = find(STATUS, isCount);
  const path = find(PATH);
  const kind = find(KIND);
  const repository = find(REPOSITORY, (text) => !isCount(text));
  const count = find(COUNT, isCount);
  const agent = find(AGENT);
  const kinds = kind < 0 ? [] : cells(kind);
  const isMethod = kinds.some((text) => methodNumber(text) > 0);
  const isAction = kinds.length > 0 && kinds.every((text) => actionNumber(text) > 0);
  return {
    rows: isMethod ? 'requests' : isAction && count < 0 ? 'actions' : 'counts',
    ...{ time, repository, count, kind, address, agent, path, status },
    isRunning:
      count >= 0 && /^(pullcount|total|count)$/.test(keys[count]!) && grows(cells(count).map(Number)),
  };
}

/** Three or more, and never less than before. */
function grows(values: number[]): boolean {
  return values.length > 2 && values.every((value, i) => i === 0 || value >= values[i - 1]!);
}

/** By this a mapping is remembered: equal for equal headers, whatever the file is called. */
export function headerSignature(header: string[]): string {
  return header.map(headerKey).join();
}

/** The format of a table whose columns the user chose; null when the choice lacks what its rows need. */
export function mappedFormat(
  header: string[],
  mapping: ColumnMapping,
  delimiter: Delimiter,
): TableFormat | null {
  if (mappingLacks(mapping) !== null) return null;
  return {
    id: mapped.id,
    title: mapped.title,
    rows: mapping.rows,
    meaning: mapping.rows === 'counts' ? `mapped:${headerSignature(header)}` : 'registry-actions',
    delimiter,
    divisible: !mapping.isRunning,
    header,
    columns: new Map(),
    mapping,
  };
}

function openMapped(table: OpenTable): RowReader {
  const mapping = table.format.mapping!;
  const times = new TimeCells();
  const differences = new Differences();
  const take = { counts: takeCount, actions: takeAction, requests: takeRequest }[mapping.rows];
  return {
    take(cells) {
      const time = times.read(cells, mapping.time);
      const isUsed = !Number.isNaN(time) && take(table, mapping, cells, time, differences);
      if (isUsed) table.saw(time);
      return isUsed ? 'used' : 'unreadable';
    },
    finish: () => differences.finish(table),
  };
}

type Take = (
  table: OpenTable,
  mapping: ColumnMapping,
  cells: string[],
  time: number,
  differences: Differences,
) => boolean;

const takeCount: Take = ({ counts, format, repository }, mapping, cells, time, differences) => {
  // Without a column of counts, each row is one.
  const count = mapping.count < 0 ? 1 : countOf(cells, mapping.count);
  if (Number.isNaN(count)) return false;
  const name = textOf(cells, mapping.repository) || repository;
  const day = dayOf(time);
  const measure = measureOf(textOf(cells, mapping.kind) || (format.header[mapping.count] ?? ''));
  if (mapping.isRunning) differences.add(name, time, count);
  else counts.push(name, '', LEVEL_REPOSITORY, [day, day], measure, count);
  return true;
};

const takeAction: Take = ({ actions }, mapping, cells, time) => {
  const kind = actionNumber(textOf(cells, mapping.kind));
  const name = textOf(cells, mapping.repository);
  const count = mapping.count < 0 ? 1 : countOf(cells, mapping.count);
  if (kind === 0 || name === '' || Number.isNaN(count)) return false;
  const row = actions.next();
  const { columns } = actions;
  columns.time[row] = time;
  columns.repository[row] = actions.word(name);
  columns.repoType[row] = REPO_TYPES.indexOf('image');
  columns.action[row] = kind;
  columns.tool[row] = actions.word(factOf(cells, mapping.agent));
  columns.count[row] = count;
  return true;
};

const takeRequest: Take = ({ requests }, mapping, cells, time) => {
  const method = textOf(cells, mapping.kind).toUpperCase();
  const [path, name] = [textOf(cells, mapping.path), textOf(cells, mapping.repository)];
  if (!/^[A-Z]{3,7}$/.test(method) || path + name === '') return false;
  const row = requests.next();
  const { columns } = requests;
  columns.time[row] = time;
  columns.client[row] = requests.word(factOf(cells, mapping.address));
  columns.method[row] = requests.word(method);
  columns.path[row] = requests.word(path);
  columns.repository[row] = requests.word(path === '' ? name : '');
  columns.repoType[row] = repoTypeNumber('');
  columns.status[row] = countOf(cells, mapping.status) || 0;
  columns.agent[row] = requests.word(factOf(cells, mapping.agent));
  return true;
};

/** What an action, an HTTP method or the count's header says is counted. */
function measureOf(said: string): Measure {
  if (/check|^head$/i.test(said)) return 'version_checks';
  if (/by.?digest/i.test(said)) return 'pulls_by_digest';
  if (/by.?tag/i.test(said)) return 'pulls_by_tag';
  return /pull|^get$/i.test(said) ? 'pulls' : 'downloads';
}
