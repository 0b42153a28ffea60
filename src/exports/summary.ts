/**
 * Summary: counts by namespace, repository and reference, or by the first one or two of these. In: Traffic. Out: CSV.
 * Distinct addresses are counted anew at each level, exactly: never a sum of rows.
 * Limits: the columns are those of images; rows of models, datasets and spaces tell their distinct addresses alone.
 */
import { PairSet } from '../lib/pair-set.ts';
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
import { FLAG_NO_CLIENT } from '../model/segment.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { ExportRequest, SummaryLevel } from '../model/view.ts';
import { csvCell, CsvWriter } from './csv.ts';
import { compareCodePoints, splitWord } from './name-parts.ts';

const KEYS: Record<SummaryLevel, string> = {
  reference: 'namespace,repository,reference',
  repository: 'namespace,repository',
  namespace: 'namespace',
};
const COUNTS = 'unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks';

export function writeSummary(traffic: Traffic, { level, span, filter }: ExportRequest): CsvWriter {
  const [from, to] = rangeOfSpan(traffic, span);
  const hiding = actionFilter(traffic, filter);
  const groups = new Groups(traffic, level);
  const addresses = new PairSet();
  for (let i = from; i < to; i++) {
    const row = traffic.order[i]!;
    const page = traffic.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const action = page.action[at]!;
    if (action === ACTION_NONE || (hiding && hiding.hides(page, at, row) !== 0)) continue;
    const group = groups.of(traffic.nameOf[page.repository[at]!]!, page.reference[at]!);
    groups.counts[group * ACTION_KINDS + action]!++;
    const isAddress = !(page.flags[at]! & FLAG_NO_CLIENT);
    if (isAddress && addresses.add(group, page.client[at]!)) groups.counts[group * ACTION_KINDS]!++;
  }
  const writer = new CsvWriter(`${KEYS[level]},${COUNTS}`);
  for (const { group, keys } of groups.sorted()) {
    for (const key of keys) writer.cell(csvCell(key));
    writer.number(groups.counts[group * ACTION_KINDS]!);
    writer.number(groups.counts[group * ACTION_KINDS + ACTION_PULL_BY_TAG]!);
    writer.number(groups.counts[group * ACTION_KINDS + ACTION_PULL_BY_DIGEST]!);
    writer.number(groups.counts[group * ACTION_KINDS + ACTION_VERSION_CHECK]!);
    writer.endRow();
  }
  return writer;
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

  /** All groups with their keys, by code points. */
  sorted(): { group: number; keys: string[] }[] {
    const groups = Array.from({ length: this.keys.size }, (_, group) => {
      const bytes = this.keys.bytesOf(group).slice();
      const [first, second] = new Uint32Array(bytes.buffer) as unknown as [number, number];
      return { group, keys: this.keysOf(first, second) };
    });
    return groups.sort((a, b) => {
      for (let i = 0; i < a.keys.length; i++) {
        const difference = compareCodePoints(a.keys[i]!, b.keys[i]!);
        if (difference !== 0) return difference;
      }
      return 0;
    });
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
