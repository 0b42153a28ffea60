/** A chart as a picture to take along. In: what it is drawn from, what it is of. Out: a PNG, its legend drawn in. */
import { COVERED_NOT, COVERED_PARTLY } from '../../model/view.ts';
import { format } from '../format.ts';
import { text } from '../text.ts';
import { ActionsDrawing, fillOf } from './actions-drawing.ts';
import { drawDot } from './draw-markers.ts';
import { IMAGE_SCALE, imageOf, type Key, styleOf } from './image-frame.ts';
import { dots, hatch } from './patterns.ts';
import type { LineStyle, Picture } from './picture.ts';

const HEIGHT = 440;

export function chartImage(picture: Picture, title: string, about: readonly string[]): Promise<Blob> {
  return imageOf({
    ...{ title, about, height: HEIGHT, axis: picture.steps.axis, legend: legendOf(picture) },
    paint: (context, x, y, width) => paint(picture, context, x, y, width),
  });
}

/** The chart must be in the page, out of sight, while it is drawn: there it finds colours, font and size. */
function paint(picture: Picture, context: CanvasRenderingContext2D, x: number, y: number, width: number) {
  const box = document.createElement('div');
  Object.assign(box.style, {
    ...{ position: 'fixed', insetBlockStart: '0', insetInlineStart: '-10000px', visibility: 'hidden' },
    ...{ inlineSize: `${width}px`, blockSize: `${HEIGHT}px` },
  });
  const canvas = box.appendChild(document.createElement('canvas'));
  document.body.append(box);
  const drawing = new ActionsDrawing(canvas, IMAGE_SCALE);
  drawing.update(picture);
  context.drawImage(canvas, x, y, width, HEIGHT);
  drawing.destroy();
  box.remove();
}

function legendOf(picture: Picture): Key[] {
  const { bars, lines, buckets, zone, notes } = picture;
  const soFar = buckets.find((bucket) => bucket.soFar !== null)?.soFar ?? null;
  const strong = styleOf('--line-strong');
  const hasPart = buckets.some(({ covered, soFar }) => covered === COVERED_PARTLY && soFar === null);
  return [
    ...bars.map(({ kind, name, values, paint }) => {
      const sum = values.reduce((total, value) => total + value, 0);
      const label = kind === null ? name : `${name} ${format.integer(sum)}`;
      return { label, sign: swatch(fillOf(paint, styleOf)) };
    }),
    ...lines.map(({ name, style }) => ({ label: name, sign: stroke(style) })),
    ...(notes.length > 0 ? [{ label: text.notes.key, sign: dot }] : []),
    ...(buckets.some(({ covered }) => covered === COVERED_NOT)
      ? [{ label: text.chart.noDataKey, sign: swatch(hatch(strong, { width: 1, ground: 0 }), strong) }]
      : []),
    ...(hasPart ? [{ label: text.chart.partlyKey, sign: swatch(dots(strong), strong) }] : []),
    ...(soFar === null
      ? []
      : [
          {
            label: text.chart.soFarKey(soFar, zone),
            sign: swatch(hatch(strong, { width: 1, ground: 0.2 }), strong),
          },
        ]),
  ];
}

function swatch(fill: string | CanvasPattern, border?: string): Key['sign'] {
  return (context, x, y) => {
    context.fillStyle = fill;
    context.fillRect(x, y, 20, 12);
    if (!border) return;
    context.strokeStyle = border;
    context.strokeRect(x + 0.5, y + 0.5, 19, 11);
  };
}

const dot: Key['sign'] = (context, x, y) => {
  context.fillStyle = styleOf('--ink');
  context.beginPath();
  drawDot(context, x + 10, y + 6);
  context.fill();
};

function stroke({ colour, dash, width }: LineStyle): Key['sign'] {
  return (context, x, y) => {
    context.strokeStyle = styleOf(colour);
    context.lineWidth = width + 0.5;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(x, y + 6);
    context.lineTo(x + 22, y + 6);
    context.stroke();
  };
}
