/** Hours by weekday as a picture to take along. In: a count for each hour of the week. Out: a PNG. */
import { fontOf, imageOf, styleOf } from '../charts/image-frame.ts';
import { format } from '../format.ts';
import { text } from '../text.ts';

const HOURS = 24;
const ROW = 40;
const HEAD = 24;
const DAY_NAME = 56;
const GAP = 2;
/** As on the page: the root of a count, so that one peak does not hide the rest. */
const STRONGEST = 0.42;

export function hoursImage(
  values: Uint32Array,
  {
    title,
    about,
    zone,
    days,
  }: {
    title: string;
    about: readonly string[];
    zone: string | undefined;
    /** In the order of rows, as days after Monday. */
    days: readonly number[];
  },
): Promise<Blob> {
  const highest = values.reduce((most, value) => Math.max(most, value), 1);
  return imageOf({
    ...{ title, about, legend: [], height: HEAD + days.length * ROW, axis: text.repository.hours.axis(zone) },
    paint(context, left, top, width) {
      const wide = (width - DAY_NAME) / HOURS;
      const soft = styleOf('--ink-soft');
      context.textBaseline = 'middle';
      context.font = fontOf(13);
      for (const [place, day] of days.entries()) {
        const y = top + HEAD + place * ROW;
        context.textAlign = 'start';
        context.fillStyle = soft;
        // 5 January 1970 was a Monday.
        context.fillText(format.dayOfWeek(day + 4), left, y + ROW / 2);
        context.textAlign = 'center';
        for (let hour = 0; hour < HOURS; hour++) {
          const value = values[day * HOURS + hour]!;
          const x = left + DAY_NAME + hour * wide;
          paintCell(context, x, y, wide, value, Math.sqrt(value / highest) * STRONGEST);
          context.fillStyle = soft;
          if (place === 0) context.fillText(String(hour).padStart(2, '0'), x + wide / 2 - 1, top + HEAD / 2);
        }
      }
    },
  });
}

function paintCell(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  wide: number,
  value: number,
  strength: number,
): void {
  const box = [x, y, wide - GAP, ROW - GAP] as const;
  context.fillStyle = styleOf('--sunken');
  context.fillRect(...box);
  context.globalAlpha = strength;
  context.fillStyle = styleOf('--by-tag');
  context.fillRect(...box);
  context.globalAlpha = 1;
  context.fillStyle = styleOf(value === 0 ? '--ink-soft' : '--ink');
  context.fillText(format.compact(value), x + wide / 2 - 1, y + ROW / 2);
}
