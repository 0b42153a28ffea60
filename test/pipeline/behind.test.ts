/** Questions that wait until something is done. */
import { expect, test } from 'vitest';
import { behind } from '../../src/pipeline/behind.ts';

test('calls wait, keep their order, and pass when nothing is waited for', async () => {
  const asked: string[] = [];
  const remote = { ask: async (text: string) => (asked.push(text), `${text}!`) };
  let opening: Promise<unknown> | null = null;
  const waiting = behind(remote, () => opening);
  expect(await waiting.ask('before')).toBe('before!');
  let open = () => {};
  opening = new Promise<void>((resolve) => (open = resolve));
  const answers = [waiting.ask('a'), waiting.ask('b')];
  await new Promise((resolve) => setTimeout(resolve));
  expect(asked).toEqual(['before']);
  open();
  expect(await Promise.all(answers)).toEqual(['a!', 'b!']);
  expect(asked).toEqual(['before', 'a', 'b']);
});

test('what is waited for may fail', async () => {
  const waiting = behind({ ask: () => 1 }, () => Promise.reject(new Error('stopped')));
  expect(await waiting.ask()).toBe(1);
});
