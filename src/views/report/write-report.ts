/**
 * What is shown, as one HTML file that anybody can open. In: the counts of the page, and what personal data goes in.
 * Out: a page without script, whose own policy allows it nothing but its styles. Limits: 1,000 repositories, the tags of
 * those that the caller asked for, 15 values of each breakdown.
 */
import { isFiltered } from '../../model/filter.ts';
import { format } from '../format.ts';
import { text } from '../text.ts';
import type { Included, ReportContent } from './content.ts';
import { escapeHtml, type Html } from './html.ts';
import { REPORT_STYLE } from './report-style.ts';
import { breakdownTables, countingPart, filePart, linePart } from './sections-of-data.ts';
import {
  bucketsOf,
  chartPart,
  figurePart,
  notePart,
  repositoryPart,
  tablesPart,
  tagPart,
} from './sections-of-counts.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

export function writeReport(content: ReportContent, included: Included): Html {
  const words = text.report;
  const { view } = content;
  const buckets = bucketsOf(content);
  const title = words.documentTitle(format.span(view.span));
  const parts = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(text.range.shown(view.span))}. ${escapeHtml(words.made(format.moment(content.madeAt)))}${content.isSample ? ` <strong>${escapeHtml(text.header.sample)}</strong>` : ''}</p>`,
    `<p class="soft">${escapeHtml(words.coverage(view.series.covered))}</p>`,
    filterPart(content, included),
    figurePart(content),
    ...(content.tables ? [tablesPart(content.tables, included)] : []),
    chartPart(buckets, content),
    ...(included.notes ? [notePart(content)] : []),
    breakdownTables(content, included),
    repositoryPart(content),
    tagPart(content, included),
    countingPart(content.rules),
    linePart(content.report),
    filePart(content.report, included),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
${parts.filter(Boolean).join('\n')}
<p class="soft">${escapeHtml(words.leftOut(included))}</p>
</body>
</html>
`;
}

function filterPart({ filter, breakdowns }: ReportContent, included: Included): Html {
  if (!isFiltered(filter)) return '';
  const hidden = breakdowns
    ? ` ${escapeHtml(text.filters.hides(breakdowns.hidden, breakdowns.pulls + breakdowns.downloads + breakdowns.versionChecks + breakdowns.hidden))}`
    : '';
  const chips = text.report.filters(filter, included).map((chip) => `<li>${escapeHtml(chip)}</li>`);
  return `<h2>${escapeHtml(text.filters.title)}</h2><ul>${chips.join('')}</ul><p>${hidden}</p>`;
}
