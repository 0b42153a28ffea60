/**
 * A chart over time on a canvas, by Chart.js: the only file that holds it, loaded when a chart is wanted.
 * In: a picture. Out: pixels, and which bucket is at a point. Colours are the page's, read from its style.
 */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  Tooltip,
  type TooltipItem,
} from 'chart.js';
import { format } from '../format.ts';
import { text } from '../text.ts';
import { MOST_APART } from './buckets.ts';
import { coverageMarks, type Marked } from './coverage-marks.ts';
import { drawMarkers } from './draw-markers.ts';
import { hatch } from './patterns.ts';
import type { Paint, Picture } from './picture.ts';
import { stepAreas } from './step-areas.ts';

Chart.register(
  ...[BarController, BarElement, CategoryScale, LinearScale],
  ...[LineController, LineElement, PointElement, Tooltip],
);

type Values = (number | null)[];

/** What bars are filled with. */
export function fillOf(
  { colour: name, isHatched = false }: Paint,
  colour: (name: string) => string,
): string | CanvasPattern {
  return isHatched ? hatch(colour(name), { width: 2, ground: 0.35 }) : colour(name);
}

export class ActionsDrawing {
  private readonly chart: Chart<'bar' | 'line', Values, string>;
  private picture: Picture | null = null;
  private marked: Marked | null = null;

  /** ratio: pixels of the canvas for one of the page; without it, as the screen has. */
  constructor(canvas: HTMLCanvasElement, ratio?: number) {
    this.chart = new Chart(canvas, this.configuration(ratio));
  }

  update(picture: Picture): void {
    this.picture = picture;
    const { data, options } = this.chart;
    const style = getComputedStyle(this.chart.canvas);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    data.labels = Array.from({ length: picture.steps.count }, (_, index) => picture.steps.tick(index));
    data.datasets = [...this.linesOf(picture, colour), ...this.barsOf(picture, colour)];
    Chart.defaults.font.family = style.fontFamily;
    const [x, y] = [options.scales!['x']!, options.scales!['y']!] as const;
    for (const scale of [x, y]) {
      scale.ticks!.color = colour('--ink-soft');
      scale.border = { color: colour('--line-strong') };
      scale.grid = { ...scale.grid, color: colour('--line') };
    }
    // Counts have no half; shares have.
    Object.assign(y.ticks!, { precision: picture.write ? undefined : 0 });
    Object.assign(y, {
      max: picture.top,
      stacked: picture.bars.length > 0,
      title: { display: true, text: picture.upright, color: colour('--ink-soft') },
    });
    const tooltip = options.plugins!.tooltip!;
    tooltip.backgroundColor = colour('--ink');
    for (const part of ['titleColor', 'bodyColor', 'footerColor'] as const)
      tooltip[part] = colour('--surface');
    this.chart.update();
  }

  private barsOf({ bars }: Picture, colour: (name: string) => string): ChartDataset<'bar', Values>[] {
    return bars.map(({ kind, name, values, paint }) => ({
      type: 'bar',
      label: name,
      data: values,
      backgroundColor: fillOf(paint, colour),
      order: 1,
      // Downloads are added to nothing: where there are pulls, their bar stands beside.
      stack: kind === 'downloads' ? 'downloads' : 'actions',
      categoryPercentage: 0.92,
      barPercentage: 0.96,
      maxBarThickness: 56,
      // The gap between the kinds of a bar.
      borderColor: colour('--surface'),
      borderWidth: { top: 1, right: 0, bottom: 0, left: 0 },
      borderSkipped: false,
    }));
  }

  private linesOf(
    { lines, buckets, steps }: Picture,
    colour: (name: string) => string,
  ): ChartDataset<'line', Values>[] {
    return lines.map(({ name, values, style }) => ({
      type: 'line',
      label: name,
      data: values,
      order: 0,
      stepped: buckets.length > 0 && 'middle',
      borderColor: colour(style.colour),
      backgroundColor: colour(style.colour),
      borderDash: [...style.dash],
      borderWidth: style.width,
      // A line through one or two points would not be seen, nor one between two gaps.
      pointRadius: values.map((value, i) =>
        steps.count < 3 ? 4 : value !== null && values[i - 1] == null && values[i + 1] == null ? 2.5 : 0,
      ),
      pointHoverRadius: 4,
    }));
  }

