/**
 * gzip by the browser's own compressor, piece by piece. In: bytes. Out: a gzip file, or its inside as a zip archive
 * needs it, with the checksum that gzip keeps anyway. Nothing is compressed before it is asked for.
 * Source: RFC 1952. Limits: a header with optional fields is not expected of a browser and refused.
 */
import { joinBytes } from '../lib/join-bytes.ts';
import type { Bytes } from '../model/units.ts';

export type Piece = Uint8Array<ArrayBuffer>;
export type Pieces = Iterable<Piece> | AsyncIterable<Piece>;

const HEADER: Bytes = 10;
const TRAILER: Bytes = 8;

export async function* gzipped(pieces: Pieces): AsyncGenerator<Piece> {
  const source = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  const input = new ReadableStream<Piece>(
    {
      async pull(controller) {
        const { value, done } = await source.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    // Otherwise the first piece is made before anybody asks.
    { highWaterMark: 0 },
  );
  const reader = input.pipeThrough(new CompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value as Piece;
    }
  } finally {
    // Whoever stops asking leaves no compressor behind.
    await reader.cancel();
  }
}

/** The deflated data alone; `tell` hears the CRC-32 of the content when all is given. */
export async function* deflated(pieces: Pieces, tell: (crc: number) => void): AsyncGenerator<Piece> {
  let held: Piece = new Uint8Array(0);
  let isBegun = false;
  for await (const piece of gzipped(pieces)) {
    held = joinBytes([held, piece]);
    if (!isBegun) {
      if (held.length < HEADER) continue;
      if (held[3] !== 0) throw new Error('This browser writes gzip headers that are not understood here.');
      held = held.subarray(HEADER);
      isBegun = true;
    }
    // The last bytes so far may be the trailer.
    if (held.length <= TRAILER) continue;
    yield held.slice(0, held.length - TRAILER);
    held = held.slice(held.length - TRAILER);
  }
  tell(new DataView(held.buffer, held.byteOffset, TRAILER).getUint32(0, true));
}
