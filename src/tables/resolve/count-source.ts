/**
 * Tables as sources of counts. In: what readTable gave. Out: a source for the resolver; actions are counted by day.
 * Limits: requests are no source: they are classified first.
 */
import { dayOf } from '../../lib/calendar.ts';
import { joinRows, RowBuilder, wordOf } from '../../lib/column-builder.ts';
import { WordTable } from '../../lib/word-table.ts';
import { ACTION_NAMES, type ActionRows, REPO_TYPES } from '../../model/action-rows.ts';
import { COUNT_COLUMNS, type CountRows, LEVEL_PART, type Measure, MEASURES } from '../../model/count-rows.ts';
import { type CountSource, LOGS } from '../../model/resolved-counts.ts';
import { NO_WORD } from '../../model/segment.ts';
import type { TableResult } from '../../model/table-format.ts';
import { MILLISECONDS_PER_DAY } from '../../model/units.ts';
import type { DaySpan } from '../../model/view.ts';

/** Null: the table holds requests, or nothing to count. */
export function sourceOfTable(name: string, { format, table }: TableResult): CountSource | null {
  if (table.kind === 'requests' || table.kind === 'none') return null;
  const counts = table.kind === 'actions' ? withZeros(countActions(table.rows)) : table.rows;
  return { name, format: format.id, meaning: format.meaning, counts, covered: [] };
}

/** What logs gave, counted by repository, day and measure; `covered`: days that they cover from midnight to midnight. */
export function sourceOfLogs(name: string, counts: CountRows, covered: DaySpan[]): CountSource {
  return { name, format: LOGS, meaning: 'by-type', counts: withZeros(counts), covered };
}

const OF_IMAGES: Measure[] = ['pulls_by_tag', 'pulls_by_digest', 'version_checks'];

/**
 * Where actions tell one measure of an image and day they tell all: the missing ones are 0. So that no other source
 * fills what is no gap.
 */
function withZeros(counts: CountRows): CountRows {
  const filled = new RowBuilder(COUNT_COLUMNS);
  const measures = OF_IMAGES.map((measure) => MEASURES.findIndex(({ id }) => id === measure));
  const image = REPO_TYPES.indexOf('image');
  const told = new Map<string, { row: number; measures: Set<number> }>();
  const { columns } = counts;
  for (let row = 0; row < counts.length; row++) {
    if (columns.repoType[row] !== image) continue;
    const key = `${columns.repository[row]} ${columns.firstDay[row]} ${columns.lastDay[row]}`;
    const known = told.get(key);
    if (known) known.measures.add(columns.measure[row]!);
    else told.set(key, { row, measures: new Set([columns.measure[row]!]) });
  }
  for (const { row, measures: has } of told.values()) {
    for (const measure of measures.filter((each) => !has.has(each))) {
      const to = filled.next();
      filled.columns.repository[to] = filled.word(wordOf(counts.words, columns.repository[row]!));
      for (const name of ['repoType', 'level', 'firstDay', 'lastDay'] as const) {
        filled.columns[name][to] = columns[name][row]!;
      }
      filled.columns.measure[to] = measure;
    }
  }
  return joinRows(COUNT_COLUMNS, [counts, filled.finish()]);
}

/** Place in MEASURES, by place in ACTION_NAMES. */
export const MEASURE_OF_ACTION = (
  ['pulls', 'version_checks', 'pulls_by_tag', 'pulls_by_digest', 'downloads'] satisfies Measure[]
).map((measure) => MEASURES.findIndex(({ id }) => id === measure));
/** Days that a key leaves room for: until the year 7711. */
const DAYS = 1 << 21;

/** Counts by repository, day and action, each with the fingerprint of its rows. */
function countActions({ length, columns, words }: ActionRows): CountRows {
  const counts = new RowBuilder(COUNT_COLUMNS);
  const rows = new Map<number, number>();
  const hashes = hashesOf(words);
  const numbers = words.map((word) => counts.word(word));
  const kinds = ACTION_NAMES.length;
  for (let i = 0; i < length; i++) {
    const day = dayOf(columns.time[i]!);
    const word = columns.repository[i]!;
    const key = ((word * 16 + columns.repoType[i]!) * kinds + columns.action[i]!) * DAYS + day;
    let row = rows.get(key);
    if (row === undefined) {
      row = counts.next();
      rows.set(key, row);
      const to = counts.columns;
      to.repository[row] = numbers[word]!;
      to.repoType[row] = columns.repoType[i]!;
      to.level[row] = LEVEL_PART;
      to.firstDay[row] = to.lastDay[row] = day;
      to.measure[row] = MEASURE_OF_ACTION[columns.action[i]!]!;
    }
    let hash = columns.method[i]! + 8 * ((columns.time[i]! % MILLISECONDS_PER_DAY) / 1000);
    for (const column of FINGERPRINTED) hash = mixed(hash, hashOf(hashes, columns[column][i]!));
    counts.columns.fingerprint[row]! += mixed(hash, columns.count[i]!);
    counts.columns.count[row]! += columns.count[i]!;
  }
  return counts.finish();
}

const FINGERPRINTED = ['reference', 'digest', 'type', 'host', 'country', 'tool', 'version'] as const;

/** Hashes of texts: equal for equal texts, whatever the numbers of their words. */
export function hashesOf(words: readonly string[]): Uint32Array {
  const encoder = new TextEncoder();
  return Uint32Array.from(words, (word) => WordTable.hash(encoder.encode(word)));
}

export function hashOf(hashes: Uint32Array, word: number): number {
  return word === NO_WORD ? 0 : hashes[word]!;
}

export function mixed(hash: number, value: number): number {
  const next = Math.imul(hash ^ value, 0x9e3779b1);
  return (next ^ (next >>> 15)) >>> 0;
}
