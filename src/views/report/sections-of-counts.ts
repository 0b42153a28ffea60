/** Parts of a report about what was counted: figures, chart, repositories, tags. In: content. Out: markup. */
import { REPO_TYPES } from '../../model/action-rows.ts';
import type { SourcesView } from '../../model/sources-view.ts';
import type { ReferenceRow, RepositoryDetail } from '../../model/view.ts';
import { type Bucket, bucketDays, bucketHours, kindsOf } from '../charts/buckets.ts';
import { format } from '../format.ts';
import { groupFigures } from '../sources/group-figures.ts';
import { REPOSITORY_TYPES } from '../text/hubs.ts';
import { count } from '../text/count.ts';
import { text } from '../text.ts';
import { chartSvg } from './chart-svg.ts';
import { escapeHtml, type Html, strange, tableHtml } from './html.ts';
import type { Included, ReportContent } from './content.ts';

const n = (value: number) => escapeHtml(format.integer(value));
const MOST_REPOSITORIES = 1000;
const FIGURES = ['pulls', 'pullsByTag', 'pullsByDigest', 'versionChecks', 'uniqueAddresses'] as const;
const HUB_FIGURES = ['models', 'datasets', 'spaces'] as const;
/** Digests, and what else names content by its digest: tags of signatures, commits. */
const DIGEST = /[0-9a-f]{32}/i;

export function figurePart({
  view: { figures, series, signatureLookUps },
  rules,
  report,
}: ReportContent): Html {
  const box = (label: string, value: number, note: string) =>
    `<div><dt>${escapeHtml(label)}</dt><dd><data value="${value}">${n(value)}</data><span class="soft">${escapeHtml(note)}</span></dd></div>`;
  const words = text.figures;
  const boxes = FIGURES.map((name) => box(words.labels[name], figures[name], words.notes[name]));
  const hubs = text.hubs.figures;
  if (series.downloads.some((each) => each > 0) || report.total.otherFiles > 0)
    boxes.push(...HUB_FIGURES.map((name) => box(hubs.labels[name], figures[name], hubs.notes[name])));
  const aside = rules.countSignatures ? words.setAsideCounted : words.setAside;
  const note = signatureLookUps > 0 ? `<p class="soft">${escapeHtml(aside(signatureLookUps))}</p>` : '';
  return `<dl class="figures">${boxes.join('')}</dl>${note}`;
}

/** What tables tell, which is never added to what logs tell. */
export function tablesPart(tables: SourcesView, included: Included): Html {
  const words = text.sources;
  const hasLogs = tables.sources.some(({ name }) => name === '');
  const from = (sources: readonly number[]) =>
    included.fileNames
      ? sources.map((source) => tables.sources[source]!.name || words.source('', '')).join(', ')
      : count(sources.length, 'source');
  const rows = groupFigures(tables.figures).flatMap(({ meaning, columns }) =>
    columns
      .flat()
      .map((figure) => [
        escapeHtml(words.group(meaning)),
        escapeHtml(words.label(figure, hasLogs)),
        escapeHtml(words.total(figure.total)),
        strange(words.note(figure, from(figure.sources))),
      ]),
  );
  const columns = [
    { title: text.report.meaning },
    { title: text.report.figure },
    { title: text.report.total, isNumber: true },
    { title: text.report.about },
  ];
  return `<h2>${escapeHtml(text.report.sources)}</h2><p class="soft">${escapeHtml(words.notAdded)}</p><div class="wide">${tableHtml(text.report.sources, columns, rows)}</div>`;
}

export function bucketsOf({ view, grain, report, weekStart }: ReportContent): Bucket[] {
  const { zone } = view.span;
  const clock = { dataEnd: report.lastTime, weekStart, ...(zone !== undefined && { zone }) };
  if (grain === 'hour' && view.hours) return bucketHours(view.hours, clock);
  return bucketDays(view.series, grain === 'hour' ? 'day' : grain, clock);
}

export function chartPart(buckets: readonly Bucket[], { grain: asked, view }: ReportContent): Html {
  const words = text.chart;
  const grain = asked === 'hour' && !view.hours ? 'day' : asked;
  const kinds = kindsOf(buckets);
  const summary = words.summary(buckets, grain);
  const keys = kinds.map(
    (kind) => `<span><i class="key ${kind}"></i>${escapeHtml(words.kinds[kind])}</span>`,
  );
  const columns = [
    { title: words.columnBucket(grain, view.span.zone) },
    ...kinds.map((kind) => ({ title: words.kinds[kind], isNumber: true })),
    { title: words.columnCovered },
  ];
  const rows = buckets.map((bucket) => [
    escapeHtml(words.name(bucket, grain)),
    ...kinds.map((kind) => n(bucket[kind])),
    escapeHtml(words.covered(bucket.covered) || words.coveredWhole),
  ]);
  return `<h2>${escapeHtml(words.title(grain))}</h2><p>${escapeHtml(summary)}</p><p class="keys">${keys.join('')}</p>
${chartSvg(buckets, kinds, grain, summary)}
<div class="wide">${tableHtml(words.table(grain), columns, rows)}</div>`;
}

