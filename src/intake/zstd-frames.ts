/**
 * The frames of a zstd file, as far as their headers tell. In: its bytes, piece by piece. Out: the largest window that a
 * frame asks for, before the decoder makes room for it. Source: RFC 8878, section 3.1.1. Limits: what a header cannot
 * tell is left to the decoder.
 */
import type { Bytes } from '../model/units.ts';

const FRAME = 0xfd2fb528;
const SKIPPED_FRAME = 0x184d2a50;
/** Of the descriptor: the content is one segment; a checksum stands behind the frame. */
const SINGLE = 0x20;
const CHECKSUM = 4;
/** The second of the four kinds of blocks is one byte that is repeated. */
const REPEATED = 1;

export class ZstdFrames {
  largestWindow: Bytes = 0;
  /** What is read next, and how many bytes of it are still to come. */
  private next: 'magic' | 'size' | 'descriptor' | 'header' | 'block' | 'content' | 'rest' = 'magic';
  private left: Bytes = 4;
  private readonly read: number[] = [];
  private descriptor = 0;
  private isLast = false;

  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length;) {
      const used = Math.min(this.left, piece.length - at);
      if (this.next !== 'content' && this.next !== 'rest') this.read.push(...piece.subarray(at, at + used));
      at += used;
      this.left -= used;
      while (this.left === 0) this.goOn(this.read.splice(0));
    }
  }

  private goOn(bytes: number[]): void {
    const number = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
    if (this.next === 'magic') {
      // Sixteen kinds of frames are to be skipped.
      if (number === FRAME) this.expect('descriptor', 1);
      else if (number - (number % 16) === SKIPPED_FRAME) this.expect('size', 4);
      else this.expect('rest', Infinity);
    } else if (this.next === 'size') this.expect('rest', number);
    else if (this.next === 'descriptor') {
      this.descriptor = number;
      this.expect('header', this.headerSize());
    } else if (this.next === 'header') {
      this.largestWindow = Math.max(this.largestWindow, this.windowIn(bytes));
      this.expect('block', 3);
    } else if (this.next === 'block') {
      this.isLast = (number & 1) === 1;
      this.expect('content', ((number >> 1) & 3) === REPEATED ? 1 : number >> 3);
    } else if (this.next === 'content' && !this.isLast) this.expect('block', 3);
    else if (this.next === 'content' && this.descriptor & CHECKSUM) this.expect('rest', 4);
    else this.expect('magic', 4);
  }

  private expect(next: ZstdFrames['next'], left: Bytes): void {
    this.next = next;
    this.left = left;
  }

  /** Window, dictionary's number, size of the content: each may be missing. */
  private headerSize(): Bytes {
    return this.windowSize() + [0, 1, 2, 4][this.descriptor & 3]! + this.contentSize();
  }

  private windowSize(): Bytes {
    return this.descriptor & SINGLE ? 0 : 1;
  }

  private contentSize(): Bytes {
    const kind = this.descriptor >> 6;
    return kind === 0 ? (this.descriptor & SINGLE ? 1 : 0) : 1 << kind;
  }

  /** A single segment needs room for all of its content. */
  private windowIn(header: number[]): Bytes {
    if (this.descriptor & SINGLE)
      return header.slice(header.length - this.contentSize()).reduceRight((sum, byte) => sum * 256 + byte, 0);
    const base = 2 ** (10 + (header[0]! >> 3));
    return base + (base / 8) * (header[0]! & 7);
  }
}
