/**
 * The same traffic in two files: nginx and the registry behind it, or one server's two logs. In: all rows in order of
 * time, and what is known of each file. Out: which file stands behind which. Pure; the order of files never matters.
 *
 * The rule: of two files that show the same traffic (hop-overlap.ts), one is counted. The other is set aside for the time
 * that the first one covers, from its first line to its last, whether or not each of its requests has a partner: what
 * a cache rewrote or a clock moved has none, and counting it would count a pull twice. Outside of that time its
 * requests count, because nothing else shows them. Files that only share clients, as replicas behind a balancer do,
 * have no overlap and add up.
 *
 * Which one is counted: the one that shows much more than the other (the other has a part of the traffic only); else the
 * outermost hop, which is the one with more client addresses, or that was asked for tags where the other was asked for
 * digests (Harbor rewrites them), or that is no registry's own, or that begins earlier; where nothing tells, the one
 * whose lines tell more (user agents, parts of a second), at last the smaller content key. Where these disagree in a ring of
 * files, the better founded ones hold.
 *
 * Limits: a sample of each pair is looked at, so the work is bounded. Two hops whose lines stand in one file are not
 * found here: a row does not tell its line's kind. What one of them wrote by a logger, logged-twice.ts finds. Harbor's own
 * log, when nearly all requests are HEADs by tag, overlaps too little with the proxy's.
 */
import { firstPlace } from '../lib/first-place.ts';
import { WordTable } from '../lib/word-table.ts';
import { PAGE_MASK, PAGE_SHIFT, type RequestTable } from '../model/request-table.ts';
import { FLAG_DIGEST, FLAG_GET, FLAG_LOGGER_LINE, FLAG_NO_CLIENT } from '../model/segment.ts';
import type { Milliseconds, RequestIndex } from '../model/units.ts';
import {
  emptySample,
  ENOUGH,
  FEWEST,
  type HopSample,
  NO_PROGRAM,
  overlapOf,
  OWN_PROGRAM,
  TOLERANCE,
} from './hop-overlap.ts';

/** What is known of a file that has requests. */
export interface HopFile {
  file: number;
  /** Of its first and last line. */
  first: Milliseconds;
  last: Milliseconds;
  /** Of its requests, those among them that were dropped for their status. */
  firstRequest: Milliseconds;
  lastRequest: Milliseconds;
  contentKey: string;
  rows: [from: RequestIndex, to: RequestIndex][];
}

/** `inner` shows the same traffic as `outer`, which is counted. */
export interface Hop {
  outer: number;
  inner: number;
  /** Share of the smaller one's requests that have a partner. */
  overlap: number;
}

/** All rows in order of time, with their dictionaries. */
export interface OrderedRows {
  table: RequestTable;
  order: Uint32Array;
  length: number;
  /** Number of a repository's name without its prefix. */
  nameOf: Uint32Array;
  agents: WordTable;
}

/** Rows that are looked at: of a pair at most, and of all pairs together (but always some). */
const OF_A_PAIR = 200_000;
const OF_ALL_PAIRS = 4_000_000;
const AT_LEAST = 1_000;
/** Blocks of time around requests that are spread over the file, and how many. */
const BLOCK: Milliseconds = 22_000;
const ANCHORS = 256;
/** Requests of a file that are looked at to choose them. */
const CANDIDATES = 4_096;

interface Pair extends Hop {
  /** Of both files' contents: the last resort of every order. */
  key: string;
  /** Place in REASONS of what decided the direction, and by how much. */
  reason: number;
  ratio: number;
}

