import { expect, test } from 'vitest';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import { hidesNoise, withAllNoise, withNoise } from '../../src/model/noise.ts';
import { readTypedName, typedName } from '../../src/model/repository-name.ts';

test('switches against noise are choices of the filter, and leave the others alone', () => {
  const person = withValue(NO_FILTER, 'use', 'person', 'include');
  const quiet = withNoise(withNoise(person, 'ci', true), 'ownPushes', true);
  expect(quiet).toEqual({
    use: { included: ['person'], excluded: ['ci'] },
    push: { included: [], excluded: ['own'] },
  });
  expect([hidesNoise(quiet, 'ci'), hidesNoise(quiet, 'scanners')]).toEqual([true, false]);
  expect(withAllNoise(quiet)).toEqual(person);
  expect(withNoise(withNoise(quiet, 'ci', false), 'ownPushes', false)).toEqual(person);
});

test('only what is excluded is noise: scanners that are asked for stay', () => {
  const scanners = withValue(NO_FILTER, 'use', 'scanner', 'include');
  expect(withAllNoise(scanners)).toEqual(scanners);
});

test('a name may say its type', () => {
  expect(readTypedName(typedName('model', 'acme/bert'))).toEqual({ type: 'model', name: 'acme/bert' });
  expect(readTypedName('acme/bert')).toEqual({ type: null, name: 'acme/bert' });
  expect(readTypedName('other:acme')).toEqual({ type: null, name: 'other:acme' });
});
