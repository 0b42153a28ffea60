/**
 * Requests of one file that were kept, into the common table again. In: the collector, KeptHead and KeptRows
 * (kept-requests.ts). Out: new rows [from, to), and the numbers of the file's clients. Columns are filled one after the
 * other, and no column is held at full width but that of one piece.
 */
import { fromSteps, type Narrow, widen } from '../lib/narrow.ts';
import { DamagedData } from '../lib/packed.ts';
import { HASH_BYTES } from '../model/kept-address.ts';
import type { KeptHead, KeptRows, KeptWords } from '../model/kept-file.ts';
import { PAGE_MASK, PAGE_ROWS, type RequestPage, type RequestTable } from '../model/request-table.ts';
import { NO_WORD, WORD_REFERENCE, WORD_REPOSITORY, WORD_UPSTREAM } from '../model/segment.ts';
import type { RequestIndex } from '../model/units.ts';
import type { RequestCollector } from './collect-requests.ts';
import { COLUMNS, KEPT_FLAGS } from './kept-requests.ts';

type Column = (typeof COLUMNS)[number];

/** One column of a piece at a time. */
const scratch = new Uint32Array(PAGE_ROWS);

/** Throws DamagedData, having taken nothing, where numbers point to nothing. */
export function takeKept(
  collector: RequestCollector,
  file: number,
  saltId: string,
  head: KeptHead,
  pieces: readonly KeptRows[],
): { rows: [from: RequestIndex, to: RequestIndex]; clients: Uint32Array } {
  if (head.clients.length !== head.isPrivate.length * HASH_BYTES) throw new DamagedData('A hash is cut off.');
  for (const piece of pieces) check(piece, head);
  const { table, keptClients } = collector;
  const words = (kind: number, kept: KeptWords) => {
    const numbers = new Uint32Array(kept.ends.length);
    collector.internAll(kind, kept, numbers, 0);
    return numbers;
  };
  const clients = keptClients.numbersOf(saltId, head.clients, head.isPrivate);
  const repositories = words(WORD_REPOSITORY, head.repositories);
  const references = words(WORD_REFERENCE, head.references);
  // Unescaped already.
  const agents = new Uint32Array(head.agents.ends.length);
  collector.agents.internAll(head.agents.bytes, head.agents.ends, agents, 0);
  const upstreams = words(WORD_UPSTREAM, head.upstreams);
  const [digests, upstreamOf] = [withNone(references), withNone(upstreams)];
  const from = table.length;
  for (const piece of pieces) {
    table.startRun(file, piece.start);
    const first = table.length;
    const put = (name: keyof RequestPage, values: Uint32Array) => {
      for (const [page, at, part] of byPage(table, first, values)) page[name]!.set(part, at);
    };
    put('seconds', fromSteps(piece.seconds, wide(piece.length)));
    put('offset', fromSteps(piece.offset, wide(piece.length)));
    put('millis', numbersOf(piece, 'millis'));
    put('flags', numbersOf(piece, 'flags'));
    put('client', numbersOf(piece, 'client', clients));
    put('repository', numbersOf(piece, 'repository', repositories));
    put('reference', numbersOf(piece, 'reference', references));
    put('agent', numbersOf(piece, 'agent', agents));
    putSome(table, first, piece, 'digest', digests);
    putSome(table, first, piece, 'upstream', upstreamOf);
    table.length += piece.length;
  }
  Object.assign(collector.tallyOf(file), head.tally);
  return { rows: [from, table.length], clients };
}

/** 0 stands for none. */
function withNone(numbers: Uint32Array): Uint32Array {
  const all = new Uint32Array(numbers.length + 1);
  all[0] = NO_WORD;
  all.set(numbers, 1);
  return all;
}

const wide = (length: number) => scratch.subarray(0, length);

/** A column at full width, until the next one is wanted; with `common`, as common numbers. */
function numbersOf(piece: KeptRows, name: Column, common?: Uint32Array): Uint32Array {
  const values = wide(piece.length);
  widen(piece[name], values);
  if (common) for (let i = 0; i < values.length; i++) values[i] = common[values[i]!]!;
  return values;
}

/** Values of rows from `first` on, cut where pages end. */
function* byPage(
  table: RequestTable,
  first: RequestIndex,
  values: Uint32Array,
): Generator<[page: RequestPage, at: number, part: Uint32Array]> {
  for (let done = 0; done < values.length;) {
    const at = (first + done) & PAGE_MASK;
    const part = values.subarray(done, done + PAGE_ROWS - at);
    yield [table.pageFor(first + done), at, part];
    done += part.length;
  }
}

/** A page has the column only where some row of it has a value. */
function putSome(
  table: RequestTable,
  first: RequestIndex,
  piece: KeptRows,
  name: 'digest' | 'upstream',
  common: Uint32Array,
): void {
  // A column of one value is that value alone.
  const hasAny = piece[name].length > 1 || piece[name][0] !== 0;
  const values = hasAny ? numbersOf(piece, name, common) : wide(piece.length).fill(NO_WORD);
  for (const [page, at, part] of byPage(table, first, values)) {
    if (hasAny) page[name] ??= new Uint32Array(PAGE_ROWS).fill(NO_WORD);
    page[name]?.set(part, at);
  }
}

function check(piece: KeptRows, head: KeptHead): void {
  const { length, seconds, offset } = piece;
  const sizes: Record<Column, number> = {
    millis: 1000,
    client: head.isPrivate.length,
    repository: head.repositories.ends.length,
    reference: head.references.ends.length,
    agent: head.agents.ends.length,
    digest: head.references.ends.length + 1,
    upstream: head.upstreams.ends.length + 1,
    flags: KEPT_FLAGS + 1,
  };
  const isWhole =
    Number.isInteger(length) &&
    length <= PAGE_ROWS &&
    seconds.steps.length === length &&
    offset.steps.length === length &&
    COLUMNS.every((name) => [1, length].includes(piece[name].length) && isBelow(piece[name], sizes[name]));
  if (!isWhole) throw new DamagedData('A row points to nothing.');
}

function isBelow(column: Narrow, size: number): boolean {
  // No number of so few bytes is greater.
  if (size >= 2 ** (8 * column.BYTES_PER_ELEMENT)) return true;
  let most = -1;
  for (let i = 0; i < column.length; i++) if (column[i]! > most) most = column[i]!;
  return most < size;
}
