/**
 * Many bars as one area of steps. In: bars of a chart, stacked. Out: a plugin of Chart.js that draws them in their place:
 * bars thinner than a few pixels have seams between them, and those thinner than one fade. Numbers, tooltips and places
 * stay those of bars.
 */
import type { Chart, Plugin } from 'chart.js';

/** A bar, or of bars that share a column of pixels the highest; edges in pixels from the left. */
export interface StepColumn {
  index: number;
  from: number;
  to: number;
}

/** Below this width a line between kinds would hide what it parts. */
const LINED_WIDTH = 3;

/** heights: of whole bars; room: in pixels of the screen. */
export function stepColumns(heights: readonly number[], room: number): StepColumn[] {
  const count = heights.length;
  const width = Math.max(1, Math.round(room));
  if (count <= width)
    return heights.map((_, index) => ({
      index,
      from: Math.round((index * width) / count),
      to: Math.round(((index + 1) * width) / count),
    }));
  const firstIn = (column: number) => Math.floor((column * count) / width);
  return Array.from({ length: width }, (_, column) => {
    let index = firstIn(column);
    for (let i = index; i < firstIn(column + 1); i++) if (heights[i]! > heights[index]!) index = i;
    return { index, from: column, to: column + 1 };
  });
}

/** isDense: whether the bars of the chart are too many to stand apart. */
export function stepAreas(isDense: () => boolean): Plugin<'bar' | 'line'> {
  return {
    id: 'areas',
    beforeDatasetDraw(chart, { index, meta }) {
      const all = barsOf(chart);
      const own = all.find((bars) => bars.index === index);
      if (!own || !isDense()) return;
      const { ctx, chartArea, currentDevicePixelRatio: ratio } = chart;
      const heights = Array.from({ length: meta.data.length }, (_, i) =>
        all.reduce((sum, { stack, values }) => (stack === own.stack ? sum + (values[i] ?? 0) : sum), 0),
      );
      const columns = stepColumns(heights, chartArea.width * ratio).map((column) => {
        const { y, base } = meta.data[column.index]!.getProps(['y', 'base'], true);
        const [from, to] = [chartArea.left + column.from / ratio, chartArea.left + column.to / ratio];
        return { from, to, y: y!, base: base! };
      });
      ctx.save();
      // A second stack would hide the first: it is drawn as a line before it.
      const isBeside = all.some(({ stack }) => stack !== own.stack);
      if (isBeside && own.stack === 'downloads') outline(ctx, columns, own.fill);
      else fill(ctx, columns, own.fill, own.gap);
      ctx.restore();
      return false;
    },
  };
}

interface Edge {
  from: number;
  to: number;
  y: number;
  base: number;
}

function fill(ctx: CanvasRenderingContext2D, columns: readonly Edge[], colour: Fill, gap: Fill): void {
  ctx.beginPath();
  for (const { from, to, y } of columns) {
    ctx.lineTo(from, y);
    ctx.lineTo(to, y);
  }
  for (const { from, to, base } of [...columns].reverse()) {
    ctx.lineTo(to, base);
    ctx.lineTo(from, base);
  }
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.fillStyle = gap;
  for (const { from, to, y, base } of columns)
    if (to - from >= LINED_WIDTH && base - y > LINED_WIDTH) ctx.fillRect(from, y, to - from, 1);
}

function outline(ctx: CanvasRenderingContext2D, columns: readonly Edge[], colour: Fill): void {
  ctx.beginPath();
  for (const { from, to, y } of columns) {
    ctx.lineTo(from, y);
    ctx.lineTo(to, y);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

type Fill = string | CanvasPattern;

function barsOf({ data }: Chart<'bar' | 'line'>) {
  return data.datasets.flatMap((dataset, index) =>
    dataset.type === 'bar'
      ? [
          {
            index,
            stack: dataset.stack,
            values: dataset.data as (number | null)[],
            fill: dataset.backgroundColor as Fill,
            gap: dataset.borderColor as Fill,
          },
        ]
      : [],
  );
}