export function findHops(rows: OrderedRows, files: HopFile[]): Hop[] {
  const sorted = [...files].sort((a, b) => (a.contentKey < b.contentKey ? -1 : 1));
  const pairs: [HopFile, HopFile][] = [];
  sorted.forEach((a, i) => {
    for (const b of sorted.slice(i + 1)) if (a.first <= b.last && b.first <= a.last) pairs.push([a, b]);
  });
  const budget = Math.min(OF_A_PAIR, Math.max(AT_LEAST, OF_ALL_PAIRS / pairs.length));
  const programs = new Map<number, number>();
  const spreads = new Map<HopFile, Spread>();
  const spread = (file: HopFile): Spread => {
    const known = spreads.get(file) ?? spreadOf(rows.table, file);
    spreads.set(file, known);
    return known;
  };
  const found = pairs.flatMap(([a, b]): Pair[] => {
    const { anchors, requests } = inBoth(a, spread(a), b, spread(b));
    const [ofA, ofB] = sampleOf(rows, a, b, anchors, budget, programs);
    [ofA.requests, ofB.requests] = requests;
    const overlap = overlapOf(ofA, ofB, BLOCK);
    return overlap === null ? [] : [directed(a, ofA, b, ofB, overlap)];
  });
  return withoutRings(found).map(({ outer, inner, overlap }) => ({ outer, inner, overlap }));
}

/** Blocks of time that both files cover, as their requests in them. */
function sampleOf(
  rows: OrderedRows,
  a: HopFile,
  b: HopFile,
  anchors: Milliseconds[],
  budget: number,
  programs: Map<number, number>,
): [HopSample, HopSample] {
  const { table, order, length } = rows;
  const samples: [HopSample, HopSample] = [emptySample(), emptySample()];
  let looked = 0;
  let end = -Infinity;
  for (const time of anchors) {
    if (time < end) continue;
    // The partner of an anchor may be earlier.
    const start = Math.max(time - TOLERANCE, end);
    end = start + BLOCK;
    const first = firstPlace(length, (place) => table.time(order[place]!) >= start);
    for (let i = first; i < length && looked < budget; i++, looked++) {
      const row = order[i]!;
      if (table.time(row) >= end) break;
      const file = table.fileOf(row);
      if (file === a.file) push(samples[0], rows, row, start, programs);
      else if (file === b.file) push(samples[1], rows, row, start, programs);
    }
  }
  return samples;
}

/** Times of requests, ascending, spread over a file; each stands for `step` of them. */
interface Spread {
  times: Milliseconds[];
  step: number;
}

function spreadOf(table: RequestTable, { rows }: HopFile): Spread {
  const count = rows.reduce((sum, [from, to]) => sum + to - from, 0);
  const step = Math.max(1, Math.floor(count / CANDIDATES));
  const times: Milliseconds[] = [];
  for (const [from, to] of rows) for (let row = from; row < to; row += step) times.push(table.time(row));
  return { times: times.sort((x, y) => x - y), step };
}

/** Where to look: at requests, in what both files cover, of the file that has fewer there; and how many each has there. */
function inBoth(
  a: HopFile,
  ofA: Spread,
  b: HopFile,
  ofB: Spread,
): { anchors: Milliseconds[]; requests: [ofA: number, ofB: number] } {
  const [from, to] = [Math.max(a.first, b.first) - TOLERANCE, Math.min(a.last, b.last) + TOLERANCE];
  const [inA, inB] = [ofA, ofB].map(({ times }) => times.filter((time) => time >= from && time <= to)) as [
    Milliseconds[],
    Milliseconds[],
  ];
  const requests: [number, number] = [inA.length * ofA.step, inB.length * ofB.step];
  const [fewer, more] = requests[0] <= requests[1] ? [inA, inB] : [inB, inA];
  const times = fewer.length >= FEWEST ? fewer : more;
  const step = Math.max(1, Math.floor(times.length / ANCHORS));
  return { anchors: times.filter((_, i) => i % step === 0), requests };
}

