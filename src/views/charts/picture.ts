/** What a chart is drawn from: the same for bars of actions, lines of repositories and curves of releases. */
import type { Bucket, Kind } from './buckets.ts';
import type { Marker } from './markers.ts';
import type { Steps } from './steps.ts';

export interface Picture {
  steps: Steps;
  /** What time each step is; none where steps are no times. */
  buckets: readonly Bucket[];
  zone: string | undefined;
  /** What the upright axis counts. */
  upright: string;
  /** Stacked, from the bottom. */
  bars: readonly Bar[];
  /** Stepped over buckets; null: no data. */
  lines: readonly { name: string; values: (number | null)[]; style: LineStyle }[];
  /** The highest value that there can be; without it, what the values need. */
  top?: number;
  /** How a value is written; without it, as a count. */
  write?: (value: number) => string;
  /** Flags over the bars, and dots for what the person wrote. */
  markers: readonly Marker[];
  notes: readonly Marker[];
  /** A line of a bucket's tooltip beyond its numbers; empty for none. */
  note(index: number): string[];
}

export interface Bar {
  /** null: a part of one kind. */
  kind: Kind | null;
  name: string;
  values: number[];
  paint: Paint;
}

export interface Paint {
  /** A property of the page's style. */
  colour: string;
  isHatched?: boolean;
}

export const PAINTS: Record<Kind, Paint> = {
  pullsByTag: { colour: '--by-tag' },
  pullsByDigest: { colour: '--by-digest' },
  versionChecks: { colour: '--checks', isHatched: true },
  downloads: { colour: '--downloads' },
};

export interface LineStyle {
  /** A property of the page's style. */
  colour: string;
  /** Lengths of dashes and gaps; colour is never the only sign. */
  dash: readonly number[];
  width: number;
}

export const EARLIER_STYLE: LineStyle = { colour: '--ink', dash: [4, 3], width: 1.5 };
export const TOGETHER_STYLES: readonly LineStyle[] = [
  { colour: '--by-tag', dash: [], width: 2 },
  { colour: '--by-digest', dash: [8, 3], width: 2 },
  { colour: '--third', dash: [3, 3], width: 2 },
  { colour: '--fourth', dash: [10, 3, 2, 3], width: 2 },
  { colour: '--fifth', dash: [5, 2, 1, 2, 1, 2], width: 2 },
];
