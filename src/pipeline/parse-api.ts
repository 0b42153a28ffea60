/** What a parse worker offers: to look at files and to read pieces of them, handing segments to the analysis worker. */
import { transfer, wrap } from 'comlink';
import { openScanner, type Scanner } from '../formats/open-scanner.ts';
import { type Content, readContent } from '../intake/content.ts';
import { ContentHash, sameBytes } from '../intake/fingerprint.ts';
import { describeReadError } from '../intake/read-bytes.ts';
import type { Segment } from '../model/segment.ts';
import type { Bytes } from '../model/units.ts';
import { type FileFacts, lookAtFile } from './look-at-file.ts';
import { type FileProblem, type ParseTask, parseTask } from './parse-file.ts';

/** How often a worker tells how far it is. */
const REPORT_EVERY = 100;

export interface ParseResult {
  /** The files cannot be read on: their later pieces are not worth trying. */
  failed: boolean;
  problems: FileProblem[];
}

export function createParseApi() {
  let scanner: Promise<Scanner> | null = null;
  let looker: Promise<Scanner> | null = null;
  let number = 0;
  /** The segment that was handed on last, until it is taken. */
  let sent: Promise<void> = Promise.resolve();
  let hand: { addSegment(segment: Segment): Promise<void> } | null = null;

  return {
    /** Connects the worker to the analysis: once, before anything is parsed. */
    connect(port: MessagePort, scannerNumber: number): void {
      hand = wrap<{ addSegment(segment: Segment): void }>(port);
      number = scannerNumber;
      scanner = openScanner();
    },

    async look(file: File): Promise<FileFacts[]> {
      // Its own scanner, so that words of the look do not go into the dictionaries.
      return lookAtFile(file, await (looker ??= openScanner()));
    },

    async isSame(a: Blob, b: Blob): Promise<boolean> {
      try {
        return await sameBytes(a, b);
      } catch {
        // One of them is gone; the fingerprints are equal, so they are taken for the same.
        return true;
      }
    },

    /** Of the content, unpacked; null when it cannot be read. */
    async hashContent(content: Content): Promise<string | null> {
      const hash = new ContentHash();
      try {
        await readContent(content, (piece) => hash.add(piece));
      } catch {
        return null;
      }
      return hash.text();
    },

    /** Waits until everything that was read has been taken. */
    async flush(): Promise<void> {
      await sent;
    },

    async parse(task: ParseTask, onRead: (bytes: Bytes, lines: number) => void): Promise<ParseResult> {
      let bytes = 0;
      let lines = 0;
      let told = 0;
      const tell = () => {
        onRead(bytes, lines);
        bytes = lines = 0;
        told = performance.now();
      };
      try {
        const problems = await parseTask(
          task,
          await scanner!,
          number,
          async (segment) => {
            // One segment may be on its way while the next is read, no more.
            await sent;
            sent = hand!.addSegment(transfer(segment, buffersOf(segment)));
          },
          (moreBytes, moreLines) => {
            bytes += moreBytes;
            lines += moreLines;
            if (performance.now() - told > REPORT_EVERY) tell();
          },
        );
        tell();
        return { failed: false, problems };
      } catch (error) {
        await sent;
        const problems = task.parts.map(({ content, file }) => ({
          file,
          problem: describeReadError(error, content.name),
        }));
        return { failed: true, problems };
      }
    },
  };
}

export type ParseApi = ReturnType<typeof createParseApi>;

/** The buffers of a segment's columns: they move, they are not copied. */
function buffersOf(segment: Segment): ArrayBuffer[] {
  const columns: unknown[] = Object.values(segment.requests);
  for (const { bytes, ends } of segment.words) columns.push(bytes, ends);
  return columns.flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []));
}
