import { describe, expect, test } from 'vitest';
import { describeReadError, readBytes } from '../../src/intake/read-bytes.ts';

const CONTENT = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);

async function collect(
  blob: Blob,
  start: number,
  end: number,
  options?: { stallAfter: number },
): Promise<number[]> {
  const bytes: number[] = [];
  await readBytes(blob, start, end, (piece) => void bytes.push(...piece), options);
  return bytes;
}

/** A file whose stream gives a few bytes and then nothing, for the first `stalls` times that it is opened. */
class StallingBlob extends Blob {
  opened = 0;
  constructor(
    private readonly content: Uint8Array,
    private readonly stalls: number,
    private readonly given: number,
    private readonly root?: StallingBlob,
  ) {
    super([new Uint8Array(content)]);
  }
  override slice(start = 0, end = this.size): Blob {
    return new StallingBlob(this.content.subarray(start, end), this.stalls, this.given, this.root ?? this);
  }
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const root = this.root ?? this;
    const isStalling = root.opened++ < this.stalls;
    let at = 0;
    return new ReadableStream({
      type: 'bytes',
      pull: (controller): Promise<void> | void => {
        const left = isStalling ? this.given - at : this.content.length - at;
        if (isStalling && left <= 0) return new Promise(() => {});
        if (left <= 0) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        const piece = new Uint8Array(this.content.subarray(at, at + Math.min(left, 700)));
        at += piece.length;
        controller.enqueue(piece);
      },
    });
  }
}

test('gives exactly the range', async () => {
  const blob = new Blob([CONTENT]);
  expect(await collect(blob, 0, 5000)).toEqual([...CONTENT]);
  expect(await collect(blob, 17, 4000)).toEqual([...CONTENT.subarray(17, 4000)]);
  expect(await collect(blob, 9, 9)).toEqual([]);
});

test('stops when it is told to', async () => {
  let calls = 0;
  await readBytes(new Blob([new Uint8Array(9_000_000)]), 0, 9_000_000, () => {
    calls++;
    return false;
  });
  expect(calls).toBe(1);
});

describe('a read that never ends', () => {
  test.each([
    [1, 0],
    [1, 1],
    [3, 1500],
    [5, 700],
  ])('opened again %i times, after %i bytes each: nothing twice, nothing lost', async (stalls, given) => {
    const blob = new StallingBlob(CONTENT, stalls, given);
    expect(await collect(blob, 0, 5000, { stallAfter: 15 })).toEqual([...CONTENT]);
    expect(blob.opened).toBe(stalls + 1);
  });

  test('is given up when nothing comes at all', async () => {
    await expect(collect(new StallingBlob(CONTENT, 99, 0), 0, 5000, { stallAfter: 5 })).rejects.toThrow(
      'any further',
    );
  });
});

test('a file that is gone says so, with a remedy', () => {
  const gone = Object.assign(new Error('x'), { name: 'NotReadableError' });
  expect(describeReadError(gone, 'access.log')).toMatchObject({
    severity: 'error',
    file: 'access.log',
    reason: 'access.log was moved, deleted or changed while it was being read.',
    remedy: 'Drop it again.',
  });
});
