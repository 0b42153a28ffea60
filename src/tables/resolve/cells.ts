/**
 * What each source says of one repository, measure and period. In: sources. Out: cells by series; a series is one
 * meaning, measure and repository. Limits: rows of a finer level are never added to those of a coarser one, details
 * (tags and digests that overlap) are in no cell, and distinct counts are never added.
 */
import { wordOf } from '../../lib/column-builder.ts';
import { REPO_TYPES } from '../../model/action-rows.ts';
import {
  LEVEL_DETAIL,
  LEVEL_PART,
  LEVEL_REPOSITORY,
  type MeasureKind,
  MEASURES,
} from '../../model/count-rows.ts';
import { meaningOf } from '../../model/meaning.ts';
import type { CountSource } from '../../model/resolved-counts.ts';
import type { Day } from '../../model/units.ts';
import { hashesOf, hashOf, mixed } from './count-source.ts';

export interface Cell {
  first: Day;
  last: Day;
  count: number;
  /** Of the rows behind it. */
  fingerprint: number;
  flags: number;
  /** LEVEL_PART: the sum of a source's rows, which may lack those of another file. */
  level: number;
  /** Places in the list of sources. */
  sources: number[];
}

export interface Series {
  meaning: string;
  /** Place in MEASURES. */
  measure: number;
  kind: MeasureKind;
  repoType: number;
  /** LEVEL_REPOSITORY, or a coarser level. */
  level: number;
  repository: string;
  /** Rows behind it: by source, their numbers. */
  rows: Map<number, number[]>;
}

const measureAt = (id: string) => MEASURES.findIndex((measure) => measure.id === id);
const PULLS = measureAt('pulls');
const BY_KIND_OF_REFERENCE = new Set([measureAt('pulls_by_tag'), measureAt('pulls_by_digest')]);

/** Formats that hold a cell in one row: a second one is the same again (files that were joined). */
const ONE_ROW_A_CELL = new Set(['hub-daily', 'docker-publisher-summary', 'running-totals']);

/** All series, in the order in which they first appear. */
export function seriesOf(sources: readonly CountSource[]): Series[] {
  const all = new Map<string, Series>();
  const typeOf = typesOf(sources);
  sources.forEach(({ counts: { columns, length, words }, meaning }, source) => {
    const tellsPulls = columns.measure.includes(PULLS);
    // By numbers first: a text key for each row would cost more than all the rest.
    const known = new Map<number, Series>();
    const add = (row: number, measure: number) => {
      const level = columns.level[row] === LEVEL_PART ? LEVEL_REPOSITORY : columns.level[row]!;
      const key =
        ((columns.repository[row]! * MEASURES.length + measure) * 8 + level) * 16 + columns.repoType[row]!;
      let series = known.get(key);
      if (!series) {
        const repository = wordOf(words, columns.repository[row]!);
        const repoType = typeOf(columns.repoType[row]!, repository);
        const means = meaningOf(meaning, REPO_TYPES[repoType]!);
        const text = JSON.stringify([means, measure, repoType, level, repository]);
        const { kind } = MEASURES[measure]!;
        series = all.get(text) ?? {
          meaning: means,
          measure,
          kind,
          repoType,
          level,
          repository,
          rows: new Map(),
        };
        all.set(text, series);
        known.set(key, series);
      }
      const rows = series.rows.get(source);
      if (rows) rows.push(row);
      else series.rows.set(source, [row]);
    };
    for (let row = 0; row < length; row++) {
      if (columns.level[row] === LEVEL_DETAIL) continue;
      const measure = columns.measure[row]!;
      add(row, measure);
      // So that files that tell tags from digests stand beside files that do not.
      if (!tellsPulls && BY_KIND_OF_REFERENCE.has(measure)) add(row, PULLS);
    }
  });
  return [...all.values()];
}

const UNTYPED = REPO_TYPES.indexOf('');
const HUB_TYPES = new Set((['model', 'dataset', 'space'] as const).map((type) => REPO_TYPES.indexOf(type)));

/** A raw file names no types: a repository of it has the one that other sources give it, if they agree. */
function typesOf(sources: readonly CountSource[]): (repoType: number, repository: string) => number {
  const types = new Map<string, number>();
  const hasUntyped = sources.some(({ counts }) => counts.columns.repoType.includes(UNTYPED));
  for (const { counts } of hasUntyped ? sources : []) {
    const { columns, length, words } = counts;
    for (let row = 0; row < length; row++) {
      const repoType = columns.repoType[row]!;
      if (!HUB_TYPES.has(repoType)) continue;
      const name = wordOf(words, columns.repository[row]!);
      const known = types.get(name) ?? repoType;
      types.set(name, known === repoType ? repoType : UNTYPED);
    }
  }
  return (repoType, repository) => (repoType === UNTYPED ? (types.get(repository) ?? UNTYPED) : repoType);
}

/** Reads cells of series; hashes of a source's words are made once. */
export class CellReader {
  private readonly hashes: Uint32Array[];

  constructor(private readonly sources: readonly CountSource[]) {
    this.hashes = sources.map(({ counts }) => hashesOf(counts.words));
  }

  /** The cells of one source in a series, one a period. */
  cellsOf({ rows, kind }: Series, source: number): Cell[] {
    const { counts, format } = this.sources[source]!;
    const { columns } = counts;
    const cells = new Map<number, { cell: Cell; rows: number }>();
    for (const row of rows.get(source) ?? []) {
      const [first, last, level] = [columns.firstDay[row]!, columns.lastDay[row]!, columns.level[row]!];
      const cell: Cell = {
        ...{ first, last, level, count: columns.count[row]!, flags: columns.flags[row]!, sources: [source] },
        fingerprint: columns.fingerprint[row] || this.fingerprint(source, row),
      };
      const key = periodKey(first, last);
      const known = cells.get(key);
      if (!known) {
        cells.set(key, { cell, rows: 1 });
        continue;
      }
      known.rows++;
      if (kind === 'added' && !ONE_ROW_A_CELL.has(format)) add(known.cell, cell);
      else if (cell.count > known.cell.count) known.cell = cell;
    }
    // The largest of several distinct counts is no count of all of them.
    const usable = [...cells.values()].filter(({ rows: behind }) => kind !== 'distinct' || behind === 1);
    return usable.map(({ cell }) => cell);
  }

  private fingerprint(source: number, row: number): number {
    const { columns } = this.sources[source]!.counts;
    const hashes = this.hashes[source]!;
    let hash = columns.measure[row]!;
    for (const name of ['reference', 'country', 'host', 'tool'] as const) {
      hash = mixed(hash, hashOf(hashes, columns[name][row]!));
    }
    return mixed(hash, columns.count[row]!);
  }
}

/** Days on either side of 1970 that a key leaves room for. */
const DAYS = 4_000_000;

/** A number for a period: text keys would cost more than all the rest. */
export function periodKey(first: Day, last: Day): number {
  return Math.max(first, -DAYS) * 2 * DAYS + Math.max(last, -DAYS);
}

export function add(to: Cell, cell: Cell): void {
  to.count += cell.count;
  to.fingerprint = (to.fingerprint + cell.fingerprint) >>> 0;
  to.flags |= cell.flags;
  to.sources = [...new Set([...to.sources, ...cell.sources])];
}
