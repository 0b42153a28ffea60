import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { describeReadError, readBytes } from '../../src/intake/read-bytes.ts';
import { PiecewiseFile } from './gzip-samples.ts';

const CONTENT = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);

async function collect(blob: Blob, start = 0, end = blob.size): Promise<number[]> {
  const bytes: number[] = [];
  await readBytes(blob, start, end, (piece) => void bytes.push(...piece));
  return bytes;
}

/** Gives pieces of 700 bytes; the first readers stall, each after so many bytes, one of them within a piece. */
class StallingFile extends Blob {
  opened = 0;
  running = 0;
  constructor(
    private readonly content: Uint8Array,
    private readonly stallsAfter: number[],
    private readonly fills = 0,
    private readonly root?: StallingFile,
  ) {
    super([new Uint8Array(content)]);
  }
  override slice(start = 0, end = this.size): Blob {
    return new StallingFile(
      this.content.subarray(start, end),
      this.stallsAfter,
      this.fills,
      this.root ?? this,
    );
  }
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const root = this.root ?? this;
    const stop = this.stallsAfter[root.opened++] ?? Infinity;
    root.running++;
    let at = 0;
    return new ReadableStream({
      type: 'bytes',
      pull: (controller): Promise<void> | void => {
        const view = controller.byobRequest?.view as Uint8Array<ArrayBuffer> | undefined;
        if (at >= stop) {
          // Bytes that are already in the buffer of a read that never comes back.
          view?.set(this.content.subarray(at, at + this.fills));
          return new Promise(() => {});
        }
        if (at >= this.content.length) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        const piece = this.content.subarray(at, Math.min(at + 700, stop));
        at += piece.length;
        if (!view) return controller.enqueue(new Uint8Array(piece));
        view.set(piece);
        controller.byobRequest!.respond(piece.length);
      },
      cancel: () => void root.running--,
    });
  }
}

describe.each([
  ['BYOB', (content: Uint8Array) => new Blob([new Uint8Array(content)])],
  [
    'the default reader, where BYOB is not supported',
    (content: Uint8Array) => new PiecewiseFile(content, [700, 1]),
  ],
])('%s', (_, open) => {
  test('gives exactly the range, and what lies behind the end does not exist', async () => {
    const blob = open(CONTENT);
    expect(await collect(blob)).toEqual([...CONTENT]);
    expect(await collect(blob, 17, 4000)).toEqual([...CONTENT.subarray(17, 4000)]);
    expect(await collect(blob, 4990, 6000)).toEqual([...CONTENT.subarray(4990)]);
    expect(await collect(blob, 9, 9)).toEqual([]);
    expect(await collect(blob, 6000, 7000)).toEqual([]);
  });

  test('stops when it is told to', async () => {
    let calls = 0;
    await readBytes(open(new Uint8Array(3_000_000)), 0, 3_000_000, () => ++calls < 2);
    expect(calls).toBe(2);
  });

  test('what the taker throws comes out', async () => {
    const reading = readBytes(open(CONTENT), 0, 5000, () => {
      throw new RangeError('a bug');
    });
    await expect(reading).rejects.toThrow('a bug');
  });
});

test('readings that share their memory, one after the other or at once, each give their own bytes', async () => {
  const [a, b] = [CONTENT, CONTENT.map((byte) => byte ^ 0xff)].map((bytes) => new Blob([bytes]));
  // One that is given up leaves its buffer as well.
  await readBytes(a!, 0, a!.size, () => false);
  expect(await collect(a!)).toEqual([...CONTENT]);
  const both = await Promise.all([collect(a!), collect(b!), collect(new StallingFile(CONTENT, []))]);
  expect(both).toEqual([[...CONTENT], [...CONTENT.map((byte) => byte ^ 0xff)], [...CONTENT]]);
});

test('one buffer of 1 MB is used again and again', async () => {
  const sizes = new Set<number>();
  await readBytes(
    new Blob([new Uint8Array(9_000_000)]),
    0,
    9_000_000,
    (piece) => void sizes.add(piece.buffer.byteLength),
  );
  expect(sizes).toEqual(new Set([1 << 20]));
});

