/**
 * What the resolver did, in words. In: its decisions, one by one. Out: problems, one for each reason and kinds of sources,
 * however many weeks there are, with how many repositories and which days it is about. Limits: decisions are counted, not
 * listed.
 */
import { isoDay } from '../../lib/calendar.ts';
import { LEVEL_NAMESPACE, LEVEL_REPOSITORY } from '../../model/count-rows.ts';
import { sayMeaning } from '../../model/meaning.ts';
import type { Problem } from '../../model/problem.ts';
import { type CountSource, LOGS } from '../../model/resolved-counts.ts';
import type { Day } from '../../model/units.ts';
import type { Cell, Series } from './cells.ts';
import type { Chosen } from './choose.ts';
import type { Settled } from './overlaps.ts';

type Reason = 'once' | 'parts' | 'restated' | 'crossing' | 'tooSmall' | 'level';

interface Finding {
  reason: Reason;
  /** Sources that were set aside or added, and those that count (none: not one alone). */
  sources: Set<number>;
  by: Set<number>;
  repositories: Set<string>;
  first: Day;
  last: Day;
  differing: number;
}

/** Files that a sentence can name. */
const MOST_NAMED = 3;

export class Findings {
  private readonly found = new Map<string, Finding>();
  private readonly notes: Problem[] = [];
  /** Meaning and measure of repositories seen, with their namespaces and the sources that tell them. */
  private readonly finer = new Set<string>();

  constructor(private readonly sources: readonly CountSource[]) {}

  chose(series: Series, { cell, aside, parts }: Chosen): void {
    for (const { source, differs } of aside) {
      const finding = this.note('once', series, cell, source, cell.sources[0]!);
      if (differs) finding.differing++;
    }
    for (const source of parts) this.note('parts', series, cell, source, cell.sources[0]!);
  }

  settled(series: Series, { restated, crossing, tooSmall }: Settled): void {
    // That nothing is nothing needs no telling.
    for (const cell of restated.filter(({ count }) => count > 0))
      this.note('restated', series, cell, cell.sources[0]!, -1);
    for (const cell of crossing) this.note('crossing', series, cell, cell.sources[0]!, -1);
    for (const cell of tooSmall) this.note('tooSmall', series, cell, cell.sources[0]!, -1);
  }

  /** A series counts: what is coarser restates it. */
  saw(series: Series): void {
    const { meaning, measure, repository, rows, level } = series;
    const namespace = repository.includes('/') ? repository.slice(0, repository.indexOf('/')) : '';
    if (level === LEVEL_REPOSITORY) this.finer.add(JSON.stringify([meaning, measure, namespace]));
    for (const source of rows.keys()) this.finer.add(JSON.stringify([meaning, measure, source]));
  }

  /** Whether a namespace or publisher is told by finer series: one in the namespace, or one of the same source. */
  isRestated({ meaning, measure, repository, rows, level }: Series): boolean {
    const inNamespace = this.finer.has(JSON.stringify([meaning, measure, repository]));
    const bySource = [...rows.keys()].some((source) =>
      this.finer.has(JSON.stringify([meaning, measure, source])),
    );
    // A publisher's name is no namespace.
    return level === LEVEL_NAMESPACE ? inNamespace : bySource;
  }

  restatedLevel(series: Series): void {
    for (const source of series.rows.keys()) {
      this.note('level', series, { first: NaN, last: NaN }, source, -1);
    }
  }

  /** Tells which meanings stand side by side. */
  meanings(all: readonly Series[]): void {
    const meanings = [...new Set(all.filter(({ kind }) => kind === 'added').map(({ meaning }) => meaning))];
    if (meanings.length < 2) return;
    this.notes.push({
      severity: 'note',
      ...{ file: '', line: 0, remedy: '' },
      reason: `Figures of different meaning are not added: ${[...new Set(meanings.map(sayMeaning))].join('; ')}.`,
    });
  }

  problems(): Problem[] {
    return [...this.byKind().map((finding) => this.problemOf(finding)), ...this.notes];
  }