  /** Shows the numbers of a bucket, as pointing at it does; null: of none. */
  pointAt(index: number | null): void {
    const { chart } = this;
    const active =
      index === null
        ? []
        : chart.getSortedVisibleDatasetMetas().map((meta) => ({ datasetIndex: meta.index, index }));
    chart.setActiveElements(active);
    const x = index === null ? 0 : chart.scales['x']!.getPixelForValue(index);
    chart.tooltip?.setActiveElements(active, { x, y: chart.chartArea?.top ?? 0 });
    chart.update();
  }

  /** Shows which buckets are being marked. */
  mark(marked: Marked | null): void {
    if (marked === this.marked) return;
    this.marked = marked;
    this.chart.draw();
  }

  /** The bucket at a place from the canvas's left edge, or the nearest. */
  bucketAt(x: number): number {
    const { left, width } = this.chart.chartArea;
    const { count } = this.picture!.steps;
    return Math.max(0, Math.min(count - 1, Math.floor(((x - left) / width) * count)));
  }

  /** The bar at a place of the page; -1: there is none. */
  indexAt({ offsetX, offsetY }: MouseEvent): number {
    const { chartArea, scales } = this.chart;
    if (offsetX < chartArea.left || offsetX > chartArea.right || offsetY > chartArea.bottom) return -1;
    return scales['x']!.getValueForPixel(offsetX) ?? -1;
  }

  destroy(): void {
    this.chart.destroy();
  }

  private configuration(ratio: number | undefined): ChartConfiguration<'bar' | 'line', Values, string> {
    return {
      type: 'bar',
      data: { labels: [], datasets: [] },
      options: {
        animation: false,
        ...(ratio && { devicePixelRatio: ratio }),
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false },
        scales: {
          x: { stacked: true, grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 16 } },
          y: {
            stacked: true,
            beginAtZero: true,
            ticks: {
              precision: 0,
              maxTicksLimit: 7,
              callback: (value) => this.written(Number(value), format.compact),
            },
          },
        },
        plugins: {
          tooltip: {
            padding: 10,
            boxPadding: 4,
            multiKeyBackground: 'transparent',
            callbacks: {
              title: ([item]) => (item ? this.picture!.steps.title(item.dataIndex) : ''),
              label: (item) => this.labelOf(item),
              footer: (items) => this.footerOf(items),
            },
          },
        },
      },
      plugins: [
        this.marks(),
        stepAreas(() => (this.picture?.buckets.length ?? 0) > MOST_APART),
        drawMarkers(() => this.picture ?? { buckets: [], markers: [], notes: [] }),
      ],
    };
  }

  private marks(): Plugin<'bar' | 'line'> {
    return coverageMarks(() => ({
      buckets: this.picture?.buckets ?? [],
      zone: this.picture?.zone,
      marked: this.marked,
    }));
  }

  private written(value: number, asCount: (value: number) => string): string {
    return (this.picture?.write ?? asCount)(value);
  }

  /** Of bars that are added up, each with its share of all. */
  private labelOf({ dataset, dataIndex, parsed: { y } }: TooltipItem<'bar' | 'line'>): string {
    const label = ` ${dataset.label}: ${this.written(y ?? 0, format.integer)}`;
    if (dataset.type !== 'bar' || !this.hasTotal()) return label;
    const whole = this.picture!.bars.reduce((sum, { values }) => sum + values[dataIndex]!, 0);
    return whole > 0 ? `${label} (${format.share(y ?? 0, whole)})` : label;
  }

  /** Downloads are added to nothing, and parts are shares already. */
  private hasTotal(): boolean {
    const { bars } = this.picture!;
    return bars.length > 1 && bars.every(({ kind }) => kind !== null && kind !== 'downloads');
  }

  private footerOf(
    items: { dataIndex: number; parsed: { y: number | null }; dataset: { type?: string } }[],
  ): string[] {
    const first = items[0];
    if (!first) return [];
    const { buckets, zone, note } = this.picture!;
    const bucket = buckets[first.dataIndex];
    if (!bucket) return note(first.dataIndex);
    const bars = items.filter(({ dataset }) => dataset.type === 'bar');
    const total = bars.reduce((sum, { parsed }) => sum + (parsed.y ?? 0), 0);
    return [
      this.hasTotal() ? `${text.chart.total}: ${format.integer(total)}` : '',
      ...note(first.dataIndex),
      bucket.soFar === null ? text.chart.covered(bucket.covered) : text.chart.soFar(bucket.soFar, zone),
    ].filter(Boolean);
  }
}
