/** Strings of charts of actions over time. */
import type { WeekStart } from '../../lib/calendar.ts';
import { COVERED_NOT, COVERED_PARTLY } from '../../model/view.ts';
import {
  averageOf,
  type Bucket,
  type Grain,
  type Kind,
  peakOf,
  pullsOf,
  totalOf,
} from '../charts/buckets.ts';
import { format } from '../format.ts';
import { visible } from '../parts/visible-text.ts';
import { count } from './count.ts';
import { weekNames } from './time.ts';

const n = format.integer;

const GRAIN: Record<Grain, { one: string; column: string; axis: string }> = {
  hour: { one: 'hour', column: 'Hour', axis: 'Hours' },
  day: { one: 'day', column: 'Day', axis: 'Days' },
  week: { one: 'week', column: 'Week', axis: 'Weeks' },
  month: { one: 'month', column: 'Month', axis: 'Months' },
};

const KIND: Record<Kind, string> = {
  pullsByTag: 'By tag',
  pullsByDigest: 'By digest',
  versionChecks: 'Version checks',
  downloads: 'Downloads from hubs',
};

/** The clock of a chart: "UTC", or a place's. */
const zoneName = (zone?: string) => zone ?? 'UTC';

export const chartText = {
  zoneName,
  chart: {
    title: (grain: Grain) => `Actions per ${GRAIN[grain].one}`,
    togetherTitle: (grain: Grain) => `Pulls per ${GRAIN[grain].one}, by repository`,
    axis: (grain: Grain, zone?: string, from: WeekStart = 0) =>
      `${GRAIN[grain].axis}${grain === 'week' ? `, ${weekNames[from]}` : ''} (${zoneName(zone)})`,
    upright: (grain: Grain) => `Actions per ${GRAIN[grain].one}`,
    uprightPulls: (grain: Grain) => `Pulls per ${GRAIN[grain].one}`,
    kinds: KIND,
    legendHint: 'Click: show or hide. Double click: only this.',
    total: 'Total',
    before: 'Earlier period',
    beforeIn: (bucket: Bucket, grain: Grain) => `Earlier (${bucketName(bucket, grain)})`,
    beforeNone: 'Earlier: no data',
    covered: (covered: number) =>
      covered === COVERED_NOT
        ? 'No file covers this time'
        : covered === COVERED_PARTLY
          ? 'Covered in part'
          : '',
    soFar: (until: number, zone?: string) => `so far, until ${format.clock(until, zone)}`,
    noData: 'no data',
    noDataKey: 'No data: no file covers this time',
    partlyKey: 'Covered in part',
    soFarKey: (until: number, zone?: string) =>
      `So far, until ${format.momentIn(until, zone)} ${zoneName(zone)}`,
    checksHidden: (checks: number, pulls: number) =>
      `Version checks are hidden: ${n(Math.round(checks / pulls))} for every pull would press the pulls flat.`,
    showChecks: 'Show version checks',
    walk: (grain: Grain) => `Walk through the chart, ${GRAIN[grain].one} by ${GRAIN[grain].one}`,
    zoomHint:
      'Drag over bars to show only their days. By keyboard: walk with the arrow keys, mark with Shift and arrow keys, choose with Enter.',
    zoomHintTouch: 'Draw a finger sideways over bars to show only their days.',
    zoomBack: 'Back to the days before',
    zoomBackKeys: '(or double-click, or Esc)',
    marked: (days: string) => `Marked: ${days}. Enter shows only these days.`,
    showTable: 'Show as table',
    hideTable: 'Hide table',
    table: (grain: Grain) => `Actions per ${GRAIN[grain].one}, as a table`,
    togetherTable: (grain: Grain) => `Pulls per ${GRAIN[grain].one} and repository, as a table`,
    columnBucket: (grain: Grain, zone?: string) => `${GRAIN[grain].column} (${zoneName(zone)})`,
    columnBefore: 'Earlier period',
    columnBeforeTotal: 'Earlier total',
    columnCovered: 'Covered',
    coveredWhole: 'whole',
    name: bucketName,
    /** All of a bucket in one line. */
    values(bucket: Bucket, grain: Grain, before: Bucket | null | undefined, zone?: string) {
      const name = `${bucketName(bucket, grain)} ${zoneName(zone)}`;
      if (bucket.covered === COVERED_NOT) return `${name}: no data`;
      const parts = [
        `${n(bucket.pullsByTag)} by tag, ${n(bucket.pullsByDigest)} by digest, ${count(bucket.versionChecks, 'version check')}${bucket.downloads > 0 ? `, ${count(bucket.downloads, 'download')}` : ''}`,
        ...(bucket.soFar === null ? [] : [chartText.chart.soFar(bucket.soFar, zone)]),
        ...(before === undefined
          ? []
          : [
              before === null
                ? 'no data for the earlier period'
                : `${n(totalOf(before))} in all on ${bucketName(before, grain)}`,
            ]),
      ];
      return `${name}: ${parts.join('; ')}`;
    },
    togetherValues(bucket: Bucket, grain: Grain, pulls: [name: string, pulls: number][], zone?: string) {
      const name = `${bucketName(bucket, grain)} ${zoneName(zone)}`;
      if (bucket.covered === COVERED_NOT) return `${name}: no data`;
      return `${name}: ${pulls.map(([repository, each]) => `${visible(repository)} ${n(each)}`).join(', ')}`;
    },
    missing: 'The chart could not be drawn. “Show as table” has all its numbers.',
    summary: chartSummary,
    togetherSummary: (most: [name: string, pulls: number] | null) =>
      most === null
        ? 'None of these repositories was pulled in these days.'
        : `${visible(most[0])} has the most: ${count(most[1], 'pull')}.`,
    takeOff: (name: string) => `Take ${visible(name)} off the chart`,
    takeAllOff: 'Back to all repositories in one',
    notBefore: 'The earlier period is not drawn with several repositories; the table below has each change.',
  },
};