function push(
  sample: HopSample,
  { table, nameOf, agents }: OrderedRows,
  row: RequestIndex,
  block: Milliseconds,
  programs: Map<number, number>,
): void {
  const page = table.pages[row >>> PAGE_SHIFT]!;
  const at = row & PAGE_MASK;
  const flags = page.flags[at]!;
  const name = nameOf[page.repository[at]!]!;
  sample.times.push(table.time(row));
  // Exact below 2 to the 53rd; that names beyond the millionth may share a number does no harm in a sample.
  sample.keys.push(((name & 0xfffff) * 2 ** 32 + page.reference[at]!) * 2 + (flags & FLAG_GET ? 1 : 0));
  sample.clients.push(page.client[at]!);
  sample.programs.push(programOf(agents, page.agent[at]!, programs));
  sample.blocks.push(block);
  if (!(flags & FLAG_DIGEST)) sample.tags++;
  if (flags & FLAG_LOGGER_LINE) sample.loggerLines++;
  if (sample.programs.at(-1)! > NO_PROGRAM) sample.details += 2;
  if (page.millis[at]! > 0) sample.details++;
  if (!(flags & FLAG_NO_CLIENT)) sample.addresses.add(page.client[at]!);
}

/** A number for the first word of an agent: the rest may be cut or escaped by a hop. */
function programOf(agents: WordTable, agent: number, programs: Map<number, number>): number {
  let program = programs.get(agent);
  if (program === undefined) {
    const word = /^[A-Za-z0-9]*/.exec(agents.textOf(agent))![0];
    const hash = WordTable.hash(new TextEncoder().encode(word));
    program = word === '' ? NO_PROGRAM : word === 'harbor' ? OWN_PROGRAM : Math.max(hash, OWN_PROGRAM + 1);
    programs.set(agent, program);
  }
  return program;
}

/** What tells which of two files is counted, the best founded first: the one with more of it, by at least so many times. */
const REASONS: { of: (file: HopFile, sample: HopSample, other: HopFile) => number; times: number }[] = [
  // Not of the sample, which is of the moments when the one that has fewer was asked.
  { of: (_, { requests }) => requests, times: 1 / ENOUGH },
  { of: (_, { addresses }) => addresses.size, times: 1 },
  { of: (_, { tags }) => tags, times: 1 },
  { of: (_, { times, loggerLines }) => times.length - loggerLines, times: 1 },
  { of: ({ first }, _, other) => Math.max(0, other.first - first - TOLERANCE), times: 1 },
  { of: (_, { details }) => details, times: 1 },
];

/** a has the smaller content key. */
function directed(a: HopFile, ofA: HopSample, b: HopFile, ofB: HopSample, overlap: number): Pair {
  const pair = { outer: a.file, inner: b.file, overlap, key: `${a.contentKey} ${b.contentKey}` };
  for (const [reason, { of, times }] of REASONS.entries()) {
    const [x, y] = [of(a, ofA, b), of(b, ofB, a)];
    const ratio = Math.max(x, y) / Math.max(1, Math.min(x, y));
    if (x > y * times) return { ...pair, reason, ratio };
    if (y > x * times) return { ...pair, outer: b.file, inner: a.file, reason, ratio };
  }
  return { ...pair, reason: REASONS.length, ratio: 1 };
}

/** The best founded pairs first, each the other way round if it would close a ring: else a ring would count nothing. */
function withoutRings(pairs: Pair[]): Hop[] {
  const inners = new Map<number, number[]>();
  const isBehind = (inner: number, outer: number): boolean =>
    (inners.get(outer) ?? []).some((next) => next === inner || isBehind(inner, next));
  const sorted = [...pairs].sort(
    (a, b) => a.reason - b.reason || b.ratio - a.ratio || (a.key < b.key ? -1 : 1),
  );
  return sorted.map((pair) => {
    const turned = isBehind(pair.outer, pair.inner);
    const [outer, inner] = turned ? [pair.inner, pair.outer] : [pair.outer, pair.inner];
    inners.set(outer, [...(inners.get(outer) ?? []), inner]);
    return { outer, inner, overlap: pair.overlap };
  });
}
