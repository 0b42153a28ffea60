import { expect, test, vi } from 'vitest';
import { MOST } from '../../src/actions/folding/batch.ts';
import {
  type Fold,
  openFolding,
  openInJavaScript,
  PlainFold,
} from '../../src/actions/folding/open-folding.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';

const GET = 1;
const DIGEST = 2;

/** Folds requests, each a list of the arguments of Folding.push, in batches of this size at most. */
function foldAll(fold: Fold, requests: number[][], size: number): number[] {
  const answers: number[] = [];
  for (let from = 0; from < requests.length; from += size) {
    const part = requests.slice(from, from + size);
    const { integers, times } = fold.batch();
    part.forEach(([row, time, ...others], i) => {
      integers[i] = row!;
      times[i] = time!;
      others.forEach((value, place) => (integers[(place + 1) * MOST + i] = value));
    });
    answers.push(...fold.fold(part.length).subarray(0, part.length));
  }
  return answers;
}

test('WebAssembly is what is opened where it is allowed, and JavaScript where it is not', () => {
  expect(openFolding(5000, false)).not.toBeInstanceOf(PlainFold);
  expect(openInJavaScript(5000, false)).toBeInstanceOf(PlainFold);
  vi.stubGlobal('WebAssembly', undefined);
  expect(openFolding(5000, false)).toBeInstanceOf(PlainFold);
  vi.unstubAllGlobals();
});

test.each([false, true])('both builds fold the same, groups and columns grow (further: %s)', (further) => {
  const next = randomNumbers(7);
  const number = (below: number) => Math.floor(next() * below);
  const [compiled, plain] = [openFolding(5000, further), openInJavaScript(5000, further)];
  let time = 1.7e12;
  const requests: number[][] = [];
  for (let row = 0; row < 60_000; row++) {
    // Now and then so many requests in a window that every table must grow.
    const isBusy = row % 20_000 < 6000;
    time += number(isBusy ? 2 : 300);
    const flags = number(4);
    const reference = flags & DIGEST ? 100 + number(12) : number(6);
    const logged = number(3) === 0 ? 100 + number(12) : -1;
    requests.push([
      row,
      time,
      number(isBusy ? 2000 : 10),
      number(4),
      number(2),
      number(3),
      reference,
      logged,
      flags,
    ]);
  }
  const answers = foldAll(compiled, requests, MOST);
  expect(foldAll(plain, requests, MOST)).toEqual(answers);
  expect(foldAll(openFolding(5000, further), requests, 7)).toEqual(answers);
  answers.forEach((answer, row) => {
    if (!(requests[row]!.at(-1)! & GET)) expect(answer).toBe(-1);
  });
  expect(answers.filter((answer) => answer >= 0).length).toBeGreaterThan(1000);
});
