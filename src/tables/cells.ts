/**
 * What a cell says. In: texts as hubs, clouds and spreadsheets write them. Out: texts, numbers, moments; '' or NaN when
 * the cell says nothing. Times without a zone are UTC, as all sources read here say of theirs.
 */
import { dayOf, monthStart, nextMonthStart, weekStart } from '../lib/calendar.ts';
import { NO_DAY } from '../model/count-rows.ts';
import { type Day, type Milliseconds } from '../model/units.ts';

/** \N as databases write it, and \\N as Docker's documentation shows it. */
const MISSING = /^\\{1,2}N$/;
const NULL = /^(null|none|no csp)$/i;
/** What our exports put before a text that a spreadsheet would run. */
const GUARDED = /^'[=+\-@\t\r]/;

const QUOTE = 0x27;
const ZERO = 0x30;
const BACKSLASH = 0x5c;

/** A cell's text; '' when it is missing. */
export function textOf(cells: string[], column: number): string {
  const cell = column < 0 ? '' : cells[column]!;
  if (cell === '') return '';
  // Nearly all cells begin with a letter or digit and end with no blank: no expression runs on them.
  const first = cell.charCodeAt(0);
  const isPlain = first >= ZERO && first !== BACKSLASH && cell.charCodeAt(cell.length - 1) > 0x20;
  if (isPlain) return cell;
  const text = cell.trim();
  if (MISSING.test(text)) return '';
  return text.charCodeAt(0) === QUOTE && GUARDED.test(text) ? text.slice(1) : text;
}

/** The same where the text is no name: `null`, too, means missing. */
export function factOf(cells: string[], column: number): string {
  const text = textOf(cells, column);
  // n or N
  return (text.charCodeAt(0) | 0x20) === 0x6e && NULL.test(text) ? '' : text;
}

/** A whole number of at least 0, with or without an empty fraction; else NaN. */
export function countOf(cells: string[], column: number): number {
  const text = textOf(cells, column);
  return /^\d{1,15}(\.0*)?$/.test(text) ? Number(text) : NaN;
}

const NUMERIC =
  /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[T /]+(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;
const COMMON = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})$/;
const KIBANA = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?$/;
const AMERICAN =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,3}))? ([AP]M)(?: ?(?:UTC|GMT))?$/i;
const EPOCH = /^(\d{9,10})(\.\d+)?$|^(\d{13})$|^(\d{16})$|^(\d{19})$/;
/** "YYYY-MM-DD HH:MM:SS", as we and Docker write it. */
const PLAIN_LENGTH = 19;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Milliseconds since 1970; NaN when the text is no time. */
export function parseTime(text: string): Milliseconds {
  const numeric = NUMERIC.exec(text) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (numeric) {
    const [, year, month, day, hour, minute, second, fraction, zone] = numeric;
    return moment([year, month, day, hour, minute, second], fraction, zone);
  }
  const epoch = EPOCH.exec(text);
  if (epoch) {
    // By digits: a product of fractions may fall short of its millisecond.
    if (epoch[1] !== undefined) return Number(epoch[1] + (epoch[2] ?? '').slice(1, 4).padEnd(3, '0'));
    return Math.floor(Number(text) / (epoch[3] ? 1 : epoch[4] ? 1e3 : 1e6));
  }
  const common = COMMON.exec(text);
  if (common) {
    const [, day, month, year, hour, minute, second, zone] = common;
    return moment([year, monthNumber(month!), day, hour, minute, second], undefined, zone);
  }
  const kibana = KIBANA.exec(text);
  if (kibana) {
    const [, month, day, year, hour, minute, second, fraction] = kibana;
    return moment([year, monthNumber(month!), day, hour, minute, second], fraction, undefined);
  }
  const american = AMERICAN.exec(text);
  if (american) {
    const [, month, day, year, hour, minute, second, fraction, half] = american;
    const hours = (Number(hour) % 12) + (half!.toUpperCase() === 'PM' ? 12 : 0);
    return moment([year, month, day, String(hours), minute, second], fraction, undefined);
  }
  return NaN;
}

function monthNumber(name: string): string {
  return String(MONTHS.indexOf(name) / 3 + 1);
}

function moment(parts: (string | undefined)[], fraction = '', zone = 'Z'): Milliseconds {
  const [year, month, day, hour, minute, second] = parts.map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, millis));
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 61;
  if (!isReal) return NaN;
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  const minutes = offset ? Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  return date.getTime() - minutes * 60_000;
}

/** The time in a cell; a file's neighbouring rows often share it, or its day. */
export class TimeCells {
  private text = '';
  private time: Milliseconds = NaN;
  private dayText = '';
  private day: Milliseconds = NaN;

  read(cells: string[], column: number): Milliseconds {
    const text = textOf(cells, column);
    if (text === this.text) return this.time;
    this.text = text;
    this.time = text.length === PLAIN_LENGTH ? this.ofDay(text) : NaN;
    if (Number.isNaN(this.time)) this.time = parseTime(text);
    return this.time;
  }

  private ofDay(text: string): Milliseconds {
    if (this.dayText === '' || !text.startsWith(this.dayText)) {
      this.dayText = text.slice(0, 10);
      this.day = parseTime(this.dayText);
    }
    return this.day + secondOfDay(text) * 1000;
  }
}

/** Of "YYYY-MM-DD HH:MM:SS": the second; NaN when it is none. */
function secondOfDay(text: string): number {
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  const isPlain = text[13] === ':' && text[16] === ':' && (text[10] === ' ' || text[10] === 'T');
  return isPlain && hour < 24 && minute < 60 && second < 60 ? (hour * 60 + minute) * 60 + second : NaN;
}

function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens < 10 && ones >= 0 && ones < 10 ? tens * 10 + ones : NaN;
}

export type Period = readonly [first: Day, last: Day];
export const NO_PERIOD: Period = [NO_DAY, NO_DAY];

/** The day, week or month that a reference day stands for; null when the granularity or the day is none. */
export function periodOf(granularity: string, time: Milliseconds): Period | null {
  if (Number.isNaN(time)) return null;
  const day = dayOf(time);
  if (/^(day|daily)$/i.test(granularity)) return [day, day];
  if (/^week(ly)?$/i.test(granularity)) return [weekStart(day), weekStart(day) + 6];
  if (/^month(ly)?$/i.test(granularity)) return [monthStart(day), nextMonthStart(day) - 1];
  return null;
}

/** The days that a file's name promises: …week_2026-09-07…, …month_2026-09…, …span_A_B…, …weekly_2026_09_07…. */
export function periodOfName(name: string): Period {
  const found = /(week|month|span)(?:ly)?[_-](\d{4}[_-]\d\d(?:[_-]\d\d)?)(?:_(\d{4}-\d\d-\d\d))?/i.exec(name);
  if (!found) return NO_PERIOD;
  const written = found[2]!.replaceAll('_', '-');
  const time = parseTime(written.length === 7 ? `${written}-01` : written);
  if (found[1]!.toLowerCase() !== 'span') return periodOf(found[1]!, time) ?? NO_PERIOD;
  const last = parseTime(found[3] ?? '');
  return Number.isNaN(time) || Number.isNaN(last) ? NO_PERIOD : [dayOf(time), dayOf(last)];
}

/** namespace/repository; a repository that names its namespace already stays as it is. */
export function fullName(namespace: string, repository: string): string {
  if (namespace === '' || repository.startsWith(`${namespace}/`)) return repository;
  return `${namespace}/${repository}`;
}
