import { NO_FILTER } from '../../src/model/filter.ts';
import { momentsOf } from '../../src/model/moments.ts';
import type { WhyFigure } from '../../src/model/why.ts';
import type { Analysis } from '../../src/pipeline/analysis.ts';

/** Numbers that are given as words come: an analysis that read files has others than one that they were kept for. */
const NUMBERED = new Set(['index', 'source', 'repository']);
const WHY: WhyFigure[] = ['pullsByTag', 'pullsByDigest', 'versionChecks', 'downloads'];

/** All that the page and its exports can show, less what only bytes tell. */
export async function allShown(analysis: Analysis) {
  // Whether there are requests for images only those tell that may not count, and are not kept.
  const { files, fileRequests: _, ...report } = analysis.report();
  const days = report.days;
  const span = days ?? { first: 0, last: 0 };
  const exports = await Promise.all(
    (['raw', 'summary', 'daily'] as const).map(async (kind) => {
      if (!days) return '';
      const request = {
        kind,
        level: 'reference' as const,
        span,
        spanKind: 'all' as const,
        filter: NO_FILTER,
      };
      return analysis.export(request).blob.text();
    }),
  );
  const shown = {
    report,
    files: files.map(({ unreadable, ...file }) => ({
      ...file,
      unreadable: unreadable.map(({ line }) => line),
    })),
    view: days && analysis.view(span),
    breakdowns: days && analysis.breakdowns(span),
    noise: days && analysis.noise(span),
    sources: analysis.sources(span, true),
    exports,
  };
  return withoutNumbers(shown);
}

/** The pages of repositories, and why numbers are what they are. */
export function pagesShown(analysis: Analysis) {
  const span = analysis.report().days;
  if (!span) return null;
  const { names } = analysis.traffic();
  const pages = Array.from({ length: names.size }, (_, index) => {
    const page = analysis.repositoryPage(index, span);
    // Digests that are asked for as often, and tags of one moment, stand in the order of their numbers.
    const digests = page.digests.map((each) => ({ ...each, tags: sortedBy(each.tags, ({ tag }) => tag) }));
    return { ...page, digests: sortedBy(digests, ({ digest }) => digest) };
  });
  const scope = { ...momentsOf(span), filter: NO_FILTER, repository: null, reference: null, source: null };
  return withoutNumbers({
    // Of a repository whose requests do not count only those who read its lines have heard.
    pages: pages
      .filter(({ referenceCount }) => referenceCount > 0)
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    why: WHY.map((figure) => analysis.why({ ...scope, figure })),
    foldable: analysis.foldable(),
  });
}

const sortedBy = <T>(rows: readonly T[], text: (row: T) => string): T[] =>
  [...rows].sort((a, b) => (text(a) < text(b) ? -1 : 1));

function withoutNumbers<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(withoutNumbers) as T;
  if (value instanceof Map || value instanceof Set) return value;
  const entries = Object.entries(value).filter(([name]) => !NUMBERED.has(name));
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutNumbers(each as unknown)])) as T;
}
