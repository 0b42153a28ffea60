/** Strings of the switches against noise. */
import type { Noise } from '../../model/noise.ts';
import { format } from '../format.ts';
import { count } from './count.ts';

export const noiseText = {
  title: 'Hide noise',
  names: {
    signatures: 'Signatures',
    mirrors: 'Mirrors and caches',
    scanners: 'Scanners',
    ci: 'CI',
    ownPushes: 'Own pushes',
  } satisfies Record<Noise, string>,
  what: 'What these are',
  notes: {
    signatures:
      'Look-ups of signatures, attestations and SBOMs by tag (sha256-….sig). While hidden they are set aside: they count as no action anywhere, as Docker Hub does it, whatever else is filtered.',
    mirrors: 'Clients that copy or cache images for others, by their user agent.',
    scanners: 'Clients that look for vulnerabilities, by their user agent.',
    ci: 'Clients that run in continuous integration, by their user agent.',
    ownPushes:
      'HEADs that a push made: a client asks whether the registry has a manifest, then pushes it. Found where the same address and user agent pushes (PUT) to the repository within 5 seconds. Pulls are never among them.',
  } satisfies Record<Noise, string>,
  guess: 'How clients are used is a guess; its rules are under “What clients are used for”.',
  /** What a switch says beside its name. */
  amount: (noise: Noise, found: number, all: number, isHidden: boolean) => {
    if (found === 0) return 'none found';
    if (noise === 'signatures') return `${count(found, 'look-up')}${isHidden ? ' hidden' : ' counted'}`;
    return `${count(found, 'action')}${isHidden ? ' hidden' : ''} (${format.share(found, all)})`;
  },
  overlap:
    'Of all actions of this time (pulls, version checks and downloads), under the other filters, as if no noise were hidden. One may be in two of these.',
};
