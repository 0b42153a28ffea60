import { expect, test, vi } from 'vitest';
import {
  ACTIONS,
  APART,
  BYTES,
  COUNTS,
  ELSEWHERE,
  FLAGS,
  HAS_ELSEWHERE,
  HAS_LOGGED,
  JOIN_COUNT,
  JOINS,
  MOST,
  NEXT,
  PLACES,
} from '../../src/actions/compiled/batch.ts';
import {
  type Fold,
  type FoldRules,
  openFolding,
  openInJavaScript,
  PlainFold,
} from '../../src/actions/compiled/open-folding.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';

const RULES: FoldRules = { window: 5000, foldFurther: false, separateByAgent: false, countSignatures: false };
const DIGEST = 2;
const SIGNATURE = 4;
const NO_CLIENT = 32;

/** Seconds, client, repository, reference, agent, digest logged, milliseconds, flags, action; its row is its place. */
type Given = number[];

/** What became of each request: flags, action, next; and counts. isRun: rows are told to follow each other. */
function classifyAll(fold: Fold, requests: Given[], size: number, isRun: boolean) {
  const [flags, actions, next] = [
    new Uint8Array(requests.length),
    new Uint8Array(requests.length),
    new Int32Array(requests.length),
  ];
  const counts = [0, 0, 0, 0, 0, 0];
  for (let from = 0; from < requests.length; from += size) {
    const part = requests.slice(from, from + size);
    const given = fold.batch();
    part.forEach((request, i) => {
      given.integers[i] = from + i;
      for (let column = 0; column < 6; column++) given.integers[(column + 1) * MOST + i] = request[column]!;
      given.millis[i] = request[6]!;
      given.bytes[FLAGS + i] = request[7]!;
      given.bytes[ACTIONS + i] = request[8]!;
    });
    fold.classify(part.length, isRun ? from : APART, HAS_LOGGED | HAS_ELSEWHERE);
    const { integers, bytes } = fold.batch();
    flags.set(bytes.subarray(FLAGS, FLAGS + part.length), from);
    actions.set(bytes.subarray(ACTIONS, ACTIONS + part.length), from);
    next.set(integers.subarray(NEXT, NEXT + part.length), from);
    counts.forEach((_, i) => (counts[i]! += integers[COUNTS + i]!));
    for (let at = JOINS; at < JOINS + integers[JOIN_COUNT]! * 2; at += 2) {
      const before = integers[at]! >> 1;
      next[before] = integers[at + 1]!;
      if (!(integers[at]! & 1)) continue;
      flags[before]! |= 128;
      if (flags[before]! & DIGEST) continue;
      counts[actions[before]!]!--;
      actions[before] = 2;
      counts[2]!++;
    }
  }
  const requestsOf = fold.requestsOf().slice(0, 1000);
  // As text: comparing so many numbers takes long.
  const text = [flags, actions, next, counts, requestsOf].map((column) => column.join()).join('\n');
  return { actions, next, counts, text };
}

function randomRequests(): Given[] {
  const next = randomNumbers(7);
  const number = (below: number) => Math.floor(next() * below);
  // After 2038: seconds have no sign.
  let time = 2.5e12;
  return Array.from({ length: 60_000 }, (_, row) => {
    // Now and then so many requests in a window that every table must grow.
    const isBusy = row % 20_000 < 6000;
    time += number(isBusy ? 2 : 300);
    const flags = number(4) | (number(20) === 0 ? SIGNATURE : 0) | (number(20) === 0 ? NO_CLIENT : 0);
    return [
      Math.floor(time / 1000),
      number(isBusy ? 2000 : 10),
      number(4),
      flags & DIGEST ? 100 + number(12) : number(6),
      number(3),
      number(3) === 0 ? 100 + number(12) : -1,
      time % 1000,
      flags,
      number(20) === 0 ? ELSEWHERE : 0,
    ];
  });
}

test('WebAssembly is what is opened where it is allowed, and JavaScript where it is not', () => {
  expect(openFolding(RULES)).not.toBeInstanceOf(PlainFold);
  expect(openInJavaScript(RULES)).toBeInstanceOf(PlainFold);
  vi.stubGlobal('WebAssembly', undefined);
  expect(openFolding(RULES)).toBeInstanceOf(PlainFold);
  vi.unstubAllGlobals();
});

test.each([
  RULES,
  { ...RULES, foldFurther: true, separateByAgent: true },
  { ...RULES, countSignatures: true },
])('both builds give the same in batches of any size, groups and columns grow: %o', (rules) => {
  const requests = randomRequests();
  const all = classifyAll(openFolding(rules), requests, MOST, true);
  expect(classifyAll(openInJavaScript(rules), requests, MOST, true).text === all.text).toBe(true);
  expect(classifyAll(openFolding(rules), requests, 7, true).text === all.text).toBe(true);
  expect(classifyAll(openFolding(rules), requests, 1000, false).text === all.text).toBe(true);
  const count = (action: number) => all.actions.reduce((sum, each) => sum + Number(each === action), 0);
  expect(all.counts.slice(0, 5)).toEqual([0, count(1), count(2), count(3), 0]);
  expect(all.next.filter((row) => row >= 0).length).toBeGreaterThan(1000);
  const alone = requests.flatMap(([, , , , , , , flags, action], row) =>
    action === ELSEWHERE || flags! & NO_CLIENT ? [all.next[row]] : [],
  );
  expect(new Set(alone)).toEqual(new Set([-1]));
  const elsewhere = requests.flatMap(([, , , , , , , , action], row) =>
    action === ELSEWHERE ? [all.actions[row]] : [],
  );
  expect(new Set(elsewhere)).toEqual(new Set([0]));
});

test('nothing is written beyond a batch', () => {
  const fold = openFolding(RULES);
  const { integers, bytes } = fold.batch();
  expect([integers.length, bytes.length]).toEqual([PLACES, BYTES]);
  bytes.fill(9);
  fold.classify(10, APART, 0);
  expect(bytes.subarray(FLAGS + 10, ACTIONS)).toEqual(new Uint8Array(MOST - 10).fill(9));
});