describe('a read that never comes back', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    ['at once', [0], 0],
    ['after a byte', [1], 0],
    ['with a partly filled buffer', [0, 700, 1400], 300],
    ['at a border of pieces', [700, 1400], 0],
    ['just before the end', [4999], 1],
    ['as often as it may', [0, 0, 0, 0, 0], 9],
    ['more often, with progress', [1, 1, 1, 1, 1, 1, 1, 1, 1], 9],
  ])('%s: nothing twice, nothing lost, and every stream is let go', async (_, stalls, fills) => {
    const file = new StallingFile(CONTENT, stalls, fills);
    const reading = collect(file);
    await vi.advanceTimersByTimeAsync(7500 * stalls.length);
    expect(await reading).toEqual([...CONTENT]);
    expect(file.opened).toBe(stalls.length + 1);
    expect(file.running).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is waited for 5 seconds, and no longer than 7.5', async () => {
    const file = new StallingFile(CONTENT, [700]);
    const reading = collect(file);
    await vi.advanceTimersByTimeAsync(4999);
    expect(file.opened).toBe(1);
    await vi.advanceTimersByTimeAsync(2501);
    expect(file.opened).toBe(2);
    await reading;
  });

  test('is given up after five reopenings without a byte', async () => {
    const file = new StallingFile(CONTENT, Array<number>(99).fill(0));
    const reading = collect(file);
    const outcome = expect(reading).rejects.toThrow('any further');
    await vi.advanceTimersByTimeAsync(60_000);
    await outcome;
    expect(file.opened).toBe(6);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a slow disk is not a stall', async () => {
    const slow = new (class extends PiecewiseFile {
      override slice(): Blob {
        return this;
      }
      override stream() {
        const delay = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform: async (piece, controller) => {
            await new Promise((resolve) => setTimeout(resolve, 4900));
            controller.enqueue(piece);
          },
        });
        opened++;
        return super.stream().pipeThrough(delay);
      }
    })(CONTENT, [1000]);
    let opened = 0;
    const reading = collect(slow);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(await reading).toEqual([...CONTENT]);
    expect(opened).toBe(1);
  });
});

describe('a file that is gone', () => {
  test('rejects, after what was there', async () => {
    let bytes = 0;
    const reading = readBytes(
      new PiecewiseFile(CONTENT, [700], 2000),
      0,
      5000,
      (piece) => void (bytes += piece.length),
    );
    await expect(reading).rejects.toMatchObject({ name: 'NotReadableError' });
    expect(bytes).toBe(2000);
  });

  test('a file that ends too early rejects as well', async () => {
    const shrunk = new (class extends Blob {
      override get size() {
        return 9000;
      }
    })([CONTENT]);
    await expect(collect(shrunk)).rejects.toMatchObject({ name: 'NotReadableError' });
  });

  test('the stream of a file that was changed fails with a TypeError', async () => {
    const changed = new Blob([CONTENT]);
    changed.slice = () => changed;
    changed.stream = () =>
      new ReadableStream({ type: 'bytes', pull: () => Promise.reject(new TypeError('network error')) });
    await expect(collect(changed)).rejects.toMatchObject({ name: 'NotReadableError' });
  });

  test.each(['NotFoundError', 'NotReadableError'])('%s is explained, with a remedy', (name) => {
    expect(describeReadError(new DOMException('x', name), 'access.log')).toEqual({
      severity: 'error',
      file: 'access.log',
      line: 0,
      reason: 'access.log was moved, deleted or changed while it was being read.',
      remedy: 'Drop it again.',
    });
  });

  test('other errors say what they say', () => {
    expect(describeReadError(new Error('Too odd.'), 'a.log').reason).toBe(
      'a.log could not be read (Too odd).',
    );
    expect(describeReadError('?', 'a.log').reason).toBe('a.log could not be read.');
  });
});
