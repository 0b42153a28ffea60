/** Reading everything again: what is shown stays until it is settled which of the two is kept. */
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import { defaultOptions } from '../../src/model/file-options.ts';
import { createAnalysisApi } from '../../src/pipeline/analysis-api.ts';

const file = (name: string) => ({
  name,
  size: 1,
  compressed: false,
  expectedFirst: 0,
  contentKey: name,
  state: 'failed' as const,
  problems: [],
  source: 0,
  options: defaultOptions(0),
  table: null,
});

it('keeps the old until it is told to take the new', () => {
  const api = createAnalysisApi();
  const shown = () => api.report().files.map(({ name }) => name);
  api.announce([file('a'), file('b')]);
  api.finish();
  for (const kept of ['old', 'new'] as const) {
    api.beginAgain([]);
    api.announce([file('b')]);
    expect(shown()).toEqual(['a', 'b']);
    expect(api.soFar().states.map(({ name }) => name)).toEqual(['b']);
    api.finish();
    api.endAgain(kept, []);
    expect(shown()).toEqual(kept === 'old' ? ['a', 'b'] : ['b']);
  }
  // What comes now is added to what is shown.
  api.announce([file('c')]);
  api.finish();
  expect(shown()).toEqual(['b', 'c']);
});

it('counts by the rules in force also what is read later', () => {
  const api = createAnalysisApi();
  api.setRules({ ...DEFAULT_RULES, countSignatures: true });
  api.forget();
  api.announce([file('a')]);
  api.finish();
  expect(api.report().total.setAside).toBe(0);
  expect(api.report().files).toHaveLength(1);
});

it('goes on with what stepped aside when a reading throws', async () => {
  const api = createAnalysisApi();
  api.setRemembering(true);
  api.announce([file('a')]);
  let isOver = false;
  const keeping = api.remember(Infinity, null).then(() => (isOver = true));
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
  expect(isOver).toBe(false);
  api.readingFailed();
  expect(await keeping).toBe(true);
});
