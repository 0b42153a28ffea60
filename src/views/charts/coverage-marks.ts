/**
 * What a chart shows behind and over its bars: time that no file covers, that is covered in part, or that is not over;
 * and the bars that are being marked. In: buckets. Out: a plugin of Chart.js. Colours are the page's.
 */
import type { Chart, Plugin } from 'chart.js';
import { COVERED_NOT, COVERED_WHOLE } from '../../model/view.ts';
import { text } from '../text.ts';
import type { Bucket } from './buckets.ts';
import { dots, hatch } from './patterns.ts';

/** First and last bucket that are marked. */
export type Marked = readonly [from: number, to: number];

interface Shown {
  buckets: readonly Bucket[];
  zone: string | undefined;
  marked: Marked | null;
}

/** Room for a label between two hatched edges, in pixels. */
const LABEL_ROOM = 56;
type Mark = 'none' | 'part' | 'open' | 'whole';

export function coverageMarks(shown: () => Shown): Plugin {
  return {
    id: 'coverage',
    beforeDatasetsDraw: (chart) => drawCoverage(chart, shown()),
    afterDatasetsDraw(chart) {
      const { buckets, marked } = shown();
      if (marked) drawMarked(chart, marked, buckets.length);
    },
  };
}

function drawCoverage(chart: Chart, { buckets, zone }: Shown): void {
  const { left, width, top, bottom } = chart.chartArea;
  const step = width / buckets.length;
  const line = getComputedStyle(chart.canvas).getPropertyValue('--line-strong').trim();
  const { ctx } = chart;
  ctx.save();
  for (let from = 0; from < buckets.length;) {
    const mark = markOf(buckets[from]!);
    let to = from + 1;
    while (to < buckets.length && markOf(buckets[to]!) === mark) to++;
    const [x, wide] = [left + from * step, (to - from) * step];
    if (mark !== 'whole') {
      ctx.globalAlpha = mark === 'none' ? 0.45 : 0.6;
      ctx.fillStyle =
        mark === 'part' ? dots(line) : hatch(line, { width: 1, ground: mark === 'none' ? 0 : 0.2 });
      ctx.fillRect(x, top, wide, bottom - top);
      ctx.globalAlpha = 1;
      if (mark === 'none' && wide > LABEL_ROOM)
        label(chart, text.chart.noData, x + wide / 2, (top + bottom) / 2);
      const { soFar } = buckets[from]!;
      if (soFar !== null) {
        const words = text.chart.soFar(soFar, zone);
        if (wide > ctx.measureText(words).width + 16) label(chart, words, x + wide / 2, top + 12);
      }
    }
    from = to;
  }
  ctx.restore();
}

function drawMarked({ chartArea, canvas, ctx }: Chart, [from, to]: Marked, buckets: number): void {
  const { left, width, top, bottom } = chartArea;
  const step = width / buckets;
  ctx.save();
  ctx.fillStyle = ctx.strokeStyle = getComputedStyle(canvas).getPropertyValue('--by-tag').trim();
  ctx.globalAlpha = 0.16;
  ctx.fillRect(left + from * step, top, (to - from + 1) * step, bottom - top);
  ctx.globalAlpha = 1;
  ctx.strokeRect(left + from * step + 0.5, top + 0.5, (to - from + 1) * step - 1, bottom - top - 1);
  ctx.restore();
}

function markOf({ covered, soFar }: Bucket): Mark {
  if (soFar !== null) return 'open';
  if (covered === COVERED_WHOLE) return 'whole';
  return covered === COVERED_NOT ? 'none' : 'part';
}

function label({ ctx, canvas }: Chart, words: string, x: number, y: number): void {
  const style = getComputedStyle(canvas);
  ctx.font = `12px ${style.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const { width } = ctx.measureText(words);
  ctx.fillStyle = style.getPropertyValue('--surface');
  ctx.fillRect(x - width / 2 - 5, y - 10, width + 10, 20);
  ctx.fillStyle = style.getPropertyValue('--ink-soft');
  ctx.fillText(words, x, y);
}
