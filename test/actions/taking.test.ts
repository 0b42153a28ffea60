import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { openTaking, PlainTaker, type RowTaker } from '../../src/actions/compiled/open-taking.ts';
import { takeRows } from '../../src/actions/take-rows.ts';
import { PAGE_ROWS, RequestTable, type RequestTally } from '../../src/model/request-table.ts';
import { FLAG_DROPPED, FLAG_EVENT, NO_WORD, type RequestColumns } from '../../src/model/segment.ts';

/** One request: flags, status, and a number that its other columns are made of. */
interface Given {
  flags: number;
  status: number;
  seed: number;
  left: boolean;
}

const WORDS = 40;
const word = (seed: number, kind: number) => (seed % 5 === kind ? NO_WORD : (seed * (kind + 3)) % WORDS);
const numberOf = (kind: number, of: number) => (of === NO_WORD ? NO_WORD : of * 7 + kind);

function columnsOf(given: Given[], hasOptional: boolean): RequestColumns {
  const wide = (of: (each: Given) => number) => Uint32Array.from(given, of);
  const some = (of: (each: Given) => number) => (hasOptional ? wide(of) : new Uint32Array());
  return {
    length: given.length,
    seconds: wide(({ seed }) => seed * 100_003),
    millis: Uint16Array.from(given, ({ seed }) => seed % 1000),
    client: wide(({ seed }) => word(seed, 0)),
    repository: wide(({ seed }) => word(seed, 1)),
    reference: wide(({ seed }) => word(seed, 2)),
    agent: wide(({ seed }) => word(seed, 3)),
    upstream: some(({ seed }) => word(seed, 4)),
    digest: some(({ seed }) => word(seed + 1, 2)),
    flags: Uint8Array.from(given, ({ flags }) => flags),
    status: Uint16Array.from(given, ({ status }) => status),
    written: new Uint32Array(given.length),
    startSecond: new Uint32Array(given.length),
    offset: wide(({ seed }) => seed + 9),
  };
}

const noTally = (): RequestTally => ({
  kept: 0,
  droppedByStatus: new Map(),
  loggedTwice: 0,
  signatures: 0,
  withoutAddress: 0,
  withoutStatus: 0,
});

/** Rows and tally of requests that come behind `before` others. */
function take(taker: RowTaker, given: Given[], hasOptional: boolean, hasLeft: boolean, before: number) {
  const table = new RequestTable();
  const tally = noTally();
  for (let kind = 0; kind < 5; kind++)
    taker.numbersOf(kind, WORDS).set(Int32Array.from({ length: WORDS }, (_, of) => numberOf(kind, of)));
  table.length = before;
  const left = hasLeft ? Uint8Array.from(given, ({ left }) => Number(left)) : null;
  takeRows(table, columnsOf(given, hasOptional), left, taker, tally);
  const rows = Array.from({ length: table.length - before }, (_, i) => {
    const page = table.pages[(before + i) >>> 16]!;
    const at = (before + i) & 0xffff;
    const { seconds, millis, client, repository, reference, agent, digest, upstream, flags, offset } = page;
    const columns = [seconds, millis, client, repository, reference, agent, digest, upstream, flags, offset];
    return columns.map((column) => column?.[at] ?? null);
  });
  return { rows, tally };
}

/** What must come of it. */
function expected(given: Given[], hasOptional: boolean, hasLeft: boolean) {
  const tally = noTally();
  const rows: (number | null)[][] = [];
  for (const { flags, status, seed, left } of given) {
    if (hasLeft && left) continue;
    if (flags & FLAG_DROPPED) {
      tally.droppedByStatus.set(status, (tally.droppedByStatus.get(status) ?? 0) + 1);
      continue;
    }
    tally.kept++;
    if (flags & 4) tally.signatures++;
    if (flags & 32) tally.withoutAddress++;
    if (status === 0) tally.withoutStatus++;
    const words = [0, 1, 2, 3].map((kind) => numberOf(kind, word(seed, kind)));
    const others = hasOptional ? [numberOf(2, word(seed + 1, 2)), numberOf(4, word(seed, 4))] : [null, null];
    rows.push([seed * 100_003, seed % 1000, ...words, ...others, flags & ~FLAG_EVENT, seed + 9]);
  }
  return { rows, tally };
}

const request = fc.record({
  flags: fc.nat(127),
  status: fc.constantFrom(0, 200, 304, 401, 404, 999, 1200),
  seed: fc.nat(40_000),
  left: fc.boolean(),
});

test('both builds take what counts, with common numbers, and tally the rest', () => {
  expect(openTaking()).not.toBeInstanceOf(PlainTaker);
  fc.assert(
    fc.property(
      fc.array(request, { maxLength: 60 }),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(0, PAGE_ROWS - 5),
      (given, hasOptional, hasLeft, before) => {
        const wanted = expected(given, hasOptional, hasLeft);
        for (const taker of [openTaking(), new PlainTaker()])
          expect(take(taker, given, hasOptional, hasLeft, before)).toEqual(wanted);
      },
    ),
    { numRuns: 60 },
  );
});

test('more requests than a batch, and more than a page, come in their order', () => {
  const given = Array.from({ length: 20_000 }, (_, seed) => ({
    ...{
      flags: seed % 11 === 0 ? FLAG_DROPPED : 1,
      status: seed % 22 === 0 ? 404 : 200,
      seed: seed % 40_000,
    },
    left: seed % 3 === 0,
  }));
  // As text: comparing so many objects takes long.
  const wanted = JSON.stringify(expected(given, true, true));
  expect(JSON.stringify(take(openTaking(), given, true, true, PAGE_ROWS - 9000)) === wanted).toBe(true);
  expect(JSON.stringify(take(new PlainTaker(), given, true, true, PAGE_ROWS - 9000)) === wanted).toBe(true);
});

test('numbers stay when there are more of them', () => {
  for (const taker of [openTaking(), new PlainTaker()]) {
    taker.numbersOf(2, 3).set([7, 8, 9]);
    taker.numbersOf(2, 500_000).set([1], 499_999);
    expect([...taker.numbersOf(2, 500_000).subarray(0, 4)]).toEqual([7, 8, 9, 0]);
    expect(taker.batch().bytes.length).toBeGreaterThan(0);
  }
});

test('JavaScript takes rows where WebAssembly is missing', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(openTaking()).toBeInstanceOf(PlainTaker);
  vi.unstubAllGlobals();
});
