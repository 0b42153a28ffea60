/**
 * A picture to take along: a title, what it is of, a legend, and something drawn below. In: those. Out: a PNG in the
 * colours of the page, opaque, at twice the size, so that it stays sharp in a document.
 */
const IMAGE_WIDTH = 1200;
export const IMAGE_SCALE = 2;
const PADDING = 32;
const GAP = 22;
/** Room for a legend's sign, and between its entries. */
const SIGN = 28;
const LINE = 22;

export interface Key {
  label: string;
  /** Draws the sign into a box of 20 × 12. */
  sign: (context: CanvasRenderingContext2D, x: number, y: number) => void;
}

export interface Frame {
  title: string;
  /** Repository, days and clock, filters: a line each. */
  about: readonly string[];
  legend: readonly Key[];
  height: number;
  /** Draws into a box of the frame's width. */
  paint: (context: CanvasRenderingContext2D, x: number, y: number, width: number) => void;
  /** Under the box. */
  axis: string;
}

/** A value of the page's style. */
export function styleOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function fontOf(size: number, weight = 400): string {
  return `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
}

export async function imageOf(frame: Frame): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  const width = IMAGE_WIDTH - 2 * PADDING;
  context.font = fontOf(15);
  const about = frame.about.flatMap((line) => wrap(context, line, width));
  const rows = legendRows(context, frame.legend, width);
  const head = 40 + about.length * LINE + (rows.length > 0 ? 10 + rows.length * LINE : 0) + 12;
  canvas.width = IMAGE_WIDTH * IMAGE_SCALE;
  canvas.height = (PADDING + head + frame.height + 30 + PADDING / 2) * IMAGE_SCALE;
  context.scale(IMAGE_SCALE, IMAGE_SCALE);
  context.fillStyle = styleOf('--surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'middle';
  context.fillStyle = styleOf('--ink');
  context.font = fontOf(24, 650);
  context.fillText(frame.title, PADDING, PADDING + 10, width);
  context.fillStyle = styleOf('--ink-soft');
  context.font = fontOf(15);
  let y = PADDING + 40;
  for (const line of about) {
    context.fillText(line, PADDING, y + LINE / 2);
    y += LINE;
  }
  if (rows.length > 0) y += 10;
  for (const row of rows) {
    for (const { key, x } of row) {
      context.save();
      key.sign(context, PADDING + x, y + LINE / 2 - 6);
      context.restore();
      context.fillStyle = styleOf('--ink');
      context.fillText(key.label, PADDING + x + SIGN, y + LINE / 2);
    }
    y += LINE;
  }
  context.save();
  frame.paint(context, PADDING, PADDING + head, width);
  context.restore();
  context.fillStyle = styleOf('--ink-soft');
  context.font = fontOf(14);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(frame.axis, IMAGE_WIDTH / 2, PADDING + head + frame.height + 16, width);
  return new Promise((done, fail) =>
    canvas.toBlob(
      (blob) => (blob ? done(blob) : fail(new Error('The browser made no picture.'))),
      'image/png',
    ),
  );
}

function wrap(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function legendRows(context: CanvasRenderingContext2D, legend: readonly Key[], width: number) {
  const rows: { key: Key; x: number }[][] = [];
  let x = Infinity;
  for (const key of legend) {
    const wide = SIGN + context.measureText(key.label).width;
    if (x + wide > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ key, x });
    x += wide + GAP;
  }
  return rows;
}
