/**
 * The chart of actions as an SVG element. In: bars, and what is stacked in them. Out: markup without script. Limits: as
 * wide as its page, so bars get thin where there are many.
 */
import { COVERED_NOT } from '../../model/view.ts';
import { type Bucket, type Grain, type Kind, MOST_APART } from '../charts/buckets.ts';
import { format } from '../format.ts';
import { text } from '../text.ts';
import { escapeHtml, type Html } from './html.ts';

const WIDTH = 960;
const HEIGHT = 260;
/** Room for the numbers at the left, and the names below. */
const LEFT = 52;
const BELOW = 24;
const ABOVE = 8;
const LINES = 4;
const LABEL_ROOM = 90;

export function chartSvg(
  buckets: readonly Bucket[],
  kinds: readonly Kind[],
  grain: Grain,
  label: string,
): Html {
  const totals = buckets.map((bucket) => kinds.reduce((sum, kind) => sum + bucket[kind], 0));
  const top = roundUp(totals.reduce((a, b) => Math.max(a, b), 1));
  const step = (WIDTH - LEFT) / Math.max(1, buckets.length);
  const wide = buckets.length > MOST_APART ? step : step * 0.84;
  const height = HEIGHT - BELOW - ABOVE;
  const y = (value: number) => round(ABOVE + height - (value / top) * height);
  const parts: Html[] = [];
  for (let line = 0; line <= LINES; line++) {
    const value = (top / LINES) * line;
    parts.push(`<path class="grid" d="M${LEFT} ${y(value)}H${WIDTH}"/>`);
    parts.push(
      `<text class="y" x="${LEFT - 6}" y="${y(value) + 4}">${escapeHtml(format.compact(value))}</text>`,
    );
  }
  const every = Math.max(1, Math.ceil(LABEL_ROOM / step));
  for (const [i, bucket] of buckets.entries()) {
    const x = LEFT + i * step;
    const isMissing = bucket.covered === COVERED_NOT;
    const name = text.chart.name(bucket, grain);
    const bar = isMissing
      ? `<rect class="none" x="${round(x)}" y="${ABOVE}" width="${round(step)}" height="${height}"/>`
      : stack(bucket, kinds, round(x + (step - wide) / 2), round(wide), y);
    const told = isMissing
      ? text.chart.noData
      : kinds.map((kind) => `${text.chart.kinds[kind]}: ${format.integer(bucket[kind])}`).join(', ');
    parts.push(`<g><title>${escapeHtml(`${name}: ${told}`)}</title>${bar}</g>`);
    // A name at the end would be cut off.
    if (i % every === 0 && x + LABEL_ROOM < WIDTH + step)
      parts.push(`<text x="${round(x)}" y="${HEIGHT - 6}">${escapeHtml(axisName(bucket, grain))}</text>`);
  }
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(label)}">${parts.join('')}</svg>`;
}

function stack(
  bucket: Bucket,
  kinds: readonly Kind[],
  x: number,
  width: number,
  y: (value: number) => number,
): Html {
  let below = 0;
  return kinds
    .map((kind) => {
      const from = y(below);
      below += bucket[kind];
      const to = y(below);
      return from === to
        ? ''
        : `<rect class="${kind}" x="${x}" y="${to}" width="${width}" height="${round(from - to)}"/>`;
    })
    .join('');
}

function axisName({ first, hour }: Bucket, grain: Grain): string {
  if (hour) return `${format.shortDay(first)} ${String(Math.floor(hour.from / 3600)).padStart(2, '0')} h`;
  return grain === 'month' ? format.shortMonth(first) : format.shortDay(first);
}

/** The next number whose quarters are easily read. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (
    [1, 2, 4, 8, 10].map((factor) => factor * power).find((each) => each >= value && each >= LINES) ?? LINES
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
