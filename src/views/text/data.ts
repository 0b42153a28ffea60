/** Strings of the data view: each file, what it can tell, and what can be said of it. */
import type { Milliseconds } from '../../model/units.ts';
import { COVERED_NOT, COVERED_WHOLE, type DaySpan } from '../../model/view.ts';
import { format } from '../format.ts';
import { count } from './count.ts';

const n = format.integer;

export const dataText = {
  data: {
    title: 'Data',
    summary: (files: number, questions: number) =>
      `${count(files, 'file')}${questions === 0 ? '' : `, ${n(questions)} with times that leave something open`}`,
    all: 'All files',
    readingAgain: (share: number) => `Counting again: ${format.percent(share)}`,
    readingAgainStatus: 'Counting again.',
    cancel: 'Cancel',
    ownFormats: (formats: number) => (formats === 0 ? 'Own formats…' : `Own formats (${n(formats)})…`),
    ownFormatsNote: 'For logs in a layout that this page does not know.',
    remove: 'Remove this file',
    removeArchive: (files: number) => `Remove these ${n(files)} files`,
    removeNote: 'Only from this page: the file itself is not touched.',
    size: 'Size',
    sizeOf: (size: number, isCompressed: boolean) =>
      `${format.bytes(size)}${isCompressed ? ', compressed' : ''}`,
    formats: 'Formats',
    noFormat: 'none that this page knows',
    formatLines: (title: string, lines: number) => `${title}: ${count(lines, 'line')}`,
    times: 'First and last line (UTC)',
    noTimes: 'no time could be read',
    span: (first: Milliseconds, last: Milliseconds) => `${format.moment(first)} – ${format.moment(last)}`,
    linesOf: (name: string) => `Lines of ${name}`,
    fate: 'Lines',
    number: 'Number',
    missing: 'What it cannot tell',
    nothingMissing: 'Nothing is missing that this page shows.',
    missingOf: (title: string, sentence: string) => `${title}: ${sentence}`,

    options: 'How it is read',
    zone: 'Times without a zone are read as',
    zoneNote: 'Some times in this file show no zone. Days and the order of requests depend on it.',
    zoneTold: 'Every time shows its zone.',
    zoneUntold: 'No time was read.',
    zoneForAll: (files: number) => `Use this zone for all ${n(files)} files without one`,
    latest: 'No line is later than',
    latestNote: 'Some times show no year: each is of the last year in which it is not after this day.',
    started: 'The program started at (UTC)',
    startedNote:
      'Some lines show only the seconds since then, as in INFO[0004]. Without it their requests are unreadable. “docker inspect” tells it as StartedAt. After a restart the seconds begin anew, so keep the lines of each start in a file of their own.',
    forwarded: 'Take the client from X-Forwarded-For',
    forwardedNote:
      'On: the first address in it is the client. Off: the address that connected is, which may be your own proxy. Clients can write what they like into this header.',

    coverage: 'Days covered',
    coverageOf: (name: string) => `Days that ${name} covers`,
    covered: (whole: number, partly: number, missing: number, days: DaySpan) => {
      const parts = [`${n(whole)} whole`];
      if (partly > 0) parts.push(`${n(partly)} in part`);
      if (missing > 0) parts.push(`${n(missing)} not covered`);
      return `${count(days.last - days.first + 1, 'day')}, ${format.span(days)}: ${parts.join(', ')}.`;
    },
    from: 'From',
    to: 'To',
    state: 'Covered',
    states: (covered: number) =>
      covered === COVERED_NOT ? 'no' : covered === COVERED_WHOLE ? 'whole days' : 'in part',

    unreadable: (lines: number) =>
      lines === 1 ? '1 line could not be read' : `${n(lines)} lines could not be read`,
    examples: (reason: string, lines: number) =>
      `${reason[0]!.toUpperCase()}${reason.slice(1)}: ${count(lines, 'line')}`,
    noExample: 'Among the lines that were kept as examples is none of these. The download has them.',
    line: (line: number) => `Line ${n(line)}`,
    download: 'Download unreadable lines',
    downloading: 'Reading the file again…',
    downloaded: (name: string, lines: number) => `${name}: ${count(lines, 'line')}.`,
    downloadFailed: (reason: string) =>
      `The lines could not be written: ${reason} Was the file moved, deleted or changed? Drop it again.`,
    define: 'Define their format…',
  },
};
