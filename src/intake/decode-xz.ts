/**
 * xz. In: a blob. Out: its content in pieces, stream after stream. Source: the .xz file format 1.2, by xz-embedded in
 * WebAssembly. Limits: it cannot be handed pieces, so what is compressed with xz inside of another compression is not
 * read; damage is noticed up to 64 KiB behind its place, when the next piece is asked for.
 */
import * as xz from 'xz-decompress';
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import { cutOff, damaged, type Within } from './stream-problem.ts';

// The package is CommonJS, whose exports Node only finds behind `default`.
const { XzReadableStream } = (xz as { default?: typeof xz }).default ?? xz;
/** xz-embedded's XZ_BUF_ERROR, in the message of what is thrown: there was nothing more to read. */
const SHORT = /error code 8$/;
const FAILED = /error code \d+$/;

export async function decodeXz(
  blob: Blob,
  name: string,
  take: (piece: Uint8Array) => boolean,
  onRead: (bytes: Bytes) => void,
  within: Within,
): Promise<Problem | null> {
  let read = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      read += piece.length;
      onRead(piece.length);
      controller.enqueue(piece);
    },
  });
  const reader = new XzReadableStream(blob.stream().pipeThrough(counting)).getReader();
  try {
    for (;;) {
      const next = await reader.read().catch((error: unknown) => ({ error }));
      if ('error' in next) {
        if (!(next.error instanceof Error && FAILED.test(next.error.message))) throw next.error;
        return SHORT.test(next.error.message) ? cutOff(name, read) : damaged(name, read, within);
      }
      if (next.done || (next.value.length > 0 && !take(next.value))) return null;
    }
  } finally {
    // Also frees its memory, which the next stream waits for.
    void reader.cancel().catch(() => {});
  }
}
