/**
 * The chart of actions on a canvas, by Chart.js: the only file that knows it, loaded when a chart is wanted.
 * In: buckets, which kinds are hidden. Out: pixels. Colours are the page's, read from its style.
 */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  type Plugin,
  Tooltip,
} from 'chart.js';
import { COVERED_NOT, COVERED_WHOLE } from '../../model/view.ts';
import { format } from '../format.ts';
import { text } from '../text.ts';
import { type Bucket, type Grain, type Kind, kindsOf } from './buckets.ts';
import { dots, hatch } from './patterns.ts';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

export interface ActionsPicture {
  buckets: Bucket[];
  grain: Grain;
  hidden: ReadonlySet<Kind>;
}

/** Room for a label between two hatched edges, in pixels. */
const LABEL_ROOM = 56;

export class ActionsDrawing {
  private readonly chart: Chart<'bar', number[], string>;
  private picture: ActionsPicture = { buckets: [], grain: 'day', hidden: new Set() };

  constructor(canvas: HTMLCanvasElement) {
    this.chart = new Chart(canvas, this.configuration());
  }

  update(picture: ActionsPicture): void {
    this.picture = picture;
    const { data, options } = this.chart;
    const style = getComputedStyle(this.chart.canvas);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const fills: Record<Kind, string | CanvasPattern> = {
      pullsByTag: colour('--by-tag'),
      pullsByDigest: colour('--by-digest'),
      versionChecks: hatch(colour('--checks'), { width: 2, ground: 0.35 }),
      downloads: colour('--downloads'),
    };
    data.labels = picture.buckets.map((bucket) => this.tickOf(bucket));
    data.datasets = kindsOf(picture.buckets).map((kind) => ({
      label: text.chart.kinds[kind],
      data: picture.buckets.map((bucket) => bucket[kind]),
      backgroundColor: fills[kind],
      hidden: picture.hidden.has(kind),
      // Downloads are added to nothing: where there are pulls, their bar stands beside.
      stack: kind === 'downloads' ? 'downloads' : 'actions',
      // The gap between the kinds of a bar.
      borderColor: colour('--surface'),
      borderWidth: { top: 1, right: 0, bottom: 0, left: 0 },
      borderSkipped: false,
    }));
    Chart.defaults.font.family = style.fontFamily;
    for (const scale of [options.scales!['x']!, options.scales!['y']!]) {
      scale.ticks!.color = colour('--ink-soft');
      scale.border = { color: colour('--line-strong') };
      scale.grid = { ...scale.grid, color: colour('--line') };
    }
    const tooltip = options.plugins!.tooltip!;
    tooltip.backgroundColor = colour('--ink');
    for (const part of ['titleColor', 'bodyColor', 'footerColor'] as const)
      tooltip[part] = colour('--surface');
    this.chart.update();
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

  destroy(): void {
    this.chart.destroy();
  }

  private tickOf(bucket: Bucket): string {
    return this.picture.grain === 'month' ? format.shortMonth(bucket.first) : format.shortDay(bucket.first);
  }

  private configuration(): ChartConfiguration<'bar', number[], string> {
    const bucketAt = (index: number) => this.picture.buckets[index]!;
    return {
      type: 'bar',
      data: { labels: [], datasets: [] },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false },
        datasets: { bar: { categoryPercentage: 0.92, barPercentage: 0.96, maxBarThickness: 56 } },
        scales: {
          x: { stacked: true, grid: { display: false }, ticks: { maxRotation: 0, autoSkipPadding: 16 } },
          y: {
            stacked: true,
            beginAtZero: true,
            ticks: { precision: 0, maxTicksLimit: 7, callback: (value) => format.compact(Number(value)) },
          },
        },
        plugins: {
          tooltip: {
            padding: 10,
            boxPadding: 4,
            multiKeyBackground: 'transparent',
            callbacks: {
              title: ([item]) =>
                item ? `${text.chart.name(bucketAt(item.dataIndex), this.picture.grain)} (UTC)` : '',
              label: (item) => ` ${item.dataset.label}: ${format.integer(item.parsed.y ?? 0)}`,
              footer: (items) => this.footerOf(items),
            },
          },
        },
      },
      plugins: [this.coverage()],
    };
  }

  private footerOf(items: { dataIndex: number; parsed: { y: number | null } }[]): string[] {
    const total = items.reduce((sum, { parsed }) => sum + (parsed.y ?? 0), 0);
    const first = items[0];
    const isOne = !kindsOf(this.picture.buckets).includes('downloads');
    const covered = first ? text.chart.covered(this.picture.buckets[first.dataIndex]!.covered) : '';
    return [isOne ? `${text.chart.total}: ${format.integer(total)}` : '', covered].filter(Boolean);
  }

  /** Marks what no file covers, and what is covered in part. */
  private coverage(): Plugin<'bar'> {
    return {
      id: 'coverage',
      beforeDatasetsDraw: (chart) => {
        const { buckets } = this.picture;
        const { left, width, top, bottom } = chart.chartArea;
        const step = width / buckets.length;
        const style = getComputedStyle(chart.canvas);
        const { ctx } = chart;
        ctx.save();
        for (let from = 0; from < buckets.length;) {
          const covered = buckets[from]!.covered;
          let to = from + 1;
          while (to < buckets.length && buckets[to]!.covered === covered) to++;
          if (covered !== COVERED_WHOLE) {
            const line = style.getPropertyValue('--line-strong').trim();
            ctx.globalAlpha = covered === COVERED_NOT ? 0.45 : 0.6;
            ctx.fillStyle = covered === COVERED_NOT ? hatch(line, { width: 1, ground: 0 }) : dots(line);
            ctx.fillRect(left + from * step, top, (to - from) * step, bottom - top);
            ctx.globalAlpha = 1;
            const isWide = (to - from) * step > LABEL_ROOM;
            if (covered === COVERED_NOT && isWide)
              this.label(chart, left + ((from + to) / 2) * step, (top + bottom) / 2);
          }
          from = to;
        }
        ctx.restore();
      },
    };
  }

  private label({ ctx, canvas }: Chart<'bar'>, x: number, y: number): void {
    const style = getComputedStyle(canvas);
    ctx.font = `12px ${style.fontFamily}`;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    const { width } = ctx.measureText(text.chart.noData);
    ctx.fillStyle = style.getPropertyValue('--surface');
    ctx.fillRect(x - width / 2 - 5, y - 10, width + 10, 20);
    ctx.fillStyle = style.getPropertyValue('--ink-soft');
    ctx.fillText(text.chart.noData, x, y);
  }
}
