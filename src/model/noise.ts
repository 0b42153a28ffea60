/**
 * Traffic that is no interest in an image, and the filter's choices that hide it. Signature look-ups are no such choice:
 * the rules of counting set them aside.
 */
import { type Facet, type Filter, OWN_PUSH, withValue, wishFor } from './filter.ts';
import type { Use } from './agent-columns.ts';

export const NOISES = ['signatures', 'mirrors', 'scanners', 'ci', 'ownPushes'] as const;
export type Noise = (typeof NOISES)[number];
export type FilteredNoise = Exclude<Noise, 'signatures'>;

export const NOISE_USES: Record<Exclude<FilteredNoise, 'ownPushes'>, Use> = {
  mirrors: 'mirror or cache',
  scanners: 'scanner',
  ci: 'ci',
};

/** What to exclude for each. */
const CHOICES: Record<FilteredNoise, readonly [facet: Facet, value: string]> = {
  mirrors: ['use', NOISE_USES.mirrors],
  scanners: ['use', NOISE_USES.scanners],
  ci: ['use', NOISE_USES.ci],
  ownPushes: ['push', OWN_PUSH],
};

/** Of a span, under the filter's other choices: each as if no other noise were hidden, so an action may be in two. */
export interface NoiseCounts {
  /** All actions, whatever noise they are. */
  actions: number;
  /** Look-ups of signatures, counted as actions or set aside. */
  signatures: number;
  mirrors: number;
  scanners: number;
  ci: number;
  ownPushes: number;
}

export function hidesNoise(filter: Filter, noise: FilteredNoise): boolean {
  return wishFor(filter, ...CHOICES[noise]) === 'exclude';
}

export function withNoise(filter: Filter, noise: FilteredNoise, isHidden: boolean): Filter {
  return withValue(filter, ...CHOICES[noise], isHidden ? 'exclude' : 'neither');
}

/** The filter without its choices against noise. */
export function withAllNoise(filter: Filter): Filter {
  const noises = Object.keys(CHOICES) as FilteredNoise[];
  return noises.reduce(
    (rest, noise) => (hidesNoise(rest, noise) ? withNoise(rest, noise, false) : rest),
    filter,
  );
}
