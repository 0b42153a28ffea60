import { describe, expect, it } from 'vitest';
import { olderThanSentence } from '../../src/views/text/older-versions.ts';

const versions = (counts: Record<string, number>) => new Map(Object.entries(counts));
const percent = (part: number, whole: number) => `${Math.round((part / whole) * 100)} %`;
const DOCKER = versions({ '20.10.24+dfsg1': 30, '24.0.7': 12, '27.3.1': 40, '27.0.3': 15, '29.1.0': 3 });

describe('olderThanSentence', () => {
  it.each([
    ['docker', DOCKER, undefined, '42 % of the pulls by docker come from versions older than 27.'],
    ['docker', DOCKER, '24', '30 % of the pulls by docker come from versions older than 24.'],
    ['docker', DOCKER, '20', 'None of the pulls by docker come from versions older than 20.'],
    ['docker', DOCKER, '30', 'All of the pulls by docker come from versions older than 30.'],
    [
      'buildkit',
      versions({ '0.12': 1, '0.23': 3, '': 6 }),
      undefined,
      '25 % of the pulls by buildkit that tell their version come from versions older than 0.23.',
    ],
    ['oras-go', versions({ '': 7 }), undefined, 'No pull by oras-go tells its version.'],
  ] as const)('%s', (tool, counts, line, sentence) => {
    expect(olderThanSentence(tool, counts, line, percent)).toBe(sentence);
  });
});