/** What the person wrote to days. */
export function notePart({ notes }: ReportContent): Html {
  if (notes.length === 0) return '';
  const rows = notes.map(
    ({ day, text: note }) => `<li>${escapeHtml(format.day(day))}: ${strange(note)}</li>`,
  );
  return `<h3>${escapeHtml(text.notes.list)}</h3><ul>${rows.join('')}</ul>`;
}

export function repositoryPart({ view: { repositories: all } }: ReportContent): Html {
  const words = text.repositories;
  if (all.length === 0)
    return `<h2>${escapeHtml(words.title)}</h2><p>${escapeHtml(text.report.noRepository)}</p>`;
  const counts = (row: number) => all.pullsByTag[row]! + all.pullsByDigest[row]! + all.downloads[row]!;
  const rows = Array.from({ length: all.length }, (_, row) => row).sort(
    (a, b) => counts(b) - counts(a) || all.versionChecks[b]! - all.versionChecks[a]! || a - b,
  );
  const shown = rows.slice(0, MOST_REPOSITORIES);
  const { columns } = words;
  const table = tableHtml(
    words.title,
    [
      { title: columns.name },
      { title: columns.type },
      ...[
        columns.pulls,
        columns.pullsByTag,
        columns.pullsByDigest,
        columns.versionChecks,
        columns.uniqueAddresses,
      ].map((title) => ({ title, isNumber: true })),
      { title: columns.lastPull },
    ],
    shown.map((row) => [
      strange(all.names[row]! || words.unnamed),
      escapeHtml(REPOSITORY_TYPES[REPO_TYPES[all.types[row]!]!]),
      n(counts(row)),
      n(all.pullsByTag[row]!),
      n(all.pullsByDigest[row]!),
      n(all.versionChecks[row]!),
      n(all.uniqueAddresses[row]!),
      escapeHtml(Number.isNaN(all.lastPull[row]!) ? words.never : format.moment(all.lastPull[row]!)),
    ]),
  );
  const more =
    rows.length > shown.length
      ? `<p class="soft">${escapeHtml(text.report.firstRows(shown.length, rows.length))}</p>`
      : '';
  return `<h2>${escapeHtml(words.title)}</h2><p class="soft">${escapeHtml(text.report.unique)}</p><div class="wide">${table}</div>${more}`;
}

export function tagPart({ details }: ReportContent, included: Included): Html {
  const parts = details.map((detail) => tagTable(detail, included)).filter(Boolean);
  return parts.length > 0
    ? `<h2>${escapeHtml(text.report.tags(parts.length))}</h2>\n${parts.join('\n')}`
    : '';
}

function tagTable({ name, references, referenceCount }: RepositoryDetail, { digests }: Included): Html {
  const words = text.detail;
  const isShown = ({ reference, isDigest }: ReferenceRow) => digests || !(isDigest || DIGEST.test(reference));
  const shown = references.filter(isShown);
  const left = references.length - shown.length;
  if (references.length === 0) return '';
  const { columns } = text.repositories;
  const table = tableHtml(
    text.report.references(digests),
    [
      { title: digests ? words.reference : text.report.tag },
      ...[columns.pulls, columns.versionChecks, columns.uniqueAddresses].map((title) => ({
        title,
        isNumber: true,
      })),
      { title: words.lastSeen },
    ],
    shown.map((row) => [
      strange(row.reference),
      n(row.pullsByTag + row.pullsByDigest + row.downloads),
      n(row.versionChecks),
      n(row.uniqueAddresses),
      escapeHtml(format.moment(row.lastSeen)),
    ]),
  );
  const notes = [
    ...(left > 0 ? [text.report.digestsLeft(left)] : []),
    ...(referenceCount > references.length ? [words.more(references.length, referenceCount)] : []),
  ].map((note) => `<p class="soft">${escapeHtml(note)}</p>`);
  return `<h3>${strange(name)}</h3>${shown.length > 0 ? `<div class="wide">${table}</div>` : ''}${notes.join('')}`;
}