  /** Those of one reason between sources of the same kinds together; where figures differ, by themselves. */
  private byKind(): Finding[] {
    const kinds = new Map<string, Finding>();
    for (const finding of this.found.values()) {
      const { reason, sources, by, differing } = finding;
      const formats = [...sources, ...by].map((source) => this.sources[source]!.format);
      const key = [reason, differing > 0, ...formats].join(' ');
      const held = kinds.get(key);
      if (!held) {
        kinds.set(key, finding);
        continue;
      }
      for (const set of ['sources', 'by'] as const) for (const each of finding[set]) held[set].add(each);
      for (const repository of finding.repositories) held.repositories.add(repository);
      held.first = Math.min(held.first, finding.first);
      held.last = Math.max(held.last, finding.last);
      held.differing += differing;
    }
    return [...kinds.values()];
  }

  private note(
    reason: Reason,
    series: Series,
    { first, last }: Pick<Cell, 'first' | 'last'>,
    source: number,
    by: number,
  ): Finding {
    const key = `${reason} ${source} ${by}`;
    let finding = this.found.get(key);
    if (!finding) {
      const of = { sources: new Set([source]), by: new Set(by < 0 ? [] : [by]) };
      const empty = { repositories: new Set<string>(), first, last, differing: 0 };
      this.found.set(key, (finding = { reason, ...of, ...empty }));
    }
    finding.repositories.add(series.repository);
    finding.first = Math.min(finding.first, first);
    finding.last = Math.max(finding.last, last);
    return finding;
  }

  private problemOf(finding: Finding): Problem {
    const { sources, by, repositories, first, last } = finding;
    const [example] = [...repositories].sort();
    const more = repositories.size > 1 ? ` and ${repositories.size - 1} more` : '';
    const days = Number.isNaN(first) ? '' : ` (${isoDay(first)} to ${isoDay(last)})`;
    const { severity, reason, remedy } = sayFinding(finding, this.namesOf(by));
    const file = this.namesOf(sources);
    return { file, line: 0, severity, reason: `${example}${more}${days}: ${reason}`, remedy };
  }

  private namesOf(sources: ReadonlySet<number>): string {
    const names = [...sources].sort((a, b) => a - b).map((source) => this.nameOf(source));
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
    return names.slice(0, MOST_NAMED).join(', ') + more;
  }

  private nameOf(source: number): string {
    const { name, format } = this.sources[source]!;
    return format === LOGS && name === '' ? 'the logs' : name;
  }
}

/** What is said of its repositories and days. others: the sources that count. */
function sayFinding(
  { reason, sources, by, differing }: Finding,
  others: string,
): Omit<Problem, 'file' | 'line'> {
  const isPair = sources.size === 1 && by.size <= 1;
  const compare = `Compare ${isPair ? 'the two' : 'two of them'} side by side.`;
  switch (reason) {
    case 'once':
      return {
        severity: differing > 0 ? 'warning' : 'note',
        reason:
          `counted once, from ${others}, where the same days are.` +
          (differing > 0 ? ` ${differing} of the figures differ.` : ''),
        remedy: differing > 0 ? compare : '',
      };
    case 'parts':
      return {
        severity: 'note',
        reason: `${others} ${by.size === 1 ? 'holds' : 'hold'} other rows of the same days, so ${isPair ? 'the two' : 'all'} are added as parts of one export.`,
        remedy: 'If they are not parts of one export, drop one of them only.',
      };
    case 'restated':
      return {
        severity: 'note',
        reason: 'finer figures of the same days are there, so these count no more.',
        remedy: '',
      };
    case 'crossing':
      return {
        severity: 'warning',
        reason: 'these periods cross the border of another one and cannot be divided, so they are set aside.',
        remedy: 'Add the files of the neighbouring weeks or months.',
      };
    case 'tooSmall':
      return {
        severity: 'warning',
        reason: 'the finer figures inside come to more, so these add nothing.',
        remedy: compare,
      };
    case 'level':
      return {
        severity: 'note',
        reason: 'the rows sum up rows of a finer level, so they are not added.',
        remedy: '',
      };
  }
}
