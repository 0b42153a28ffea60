/**
 * Answers of Docker's DVP Data API, saved as files. In: JSON text. Out: counts of weeks or months.
 * Source: the API's published OpenAPI description: {pulls: […]}, or {repos: {name: {pulls: […]}}}.
 * Limits: the description does not say whether `end` is the last day or the one after: a whole week or month decides.
 * Nor whether pulls hold version checks: so they mean something of their own.
 */
import { dayOf, nextMonthStart } from '../lib/calendar.ts';
import { LEVEL_NAMESPACE, LEVEL_REPOSITORY, periodKind } from '../model/count-rows.ts';
import type { TableFormat, TableResult } from '../model/table-format.ts';
import type { UnreadableLine } from '../model/segment.ts';
import { type Day, MILLISECONDS_PER_DAY } from '../model/units.ts';
import { fullName, parseTime, type Period } from './cells.ts';
import { LISTED_ROWS, unreadableRow } from './read-table.ts';
import { CountSink } from './table-reader.ts';

const FORMAT: TableFormat = {
  id: 'docker-api',
  title: 'Docker DVP Data API',
  rows: 'counts',
  meaning: 'docker-api',
  delimiter: ',',
  divisible: false,
  header: [],
  columns: new Map(),
  mapping: null,
};

/** Whether a text begins as an answer of the API does. */
export function looksLikeApiJson(head: string): boolean {
  return /^\ufeff?\s*\{\s*"(pulls"\s*:\s*\[|repos"\s*:\s*\{)/.test(head);
}

/** Null when the text is no such answer. */
export function readApiJson(text: string, onUnreadable?: (row: string) => void): TableResult | null {
  const answer = parsed(text);
  const lists = answer && listsOf(answer);
  if (!lists) return null;
  const counts = new CountSink();
  const tally = { read: 0, used: 0, skipped: 0, unreadable: 0 };
  const days: Day[] = [];
  const unreadable: UnreadableLine[] = [];
  for (const [repository, list] of lists) {
    for (const each of list) {
      tally.read++;
      const period = takeRow(counts, repository, isObject(each) ? each : {});
      if (period) days.push(...period);
      tally[period ? 'used' : 'unreadable']++;
      if (period) continue;
      // Where in the text it stands is not known: its number among the rows says it.
      const row = unreadableRow(tally.read, 0, JSON.stringify(each));
      if (unreadable.length < LISTED_ROWS) unreadable.push(row);
      onUnreadable?.(JSON.stringify(each));
    }
  }
  const times = days.map((day) => day * MILLISECONDS_PER_DAY);
  return {
    format: FORMAT,
    table: { kind: 'counts', rows: counts.rows.finish() },
    tally,
    unreadable,
    problems: [],
    lines: text.split('\n').length,
    firstTime: times.length === 0 ? NaN : times.reduce((a, b) => Math.min(a, b)),
    lastTime: times.length === 0 ? NaN : times.reduce((a, b) => Math.max(a, b)),
  };
}

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Lists of pulls, with the repository that a list is filed under; empty: each row names its own. */
function listsOf({ pulls, repos }: JsonObject): [repository: string, list: unknown[]][] | null {
  if (Array.isArray(pulls)) return [['', pulls]];
  if (!isObject(repos)) return null;
  return Object.entries(repos).flatMap(([repository, data]): [string, unknown[]][] =>
    isObject(data) && Array.isArray(data.pulls) ? [[repository, data.pulls]] : [],
  );
}

function takeRow(counts: CountSink, filedUnder: string, row: JsonObject): Period | null {
  const text = (key: string) => (typeof row[key] === 'string' ? row[key] : '');
  const number = (key: string) => (typeof row[key] === 'number' ? row[key] : NaN);
  const first = dayOf(parseTime(text('start')));
  const end = dayOf(parseTime(text('end')));
  const repository = text('repo');
  const own = filedUnder || (repository === '' ? '' : fullName(text('namespace'), repository));
  const name = own || text('namespace');
  if (Number.isNaN(first + end + number('pullCount')) || end < first || name === '') return null;
  const period: Period = [first, lastDay(first, end)];
  const level = own === '' ? LEVEL_NAMESPACE : LEVEL_REPOSITORY;
  const labels = { country: /^[A-Za-z]{2}$/.test(text('country')) ? text('country') : '' };
  counts.label(counts.push(name, 'image', level, period, 'pulls', number('pullCount')), labels);
  counts.label(counts.push(name, 'image', level, period, 'unique_addresses', number('ipCount')), labels);
  return period;
}

/** The day before `end` where that makes a whole week or month, or where `end` starts one; else `end`. */
function lastDay(first: Day, end: Day): Day {
  const isWhole = periodKind(first, end - 1) !== 'span' && end - 1 > first;
  return isWhole || nextMonthStart(first) === end ? end - 1 : end;
}
