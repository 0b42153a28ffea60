/**
 * The answers that say what there is: namespaces, years, months, weeks, and pulls by month. In: what was written. Out:
 * entries, when all else is written. Names of the fields are the API's.
 */
import { ACTION_PULL_BY_DIGEST, ACTION_PULL_BY_TAG } from '../../model/request-table.ts';
import { type SummaryRow, tellsImages } from '../summary-rows.ts';
import type { ZipEntry } from '../zip.ts';
import { folderAnswer, pathOf } from './answers.ts';

interface Pull {
  start: string;
  end: string;
  repo: string;
  namespace: string;
  pullCount: number;
  /** Not known where tables are part of it. */
  ipCount?: number;
}

interface Year {
  months: number[];
  weeks: number[];
}

interface Namespace {
  years: Map<number, Year>;
  /** By repository. */
  pulls: Map<string, Pull[]>;
}

export class Catalogue {
  /** Names that cannot be part of an address. */
  readonly leftOut = new Set<string>();
  private readonly namespaces = new Map<string, Namespace>();

  addPeriod(segment: string, year: number, kind: keyof Year, number: number): void {
    const { years } = this.of(segment);
    const known = years.get(year) ?? { months: [], weeks: [] };
    known[kind].push(number);
    years.set(year, known);
  }

  /** What a month came to, by repository. */
  addPulls(segment: string, start: string, end: string, rows: readonly SummaryRow[]): void {
    const { pulls } = this.of(segment);
    for (const { keys, counts } of rows.filter(tellsImages)) {
      const repo = keys[1]!;
      const ipCount = counts[0]!;
      const pullCount = counts[ACTION_PULL_BY_TAG]! + counts[ACTION_PULL_BY_DIGEST]!;
      const list = pulls.get(repo) ?? [];
      const pull = { start, end, repo, namespace: segment, pullCount };
      list.push(Number.isNaN(ipCount) ? pull : { ...pull, ipCount });
      pulls.set(repo, list);
    }
  }

  *entries(): Generator<ZipEntry> {
    const names = [...this.namespaces.keys()].sort();
    const metadata = names.map((namespace) => ({
      namespace,
      extraRepos: [],
      datasets: [
        {
          name: 'pulls',
          views: ['raw', 'summary', 'repo-summary', 'namespace-summary'],
          timespans: ['months', 'weeks'],
        },
      ],
    }));
    yield* folderAnswer('', { namespaces: names });
    yield* folderAnswer('namespaces', metadata);
    /** As pairs: a repository may be called like something that every object has. */
    const all: [string, { pulls: Pull[] }][] = [];
    for (const [i, segment] of names.entries()) {
      const { years, pulls } = this.of(segment);
      const base = `namespaces/${segment}`;
      yield* folderAnswer(base, metadata[i]);
      yield* folderAnswer(`${base}/pulls`, { pulls: [...pulls.values()].flat().sort(byStart) });
      for (const [repo, list] of pulls) {
        all.push([segment === '_' ? repo : `${segment}/${repo}`, { pulls: list }]);
        if (pathOf(repo) === null) this.leftOut.add(`${segment}/${repo}`);
        else yield* folderAnswer(`${base}/repos/${repo}/pulls`, { pulls: list });
      }
      const exports = `${base}/pulls/exports/years`;
      const known = [...years].sort(([a], [b]) => a - b);
      yield* folderAnswer(exports, { years: known.map(([year]) => ({ year })) });
      for (const [year, { months, weeks }] of known) {
        yield* folderAnswer(`${exports}/${year}/months`, { months: months.map((month) => ({ month })) });
        yield* folderAnswer(`${exports}/${year}/weeks`, { weeks: weeks.map((week) => ({ week })) });
      }
    }
    yield* folderAnswer('repos/pulls', { repos: Object.fromEntries(all) });
  }

  private of(segment: string): Namespace {
    const known = this.namespaces.get(segment) ?? { years: new Map(), pulls: new Map() };
    this.namespaces.set(segment, known);
    return known;
  }
}

const byStart = (a: Pull, b: Pull) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0);
