/**
 * Summary: counts by namespace, repository and reference, or by the first one or two of these. In: Traffic, and counts of
 * tables. Out: rows. Distinct addresses are counted anew at each level, exactly: never a sum of rows.
 * Limits: the columns are those of images; rows of models, datasets and spaces tell their distinct addresses alone.
 */
import { WordTable } from '../lib/word-table.ts';
import { actionFilter } from '../model/action-filter.ts';
import {
  ACTION_KINDS,
  ACTION_NONE,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../model/request-table.ts';
import type { ReferenceCount, ReferenceCounts } from '../model/reference-counts.ts';
import { FLAG_NO_CLIENT, NO_WORD } from '../model/segment.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { ExportRequest, SummaryLevel } from '../model/view.ts';
import { csvCell, type RowSource } from './csv.ts';
import { countAddresses } from './distinct-addresses.ts';
import { splitWord } from './name-parts.ts';
import { columnsIn, imageReference, type Style } from './style.ts';
import { compareKeys, tellsImages, type SummaryRow, withTables } from './summary-rows.ts';

const KEYS: Record<SummaryLevel, string[]> = {
  reference: ['namespace', 'repository', 'reference'],
  repository: ['namespace', 'repository'],
  namespace: ['namespace'],
};
const COUNTS = ['unique_ip_addresses', 'pulls_by_tag', 'pulls_by_digest', 'version_checks'];
/** The same as places in a row's counts. */
const COLUMNS = [0, ACTION_PULL_BY_TAG, ACTION_PULL_BY_DIGEST, ACTION_VERSION_CHECK];

const EMPTY = csvCell('');

type SummaryWish = Pick<ExportRequest, 'level' | 'span' | 'filter'>;

export function openSummary(
  traffic: Traffic,
  request: SummaryWish,
  style: Style,
  ofTables: ReferenceCounts,
): RowSource {
  const rows = summaryRows(traffic, request, ofTables.counts);
  return { ...rowsAsSource(rows, request.level, style), left: ofTables.left };
}

/** Rows that were counted before. */
export function rowsAsSource(rows: readonly SummaryRow[], level: SummaryLevel, style: Style): RowSource {
  const hasReference = level === 'reference';
  return {
    columns: columnsIn(style, [...KEYS[level], ...COUNTS], hasReference),
    rows: rows.length,
    left: 0,
    *write(writer) {
      for (const row of rows) {
        const { keys, counts } = row;
        for (const key of keys) writer.cell(csvCell(key, style));
        for (const column of COLUMNS) {
          if (Number.isNaN(counts[column])) writer.cell(EMPTY);
          else writer.number(counts[column]!);
        }
        if (hasReference && style.isForSpreadsheet) {
          const name = keys[0] === '' ? keys[1]! : `${keys[0]}/${keys[1]}`;
          writer.cell(tellsImages(row) ? csvCell(imageReference(name, keys[2]!), style) : EMPTY);
        }
        writer.endRow();
        if (writer.isFull) yield;
      }
    },
  };
}

/** By namespace, repository and reference (code point order). */
export function summaryRows(
  traffic: Traffic,
  { level, span, filter }: SummaryWish,
  ofTables: readonly ReferenceCount[],
): SummaryRow[] {
  const [from, to] = rangeOfSpan(traffic, span);
  const hiding = actionFilter(traffic, filter);
  const groups = new Groups(traffic, level);
  const groupOf = new Uint32Array(Math.max(0, to - from)).fill(NO_WORD);
  for (let i = from; i < to; i++) {
    const row = traffic.order[i]!;
    const page = traffic.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const action = page.action[at]!;
    if (action === ACTION_NONE || (hiding && hiding.hides(page, at, row) !== 0)) continue;
    const group = groups.of(traffic.nameOf[page.repository[at]!]!, page.reference[at]!);
    groups.counts[group * ACTION_KINDS + action]!++;
    if (!(page.flags[at]! & FLAG_NO_CLIENT)) groupOf[i - from] = group;
  }
  const addresses = countAddresses(traffic, from, groupOf, groups.size);
  for (let group = 0; group < groups.size; group++) groups.counts[group * ACTION_KINDS] = addresses[group]!;
  const rows = groups.rows();
  return ofTables.length > 0 ? withTables(rows, ofTables, level) : rows;
}

/** The rows of a summary: each group's keys, and its counts (addresses, then actions by ACTION_*). */
class Groups {
  counts = new Uint32Array(256 * ACTION_KINDS);
  /** Groups by eight bytes: numbers of the name (or namespace) and of the reference. */
  private readonly keys = new WordTable();
  private readonly key = new Uint32Array(2);
  private readonly keyBytes = new Uint8Array(this.key.buffer);
  private readonly namespaces = new WordTable();
  private readonly namespaceOf: number[] = [];

  constructor(
    private readonly traffic: Traffic,
    private readonly level: SummaryLevel,
  ) {}

  get size(): number {
    return this.keys.size;
  }

  of(name: number, reference: number): number {
    this.key[0] = this.level === 'namespace' ? this.namespaceNumber(name) : name;
    this.key[1] = this.level === 'reference' ? reference : 0;
    const group = this.keys.intern(this.keyBytes, 0, 8);
    if (group * ACTION_KINDS === this.counts.length) {
      const grown = new Uint32Array(this.counts.length * 2);
      grown.set(this.counts);
      this.counts = grown;
    }
    return group;
  }

  /** All groups, by code points. */
  rows(): SummaryRow[] {
    const rows = Array.from({ length: this.keys.size }, (_, group): SummaryRow => {
      const bytes = this.keys.bytesOf(group).slice();
      const [first, second] = new Uint32Array(bytes.buffer) as unknown as [number, number];
      return {
        keys: this.keysOf(first, second),
        counts: [...this.counts.subarray(group * ACTION_KINDS, (group + 1) * ACTION_KINDS)],
      };
    });
    return rows.sort(compareKeys);
  }

  private keysOf(first: number, second: number): string[] {
    if (this.level === 'namespace') return [this.namespaces.textOf(first)];
    const parts = splitWord(this.traffic.names.textOf(first));
    return this.level === 'repository' ? parts : [...parts, this.traffic.references.textOf(second)];
  }

  private namespaceNumber(name: number): number {
    return (this.namespaceOf[name] ??= this.namespaces.internText(
      splitWord(this.traffic.names.textOf(name))[0],
    ));
  }
}
