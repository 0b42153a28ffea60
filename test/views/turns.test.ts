/** The dashboard comes from the top in turns, and at once when it was drawn before. */
import { expect, test, vi } from 'vitest';
import { Turns } from '../../src/views/dashboard/turns.svelte.ts';

test('each turn is a task of its own; what was drawn comes whole', () => {
  vi.useFakeTimers();
  let layouts = 0;
  vi.stubGlobal('document', {
    body: {
      get offsetHeight() {
        return ++layouts;
      },
    },
  });
  try {
    const [shown, other] = [{}, {}];
    const first = new Turns(shown, 3);
    const seen = [first.at];
    while (!first.isOver) {
      vi.advanceTimersToNextTimer();
      seen.push(first.at);
    }
    // What one turn has drawn is laid out in a task between it and the next.
    expect(seen).toEqual([0, 0, 1, 1, 2, 2, 3]);
    expect(layouts).toBe(3);
    vi.advanceTimersToNextTimer();
    expect(vi.getTimerCount()).toBe(0);
    expect(new Turns(shown, 3).at).toBe(3);
    expect(new Turns(other, 3).at).toBe(0);
  } finally {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  }
});
