/** The dashboard comes from the top in turns, each painted before the next, and at once when it was drawn before. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Turns } from '../../src/views/dashboard/turns.svelte.ts';

const FRAME = 16;
let hasFrames = true;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => (hasFrames ? setTimeout(draw, FRAME) : 0));
  vi.stubGlobal('cancelAnimationFrame', (frame: ReturnType<typeof setTimeout>) => clearTimeout(frame));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test.each([true, false])('each turn is a task of its own, with frames: %s', (frames) => {
  hasFrames = frames;
  const shown = {};
  const first = new Turns(shown, 3);
  const seen = [first.at];
  while (!first.isOver) {
    vi.advanceTimersToNextTimer();
    if (seen.at(-1) !== first.at) seen.push(first.at);
  }
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(vi.getTimerCount()).toBe(0);
});

test('what was drawn comes whole', () => {
  hasFrames = true;
  const [shown, other] = [{}, {}];
  new Turns(shown, 3);
  vi.runAllTimers();
  expect(new Turns(shown, 3).at).toBe(3);
  expect(new Turns(other, 3).at).toBe(0);
});

test('a turn waits for the frame', () => {
  hasFrames = true;
  const turns = new Turns({}, 2);
  vi.advanceTimersByTime(FRAME);
  expect(turns.at).toBe(0);
  vi.advanceTimersByTime(1);
  expect(turns.at).toBe(1);
});