function clockText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function bucketName({ first, last, hour }: Bucket, grain: Grain): string {
  if (hour) {
    const again = hour.isAgain ? ' (again: the clock went back)' : '';
    return `${format.weekday(first)}, ${clockText(hour.from)}–${clockText(hour.to)}${again}`;
  }
  if (grain === 'day') return format.weekday(first);
  return grain === 'week' ? format.span({ first, last }) : format.month(first);
}

/** The chart in a sentence: total, average, peak, gaps. */
function chartSummary(buckets: readonly Bucket[], grain: Grain): string {
  const pulls = buckets.reduce((sum, bucket) => sum + pullsOf(bucket), 0);
  const checks = buckets.reduce((sum, bucket) => sum + bucket.versionChecks, 0);
  const downloads = buckets.reduce((sum, bucket) => sum + bucket.downloads, 0);
  if (pulls + checks === 0 && downloads > 0) return downloadsSummary(buckets, grain, downloads);
  const value = pulls > 0 ? pullsOf : totalOf;
  const what = pulls > 0 ? 'pull' : 'version check';
  const { one } = GRAIN[grain];
  const peak = peakOf(buckets, value);
  const mean = averageOf(buckets, value);
  const missing = buckets.filter(({ covered }) => covered === COVERED_NOT).length;
  const sentences = [
    `${count(pulls, 'pull')} and ${count(checks, 'version check')}${downloads > 0 ? `, beside ${count(downloads, 'download')} from hubs` : ''}.`,
  ];
  if (mean && mean.average > 0)
    sentences.push(
      `On average ${format.tenths(mean.average)} ${what}s per ${one}, over ${count(mean.over, one)} covered whole.`,
    );
  if (peak && buckets.length > 1)
    sentences.push(
      `Most ${grain === 'day' || grain === 'hour' ? 'on' : 'in'} ${bucketName(peak, grain)}: ${count(value(peak), what)}.`,
    );
  if (missing > 0) sentences.push(`No file covers ${count(missing, one)}.`);
  return sentences.join(' ');
}

/** The same of a hub's log. */
function downloadsSummary(buckets: readonly Bucket[], grain: Grain, downloads: number): string {
  const peak = peakOf(buckets, (bucket) => bucket.downloads);
  const most =
    peak && buckets.length > 1
      ? ` Most ${grain === 'day' || grain === 'hour' ? 'on' : 'in'} ${bucketName(peak, grain)}: ${count(peak.downloads, 'download')}.`
      : '';
  return `${count(downloads, 'download')} from hubs.${most}`;
}
