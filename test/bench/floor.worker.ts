import { expose } from 'comlink';
import { openScanner } from '../../src/formats/open-scanner.ts';
import { readBytes } from '../../src/intake/read-bytes.ts';

const scanner = openScanner();

/** Reads a piece with the page's own reading code, and only counts newlines. */
const api = {
  async countLines(file: File, start: number, end: number): Promise<number> {
    const { countNewlines } = await scanner;
    let lines = 0;
    await readBytes(file, start, end, (piece) => void (lines += countNewlines(piece)));
    return lines;
  },
};

expose(api);
export type FloorApi = typeof api;
