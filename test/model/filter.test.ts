import { describe, expect, test } from 'vitest';
import {
  chosenFacets,
  clientValue,
  isFiltered,
  NO_FILTER,
  splitClient,
  wishFor,
  withValue,
} from '../../src/model/filter.ts';

describe('a filter', () => {
  const docker = withValue(NO_FILTER, 'client', 'docker', 'include');

  test('takes values in, leaves them out, and forgets them', () => {
    expect(docker).toEqual({ client: { included: ['docker'], excluded: [] } });
    const both = withValue(docker, 'client', '', 'exclude');
    expect(both).toEqual({ client: { included: ['docker'], excluded: [''] } });
    expect(withValue(both, 'client', 'docker', 'exclude')).toEqual({
      client: { included: [], excluded: ['', 'docker'] },
    });
    expect(withValue(docker, 'client', 'docker', 'neither')).toEqual(NO_FILTER);
    // Twice is once.
    expect(withValue(docker, 'client', 'docker', 'include')).toEqual(docker);
  });

  test('tells what is chosen', () => {
    expect([isFiltered(NO_FILTER), isFiltered(docker)]).toEqual([false, true]);
    expect(isFiltered({ tag: { included: [], excluded: [] } })).toBe(false);
    expect(chosenFacets(withValue(docker, 'repository', 'acme/*', 'exclude'))).toEqual([
      'repository',
      'client',
    ]);
    expect(wishFor(docker, 'client', 'docker')).toBe('include');
    expect(wishFor(docker, 'client', 'podman')).toBe('neither');
    expect(wishFor(docker, 'use', '')).toBe('neither');
  });

  test('is plain data', () => {
    expect(JSON.parse(JSON.stringify(docker))).toEqual(docker);
    expect(structuredClone(docker)).toEqual(docker);
  });
});

test('a client is a program, or a program and its version', () => {
  expect(splitClient(clientValue('docker'))).toEqual({ tool: 'docker' });
  expect(splitClient(clientValue('docker', '27.3.1'))).toEqual({ tool: 'docker', version: '27.3.1' });
  expect(splitClient(clientValue('docker', ''))).toEqual({ tool: 'docker', version: '' });
  expect(splitClient('')).toEqual({ tool: '' });
});
