/**
 * Makes a screenshot small. In: a PNG of 8 bits a channel, as browsers write it, and a greatest height. Out: a PNG of at
 * most 64 colours: those that are there most, others become the nearest of them.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
const MOST_COLOURS = 64;
const HEAD = 8;

export function smallPng(png: Buffer, highest: number): Buffer {
  const { width, height, colours } = decode(png);
  const tall = Math.min(height, highest);
  const shown = colours.subarray(0, width * tall);
  const palette = mostUsed(shown);
  const placeOf = new Map(palette.map((colour, place) => [colour, place]));
  const rows = Buffer.alloc((width + 1) * tall);
  for (let y = 0; y < tall; y++) {
    for (let x = 0; x < width; x++) {
      const colour = shown[y * width + x]!;
      let place = placeOf.get(colour);
      if (place === undefined) placeOf.set(colour, (place = nearest(palette, colour)));
      rows[y * (width + 1) + 1 + x] = place;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(tall, 4);
  // 8 bits, a palette.
  head.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(palette.flatMap((each) => [each >> 16, (each >> 8) & 255, each & 255]));
  const data = deflateSync(rows, { level: 9 });
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Width and height that a PNG tells. */
export function sizeOfPng(png: Buffer): { width: number; height: number } {
  if (!png.subarray(0, HEAD).equals(SIGNATURE)) throw new Error('This is no PNG.');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

function decode(png: Buffer) {
  const { width, height } = sizeOfPng(png);
  const [depth, type] = [png[24], png[25]];
  if (depth !== 8 || (type !== 2 && type !== 6)) throw new Error('This PNG is not of 8 bits a channel.');
  const parts: Buffer[] = [];
  for (let at = HEAD; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) !== 'IDAT') continue;
    parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const step = type === 6 ? 4 : 3;
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * step;
  const colours = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    const row = new Uint8Array(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let i = 0; i < stride; i++) {
      const [left, up, corner] = [row[i - step] ?? 0, above[i]!, above[i - step] ?? 0];
      row[i] = row[i]! + predicted(filter, left, up, corner);
    }
    for (let x = 0; x < width; x++) {
      const at = x * step;
      colours[y * width + x] = (row[at]! << 16) | (row[at + 1]! << 8) | row[at + 2]!;
    }
    above = row;
  }
  return { width, height, colours };
}

/** Filters of PNG: none, sub, up, average, Paeth. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function mostUsed(colours: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MOST_COLOURS)
    .map(([colour]) => colour);
}

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Infinity];
  for (const [place, each] of palette.entries()) {
    const [red, green, blue] = [16, 8, 0].map((bits) => ((each >> bits) & 255) - ((colour >> bits) & 255));
    const far = red! * red! + green! * green! + blue! * blue!;
    if (far < least) [best, least] = [place, far];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
