import { expect, test, vi } from 'vitest';
import { Folding } from '../../src/actions/folding/folding.ts';
import { openFolding, openInJavaScript } from '../../src/actions/folding/open-folding.ts';
import { randomNumbers } from '../helpers/log-lines.ts';

const GET = 1;
const DIGEST = 2;

test('WebAssembly is what is opened where it is allowed, and JavaScript where it is not', () => {
  expect(openFolding(5000, false)).not.toBeInstanceOf(Folding);
  expect(openInJavaScript(5000, false)).toBeInstanceOf(Folding);
  vi.stubGlobal('WebAssembly', undefined);
  expect(openFolding(5000, false)).toBeInstanceOf(Folding);
  vi.unstubAllGlobals();
});

test.each([false, true])('both builds fold the same, groups and columns grow (further: %s)', (further) => {
  const next = randomNumbers(7);
  const number = (below: number) => Math.floor(next() * below);
  const [compiled, plain] = [openFolding(5000, further), openInJavaScript(5000, further)];
  let time = 1.7e12;
  let joined = 0;
  for (let row = 0; row < 60_000; row++) {
    // Now and then so many requests in a window that every table must grow.
    const isBusy = row % 20_000 < 6000;
    time += number(isBusy ? 2 : 300);
    const flags = number(4);
    const reference = flags & DIGEST ? 100 + number(12) : number(6);
    const logged = number(3) === 0 ? 100 + number(12) : -1;
    const request = [
      row,
      time,
      number(isBusy ? 2000 : 10),
      number(4),
      number(2),
      number(3),
      reference,
      logged,
    ] as const;
    const answer = compiled.push(...request, flags);
    expect(plain.push(...request, flags)).toBe(answer);
    if (answer >= 0) joined++;
    if (!(flags & GET)) expect(answer).toBe(-1);
  }
  expect(joined).toBeGreaterThan(1000);
});
