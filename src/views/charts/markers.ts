/** Marks on a chart: when something first happened. In: moments with labels. Out: those of a bar, as people read them. */
import type { Milliseconds } from '../../model/units.ts';
import type { Moments } from '../../model/moments.ts';
import { text } from '../text.ts';

export interface Marker {
  time: Milliseconds;
  label: string;
}

/** Labels of a bar that are named; of more, their number. */
const NAMED = 4;

export function markersOf(markers: readonly Marker[], { from, to }: Moments): Marker[] {
  return markers.filter(({ time }) => time >= from && time < to);
}

/** At most one line of markers, and one of each note. */
export function markerLabels(
  { markers, notes }: { markers: readonly Marker[]; notes: readonly Marker[] },
  bucket: Moments,
): string[] {
  const own = markersOf(markers, bucket).map(({ label }) => label);
  return [
    ...(own.length === 0 ? [] : [text.repository.firstSeen(own.slice(0, NAMED), own.length - NAMED)]),
    ...markersOf(notes, bucket).map(({ label }) => text.notes.told(label)),
  ];
}
