/** Parts of a report about who is behind the counts, how they were made, and of what data. In: content. Out: markup. */
import type { CountingRules } from '../../model/counting-rules.ts';
import { BREAKDOWN_FACETS, type Breakdown, type ReadReport } from '../../model/view.ts';
import { fatesOf, linesOf, missingLines } from '../dashboard/line-account.ts';
import { format } from '../format.ts';
import { text } from '../text.ts';
import { escapeHtml, type Html, strange, tableHtml } from './html.ts';
import type { Included, ReportContent } from './content.ts';

const n = (value: number) => escapeHtml(format.integer(value));
const MOST_VALUES = 15;

export function breakdownTables({ breakdowns }: ReportContent, included: Included): Html {
  if (!breakdowns) return '';
  const words = text.breakdowns;
  const tables = BREAKDOWN_FACETS.filter((facet) => facet !== 'ownNetwork' || included.networks).map(
    (facet) => {
      const { values } = breakdowns.by[facet];
      // Nothing is known: there is no table to show.
      return values.every(({ value }) => value === '')
        ? ''
        : valueTable(
            words.titles[facet],
            breakdowns.by[facet],
            (value) => words.value(facet, value),
            words.notes[facet],
          );
    },
  );
  const agents =
    included.agents && breakdowns.unknownAgents.values.length > 0
      ? valueTable(words.unknownAgents, breakdowns.unknownAgents, (value) => value || words.noAgent)
      : '';
  return `<h2>${escapeHtml(words.title)}</h2><p class="soft">${escapeHtml(text.report.who)}</p><div class="pair">${tables.join('')}</div>${agents}`;
}

function valueTable(
  title: string,
  { values, valueCount }: Breakdown,
  label: (value: string) => string,
  note = '',
): Html {
  const words = text.breakdowns;
  const counted = values.filter(
    ({ pulls, downloads, versionChecks }) => pulls + downloads + versionChecks > 0,
  );
  const shown = counted.slice(0, MOST_VALUES);
  const hasDownloads = values.some(({ downloads }) => downloads > 0);
  const table = tableHtml(
    title,
    [
      { title: text.report.value },
      { title: words.columns.pulls, isNumber: true },
      ...(hasDownloads ? [{ title: words.columns.downloads, isNumber: true }] : []),
      { title: words.columns.versionChecks, isNumber: true },
    ],
    shown.map(({ value, pulls, downloads, versionChecks }) => [
      strange(label(value)),
      n(pulls),
      ...(hasDownloads ? [n(downloads)] : []),
      n(versionChecks),
    ]),
  );
  const isCut = counted.length > shown.length || valueCount > values.length;
  const notes = [
    note,
    isCut ? text.report.firstRows(shown.length, Math.max(counted.length, valueCount)) : '',
  ];
  return `<div class="named">${table}${notes
    .filter(Boolean)
    .map((each) => `<p class="soft">${escapeHtml(each)}</p>`)
    .join('')}</div>`;
}

export function countingPart(rules: CountingRules): Html {
  const words = text.rules;
  const onOff = (is: boolean) => escapeHtml(is ? text.report.on : text.report.off);
  const rows: Html[][] = [
    [escapeHtml(words.window), n(rules.window / 1000), escapeHtml(words.windowNote)],
    [escapeHtml(words.foldFurther), onOff(rules.foldFurther), escapeHtml(words.foldFurtherNote)],
    [escapeHtml(words.separateByAgent), onOff(rules.separateByAgent), escapeHtml(words.separateByAgentNote)],
    [
      escapeHtml(words.countSignatures),
      onOff(rules.countSignatures),
      escapeHtml(words.countSignaturesNote(null)),
    ],
    [
      escapeHtml(words.countInnerHops),
      onOff(rules.countInnerHops),
      escapeHtml(words.countInnerHopsNote(null)),
    ],
    [
      escapeHtml(text.hubs.rules.countHubHeads),
      onOff(rules.countHubHeads),
      escapeHtml(text.hubs.rules.countHubHeadsNote),
    ],
    ...rules.countedFiles.map(([name, query]) => [
      strange(name),
      strange(query),
      escapeHtml(text.report.ownQuery),
    ]),
  ];
  const columns = [{ title: text.report.rule }, { title: text.report.setting }, { title: text.report.about }];
  return `<h2>${escapeHtml(words.title)}</h2><p>${escapeHtml(text.report.chains)}</p>${tableHtml(words.title, columns, rows)}`;
}

export function linePart({ total }: ReadReport): Html {
  if (total.read === 0) return '';
  const words = text.lines;
  const rows = fatesOf(total).map((fate) => [
    escapeHtml(words.labels[fate]),
    n(linesOf(total, fate)),
    escapeHtml(words.meanings[fate]),
  ]);
  const columns = [{ title: words.fate }, { title: words.count, isNumber: true }, { title: words.meaning }];
  return `<h2>${escapeHtml(words.title)}</h2><p>${escapeHtml(words.summary(total.read, total.unreadable))}.</p>${tableHtml(words.title, columns, rows)}<p class="soft">${escapeHtml(words.sum(missingLines(total)))}</p>`;
}

export function filePart({ files }: ReadReport, { fileNames }: Included): Html {
  const words = text.lines;
  const columns = [
    { title: words.file },
    { title: words.state },
    { title: words.format },
    { title: words.size, isNumber: true },
    { title: words.count, isNumber: true },
    { title: words.firstTime },
    { title: words.lastTime },
  ];
  const rows = files.map((file, i) => [
    fileNames ? strange(file.name) : n(i + 1),
    escapeHtml(text.states[file.state]),
    strange(file.formats.map(([title]) => title).join(', ') || words.noFormat),
    escapeHtml(format.bytes(file.size)),
    n(file.lines.read),
    escapeHtml(format.moment(file.firstTime)),
    escapeHtml(format.moment(file.lastTime)),
  ]);
  return `<h2>${escapeHtml(text.report.files)}</h2><div class="wide">${tableHtml(words.files, columns, rows)}</div>`;
}
